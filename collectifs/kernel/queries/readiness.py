"""Whether this database is at the schema that this code knows."""

from functools import cache

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from collectifs.kernel.extensions import db, migrate


@cache
def newest_schema() -> str | None:
    """The last migration of this code; asked once a process."""
    return ScriptDirectory.from_config(migrate.get_config()).get_current_head()


def present_schema() -> str | None:
    """The migration at which the database is; None before the first."""
    return MigrationContext.configure(db.session.connection()).get_current_revision()
