"""What may be asked of the worker, as values: one frozen dataclass a kind, that holds ids and words of closed lists.

A row of `jobs` keeps the kind, which is the name of the class (`MailRemark`: « mail_remark »), and the fields. Rows
that an older version asked for run under the new one: a class or a field that is renamed needs a migration, and a new
field needs a default.
"""

import re
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from types import NoneType
from typing import Any, ClassVar, Self, get_args, get_type_hints
from uuid import UUID

MAILS = "mail_"  # how the kinds of mails begin

Written = str | int | bool | None


class Queue(Enum):
    """Which queue work waits in: what one holds back delays nothing in the other."""

    MAILS = "mails"
    REST = "rest"


@dataclass(frozen=True)
class Work:
    """Something to do once the act is committed; its fields are ids, numbers, days and enums, never a text."""

    queue: ClassVar[Queue] = Queue.REST

    @classmethod
    def kind(cls) -> str:
        """Its name in the table: « destroy_key »."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def read(cls, args: dict[str, Written]) -> Self:
        """The value that a row tells. Raises TypeError when the row has a field too few, or one that is not known."""
        types = _types_of(cls)
        return cls(**{name: _read(value, types.get(name, str)) for name, value in args.items()})

    def args(self) -> dict[str, Written]:
        """The fields as a row keeps them."""
        return {each.name: _written(getattr(self, each.name)) for each in fields(self)}


@dataclass(frozen=True)
class Mail(Work):
    """A mail to write and hand over: its kind begins with « mail_ »."""

    queue: ClassVar[Queue] = Queue.MAILS


@dataclass(frozen=True)
class DestroyKey(Work):
    """Destroy a key, and with it all that it sealed."""

    key_id: str


def _types_of(work: type[Work]) -> dict[str, Any]:
    """The type of each field, the one beside None where it may be missing."""
    hints = get_type_hints(work)
    return {
        each.name: next((kind for kind in get_args(hints[each.name]) if kind is not NoneType), hints[each.name])
        for each in fields(work)
    }


def _written(value: Any) -> Written:
    if isinstance(value, Enum):
        return str(value.value)
    return str(value) if isinstance(value, UUID | date) else value


def _read(value: Written, kind: Any) -> Any:
    if value is None or (isinstance(value, kind) and kind in (str, int, bool)):
        return value
    return date.fromisoformat(str(value)) if kind is date else kind(value)
