"""Short lists of several subjects in one statement: each line says its list, and what that list has to say."""

from flask import Flask
from sqlalchemy import bindparam

from collectifs.kernel.queries.short_lines import ShortLine, read_lines, short_line, together
from collectifs.people.models import Territory, User
from tests import factories
from tests.factories import NOVEMBER


def test_lists_of_one_shape_are_read_together_and_what_one_does_not_say_is_none(app: Flask) -> None:
    maud, jo = factories.user("Maud"), factories.user("Jo")
    place = factories.territory("Val-de-Brume")
    lists = together(
        short_line("person", User.id, name=User.given_name, at=User.created_at).where(User.id == bindparam("who")),
        short_line("place", Territory.id, number=7),
        short_line("nobody", User.id).where(User.id == bindparam("other")),
    )
    found = read_lines(lists, {"who": maud.id, "other": jo.id})
    assert sorted(found, key=lambda line: line.kind) == [
        ShortLine("nobody", jo.id, None, None, None),
        ShortLine("person", maud.id, "Maud", NOVEMBER, None),
        ShortLine("place", place.id, None, None, 7),
    ]
