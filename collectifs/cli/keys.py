"""`flask keys`: the folder of keys and its witness."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from collectifs.across.queries.perished import needed_keys
from collectifs.cli.backup import DESTROYED
from collectifs.cli.move import STILL_BREATHES
from collectifs.cli.moving_keys import Unequal, keys_to_folder, keys_to_table
from collectifs.cli.rotating import Unopened, prepare_epoch, turn_epoch
from collectifs.kernel import clock
from collectifs.kernel.config import FOLDER, TABLE
from collectifs.kernel.extensions import db, settings
from collectifs.kernel.queries.deployment import deployment_id, get_deployment
from collectifs.kernel.queries.jobs import last_breath
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
        vault.found(deployment=deployment, expects_keys=bool(needed) and not lost)
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
@click.option("--prepare", is_flag=True, help="only make the next epoch's file, to copy it to the other machines")
@click.option("--even-so", is_flag=True, help="although some keys do not open: they are lost")
@with_appcontext
def rotate(prepare: bool, even_so: bool) -> None:
    """Wrap every key anew; no text is touched, the service goes on. Run it again if it was interrupted.

    In the table (KEYS=table): under a new epoch, each night; the former one is destroyed. In a folder: by MASTER_KEY,
    what MASTER_KEY_FORMER still wraps.
    """
    vault: Vault = current_app.extensions["vault"]
    if not vault.is_table:
        _wrap_by_master(vault)
        return
    try:
        vault.check(deployment_id())
        if prepare:
            click.echo(f"Époque {prepare_epoch(vault.table)} prête : copier {vault.table.files.folder} ailleurs.")
            return
        turned = turn_epoch(vault.table, even_so=even_so)
        if settings().former_master_key:
            vault.wrap_witness()
    except KeysAway as away:
        raise click.ClickException(f"Clés : {away}.") from away
    except Unopened as closed:
        raise click.ClickException(
            f"{closed} clés ne s’ouvrent pas : l’époque d’avant n’est pas détruite. "
            "flask check ; si elles sont perdues pour de bon : flask keys rotate --even-so"
        ) from closed
    click.echo(f"{turned.keys} clés sous l’époque {turned.number} ; {turned.destroyed} époque(s) détruite(s).")


def _wrap_by_master(vault: Vault) -> None:
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


@keys.command()
@click.option("--to", "place", type=click.Choice([FOLDER, TABLE]), required=True, help="where the keys will be")
@with_appcontext
def move(place: str) -> None:
    """Carry every key to the table of the database (--to table) or back, the service stopped; again if interrupted."""
    vault: Vault = current_app.extensions["vault"]
    needed, breath = needed_keys(), last_breath()
    try:
        if vault.witness.deployment() != deployment_id():
            raise click.ClickException("Ce dossier des clés est celui d’une autre installation.")
        if breath is not None and clock.now() - breath < STILL_BREATHES:
            raise click.ClickException("Un worker respire encore : arrêter le service, attendre une minute.")
        db.session.rollback()
        moved = keys_to_table(vault, needed) if place == TABLE else keys_to_folder(vault)
    except (KeysAway, Unequal) as why:
        raise click.ClickException(f"Clés : {why}.") from why
    where = "dans la table" if place == TABLE else "dans le dossier"
    click.echo(f"{moved} clés {where}, les mêmes des deux côtés.")
    click.echo(f"Puis : KEYS={place} dans les réglages, relancer, flask check, et une copie de la base et des clés.")


@keys.command()
@click.option("--from", "copy", type=click.Path(path_type=Path, exists=True), required=True, help="the keys' copy")
@with_appcontext
def bury(copy: Path) -> None:
    """In a database that came back from a copy: destroy again what was destroyed since (KEYS=table)."""
    vault: Vault = current_app.extensions["vault"]
    named = copy / DESTROYED
    if not vault.is_table or not named.exists():
        raise click.ClickException(f"Rien à reprendre : KEYS=folder, ou {named} n’est pas là.")
    try:
        vault.check(deployment_id())
        again = vault.key_ids() & set(named.read_text(encoding="ascii").split())
        for key_id in sorted(again):
            vault.destroy_key(key_id)
    except KeysAway as away:
        raise click.ClickException(f"Clés : {away}.") from away
    db.session.commit()
    click.echo(f"{len(again)} clés détruites à nouveau.")
