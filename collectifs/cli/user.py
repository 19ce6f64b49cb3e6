"""`flask user create`: how the first administrator comes to be."""

import click
from flask.cli import with_appcontext

from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.people.domain.people import is_address, normal_address
from collectifs.people.services.appointments import create_administrator


@click.group()
def user() -> None:
    """Accounts, from the command line."""


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
        create_administrator(given_name, family_name, address, password=password, now=clock.now())
    except RuleBroken as refusal:
        raise click.ClickException(refusal.sentence) from refusal
    db.session.commit()
    click.echo(f"{given_name} {family_name} : administration. Entrer par la page « Entrer » avec {address}.")
