"""Whether this machine may be sent people: the schema that its code knows, what it shares with the others."""

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache

from sqlalchemy import column, func, inspect, select, table
from sqlalchemy.exc import OperationalError, ProgrammingError

from collectifs.kernel import clock
from collectifs.kernel.extensions import db, settings
from collectifs.kernel.migrations import known_schemas
from collectifs.kernel.models import Deployment
from collectifs.kernel.queries.deployment import get_deployment
from collectifs.kernel.queries.jobs import builds_by_machine
from collectifs.kernel.vault import epochs_here, has_key, keys_lacking
from collectifs.kernel.vault.queries import current_epoch

WHERE_ALEMBIC_IS = table("alembic_version", column("version_num"))
CLOCKS_APART = timedelta(seconds=5)
SILENT_FOR = timedelta(minutes=2)  # a worker that says nothing for as long is not at work
EPOCH_LEAVES = timedelta(minutes=10)  # what the worker of another machine has to destroy its own file


class Apart(StrEnum):
    """What a machine has of its own and should share with the others; nobody is sent to it meanwhile."""

    SECRET_KEY = "SECRET_KEY"  # noqa: S105  its name
    KEYS_DIR = "KEYS_DIR"
    EPOCH = "epoch"
    CLOCK = "clock"

    @property
    def said(self) -> str:
        """What happened and what to do, for whoever keeps the server."""
        return {
            "SECRET_KEY": "SECRET_KEY n’est pas celle de l’installation, les formulaires des autres machines sont "
            "refusés ici ; si elle a été changée partout exprès : flask keys secret",
            "KEYS_DIR": "la dernière clé faite n’est pas dans KEYS_DIR : ce n’est pas le dossier des autres machines, "
            "ou il vient d’une vieille copie ; s’il est le bon : flask backup --database",
            "epoch": "KEYS_DIR garde le fichier d’une époque qui a pris fin, et ce qui est dit effacé s’ouvrirait "
            "encore avec lui : mettre en route le worker de cette machine",
            "clock": "l’horloge s’écarte de plus de cinq secondes de celle de la base : la régler par le réseau",
        }[self.value]


def newest_schema() -> str:
    """The last migration of this code."""
    return known_schemas()[-1]


def present_schema() -> str | None:
    """The migration at which the database is; None before the first."""
    try:
        return db.session.scalars(select(column("version_num")).select_from(WHERE_ALEMBIC_IS)).one_or_none()
    except (OperationalError, ProgrammingError):
        db.session.rollback()
        if inspect(db.session.connection()).has_table(WHERE_ALEMBIC_IS.name):
            raise
        return None


def is_newer(schema: str | None) -> bool:
    """Whether a schema is one that this code does not know yet: it serves the former version too."""
    return schema is not None and schema not in known_schemas()


def schema_serves() -> bool:
    """Whether this code can work on this database: at its schema, or at that of the version after it."""
    present = present_schema()
    return present == newest_schema() or is_newer(present)


def apart() -> list[Apart]:
    """In what this machine differs from its installation. The tables are up to date."""
    deployment = get_deployment()
    found = {
        Apart.SECRET_KEY: not _shares_secret(deployment),
        Apart.KEYS_DIR: bool(keys_lacking()) or not _sees_newest_key(deployment),
        Apart.EPOCH: bool(epochs_left(clock.now())),
        Apart.CLOCK: clock_gap(clock.now()) > CLOCKS_APART,
    }
    return [what for what, differs in found.items() if differs]


def machines_of_another_version(mine: str, now: datetime) -> list[str]:
    """Those whose worker breathes, and which serve another version than this one: for the time of an upgrade."""
    builds = builds_by_machine(now - SILENT_FOR)
    return sorted(name for name, build in builds.items() if build != mine)


def epochs_left(now: datetime) -> list[int]:
    """The epochs that ended some time ago and whose file is still on this machine."""
    latest = current_epoch()
    if latest is None or latest.settled_at is None or now - latest.settled_at < EPOCH_LEAVES:
        return []
    return sorted(number for number in epochs_here() if number < latest.number)


@cache
def hash_of_secret(secret_key: str, salt: bytes) -> bytes:
    """By which a SECRET_KEY is compared, and not guessed; asked once a process."""
    return hashlib.scrypt(secret_key.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)


def _shares_secret(deployment: Deployment | None) -> bool:
    if deployment is None or deployment.secret_key_hash is None:
        return True
    return hash_of_secret(settings().secret_key, deployment.id.bytes) == deployment.secret_key_hash


def _sees_newest_key(deployment: Deployment | None) -> bool:
    """The key of the text that was made at the last copy, wherever that ran."""
    return deployment is None or deployment.proof_key_id is None or has_key(deployment.proof_key_id)


def clock_gap(now: datetime) -> timedelta:
    """How far this machine's clock is from that of the database; none where both are on one machine."""
    if db.engine.dialect.name != "postgresql" or clock.is_moved_by_hand():
        return timedelta()
    return abs(now - database_clock())


def database_clock() -> datetime:
    """The instant as PostgreSQL's machine has it."""
    there: datetime = db.session.scalars(select(func.clock_timestamp())).one()
    return there
