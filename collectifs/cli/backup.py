"""`flask backup`: the database to one place, the keys to another; together they would undo every erasure.

The copy of the keys is overwritten in place: a key that was destroyed leaves it at the next backup. That is why an
empty folder, or another one, must never be taken for the keys: the copy carries their witness and is compared first.
"""

import os
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Literal

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from collectifs.across.queries.perished import needed_keys
from collectifs.cli.postgresql import run_program
from collectifs.kernel import clock
from collectifs.kernel.config import TABLE, Settings
from collectifs.kernel.extensions import db, locking_rows
from collectifs.kernel.queries.deployment import deployment_id, get_deployment
from collectifs.kernel.vault import KeysAway, Vault
from collectifs.kernel.vault.epochs import ENDING, EPOCHS
from collectifs.kernel.vault.masters import replace
from collectifs.kernel.vault.proofs import turn_proofs
from collectifs.kernel.vault.queries import destroyed_keys, epochs_over_before
from collectifs.kernel.vault.witness import NAME as WITNESS

DESTROYED = "destroyed"  # beside the copied epochs: the keys that a copy of the database must not bring back
FEW = 2  # the texts that copies are tried by: two copies of the database on one day are enough
EPOCH_COPIES_KEPT = timedelta(days=6)  # copied each night: none is there after seven


@click.command()
@click.option("--database", type=click.Path(path_type=Path), help="new file for the database")
@click.option("--keys", type=click.Path(path_type=Path), help="folder for the keys, on another medium")
@click.option("--even-so", is_flag=True, help="although the copy would lose most of its keys, or one that is needed")
@with_appcontext
@locking_rows()  # a worker writes the same row meanwhile; the copy itself is pg_dump's, of one instant
def backup(database: Path | None, keys: Path | None, even_so: bool) -> None:
    """Save the database (--database FILE) or the keys (--keys FOLDER), apart from each other."""
    if database is None and keys is None:
        raise click.UsageError("Dire quoi sauvegarder : --database FICHIER ou --keys DOSSIER.")
    if database is not None and keys is not None and keys.resolve() in database.resolve().parents:
        raise click.UsageError("La base et les clés se sauvegardent dans des endroits différents.")
    settings: Settings = current_app.extensions["settings"]
    if keys is not None and keys.resolve() == settings.keys_dir:
        raise click.UsageError("Ce dossier est celui des clés elles-mêmes : en choisir un autre.")
    if keys is not None:
        refuse_to_lose_keys(keys, even_so=even_so)
    if database is not None:
        save_database(settings, database)
        _note("saved_at")
        click.echo(f"Base : {database}")
    if keys is not None:
        told = _save_keys_of(settings, keys)
        _note("keys_saved_at")
        click.echo(told)


def _save_keys_of(settings: Settings, target: Path) -> str:
    """Copy the keys, wherever they are; returns what was copied, in French."""
    saved = save_keys(settings.keys_dir, target)
    if settings.keys_in != TABLE:
        return f"Clés : {saved} dans {target}"
    now = clock.now()
    over, gone = epochs_over_before(now - EPOCH_COPIES_KEPT), destroyed_keys()
    db.session.rollback()
    epochs = save_epochs(settings.keys_dir, target, over)
    replace(target / DESTROYED, "".join(f"{key_id}\n" for key_id in gone).encode())
    return f"Clés : {epochs} époque(s) dans {target}, {len(gone)} clés détruites nommées"


def _note(mark: Literal["saved_at", "keys_saved_at"]) -> None:
    """Note the instant, for `flask check`: a copy of the keys that is too old holds what was promised to be gone."""
    try:
        deployment = get_deployment()
        if deployment is not None:
            setattr(deployment, mark, clock.now())
        db.session.commit()
    except DBAPIError as error:  # before an upgrade: the copy is good, its mark has no column yet
        db.session.rollback()
        click.echo(f"La date de cette copie n’est pas notée ({type(error).__name__}) : flask db upgrade", err=True)


def _former_proof_key() -> str:
    """That of the text which had to perish since: its absence is no loss."""
    try:
        deployment = get_deployment()
    except DBAPIError:  # before an upgrade
        db.session.rollback()
        return ""
    return (deployment.former_proof_key_id or "") if deployment else ""


def _needed() -> set[str]:
    """The keys of texts that the database still holds; none of them is destroyed."""
    try:
        return needed_keys()
    except DBAPIError:  # before an upgrade
        db.session.rollback()
        return set()


def _turn_proofs() -> None:
    """A text made to perish goes with the copy, another is destroyed: by them a drill is certain (`flask restore`)."""
    vault: Vault = current_app.extensions["vault"]
    try:
        deployment = get_deployment()
        if deployment is None:
            return
        vault.check(deployment.id)
        over = turn_proofs(deployment, now=clock.now())
        db.session.commit()
        vault.destroy_key(over)
        db.session.commit()
    except (DBAPIError, KeysAway) as error:  # the copy is worth as much without
        db.session.rollback()
        click.echo(f"Sans texte d’épreuve dans cette copie ({type(error).__name__}) : flask check", err=True)


def refuse_to_lose_keys(target: Path, *, even_so: bool) -> None:
    """Before anything is touched: the keys are there, they are ours, the copy is ours, and few leave it at once."""
    vault: Vault = current_app.extensions["vault"]
    try:
        vault.check(deployment_id())
        made_to_perish, needed = _former_proof_key(), _needed()
        db.session.rollback()
        present = vault.key_ids()
        copy = vault.copy_in(target) - {made_to_perish}
    except KeysAway as away:
        raise click.ClickException(f"Clés : {away}. Rien n’a été touché dans {target}.") from away
    if even_so:
        return
    if not present:
        raise click.ClickException("Aucune clé à sauvegarder. Si c’est juste : --even-so")
    if missed := (copy - present) & needed:
        raise click.ClickException(
            f"{len(missed)} des {len(needed)} clés que la base attend ne sont plus que dans {target} : "
            "les y reprendre d’abord, cette copie les effacerait (docs/keys.md). Sinon : --even-so"
        )
    lost = len(copy - present)
    if lost > FEW and lost * 2 > len(copy):
        raise click.ClickException(
            f"{lost} des {len(copy)} clés de {target} n’existent plus et y seraient effacées. "
            "Si c’est juste (la fin d’une saison) : --even-so"
        )


def save_database(settings: Settings, target: Path) -> None:
    """A consistent copy that only its owner reads: VACUUM INTO on SQLite, pg_dump on PostgreSQL."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise click.ClickException(f"{target} existe déjà.") from None
    copy = _copy_sqlite if settings.database_url.startswith("sqlite") else _dump_postgresql
    try:
        _turn_proofs()
        copy(target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _copy_sqlite(target: Path) -> None:
    connection = db.engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(target),))
    finally:
        connection.close()


def _dump_postgresql(target: Path) -> None:
    refusal = "pg_dump a refusé : la base n’est pas sauvegardée."
    run_program("pg_dump", db.engine.url, "--format=custom", f"--file={target}", refusal=refusal)


def save_keys(source: Path, target: Path) -> int:
    """Make `target` hold the same wrapped keys as `source`, their witness, and no other; returns how many."""
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    _copy(source / WITNESS, target / WITNESS)
    for path in source.glob("*.key"):
        try:
            _copy(path, target / path.name)
        except FileNotFoundError:
            continue  # destroyed at this very moment: the copy goes with those below
    for copy in target.glob("*.key"):
        if not (source / copy.name).exists():
            _forget(copy)
    return len(list(target.glob("*.key")))


def save_epochs(source: Path, target: Path, over: set[int]) -> int:
    """Add the epochs of now to those of the last days, by which the last copies of the database open; returns how many.

    Those of `over` are overwritten: what was erased before then opens no longer, whatever copy one has.
    """
    folder = target / EPOCHS
    folder.mkdir(exist_ok=True, mode=0o700)
    for path in (source / EPOCHS).glob(f"*{ENDING}"):
        try:
            _copy(path, folder / path.name)
        except FileNotFoundError:
            continue  # a rotation has just ended
    for copy in folder.glob(f"*{ENDING}"):
        if int(copy.stem) in over and not (source / EPOCHS / copy.name).exists():
            _forget(copy)
    return len(list(folder.glob(f"*{ENDING}")))


def _copy(path: Path, copy: Path) -> None:
    shutil.copyfile(path, copy)
    copy.chmod(0o600)


def _forget(copy: Path) -> None:
    """Overwrite a copy in place, then remove it."""
    with copy.open("r+b") as file:
        file.write(os.urandom(copy.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    copy.unlink()
