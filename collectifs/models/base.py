"""What the tables share: ids, instants in UTC, enumerations kept as words, sealed columns."""

from datetime import UTC, datetime
from enum import Enum as PythonEnum
from typing import Annotated
from uuid import UUID, uuid4

from sqlalchemy import DateTime, Dialect, Enum, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

Sealed = Annotated[bytes, mapped_column(LargeBinary)]
KeyId = Annotated[str, mapped_column(String(32))]


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored in UTC; naive ones are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database: UTC, naive on SQLite."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database: aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Instant = Annotated[datetime, mapped_column(UtcDateTime())]


def words(kind: type[PythonEnum]) -> Enum:
    """A column type for an enumeration: its value as a word, checked by the application."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


class HasId:
    """A row with a random id, the only kind that an address may carry."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)

