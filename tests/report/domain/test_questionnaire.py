"""Six questions without a name: what is added up, what may be shown, when one may answer."""

from datetime import UTC, date, datetime, timedelta

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.report.domain.questionnaire import (
    Box,
    closes_on,
    is_open,
    is_open_to_tutors,
    is_read_by_heads,
    results,
    results_from,
    sentences_shown,
    together,
)
from collectifs.report.domain.questions import LABELS, MODALITIES, QUESTIONS, Answer

FEAR, CHANGE, ALONE, NUMBER, HINDERED, NEXT = QUESTIONS
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def box(question, *answers: tuple[Answer, int], returns: int = 0) -> Box:
    counts = {answer.value: number for answer, number in answers}
    return Box(returns or sum(counts.values()), {question.key: counts})


def said(question, filled: Box) -> list[tuple[str, int | None]]:
    found = next(each for each in results(QUESTIONS, filled) if each.question is question)
    return [(each.label, each.number) for each in found.said]


def test_an_answer_is_added_and_leaves_no_row_of_its_own():
    first = Box().with_(
        QUESTIONS, {"fear": [Answer.NO], "hindered": [Answer.HOUR, Answer.DISTANCE]}, "Zèle et patience."
    )
    second = first.with_(QUESTIONS, {"fear": [Answer.NO]}, "Avec le temps.")
    assert second.returns == 2
    assert (second.count(FEAR, Answer.NO), second.count(HINDERED, Answer.HOUR)) == (2, 1)
    assert second.sentences == ("Avec le temps.", "Zèle et patience.")  # by letter: none tells when it came
    assert Box.read(second.written()) == second
    assert (Box().count(FEAR, Answer.NO), second.count(FEAR, Answer.RATHER_NO)) == (0, 0)


@pytest.mark.parametrize(
    "ticked",
    [
        {},
        {"fear": [Answer.ONCE]},
        {"fear": [Answer.NO, Answer.RATHER_NO]},
        {"hindered": [Answer.NOTHING, Answer.HOUR]},
        {"hindered": [Answer.HOUR, Answer.HOUR]},
    ],
)
def test_what_answers_nothing_or_contradicts_itself_is_refused(ticked):
    with pytest.raises(RuleBroken):
        Box().with_(QUESTIONS, ticked)


def test_nothing_alone_is_an_answer():
    assert Box().with_(QUESTIONS, {"hindered": [Answer.NOTHING]}).count(HINDERED, Answer.NOTHING) == 1


def test_a_sentence_alone_is_an_answer():
    assert Box().with_(QUESTIONS, {}, "Merci.").returns == 1


def test_under_five_answers_nothing_is_shown():
    four = Box(4, {"fear": {"yes_fully": 4}}, ("Seule.",))
    assert (results(QUESTIONS, four), sentences_shown(four)) == ((), ())
    five = Box(5, {"fear": {"yes_fully": 5}}, ("Seule.",))
    assert sentences_shown(five) == ("Seule.",)
    assert len(results(QUESTIONS, five)) == 6


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ((96, 41, 8, 4), [("Oui, tout à fait", 96), ("Plutôt oui", 41), ("Plutôt non, ou non", 8 + 4)]),
        ((96, 41, 8, 9), [("Oui, tout à fait", 96), ("Plutôt oui", 41), ("Plutôt non", 8), ("Non", 9)]),
        ((9, 9, 0, 0), [("Oui, tout à fait", 9), ("Plutôt oui", 9), ("Plutôt non", 0), ("Non", 0)]),
        ((1, 9, 9, 0), [("Oui, tout à fait, ou plutôt oui", 10), ("Plutôt non", 9), ("Non", 0)]),
        ((2, 2, 1, 0), [("Oui, tout à fait, ou plutôt oui, ou plutôt non", 5), ("Non", 0)]),
        ((2, 2, 1, 1), []),  # one group alone says nothing
    ],
)
def test_what_few_people_say_is_put_with_its_neighbour(numbers, shown):
    filled = box(FEAR, *zip(FEAR.answers, numbers, strict=True))
    found = said(FEAR, filled)
    assert found == shown
    assert all(number == 0 or number >= 5 for _, number in found)


def test_of_boxes_several_of_which_may_be_ticked_a_rare_one_is_masked():
    filled = box(HINDERED, (Answer.NOTHING, 6), (Answer.HOUR, 4), (Answer.REPLACEMENT, 12), returns=20)
    shown = said(HINDERED, filled)
    assert shown[:2] == [("Le remplacement en classe", 12), ("Rien", 6)]
    assert dict(shown)["L’heure"] is None


def test_several_territories_are_added_up():
    filled = together(QUESTIONS, [box(NEXT, (Answer.PILOT, 3)), Box(2, {"next": {"pilot": 2}}, ("Oui.",))])
    assert (filled.returns, filled.count(NEXT, Answer.PILOT), filled.sentences) == (5, 5, ("Oui.",))


def meetings(*days_ago: int) -> list[tuple[datetime, datetime]]:
    return [(NOW - day * DAY, NOW - day * DAY + 2 * HOUR) for day in days_ago]


NOW = datetime(2027, 4, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("spans", "today", "opens"),
    [
        ((), date(2027, 5, 20), False),  # never met
        ((90, 60, 30, 1), date(2027, 4, 10), True),  # the series is over
        ((90, 60, 30, 1, -20), date(2027, 4, 10), False),  # a fifth is to come
        ((90, 60, 30), date(2027, 4, 10), False),  # more may be planned
        ((90,), date(2027, 5, 1), True),  # May: whoever met answers
        ((90,), date(2027, 4, 30), False),
        ((90, 60, 30, 1), date(2027, 6, 30), True),
        ((90, 60, 30, 1), date(2027, 7, 1), False),
    ],
)
def test_when_one_may_answer(spans, today, opens):
    assert is_open(2026, meetings(*spans), NOW, today) is opens


def test_a_meeting_was_held_from_its_last_instant_on():
    spans = [(NOW - 2 * HOUR, NOW)] * 4
    assert is_open(2026, spans, NOW, NOW.date())
    assert not is_open(2026, spans, NOW - timedelta(seconds=1), NOW.date())


def test_numbers_are_read_once_nobody_can_answer_any_more():
    assert closes_on(2026) == date(2027, 6, 30)
    assert results_from(2026) == closes_on(2026) + DAY


@pytest.mark.parametrize(
    ("today", "opens", "is_read"),
    [
        (date(2027, 4, 30), False, False),
        (date(2027, 5, 1), True, False),
        (date(2027, 6, 30), True, False),
        (date(2027, 7, 1), False, True),
        (date(2027, 8, 31), False, True),
        (date(2027, 9, 1), False, False),
    ],
)
def test_tutors_answer_in_may_and_june_and_are_read_until_it_perishes(today, opens, is_read):
    assert (is_open_to_tutors(2026, today), is_read_by_heads(2026, today)) == (opens, is_read)


def test_the_modalities_are_asked_about_by_the_same_rule_and_of_their_own_answers():
    place, help_ = MODALITIES[1], MODALITIES[-1]
    filled = Box()
    for _ in range(5):
        filled = filled.with_(MODALITIES, {"place": [Answer.NO], "help": [Answer.TIME, Answer.ROOM]})
    filled = filled.with_(MODALITIES, {"place": [Answer.BOTH], "help": [Answer.PEERS]})
    assert (filled.count(place, Answer.NO), filled.count(help_, Answer.TIME)) == (5, 5)
    shown = {
        each.question.key: [(said.label, said.number) for said in each.said] for each in results(MODALITIES, filled)
    }
    assert shown["place"] == []  # one group alone says nothing
    assert dict(shown["help"])["Des échanges entre tuteurs"] is None
    for wrong in ({"place": [Answer.COME_BACK]}, {"help": [Answer.NOTHING_MORE, Answer.TIME]}):
        with pytest.raises(RuleBroken):
            Box().with_(MODALITIES, wrong)


def test_each_answer_has_its_words_and_is_of_a_question():
    asked = {answer for question in (*QUESTIONS, *MODALITIES) for answer in question.answers}
    assert asked == set(Answer) == set(LABELS)
