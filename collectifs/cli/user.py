"""`flask user …`: who administers, from where nobody can be asked. No command opens a collective."""

import click
from flask import current_app, url_for
from flask.cli import with_appcontext

from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import committed
from collectifs.people.domain.people import is_address, normal_address
from collectifs.people.queries.roles import administrators
from collectifs.people.services.appointments import create_administrator, end_administrator, link_for_administrator


@click.group()
def user() -> None:
    """Who administers, from the command line."""


@user.command()
@click.argument("given_name")
@click.argument("family_name")
@click.argument("address")
@click.option("--with-password", is_flag=True, help="ask for a password (otherwise: a link by mail)")
@with_appcontext
def create(given_name: str, family_name: str, address: str, with_password: bool) -> None:
    """Make an administrator, who may appoint managers and inspectors and reads nothing else."""
    address = normal_address(address)
    if not is_address(address):
        raise click.ClickException(f"« {address} » n'est pas une adresse électronique.")
    password = click.prompt("Mot de passe", hide_input=True, confirmation_prompt=True) if with_password else None
    try:
        committed(lambda: create_administrator(given_name, family_name, address, password=password, now=clock.now()))
    except RuleBroken as refusal:
        raise click.ClickException(refusal.sentence) from refusal
    click.echo(f"{given_name} {family_name} : administration. Entrer par la page « Entrer » avec {address}.")


@user.command("list")
@with_appcontext
def list_administrators() -> None:
    """Say who administers, and until when."""
    found = administrators(clock.now().date())
    for each in found:
        click.echo(f"{each.address}  {each.name}, jusqu’au {each.ends_on:%Y-%m-%d}")
    if not found:
        click.echo("Personne n’administre : flask user create Prénom NOM adresse")


@user.command()
@click.argument("address")
@with_appcontext
def link(address: str) -> None:
    """Print a link that serves once, within an hour, to an administrator who receives no mail."""
    try:
        token = committed(lambda: link_for_administrator(normal_address(address), now=clock.now()))
    except RuleBroken as refusal:
        raise click.ClickException(refusal.sentence) from refusal
    with current_app.test_request_context():
        path = url_for("auth.link", token=token)
    click.echo(f"{current_app.extensions['settings'].base_url}{path}")


@user.command()
@click.argument("address")
@with_appcontext
def revoke(address: str) -> None:
    """End somebody's administration, and close every browser in which they are signed in."""
    address = normal_address(address)
    try:
        committed(lambda: end_administrator(address, now=clock.now()))
    except RuleBroken as refusal:
        raise click.ClickException(refusal.sentence) from refusal
    click.echo(f"{address} n’administre plus, et n’est plus connecté(e) nulle part.")
