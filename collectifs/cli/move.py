"""`flask move --to …`: from the file of a first year to PostgreSQL, every row compared on both sides.

Nobody writes to the database meanwhile. Table after table is copied whole, those that others refer to first; one whose
rows are the same on both sides is left as it is, so that a move that was interrupted goes on where it was. The keys do
not move: one text of each kind is opened from the new database by them.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import Connection, Engine, Table, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from collectifs.across.queries.samples import sealed_samples
from collectifs.cli.restore import app_on
from collectifs.kernel import clock
from collectifs.kernel.config import Settings
from collectifs.kernel.extensions import Base, db
from collectifs.kernel.migrations import upgrade_tables
from collectifs.kernel.models import Deployment
from collectifs.kernel.queries.deployment import get_deployment
from collectifs.kernel.queries.jobs import last_breath
from collectifs.kernel.queries.readiness import newest_schema, present_schema
from collectifs.kernel.vault import KeysAway, check_keys

AT_ONCE = 500
STILL_BREATHES = timedelta(minutes=1)
Rows = list[dict[str, Any]]


class Stopped(Exception):
    """Why nothing moves, or no further; in French, for whoever keeps the server."""


@click.command()
@click.option("--to", "target", required=True, help="URL of the new database, without any table of another's")
@with_appcontext
def move(target: str) -> None:
    """Copy everything to another database (--to postgresql://…), the service stopped; run it again if interrupted."""
    settings: Settings = current_app.extensions["settings"]
    try:
        url = _url_of(target, settings)
        _see_that_it_can_leave(settings)
        new = app_on(settings, url, settings.keys_dir)
        _make_tables(new)
        source = db.session.connection()  # on SQLite nobody else writes until it ends
        with _within(new):
            rows, kinds = _moved(source, db.engine), _see_that_texts_open()
        db.session.rollback()
    except (Stopped, KeysAway) as why:
        raise click.ClickException(f"{why}.") from why
    except SQLAlchemyError as error:
        raise click.ClickException(
            f"Interrompu ({type(error).__name__}) : rien n’a changé ici ; le relancer."
        ) from error
    settings.moved_mark.write_text(f"{clock.now():%Y-%m-%d %H:%M} UTC\n", encoding="utf-8")
    click.echo(f"{rows} lignes dans {len(Base.metadata.sorted_tables)} tables, les mêmes des deux côtés ; ", nl=False)
    click.echo(f"{kinds} sortes de textes ouvertes là-bas.")
    click.echo("Puis : DATABASE_URL dans les réglages, relancer, flask check. Ce fichier ne sert plus.")


@contextmanager
def _within(new: Flask) -> Iterator[None]:
    """The new installation; nothing of it stays open afterwards."""
    with new.app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def _url_of(target: str, settings: Settings) -> str:
    """The address as SQLAlchemy wants it. Raises Stopped."""
    try:
        url = make_url(target)
    except ArgumentError:
        raise Stopped("--to est de la forme postgresql://compte:mot-de-passe@machine/base") from None
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    told = url.render_as_string(hide_password=False)
    if told == settings.database_url:
        raise Stopped("--to est la base dont on part")
    return told


def _see_that_it_can_leave(settings: Settings) -> None:
    """The installation is a file, at the schema of this code, its keys are there, and no worker is at work."""
    if db.engine.dialect.name != "sqlite":
        raise Stopped("la base est déjà dans PostgreSQL : pg_dump et pg_restore la portent ailleurs")
    if settings.is_demo:
        raise Stopped("une démonstration ne déménage pas")
    if present_schema() != newest_schema():
        raise Stopped("la base n’est pas à jour : flask db upgrade")
    deployment, breath = get_deployment(), last_breath()
    check_keys(deployment.id if deployment else None)
    if breath is not None and clock.now() - breath < STILL_BREATHES:
        raise Stopped(
            "un worker respire encore : arrêter le service (collectifs-web, collectifs-worker), attendre une minute"
        )
    db.session.rollback()


def _make_tables(new: Flask) -> None:
    """In the new database, by the migrations, with the witness of the same keys. Raises Stopped."""
    here = get_deployment()
    done_here = here.tidied_at if here else None
    mine = here.id if here else None
    db.session.rollback()
    with _within(new):
        if present_schema() != newest_schema():
            db.session.rollback()
            upgrade_tables()
        there = get_deployment()
        if there is not None:
            _see_that_it_may_be_filled(there, mine, there.tidied_at is not None and there.tidied_at != done_here)


def _see_that_it_may_be_filled(there: Deployment, mine: UUID | None, has_served: bool) -> None:
    if there.id != mine:
        raise Stopped("la base visée est celle d’une autre installation")
    if has_served:
        raise Stopped(
            "la base visée a déjà servi : ce qui y a été écrit serait perdu ; la vider d’abord si c’est voulu"
        )


def _moved(source: Connection, target: Engine) -> int:
    """Copy what differs, table after table; returns how many rows are the same on both sides. Raises Stopped."""
    tables = Base.metadata.sorted_tables
    prints = {table.name: fingerprint(source, table) for table in tables}
    with target.connect() as there:
        same = [fingerprint(there, table) == prints[table.name] for table in tables]
    first = same.index(False) if False in same else len(tables)
    with target.begin() as there:
        for table in reversed(tables[first:]):
            there.execute(table.delete())
    for table in tables[first:]:
        with target.begin() as there:
            _copy(source, there, table)
    with target.connect() as there:
        differing = [table.name for table in tables if fingerprint(there, table) != prints[table.name]]
    if differing:
        raise Stopped(f"pas les mêmes lignes des deux côtés : {', '.join(differing)}")
    return sum(number for number, _digest in prints.values())


def _copy(source: Connection, target: Connection, table: Table) -> None:
    rows = _rows_of(source, table)
    own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    ordered = parents_first(list(rows), own[0]) if own else rows
    while some := list(islice(ordered, AT_ONCE)):
        target.execute(table.insert(), some)


def parents_first(rows: Rows, refers_by: str) -> Iterator[dict[str, Any]]:
    """The rows of a table that refers to itself, each after the one that it names."""
    waiting: Rows = rows
    placed: set[object] = set()
    while waiting:
        ready = [row for row in waiting if row[refers_by] is None or row[refers_by] in placed]
        if not ready:
            raise Stopped("des lignes se nomment l’une l’autre sans fin")
        yield from ready
        placed.update(row["id"] for row in ready)
        waiting = [row for row in waiting if row["id"] not in placed]


def _rows_of(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    found = connection.execution_options(yield_per=AT_ONCE).execute(table.select().order_by(*table.primary_key))
    return (dict(row) for row in found.mappings())


def fingerprint(connection: Connection, table: Table) -> tuple[int, str]:
    """How many rows a table holds, and what they say, whatever the database: the same here and there when equal."""
    return digest(_rows_of(connection, table))


def digest(rows: Iterable[Mapping[str, Any]]) -> tuple[int, str]:
    """The number of rows and one hash of them all, in whatever order they come."""
    number, total = 0, 0
    for row in rows:
        said = repr([row[name] for name in sorted(row)]).encode()
        total ^= int.from_bytes(hashlib.sha256(said).digest())
        number += 1
    return number, f"{total:064x}"


def _see_that_texts_open() -> int:
    """From the new database, by the keys that stayed where they are; returns how many kinds. Raises Stopped."""
    opened = sealed_samples()
    if closed := sorted(name for name, opens in opened.items() if not opens):
        raise Stopped(f"ne s’ouvrent pas : {', '.join(closed)}")
    return len(opened)
