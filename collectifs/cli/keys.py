"""`flask keys`: the folder of keys and its witness."""

import click
from flask import current_app
from flask.cli import with_appcontext

from collectifs.across.queries.perished import needed_keys
from collectifs.kernel.extensions import db, settings
from collectifs.kernel.queries.deployment import deployment_id, get_deployment
from collectifs.kernel.queries.readiness import hash_of_secret
from collectifs.kernel.vault import KeysAway, Tampered, Vault


@click.group()
def keys() -> None:
    """The folder of keys (KEYS_DIR) and the witness that tells it from an empty one."""


@keys.command()
@click.option("--lost", is_flag=True, help="some keys are lost for good, and their texts with them")
@with_appcontext
def witness(lost: bool) -> None:
    """Make the witness anew, in a folder of keys that came back from a copy without it."""
    vault: Vault = current_app.extensions["vault"]
    deployment, needed = deployment_id(), needed_keys()
    db.session.rollback()
    if deployment is None:
        raise click.ClickException("La base n’est pas à jour : flask db upgrade")
    try:
        if vault.witness.path.exists():
            vault.check(deployment)
        missing = needed - vault.files()
        if missing and not lost:
            raise click.ClickException(
                f"{len(missing)} clés sur {len(needed)} ne sont pas dans ce dossier : leurs textes ne s’ouvriraient "
                "plus jamais. Monter le bon disque ou reprendre la dernière copie des clés ; "
                "si elles sont perdues pour de bon : flask keys witness --lost"
            )
        vault.found(deployment=deployment)
    except KeysAway as away:
        raise click.ClickException(f"Clés : {away}.") from away
    click.echo(f"Témoin en place : {len(needed) - len(missing)} clés sur {len(needed)}.")


@keys.command()
@with_appcontext
def secret() -> None:
    """Say that this SECRET_KEY is the one that all machines share; after it was changed on purpose."""
    deployment = get_deployment()
    if deployment is None:
        raise click.ClickException("La base n’est pas à jour : flask db upgrade")
    deployment.secret_key_hash = hash_of_secret(settings().secret_key, deployment.id.bytes)
    db.session.commit()
    click.echo("Cette SECRET_KEY est celle de l’installation ; la même sur chaque machine.")


@keys.command()
@with_appcontext
def rotate() -> None:
    """Wrap every key by MASTER_KEY that MASTER_KEY_FORMER still wraps; no text is touched, the service goes on."""
    vault: Vault = current_app.extensions["vault"]
    if not current_app.extensions["settings"].former_master_key:
        raise click.ClickException("Il manque MASTER_KEY_FORMER : la clé maîtresse à remplacer (docs/keys.md).")
    try:
        vault.check(deployment_id())
        db.session.rollback()
        done = vault.rotate()
    except KeysAway as away:
        raise click.ClickException(f"Clés : {away}.") from away
    except Tampered as broken:
        raise click.ClickException(f"La clé {broken} ne s’ouvre sous aucune des deux : flask check") from broken
    click.echo(f"{done} clés sous la nouvelle clé maîtresse.")
    click.echo("Puis : flask backup --keys, retirer MASTER_KEY_FORMER des réglages, relancer, détruire l’ancienne.")
