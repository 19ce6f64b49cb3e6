"""What is done for each kind of work: the type of a function's one parameter says which."""

import inspect
from collections.abc import Callable
from typing import Any, TypeVar, get_type_hints
from uuid import UUID

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import HeldMail
from collectifs.kernel.queries.mails import pace_of
from collectifs.kernel.vault import destroy_key
from collectifs.kernel.work import MAILS, Always, Choosable, DestroyKey, Mail, Pace, Queue, Work

W = TypeVar("W", bound=Work)

_TYPES: dict[str, type[Work]] = {}
_DONE_BY: dict[type[Work], Callable[[Any], None]] = {}


def does(function: Callable[[W], None]) -> Callable[[W], None]:
    """Declare that a function does a kind of work. Raises TypeError unless it takes that alone, and is the only one."""
    types = [get_type_hints(function).get(name) for name in inspect.signature(function).parameters]
    if len(types) != 1 or not isinstance(types[0], type) or not issubclass(types[0], Work):
        raise TypeError(f"{function.__qualname__}: takes one kind of work, and says which")
    if types[0].kind() in _TYPES:
        raise TypeError(f"{types[0].kind()} is done twice")
    _TYPES[types[0].kind()], _DONE_BY[types[0]] = types[0], function
    return function


def done_kinds() -> frozenset[type[Work]]:
    """Every kind of work that somebody does."""
    return frozenset(_DONE_BY)


def work_of(kind: str, args: dict[str, Any]) -> Work:
    """What a row asks for. Raises KeyError for a kind that nobody does, TypeError for fields that are not its own."""
    return _TYPES[kind].read(args)


def queue_of(kind: str) -> Queue:
    """Which queue the rows of a kind wait in."""
    return _TYPES[kind].queue if kind in _TYPES else Queue.REST


def mails_told() -> dict[str, Always | Choosable]:
    """Every kind of mail, by its name in the table, with whether its reader may mute it."""
    return {name: kind.told for name, kind in _TYPES.items() if issubclass(kind, Mail)}


def is_choosable(letter: str) -> bool:
    """Whether the reader of a mail, known by its template, chooses its pace."""
    return isinstance(mails_told().get(f"{MAILS}{letter}"), Choosable)


def do(work: Work) -> None:
    """Do it, in the present transaction; a mail that its reader put off is held for the week, or left undone."""
    if not (isinstance(work, Mail) and _is_put_off(work)):
        do_at_once(work)


def do_at_once(work: Work) -> None:
    """Do it, whatever anybody chose."""
    _DONE_BY[type(work)](work)


def _is_put_off(mail: Mail) -> bool:
    if not isinstance(mail.told, Choosable):
        return False
    reader = UUID(str(mail.args()["user_id"]))
    pace = pace_of(reader, mail.kind())
    if pace is Pace.WEEKLY:
        db.session.add(HeldMail(user_id=reader, kind=mail.kind(), args=mail.args(), held_at=clock.now()))
    return pace is not Pace.NOW


@does
def destroy(work: DestroyKey) -> None:
    """Destroy a key, once the transaction that decided it was committed."""
    destroy_key(work.key_id)
