"""What is heard where « 14 h » is shown: the same table as the scripts (tests/js/aloud.test.mjs)."""

import json
from pathlib import Path

import pytest

from collectifs.kernel.text.aloud import pieces_aloud

TABLE = json.loads((Path(__file__).parents[2] / "shared" / "aloud_cases.json").read_text("utf-8"))["aloud"]


def typed(text: str) -> str:
    return text.replace("~", "\u00a0").replace("^", "\u202f")


@pytest.mark.parametrize(("shown", "heard"), TABLE)
def test_hours_and_minutes_are_spelled_for_the_ear(shown: str, heard: str) -> None:
    pieces = list(pieces_aloud(typed(shown)))
    assert "".join(said or written for written, said in pieces).replace(" ,", ",") == typed(heard)
    assert "".join(written for written, _ in pieces) == typed(shown)
