"""`flask restore --drill`: last night's copies are restored into a scratch place, looked at, and taken away again.

A copy that nobody ever restored is a hope. The keys are read where their copy stands: another copy of them would be one
more that nobody overwrites. The database's is made anew beside the living one, brought to the present schema, counted;
one text of each kind is opened, and one that has perished must stay closed.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from collectifs.across.queries.perished import needed_keys
from collectifs.across.queries.samples import sealed_samples
from collectifs.cli.check import OLDEST_COPY, Wrong
from collectifs.cli.postgresql import run_program
from collectifs.kernel import clock
from collectifs.kernel.config import Settings
from collectifs.kernel.extensions import db, locking_rows
from collectifs.kernel.later import Later
from collectifs.kernel.migrations import set_up_migrations, upgrade_tables
from collectifs.kernel.models import Deployment
from collectifs.kernel.queries.deployment import get_deployment, rows_by_table
from collectifs.kernel.queries.readiness import newest_schema, present_schema
from collectifs.kernel.vault import KeysAway, Tampered, check_keys, epochs_here, key_ids, vault_of
from collectifs.kernel.vault.proofs import former_proof_opens, proof_opens
from collectifs.kernel.vault.queries import epochs_over_before

if TYPE_CHECKING:
    import psycopg.sql
else:
    psycopg = Later("psycopg")

SCRATCH = "drill"
LINES = "drills.log"
BY_HAND = "Sans --drill rien n’est repris : une vraie reprise se fait service arrêté, pas à pas (docs/running.md)."


@dataclass(frozen=True)
class Drilled:
    """What was found in the copies, in figures."""

    tables: int
    rows: int
    keys: int
    kinds: int

    def __str__(self) -> str:
        counted = f"{self.rows} lignes dans {self.tables} tables, {self.keys} clés"
        return f"{counted}, {self.kinds} sortes de textes ouvertes ; ce qui a péri ne s’ouvre pas"


@click.command()
@click.option("--drill", is_flag=True, help="restore into a scratch place, look, take it away")
@click.option("--database", type=click.Path(path_type=Path, exists=True), required=True, help="copy, or their folder")
@click.option("--keys", type=click.Path(path_type=Path, exists=True), required=True, help="folder of the keys' copy")
@with_appcontext
def restore(drill: bool, database: Path, keys: Path) -> None:
    """Try last night's copies (--drill): they restore, they open, and what has perished does not come back."""
    if not drill:
        raise click.UsageError(BY_HAND)
    settings: Settings = current_app.extensions["settings"]
    copy = newest_copy(database)
    try:
        found = _drilled(settings, copy, keys.resolve())
    except (Wrong, KeysAway, Tampered, SQLAlchemyError, click.ClickException) as error:
        told = str(error) if isinstance(error, (Wrong, KeysAway)) else _named(error)
        _write_line(settings, f"à voir  {copy.name} : {told}")
        raise click.ClickException(f"{copy.name} : {told}") from error
    _note_drill()
    _write_line(settings, f"bien    {copy.name} : {found}")
    click.echo(f"{copy.name} : {found}.")


def _named(error: Exception) -> str:
    return error.message if isinstance(error, click.ClickException) else type(error).__name__


def newest_copy(place: Path) -> Path:
    """The copy of the database, or the newest of those in a folder. Raises ClickException."""
    if place.is_file():
        return place
    copies = [path for path in place.iterdir() if path.suffix in (".copy", ".db") and path.is_file()]
    if not copies:
        raise click.ClickException(f"Aucune copie (*.copy ou *.db) dans {place}.")
    return max(copies, key=lambda path: path.stat().st_mtime)


def _drilled(settings: Settings, copy: Path, keys: Path) -> Drilled:
    alive, people = key_ids(), rows_by_table()["users"]
    db.session.rollback()
    with scratch_database(settings, copy) as url, app_on(settings, url, keys).app_context():
        try:
            if present_schema() != newest_schema():
                db.session.rollback()
                upgrade_tables()
            return _looked_at(alive, people)
        finally:
            db.session.remove()
            db.engine.dispose()


def _looked_at(alive: set[str], people: int) -> Drilled:
    """Within the restored installation. Raises Wrong. `alive`, `people`: the keys and people of the living one."""
    if db.engine.dialect.name == "sqlite" and db.session.scalar(text("PRAGMA quick_check(1)")) != "ok":
        raise Wrong("la copie de la base est abîmée")
    deployment = get_deployment()
    check_keys(deployment.id if deployment else None)
    if deployment is None or deployment.proved_at is None:
        raise Wrong("cette copie ne porte pas de texte d’épreuve : refaire après la prochaine copie de la base")
    if clock.now() - deployment.proved_at > OLDEST_COPY:
        raise Wrong(f"cette copie est du {deployment.proved_at:%Y-%m-%d} : aucune de la semaine")
    rows, copied = rows_by_table(), key_ids()
    if people and not rows["users"]:
        raise Wrong("la copie de la base est vide")
    if lacking := (needed_keys() - copied) & alive:
        raise Wrong(f"la copie des clés n’a pas {len(lacking)} clés vivantes que cette base attend")
    opened = sealed_samples()
    if closed := sorted(name for name, opens in opened.items() if not opens):
        raise Wrong(f"ne s’ouvrent pas : {', '.join(closed)}")
    _see_what_perished(deployment)
    _see_that_epochs_left()
    return Drilled(len(rows), sum(rows.values()), len(copied), len(opened))


def _see_what_perished(deployment: Deployment) -> None:
    """Of the two texts that the copy carries the one that lives opens, and the one that has perished does not."""
    if not proof_opens(deployment):
        raise Wrong(
            "le texte d’épreuve vivant ne s’ouvre pas : la copie des clés est plus vieille que celle de la base"
        )
    if former_proof_opens(deployment):
        raise Wrong("un texte détruit s’ouvre encore : la copie des clés garde ce qui a été effacé")


def _see_that_epochs_left() -> None:
    """With an epoch that ended long ago, an older copy of the database would say again what was erased since."""
    if kept := sorted(epochs_over_before(clock.now() - OLDEST_COPY) & epochs_here()):
        raise Wrong(f"la copie des clés garde l’époque {kept[0]}, finie depuis plus de sept jours")


def app_on(settings: Settings, url: str, keys: Path) -> Flask:
    """The least of an application: a database, the vault on the copy of the keys. It has no pages and no mail."""
    app = Flask(SCRATCH)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.extensions["settings"] = replace(settings, database_url=url, keys_dir=keys, smtp_url="")
    app.extensions["vault"] = vault_of(settings, keys)
    db.init_app(app)
    set_up_migrations(app)
    return app


@contextmanager
def scratch_database(settings: Settings, copy: Path) -> Iterator[str]:
    """The copy restored beside the living database, for its owner alone, until the end of the block: its URL."""
    for left_behind in settings.data.glob(f"{SCRATCH}-*"):  # by a drill that was killed
        shutil.rmtree(left_behind)
    place = _on_sqlite if settings.database_url.startswith("sqlite") else _on_postgresql
    with place(settings, copy) as url:
        yield url


@contextmanager
def _on_sqlite(settings: Settings, copy: Path) -> Iterator[str]:
    folder = settings.data / f"{SCRATCH}-{uuid4().hex}"
    folder.mkdir(mode=0o700)
    try:
        shutil.copyfile(copy, folder / "collectifs.db")
        yield f"sqlite:///{folder / 'collectifs.db'}"
    finally:
        shutil.rmtree(folder)


@contextmanager
def _on_postgresql(_settings: Settings, copy: Path) -> Iterator[str]:
    url = db.engine.url
    scratch = url.set(database=f"{url.database}_{SCRATCH}")
    _make_anew(scratch.database or "")
    try:
        refusal = "pg_restore a refusé cette copie"
        run_program(
            "pg_restore", scratch, "--no-owner", "--no-privileges", "--exit-on-error", str(copy), refusal=refusal
        )
        yield scratch.render_as_string(hide_password=False)
    finally:
        _drop(scratch.database or "")


def _make_anew(name: str) -> None:
    _drop(name)  # a drill that was killed has left one behind
    try:
        _say(psycopg.sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(psycopg.sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege:
        raise Wrong(
            f"le compte de la base ne peut pas en créer d’autre : ALTER ROLE {db.engine.url.username} CREATEDB"
        ) from None


def _drop(name: str) -> None:
    _say(psycopg.sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(psycopg.sql.Identifier(name)))


def _say(statement: "psycopg.sql.Composed") -> None:
    """Outside any transaction: a database is neither made nor dropped within one."""
    address = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)


@locking_rows()  # a worker writes the same row meanwhile
def _note_drill() -> None:
    db.session.rollback()
    deployment = get_deployment()
    if deployment is not None:
        deployment.drilled_at = clock.now()
    db.session.commit()


def _write_line(settings: Settings, told: str) -> None:
    with (settings.data / LINES).open("a", encoding="utf-8") as file:
        file.write(f"{clock.now():%Y-%m-%d %H:%M} UTC  {told}\n")
