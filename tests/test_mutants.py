"""`make mutants` changes one thing at a time, in a copy, and tells which changes no test sees."""

import json
import subprocess
from pathlib import Path

import pytest

from tools import mutants
from tools.mutations import mutations_of

RULE = "def is_late(minutes, least=0):\n    return minutes > 10 or minutes < least\n"
TEST = (
    "from collectifs.toy.domain.late import is_late\n\n"
    "def test_late():\n    assert is_late(11) and not is_late(10) and not is_late(2)\n"
)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A rule, and a test that does not know of its second half."""
    files = {
        "collectifs/__init__.py": "",
        "collectifs/toy/__init__.py": "",
        "collectifs/toy/domain/__init__.py": "",
        "collectifs/toy/domain/late.py": RULE,
        "tests/toy/domain/test_late.py": TEST,
    }
    for name, words in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(words, encoding="utf-8")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    return tmp_path


def changed(name: str, source: str) -> set[str]:
    return {each.apply(source.encode()).decode() for each in mutations_of(name, source.encode())}


def test_one_that_a_test_sees_is_killed_and_one_that_none_sees_survives(house: Path) -> None:
    drawn = mutants.drawn(house, 60, seed=1)
    wanted = [each for each in drawn if each.change.after in ("(minutes >= 10)", "(minutes <= least)")]
    met = mutants.run(house, wanted, seconds=60)
    assert {each.change.after: each.fate for each in met} == {
        "(minutes >= 10)": mutants.KILLED,
        "(minutes <= least)": mutants.SURVIVES,
    }
    said = mutants.said(met)
    assert said.startswith("2 of 2 mutants met tests: 1 killed, 1 survive (50%).")
    assert "collectifs/toy/domain/late.py:2  minutes < least  →  (minutes <= least)  [survives]" in said
    assert (house / "collectifs/toy/domain/late.py").read_text(encoding="utf-8") == RULE


def test_when_no_time_is_left_nothing_is_said_of_the_rest(house: Path) -> None:
    met = mutants.run(house, mutants.drawn(house, 3, seed=1), seconds=0)
    assert {each.fate for each in met} == {mutants.NOT_RUN}
    assert mutants.said(met) == "0 of 3 mutants met tests: 0 killed, 0 survive."


def test_the_same_seed_draws_the_same_and_the_checkout_is_large_enough_for_sixty() -> None:
    first, again, other = (mutants.drawn(mutants.ROOT, 60, seed, only="*/live/*") for seed in (5, 5, 6))
    assert first == again
    assert first != other
    whole = mutants.drawn(mutants.ROOT, 60, seed=5)
    assert (len(whole), sum(each.file.endswith(".js") for each in whole)) == (60, 20)


def test_what_is_changed_in_python() -> None:
    source = 'def f(a: "int" = 1) -> bool:\n    return not a or f"{a == 1}é" in [a - 1]\n'
    assert changed("a.py", source) == {
        source.replace("= 1)", "= 2)"),
        source.replace("not a or", "(a) or"),
        source.replace("a - 1", "(a + 1)"),
        source.replace("a - 1", "a - 2"),
        source.replace('return not a or f"{a == 1}é" in [a - 1]', "return None"),
        source.replace('not a or f"{a == 1}é" in [a - 1]', "(not a and f'{a == 1}é' in [a - 1])"),
        source.replace('f"{a == 1}é" in [a - 1]', "(f'{a == 1}é' not in [a - 1])"),
    }


def test_what_is_changed_in_a_script() -> None:
    source = '// a < b\n/** @type {a && b} */\nconst é = (a, b) => "a && b" === a && !b; // a < b\n'
    source += "  return a + 600000;\n"
    assert changed("a.js", source) == {
        source.replace("=== a", "!== a"),
        source.replace("=== a && !b", "=== a || !b"),
        source.replace("!b", "b"),
        source.replace("return a + 600000;", "return null;"),
        source.replace("a + 600000", "a - 600000"),
    }


def test_the_tests_near_a_file_are_found() -> None:
    root = mutants.ROOT
    assert mutants.nearest(root, "collectifs/static/js/lib/agenda.js")[0] == "tests/js/agenda.test.mjs"
    assert "tests/live/domain" in mutants.nearest(root, "collectifs/live/domain/agenda.py")
    assert "tests/test_permissions.py" in mutants.nearest(root, "collectifs/meetings/permissions.py")
    assert mutants.wider(root, "collectifs/static/js/live/room.js") == ["tests/browser/test_room_screen.py"]


def test_what_became_of_each_is_kept(house: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr(mutants, "ROOT", house)
    monkeypatch.setattr("sys.argv", ["mutants", "--seconds", "0", "--number", "2", "--seed", "3"])
    mutants.main()
    kept = json.loads((house / "var/mutants.json").read_text(encoding="utf-8"))
    assert (kept["seed"], len(kept["mutants"])) == (3, 2)
    assert capsys.readouterr().out.startswith("0 of 2")


def test_the_draw_can_be_held_to_some_files_and_a_script_that_comes_when_it_serves_is_near_its_tests() -> None:
    few = mutants.drawn(mutants.ROOT, 30, seed=5, only="*/live/closed_view.js")
    assert {each.file for each in few} == {"collectifs/static/js/live/closed_view.js"}
    assert "tests/js/room_conducting.test.mjs" in mutants.nearest(mutants.ROOT, few[0].file)


def test_what_the_nearest_tests_leave_meets_the_wider_ones_unless_they_are_enough(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    met: list[list[str]] = []
    monkeypatch.setattr(mutants, "survives", lambda _folder, _mutant, tests, _patience: not met.append(tests))
    one = mutants.drawn(house, 1, seed=1)
    (house / "tests/blueprints").mkdir()
    mutants.run(house, one, seconds=60, near=True)
    assert met == [["tests/toy/domain/test_late.py", "tests/toy/domain"]]
    assert [each.fate for each in mutants.run(house, one, seconds=60)] == [mutants.SURVIVES]
    assert met[2:] == [["tests/toy", "tests/blueprints"]]
