"""When the room closes, and what becomes of that hour when the meeting moves; what is set aside."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.live.domain.parking import LONGEST_PARKED, check_parked, check_series_lives
from collectifs.meetings.domain.canvas import library
from collectifs.meetings.domain.preparing import closing_after_move, closing_sentence, room_closing

PARIS, REUNION = ZoneInfo("Europe/Paris"), ZoneInfo("Indian/Reunion")
STARTS = datetime(2027, 1, 13, 13, 0, tzinfo=UTC)  # 14 h in Paris, 17 h in Saint-Denis
CLOSES = datetime(2027, 1, 13, 15, 15, tzinfo=UTC)


def test_the_hour_is_that_of_the_place_on_the_day():
    assert room_closing(STARTS, time(16, 15), PARIS) == CLOSES
    assert room_closing(STARTS, time(19, 15), REUNION) == CLOSES
    assert room_closing(STARTS, None, PARIS) is None


@pytest.mark.parametrize("hour", [time(14), time(13, 59), time(0)])
def test_a_room_does_not_close_before_the_meeting_starts(hour):
    with pytest.raises(RuleBroken, match="donnez une heure après 14\u00a0h") as refusal:
        room_closing(STARTS, hour, PARIS)
    assert refusal.value.field == "room_closes"


@pytest.mark.parametrize(
    ("starts_at", "is_same_place", "stays"),
    [
        (STARTS, True, True),
        (STARTS + timedelta(hours=1), True, True),
        (CLOSES - timedelta(minutes=1), True, True),
        (CLOSES, True, False),
        (STARTS + timedelta(hours=3), True, False),
        (STARTS + timedelta(days=-1), True, False),
        (STARTS, False, False),
    ],
    ids=["nothing", "an hour later", "a minute before it", "as it closes", "after it", "another day", "another room"],
)
def test_the_hour_of_a_room_holds_for_that_room_on_that_day(starts_at, is_same_place, stays):
    kept = closing_after_move(CLOSES, starts_at, is_same_place=is_same_place, zone=PARIS)
    assert kept == (CLOSES if stays else None)
    assert closing_after_move(None, starts_at, is_same_place=is_same_place, zone=PARIS) is None


def test_an_agenda_that_runs_past_the_closing_says_by_how_much():
    steps = library()["genot-soutoul"].agenda(2)
    assert closing_sentence(steps, STARTS, None) == ""
    assert closing_sentence(steps, STARTS, STARTS + timedelta(minutes=120)) == ""
    one = closing_sentence(steps, STARTS, STARTS + timedelta(minutes=119))
    assert one == "La salle aura fermé 1\u00a0min plus tôt."
    assert (
        closing_sentence(steps, STARTS, STARTS + timedelta(minutes=110)) == "La salle aura fermé 10\u00a0min plus tôt."
    )


@pytest.mark.parametrize(("text", "said"), [("  ", "Écrivez"), ("x" * (LONGEST_PARKED + 1), "300 caractères")])
def test_what_is_set_aside_is_a_line(text, said):
    with pytest.raises(RuleBroken, match=said) as refusal:
        check_parked(text)
    assert refusal.value.field == "parked"
    check_parked("x" * LONGEST_PARKED)


def test_nothing_is_set_aside_once_the_season_is_over():
    check_series_lives(2026, date(2027, 8, 31))
    with pytest.raises(RuleBroken, match="La saison est finie"):
        check_series_lives(2026, date(2027, 9, 1))
