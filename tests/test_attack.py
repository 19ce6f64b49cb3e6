"""A little of `make attack`, always the same, and whether it would see a fault."""

from typing import Any

import pytest

from tests.access_matrix import MATRIX
from tests.kept_world import KeptWorld
from tools import attack_fields, attack_kills
from tools.attack_fuzz import Fuzz
from tools.attack_world import Target

SEED = 2027


def target(kept: KeptWorld) -> Target:
    return Target(kept, {}, MATRIX)


def test_five_hundred_generated_requests_break_nothing(kept: KeptWorld) -> None:
    tries, faults = Fuzz(target(kept), SEED).run(500)
    assert faults == []
    assert sum(number for kind, number in tries.items() if kind.startswith("generated")) == 500


def test_a_view_that_breaks_is_seen(kept: KeptWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(**_ids: Any) -> Any:
        raise KeyError("x")

    break_down.access_rule = kept.app.view_functions["account.show"].access_rule  # type: ignore[attr-defined]
    monkeypatch.setitem(kept.app.view_functions, "account.show", break_down)
    monkeypatch.setattr(Fuzz, "_fields", lambda _fuzz: list("abcdefgh"))  # asks every form for them: here none matters
    fuzz = Fuzz(target(kept), SEED)
    fuzz.lines = [each for each in fuzz.lines if each[0] == "account.show"]
    _tries, faults = fuzz.run(3)
    assert len(faults) == 3


def test_three_kills_lose_nothing() -> None:
    tries, faults = attack_kills.on_web("sqlite", 3, SEED, attack_kills.forked)
    assert faults == []
    assert tries["acknowledged"] > 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("text/html pilot x", "<p><img src=zyq onerror=zyq()></p>"),
        ("text/html pilot x", "<script>zyq()</script>"),
        ("text/html pilot x", '<a href="javascript:zyq()">là</a>'),
        ("mail-headers x", "Subject: a\r\nX-ZYQ: 1"),
        ("text/calendar x", "SUMMARY:a\nX-ZYQ: 1"),
    ],
)
def test_words_that_would_run_are_seen(name: str, text: str) -> None:
    assert attack_fields._runs(name, text)


def test_words_that_are_only_shown_are_not(kept: KeptWorld) -> None:
    assert attack_fields._runs("text/html pilot x", "<p>&lt;img src=zyq onerror=zyq()&gt;</p>") == []
