"""The agenda laid on the clock: the same table of cases as tests/js/timetable.test.mjs."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from collectifs.meetings.domain.canvas import library
from collectifs.meetings.domain.preparing import EARLY, LATE, ON_TIME, gap_sentence, minutes_over, timetable
from tests.pages import plain

TABLE = json.loads((Path(__file__).parents[2] / "shared" / "timetable_cases.json").read_text(encoding="utf-8"))
START = datetime(2027, 1, 13, 13, 0, tzinfo=UTC)
STEP = library()["genot-soutoul"].steps[0]


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: f"{case['minutes']} in {case['slot']}")
def test_an_agenda_on_the_clock(case):
    steps = tuple(replace(STEP, id=f"s{place}", minutes=minutes) for place, minutes in enumerate(case["minutes"]))
    over = minutes_over(steps, START, START + timedelta(minutes=case["slot"]))
    assert [(each.ends_at - START) // timedelta(minutes=1) for each in timetable(steps, START)] == case["ends"]
    assert over == case["over"]
    assert plain(gap_sentence(over)) == case["said"]


def test_the_table_holds_the_sentences_that_the_page_brings_to_its_script():
    assert TABLE["words"] == {"even": ON_TIME, "late": LATE, "early": EARLY}
