"""What a page's own script sends or asks, as JSON or in the address: read in one way wherever it is taken."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from flask import request
from werkzeug.datastructures import ImmutableMultiDict

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typed import one_line, whole_number

Kind = TypeVar("Kind")


def sent_object(why_not: str) -> dict[str, Any]:
    """The object that was sent. Raises RuleBroken(`why_not`) for anything else, nested without end included."""
    sent = _read_json()
    if not isinstance(sent, dict):
        raise RuleBroken(why_not)
    return sent


def sent_texts() -> ImmutableMultiDict[str, str]:
    """The fields of a form, typed on a page or sent by its script: texts alone, neither files nor lists nor objects."""
    if not request.is_json:
        return request.form
    sent = _read_json()
    texts = sent.items() if isinstance(sent, dict) else ()
    return ImmutableMultiDict({name: value for name, value in texts if isinstance(value, str)})


def _read_json() -> object:
    """What was sent, whatever it is; nothing when it cannot be read, nested without end included."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def sent_id(said: object, why_not: str) -> UUID:
    """The id that it names. Raises RuleBroken(`why_not`) for anything else."""
    try:
        return UUID(said if isinstance(said, str) else "")
    except ValueError:
        raise RuleBroken(why_not) from None


def sent_as(kind: type[Kind], sent: Mapping[str, Any], name: str, why_not: str) -> Kind:
    """One value of it, of that very type (True is no number). Raises RuleBroken(`why_not`) for anything else."""
    found = sent.get(name)
    if type(found) is not kind:
        raise RuleBroken(why_not)
    return found


def sent_line(sent: Mapping[str, Any], name: str, most: int) -> str:
    """One short text of it, cleaned as that of a form and cut at `most`; "" when it is none."""
    return one_line(sent.get(name))[:most]


def asked_number(name: str, otherwise: int) -> int:
    """A number that the address asks about (`?depuis=12`); `otherwise` without one that a database could hold."""
    found = whole_number(request.args.get(name))
    return otherwise if found is None else found
