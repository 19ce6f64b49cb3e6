"""The canvases that come with the software, and what is said of a wrong one."""

import pytest

from collectifs.domain.canvas import (
    FEEDS,
    FOLDER,
    CanvasError,
    Step,
    library,
    load_canvas,
    plan_of,
    total_minutes,
    with_minutes,
)
from collectifs.domain.errors import RuleBroken

GOOD = (FOLDER / "genot-soutoul.toml").read_text(encoding="utf-8")


@pytest.fixture
def default():
    return library()["genot-soutoul"]


def test_every_canvas_that_comes_with_the_software_is_read():
    assert set(library()) == {path.stem for path in FOLDER.glob("*.toml")}


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
    with pytest.raises(RuleBroken):
        with_minutes(default.agenda(2), {"questionnement": 241})


def line_of(text, words):
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


WRONG = [
    ('title = "Ouverture"', "title = 12", "must be str"),
    ('title = "Ouverture"', 'title = " "', "is empty"),
    ('title = "Ouverture"', 'title = "Ouverture', "at line"),
    ("minutes_first = 15", "minutes_first = 14", None),
    ("minutes_first = 15", "minute_first = 15", "unknown key"),
    ("minutes = 20", "minutes = 9", "least ≤ minutes"),
    ('feeds = "sheet"', 'feeds = "sheets"', "must be one of"),
    ('meetings = "later"', 'meetings = "sometimes"', "must be one of"),
    ('id = "retour"', 'id = "ouverture"', "stands twice"),
    ('id = "genot-soutoul"', 'id = "genot"', "name of the file"),
    ('produces = "answers"', 'produces = "wonders"', "must be one of"),
    ("group_min = 5", "group_min = 12", "group_min ≤ group_max"),
    ("minutes = 120", "minutes = 110", "make 120 minutes, not 110"),
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
    path.write_text(GOOD.partition("[[steps]]")[0], encoding="utf-8")
    with pytest.raises(CanvasError, match="at least one"):
        load_canvas(path)
    path.write_text(GOOD.replace('"Un titre, une phrase, une question."', '" "', 1), encoding="utf-8")
    with pytest.raises(CanvasError, match="a prompt is a sentence"):
        load_canvas(path)


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
