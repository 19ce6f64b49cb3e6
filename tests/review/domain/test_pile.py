"""The pile: the words of what may be asked of it, and the filters that are kept under a name."""

from datetime import UTC, datetime

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.review.domain.pile import (
    MOST_KEPT,
    NAME_LIMIT,
    Reading,
    State,
    check_can_be_kept,
    same_reading_since,
)


def test_what_may_be_asked_is_said_in_words() -> None:
    assert {each: each.label for each in Reading} == {
        Reading.ANY: "Toutes",
        Reading.NOT_MINE: "Pas lues par moi",
        Reading.NOBODYS: "Que personne n’a lues",
    }
    assert {each: each.label for each in State} == {
        State.ANY: "Tous",
        State.IN_EXCHANGE: "Un échange en cours",
        State.REMARKED: "Une remarque a été faite",
    }


@pytest.mark.parametrize(("name", "kept"), [("Premier degré", 0), ("a" * NAME_LIMIT, MOST_KEPT - 1)])
def test_a_filter_is_kept_under_a_name(name: str, kept: int) -> None:
    check_can_be_kept(name, kept)


@pytest.mark.parametrize(
    ("name", "kept", "why", "field"),
    [
        ("", 0, "Donnez un nom à ce filtre.", "name"),
        ("a" * (NAME_LIMIT + 1), 0, "Ce nom dépasse 40 caractères.", "name"),
        ("Premier degré", MOST_KEPT, "Vous gardez déjà 12 filtres : retirez-en un d’abord.", None),
    ],
)
def test_a_filter_without_a_name_with_a_long_one_or_too_many_are_refused(
    name: str, kept: int, why: str, field: str | None
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_can_be_kept(name, kept)
    assert (str(refusal.value), refusal.value.field) == (why, field)


@pytest.mark.parametrize(
    ("now", "since"), [((14, 20), (13, 20)), ((1, 0), (0, 0)), ((0, 20), (0, 0)), ((0, 0), (0, 0))]
)
def test_a_sheet_opened_again_within_the_hour_of_a_day_is_one_reading(now: tuple, since: tuple) -> None:
    assert same_reading_since(datetime(2027, 1, 20, *now, tzinfo=UTC)) == datetime(2027, 1, 20, *since, tzinfo=UTC)
