"""What the body of a gesture is made of: each field reads what a device sent, and refuses the rest of the world.

Words and names are cleaned as those of a form are. `told` is the type that a script is told (types/gestures.d.ts).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typed import clean, one_line

SHORTEST_ID, LONGEST_ID = 8, 64
NO_NUMBER = "Cet appareil n’a pas dit son numéro."


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a body: how it is read (RuleBroken otherwise), its type for scripts, whether it may be left out."""

    read: Callable[[object], Any]
    told: str
    may_lack: bool = False


Fields = Mapping[str, Field]


def unreadable() -> RuleBroken:
    """What is said of a gesture that nobody can read."""
    return RuleBroken("Cette action n’est pas lisible.")


def read_fields(fields: Fields, sent: Mapping[str, Any]) -> dict[str, Any]:
    """The keys that are known, each read; the others are dropped."""
    return {key: field.read(sent.get(key)) for key, field in fields.items() if key in sent or not field.may_lack}


def maybe(field: Field) -> Field:
    """The same field, which may be left out."""
    return replace(field, may_lack=True)


def uuid_text(value: object) -> str:
    """An identifier, written as everybody writes it."""
    if not isinstance(value, str):
        raise unreadable()
    try:
        return str(UUID(value))
    except ValueError:
        raise unreadable() from None


def _name(value: object) -> str:
    name = one_line(value)
    if not 0 < len(name) <= LONGEST_ID:
        raise unreadable()
    return name


def _name_or_nothing(value: object) -> str:
    return "" if value == "" else _name(value)


IDENTIFIER = Field(uuid_text, "string")
NAME = Field(_name, "string")
NAME_OR_NOTHING = Field(_name_or_nothing, "string")


def words(longest: int) -> Field:
    """Something that people wrote, and no more than that."""

    def read(value: object) -> str:
        written = clean(value)
        if not written:
            raise RuleBroken("Cette note est vide.")
        if len(written) > longest:
            raise RuleBroken(f"Cette note est trop longue : {longest} signes au plus.")
        return written

    return Field(read, "string")


def person(longest: int) -> Field:
    """How somebody is called, on one line."""

    def read(value: object) -> str:
        name = " ".join(clean(value).split())
        if not 0 < len(name) <= longest:
            raise RuleBroken(f"Écrivez le nom de cette personne : {longest} signes au plus.")
        return name

    return Field(read, "string")


def one_of(choices: tuple[str, ...]) -> Field:
    """One word of a closed list."""

    def read(value: object) -> str:
        if not isinstance(value, str) or value not in choices:
            raise unreadable()
        return value

    return Field(read, " | ".join(f'"{choice}"' for choice in choices))


def number(least: int, most: int) -> Field:
    """A whole number between two others."""

    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise unreadable()
        return value

    return Field(read, "number")


def lines(fields: Fields, most: int) -> Field:
    """Some lines, each with its own id."""

    def read_line(value: object) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise unreadable()
        return read_fields(fields, value)

    def read(value: object) -> list[dict[str, Any]]:
        if not isinstance(value, list) or not 0 < len(value) <= most:
            raise unreadable()
        found = [read_line(each) for each in value]
        if len({each["id"] for each in found}) != len(found):
            raise unreadable()
        return found

    return Field(read, f"{told(fields)}[]")


def told(fields: Fields) -> str:
    """The type of a whole body, as scripts are told it."""
    keys = "; ".join(f"{key}{'?' if field.may_lack else ''}: {field.told}" for key, field in fields.items())
    return f"{{ {keys} }}" if keys else "{}"


def device_number(said: str) -> str:
    """The number that a device gave itself: long enough to be its own."""
    if not SHORTEST_ID <= len(said) <= LONGEST_ID:
        raise RuleBroken(NO_NUMBER)
    return said
