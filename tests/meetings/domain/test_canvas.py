"""The canvases that come with the software, and what is said of a wrong one."""

import re
from urllib.parse import urlsplit

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.canvas import (
    DEFAULT_CANVAS,
    FEEDS,
    FOLDER,
    MEETINGS,
    PRODUCES,
    SPARE_READS,
    CanvasError,
    Step,
    by_what_they_produce,
    canvas_file,
    library,
    load_canvas,
    plan_of,
    total_minutes,
    with_minutes,
)

GOOD = (FOLDER / "genot-soutoul.toml").read_text(encoding="utf-8")


@pytest.fixture
def default():
    return library()["genot-soutoul"]


def test_every_canvas_that_comes_with_the_software_is_read():
    assert set(library()) == {path.stem for path in FOLDER.glob("*.toml")}
    assert canvas_file(library()["genot-soutoul"]) == GOOD


def test_the_first_meeting_has_ten_steps_with_a_longer_opening(default):
    agenda = default.agenda(1)
    assert len(agenda) == 10
    assert agenda[0].minutes == 15
    assert "retour" not in [step.id for step in agenda]
    assert total_minutes(agenda) == 120


@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_later_meetings_have_eleven_steps_that_begin_with_the_debrief(default, number):
    agenda = default.agenda(number)
    assert [step.id for step in agenda][:3] == ["ouverture", "retour", "choix"]
    assert len(agenda) == 11
    assert agenda[0].minutes == 5
    assert total_minutes(agenda) == 120


def test_what_the_presenter_did_may_be_passed_and_the_sheet_is_written_once(default):
    by_id = {step.id: step for step in default.steps}
    assert by_id["deja-fait"].optional
    assert [step.id for step in default.steps if step.feeds == "sheet"] == ["generalite"]
    assert [step.id for step in default.steps if step.feeds == "situation"] == ["choix"]
    assert [step.id for step in default.steps if step.feeds == "follow_up"] == ["retour"]
    assert {step.feeds for step in default.steps} <= set(FEEDS)


def test_every_step_has_words_for_the_room(default):
    for step in default.steps:
        assert step.prompts
        assert step.rule.endswith((".", "?"))
        assert len(step.rule) <= 90
        assert "'" not in step.title + step.speaks + step.silent + step.rule + "".join(step.prompts)


def test_a_step_is_kept_and_found_again_as_a_plain_object(default):
    for step in default.agenda(1):
        assert Step.from_json(step.to_json()) == step


def test_the_plan_of_a_meeting_carries_only_its_timing(default):
    assert plan_of(default.agenda(2))[0] == {"id": "ouverture", "title": "Ouverture", "minutes": 5, "least": 3}


def test_durations_are_adapted_but_never_under_the_least(default):
    longer = with_minutes(default.agenda(2), {"questionnement": 25})
    assert total_minutes(longer) == 125
    with pytest.raises(RuleBroken) as refusal:
        with_minutes(default.agenda(2), {"questionnement": 9})
    assert refusal.value.sentence == "« Questionnement » dure au moins 10 min."
    assert refusal.value.field == "questionnement"
    assert total_minutes(with_minutes(default.agenda(2), {"questionnement": 240})) == 340
    with pytest.raises(RuleBroken) as refusal:
        with_minutes(default.agenda(2), {"questionnement": 241})
    assert refusal.value.sentence == "« Questionnement » dure au plus 240 min."


def line_of(text, words):
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


WRONG = [
    ('title = "Ouverture"', "title = 12", "must be str"),
    ('title = "Ouverture"', 'title = " "', "is empty"),
    ('title = "Ouverture"', 'title = "Ouverture', "at line"),
    ("minutes_first = 15", "minutes_first = 14", None),
    ("minutes_first = 15", "minute_first = 15", "unknown key"),
    ("minutes = 20", "minutes = 9", "least ≤ minutes"),
    ('feeds = "sheet"', 'feeds = "sheets"', "must be one of: (empty), follow_up, "),
    ('meetings = "later"', 'meetings = "sometimes"', "must be one of"),
    ('id = "retour"', 'id = "ouverture"', "stands twice"),
    ('id = "genot-soutoul"', 'id = "genot"', "name of the file"),
    ('produces = "answers"', 'produces = "wonders"', "must be one of"),
    ('minutes_from = "ours"', 'minutes_from = "mine"', "must be one of"),
    ("group_min = 5", "group_min = 12", "group_min ≤ group_max"),
    ("group_min = 5", "group_min = 0", "group_min ≤ group_max"),
    ("minutes = 120", "minutes = 110", "make 120 minutes, not 110"),
    ('source = "https:', 'source = "ftp:', "is a public http(s) address"),
    ("https://www.analysedespratiques.com/", "https:", "is a public http(s) address"),
    ('spare_reads = "story"', 'spare_reads = "all"', "must be one of"),
    ("minutes_first = 15", "minutes_first = 2", "least ≤ minutes_first"),
    ("minutes = 20", "minutes = 300", "least ≤ minutes"),
    ("least = 10", "least = 0", "least ≤ minutes"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), WRONG, ids=[wrong for _, wrong, _ in WRONG])
def test_a_wrong_file_is_named_with_its_line(tmp_path, right, wrong, said):
    path = tmp_path / "genot-soutoul.toml"
    text = GOOD.replace(right, wrong, 1)
    assert text != GOOD
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CanvasError) as problem:
        load_canvas(path)
    if said is None:
        wrong, said = "minutes = 120", "the first meeting make 119"
    if "least" in wrong:
        wrong = "minutes = 20"
    line = line_of(text, "minutes = 10") - 2 if "stands twice" in said else line_of(text, wrong)
    assert (problem.value.path, problem.value.line) == (path, line)
    assert said in str(problem.value)
    assert str(problem.value).startswith(f"genot-soutoul.toml, line {line}:")


def test_a_missing_key_and_a_missing_step_are_named(tmp_path):
    path = tmp_path / "genot-soutoul.toml"
    path.write_text(GOOD.replace('speaks = "qui le souhaite"\n', "", 1), encoding="utf-8")
    with pytest.raises(CanvasError, match="missing key “speaks”") as problem:
        load_canvas(path)
    assert GOOD.splitlines()[problem.value.line - 1] == "[[steps]]"
    for none in ("", "steps = []", 'steps = "un"'):
        path.write_text(GOOD.partition("[[steps]]")[0] + none, encoding="utf-8")
        with pytest.raises(CanvasError, match="at least one"):
            load_canvas(path)
    path.write_text(GOOD.replace('"Un titre, une phrase, une question."', '" "', 1), encoding="utf-8")
    with pytest.raises(CanvasError, match="a prompt is a sentence"):
        load_canvas(path)


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("id", '"genot"'),
        ("title", "12"),
        ("source", '"ftp:"'),
        ("produces", '"wonders"'),
        ("minutes_from", '"mine"'),
        ("group_min", "12"),
        ("minutes", "110"),
    ],
)
def test_a_wrong_first_line_is_named(tmp_path, key, wrong):
    lines = [line for line in GOOD.splitlines() if line]
    lines.pop(next(n for n, line in enumerate(lines) if line.startswith(f"{key} =")))
    path = tmp_path / "genot-soutoul.toml"
    path.write_text("\n".join([f"{key} = {wrong}", *lines]), encoding="utf-8")
    with pytest.raises(CanvasError) as problem:
        load_canvas(path)
    assert problem.value.line == 1
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(CanvasError, match=f"line 1: missing key “{key}”"):
        load_canvas(path)


def test_a_line_that_is_not_recognised_is_told_by_the_head_of_its_step(tmp_path):
    path = tmp_path / "genot-soutoul.toml"
    path.write_text(GOOD.replace('title = "Ouverture"', "'title' = 12", 1), encoding="utf-8")
    with pytest.raises(CanvasError, match="must be str") as problem:
        load_canvas(path)
    assert problem.value.line == line_of(GOOD, "[[steps]]")


def test_a_collective_may_be_of_one(tmp_path):
    path = tmp_path / "genot-soutoul.toml"
    path.write_text(GOOD.replace("group_min = 5", "group_min = 1", 1), encoding="utf-8")
    assert load_canvas(path).group_min == 1


@pytest.mark.parametrize("canvas", library().values(), ids=lambda canvas: canvas.id)
def test_with_a_spare_situation_no_step_gives_the_floor_to_a_presenter(canvas):
    for step in canvas.steps:
        if "expose" in step.speaks + step.silent:
            assert step.spare_speaks, step.id
            assert step.spare_silent, step.id
            assert "la personne qui expose" not in step.spare_speaks + step.spare_silent
        assert len(step.spare_rule) <= 90


def test_a_spare_situation_is_read_questioned_and_may_be_followed_by_its_sequel(default):
    reads = {step.id: step.spare_reads for step in default.steps if step.spare_reads}
    assert reads == {"presentation": "story", "questionnement": "questions", "deja-fait": "sequel"}


def test_an_agenda_prepared_before_spare_words_existed_is_still_read(default):
    old = {key: value for key, value in default.steps[0].to_json().items() if not key.startswith("spare_")}
    assert Step.from_json(old) == default.steps[0]


# ---------- every file of the library ----------

TOTALS = {
    "genot-soutoul": (120, 10, 11),
    "gapp-six-temps": (120, 6, 6),
    "gease": (120, 7, 7),
    "ecrits-croises": (60, 6, 6),
    "codeveloppement": (120, 7, 8),
    "conseil-collegial-6-phases": (45, 7, 7),
    "cas-collegial-court": (45, 9, 9),
    "incident": (68, 7, 8),
    "consultance": (50, 6, 6),
    "accordage": (65, 8, 8),
    "trio": (33, 14, 14),
    "apprentissage-action": (35, 7, 7),
    "tutorat-entre-pairs": (55, 9, 9),
}
each_canvas = pytest.mark.parametrize("canvas", library().values(), ids=lambda canvas: canvas.id)
CANVAS_KEYS = ("title", "inspired_by", "source", "produces", "group_min", "group_max", "minutes_from")
STEP_KEYS = ("title", "minutes", "least", "speaks", "silent", "rule", "prompts", "feeds", "optional", "meetings")


def test_the_library_is_the_one_that_was_asked_for():
    found = {canvas.id: (canvas.minutes, len(canvas.agenda(1)), len(canvas.agenda(2))) for canvas in library().values()}
    assert found == TOTALS


@each_canvas
def test_the_minutes_of_the_first_meeting_and_of_the_later_ones_make_the_total(canvas):
    assert total_minutes(canvas.agenda(1)) == total_minutes(canvas.agenda(2)) == canvas.minutes
    assert all(0 < step.least <= step.minutes for number in (1, 2) for step in canvas.agenda(number))


@each_canvas
def test_a_canvas_says_where_it_comes_from_what_it_gives_and_for_how_many(canvas):
    address = urlsplit(canvas.source)
    assert address.scheme in {"http", "https"}
    assert "." in address.netloc
    assert canvas.produces in PRODUCES
    assert 3 <= canvas.group_min < canvas.group_max <= 15
    assert not re.search("[®™]", canvas.inspired_by + canvas.title)
    assert {step.meetings for step in canvas.steps} <= set(MEETINGS)
    assert {step.spare_reads for step in canvas.steps} <= set(SPARE_READS)


@each_canvas
def test_each_step_speaks_our_words_short_enough_to_be_read_at_three_metres(canvas):
    for step in canvas.steps:
        words = [step.title, step.speaks, step.silent, step.rule, *step.prompts]
        words += [step.spare_speaks, step.spare_silent, step.spare_rule, *step.spare_prompts]
        assert not re.search(r"'|\.\.\.|\bexposants?\b|  ", "|".join(words)), step.id
        assert step.rule.endswith((".", "?")), step.id
        assert len(step.rule) <= 90, step.id
        assert len(step.title) <= 45, step.id
        assert 1 <= len(step.prompts) <= 4, step.id


@each_canvas
def test_each_canvas_chooses_once_and_ends_on_the_next_meeting(canvas):
    for number in (1, 2):
        feeds = [step.feeds for step in canvas.agenda(number)]
        assert feeds.count("situation") == 1
        assert feeds[-1] == "next_meeting"
        assert feeds.count("next_meeting") == 1
        assert feeds.count("sheet") <= 1
    assert all(step.meetings == "later" for step in canvas.steps if step.feeds == "follow_up")


@each_canvas
def test_each_canvas_closes_with_everybody_speaking(canvas):
    last = canvas.steps[-1]
    assert last.speaks in {"tout le monde", "chaque personne, à son tour"}
    assert not last.silent


@each_canvas
def test_a_canvas_without_advice_asks_for_no_answer(canvas):
    if canvas.produces == "understanding":
        assert {"answers", "sheet"}.isdisjoint(step.feeds for step in canvas.steps)


def test_what_its_authors_warn_of_is_said():
    warned = [canvas for canvas in library().values() if canvas.caution]
    assert [canvas.id for canvas in warned] == ["consultance"]
    assert "déconseille" in warned[0].caution


@each_canvas
def test_a_spare_situation_is_read_then_questioned_with_any_canvas(canvas):
    reads = [step.spare_reads for step in canvas.steps if step.spare_reads]
    assert "story" in reads
    assert reads.index("story") < reads.index("questions")


def test_the_library_is_shown_by_what_it_produces_the_default_one_first():
    groups = by_what_they_produce()
    assert [kind for kind, _ in groups] == list(PRODUCES)
    assert sorted(canvas.id for _, group in groups for canvas in group) == sorted(library())
    assert groups[0][1][0].id == DEFAULT_CANVAS


def broken(tmp_path, text, key, value, *, start):
    """The default file with one key set otherwise (None: left out), in the canvas or in its third step."""
    lines = text.splitlines()
    place = next(n for n, line in enumerate(lines) if n >= start and line.startswith(f"{key} ="))
    end = place + 1
    if lines[place].endswith("["):
        end = next(n for n in range(place, len(lines)) if lines[n] == "]") + 1
    lines[place:end] = [] if value is None else [f"{key} = {value}"]
    path = tmp_path / "genot-soutoul.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(CanvasError) as problem:
        load_canvas(path)
    return problem.value, lines, place


@pytest.mark.parametrize("key", STEP_KEYS)
def test_each_field_of_a_step_is_checked_and_its_line_named(tmp_path, key):
    start = [n for n, line in enumerate(GOOD.splitlines()) if line == "[[steps]]"][2]
    missing, lines, _ = broken(tmp_path, GOOD, key, None, start=start)
    assert f"missing key “{key}”" in str(missing)
    assert lines[missing.line - 1] == "[[steps]]"
    wrong, _, place = broken(tmp_path, GOOD, key, "1.5", start=start)
    assert f"“{key}” must be" in str(wrong)
    assert wrong.line == place + 1


@pytest.mark.parametrize("key", CANVAS_KEYS)
def test_each_field_of_a_canvas_is_checked_and_its_line_named(tmp_path, key):
    missing, _, _ = broken(tmp_path, GOOD, key, None, start=0)
    assert f"missing key “{key}”" in str(missing)
    wrong, _, place = broken(tmp_path, GOOD, key, "1.5", start=0)
    assert f"“{key}” must be" in str(wrong)
    assert wrong.line == place + 1
