"""Planned against lived minutes: what is shown of each step, and the sentence that says the whole."""

from dataclasses import replace

import pytest

from collectifs.live.domain.agenda import fold
from collectifs.live.domain.gestures import Gesture, instant
from collectifs.live.domain.lived import LivedStep, lived_in_a_sentence, lived_steps
from collectifs.meetings.domain.canvas import library

STEPS = library()["genot-soutoul"].agenda(1)[:2]
FIRST, SECOND = STEPS
END = instant("2027-01-13T15:00:00Z")
PLAN = [{"id": each.id, "title": each.title, "minutes": each.minutes, "least": each.least} for each in STEPS]


def state(*made):
    start = ("13:00", "meeting_started", {"plan": PLAN})
    return fold(
        Gesture(f"e{place}", kind, 1, instant(f"2027-01-13T{at}:00Z"), body)
        for place, (at, kind, body) in enumerate((start, *made))
    )


def lived(found, at="2027-01-13T14:00:00Z"):
    return [(each.title, each.planned, each.lived) for each in lived_steps(STEPS, found, instant(at), END)]


def test_a_step_that_was_not_entered_was_not_lived():
    assert lived(state(("13:09", "meeting_closed", {}))) == [
        (FIRST.title, FIRST.minutes, 9),
        (SECOND.title, SECOND.minutes, None),
    ]


def test_the_minutes_foreseen_are_those_that_were_prepared_and_a_step_added_on_the_way_comes_last():
    steps = [{**PLAN[0], "minutes": 40}, PLAN[1], {"id": "new", "title": "En plus", "minutes": 4, "least": 0}]
    found = state(
        ("13:01", "plan_changed", {"steps": steps}),
        ("13:10", "step_entered", {"step": "new"}),
        ("13:12", "meeting_closed", {}),
    )
    assert lived(found)[0] == (FIRST.title, FIRST.minutes, 10)
    assert lived(found)[2] == ("En plus", 0, 2)


def test_of_a_meeting_left_open_the_night_does_not_count():
    assert lived(state(), "2027-01-14T09:00:00Z")[0] == (FIRST.title, FIRST.minutes, FIRST.minutes)


@pytest.mark.parametrize(
    ("planned", "minutes", "words"),
    [
        (10, None, "pas faite"),
        (10, 10, "à l’heure"),
        (10, 17, "+ 7\u00a0min"),
        (10, 8, "− 2\u00a0min"),
    ],
)
def test_the_gap_is_said_in_words(planned, minutes, words):
    assert LivedStep("Ouverture", planned, minutes).gap_in_words == words


def test_a_step_that_was_not_held_has_no_gap():
    assert LivedStep("Ouverture", 10, None).gap == 0


def test_one_sentence_says_the_whole_and_the_step_that_ran_over_the_most():
    steps = [LivedStep("Ouverture", 5, 6), LivedStep("Questions", 20, 27), LivedStep("Clôture", 5, None)]
    plain = lived_in_a_sentence(steps).replace("\u00a0", " ")
    assert plain == (
        "33 min vécues pour 30 min prévues. L’étape « Questions » a débordé de sept minutes, plus qu’aucune autre."
    )
    quiet = [replace(each, lived=each.planned) for each in steps]
    assert lived_in_a_sentence(quiet).endswith("Aucune étape n’a débordé.")
    assert lived_in_a_sentence([]).endswith("Aucune étape n’a débordé.")


WHOLE = library()["genot-soutoul"].agenda(3)


def told(*visits: str) -> list[tuple[str, str]]:
    """What is shown of a meeting that went through these steps, a minute each, and ended at twenty past."""
    plan = [{"id": each.id, "title": each.title, "minutes": each.minutes, "least": each.least} for each in WHOLE]
    made = [("13:00", "meeting_started", {"plan": plan})]
    made += [(f"13:{10 + n:02}", "step_entered", {"step": step}) for n, step in enumerate(visits)]
    made += [("13:40", "step_entered", {"step": WHOLE[-1].id}), ("13:45", "meeting_closed", {})]
    found = fold(
        Gesture(f"e{n}", kind, 1, instant(f"2027-01-13T{at}:00Z"), body) for n, (at, kind, body) in enumerate(made)
    )
    rows = lived_steps(WHOLE, found, END, END)
    return [(each.title, each.gap_in_words) for each in rows] + [("", lived_in_a_sentence(rows))]


def exchange() -> list[str]:
    """The steps between the choice and the closing."""
    ids = [each.id for each in WHOLE]
    return ids[ids.index("presentation") : -1]


def test_a_meeting_stopped_at_the_second_step_of_the_exchange_reads_as_one_stopped_at_the_fourth():
    second, fourth = told(*exchange()[:2]), told(*exchange()[:4])
    assert second == fourth
    assert "L’échange" in dict(second)
    assert not {each.title for each in WHOLE if each.id in exchange()} & set(dict(second))


def test_a_step_left_out_one_lived_twice_and_a_stop_read_alike():
    ways = (exchange()[:3], [*exchange()[:2], *exchange()[3:]], exchange() * 2)
    stopped, left_out, twice = (dict(told(*each)).keys() for each in ways)
    assert stopped == left_out == twice


def test_an_exchange_that_was_lived_whole_is_told_step_by_step():
    assert {each.title for each in WHOLE if each.id in exchange()} <= set(dict(told(*exchange())))
    assert "L’échange" not in dict(told(*exchange()))


def test_the_exchange_is_one_line_with_the_minutes_of_all_its_steps():
    plan = [{"id": each.id, "title": each.title, "minutes": each.minutes, "least": each.least} for each in WHOLE]
    made = [("13:00", "meeting_started", {"plan": plan})]
    made += [(f"13:{10 + 5 * n}", "step_entered", {"step": step}) for n, step in enumerate(exchange()[:2])]
    made += [("13:20", "step_entered", {"step": WHOLE[-1].id}), ("13:25", "meeting_closed", {})]
    found = fold(
        Gesture(f"e{n}", kind, 1, instant(f"2027-01-13T{at}:00Z"), body) for n, (at, kind, body) in enumerate(made)
    )
    foreseen = sum(each.minutes for each in WHOLE if each.id in exchange())
    rows = lived_steps(WHOLE, found, END, END)
    assert [(each.planned, each.lived) for each in rows if each.title == "L’échange"] == [(foreseen, 10)]


def test_of_an_exchange_that_never_began_it_is_said_that_it_was_not_held():
    assert dict(told())["L’échange"] == "pas faite"
