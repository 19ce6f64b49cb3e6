"""What may be asked of the worker, as values: one frozen dataclass a kind, that holds ids and words of closed lists.

A row of `jobs` keeps the kind, which is the name of the class (`MailRemark`: « mail_remark »), and the fields. Rows
that an older version asked for run under the new one: a class or a field that is renamed needs a migration, and a new
field needs a default.
"""

import re
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum, StrEnum
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


class Pace(StrEnum):
    """How soon somebody wants to be told; « weekly »: counted in one mail of the week, with links and no more."""

    NOW = "now"
    WEEKLY = "weekly"
    NEVER = "never"


class Why(Enum):
    """Why a mail always leaves. The rule: without it somebody would stand before a closed door, wait at a wrong place,
    lose their account, or keep a silence that counts. Whatever only repeats what a page says is left to its reader.
    """

    ACCOUNT = "il touche à la sûreté de votre compte"
    DOOR = "il ouvre ou ferme votre place, ou votre rôle"
    DATE = "il dit où et quand vous êtes attendu ou attendue"
    DELAY = "un délai court, et ne rien dire y compte"
    ALONE = "la question n’est posée qu’à vous, et une seule fois"
    CHOSEN = "il ne part que si vous le demandez ci-dessus, et s’il a quelque chose à dire"


@dataclass(frozen=True)
class Always:
    """A kind of mail that cannot be muted: what it tells, in the words of the page that lists them, and why."""

    about: str
    why: Why


@dataclass(frozen=True)
class Choosable:
    """A kind of mail whose reader chooses its pace. `one` and `several` count it in the mail of the week.

    Its work names its reader (`user_id`), and doing it changes nothing but that the mail leaves.
    """

    about: str
    one: str
    several: str
    feminine: bool = False


@dataclass(frozen=True)
class Mail(Work):
    """A mail to write and hand over: its kind begins with « mail_ ». `told`: whether its reader may mute it."""

    queue: ClassVar[Queue] = Queue.MAILS
    told: ClassVar[Always | Choosable]


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
