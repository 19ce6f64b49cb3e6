"""The square code at a door: it turns; it is good while it stands, and for whoever scanned it as it turned."""

from datetime import UTC, datetime, timedelta

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.network.domain.door import check_turn, turn_at, turn_begins, turns_of
from collectifs.network.domain.event import Hours

START = datetime(2027, 4, 3, 8, tzinfo=UTC)
HOURS = Hours(START, START + timedelta(minutes=90))
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("shown", "scanned_after", "is_good"),
    [
        (START, 0, True),
        (START, 9, True),
        (START, 19, True),  # the one before
        (START, 20, False),
        (START - 30 * MINUTE, 0, True),
        (START - 31 * MINUTE, 0, False),
        (HOURS.ends_at, 0, True),
        (HOURS.ends_at + 10 * MINUTE, 0, False),
        (START + 10 * MINUTE, -1, False),  # the next one is not good yet
    ],
)
def test_a_code_is_good_while_it_stands_and_ten_minutes_after(shown, scanned_after, is_good) -> None:
    turn, now = turn_at(shown), shown + scanned_after * MINUTE
    if is_good:
        check_turn(turn, HOURS, now)
        return
    with pytest.raises(RuleBroken, match="Ce code a changé"):
        check_turn(turn, HOURS, now)


def test_every_code_of_a_workshop_is_known_beforehand() -> None:
    turns = turns_of(HOURS)
    assert len(turns) == 13
    assert turn_begins(turns[0]) == START - 30 * MINUTE
    assert turn_at(turn_begins(turns[-1])) == turns[-1]
