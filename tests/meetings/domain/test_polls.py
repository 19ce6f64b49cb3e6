"""Dates that a collective is asked about: the order, who is awaited, what is unusual, what choosing asks."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.planning import Slot
from collectifs.meetings.domain.polls import (
    Engagement,
    Option,
    Reply,
    awaited_from,
    check_can_be_chosen,
    check_close,
    check_follows_a_meeting,
    check_is_open,
    check_may_remind,
    check_none_is_open,
    check_slots,
    check_takes_answers,
    clashes,
    closing_instant,
    doubt_about,
    have_all_answered,
    is_anybody_heard,
    is_over,
    is_reminder_due,
    last_day,
    ranked,
    remarks_of,
    reply_said,
    silent,
    slot_in_line,
    usual_last_day,
)
from collectifs.meetings.domain.school_year import SchoolCalendar
from tests.pages import plain

PARIS = ZoneInfo("Europe/Paris")
HELENE, MAUD, YANN, ROSE = PEOPLE = tuple(UUID(int=number) for number in range(1, 5))
NAMES = dict(zip(PEOPLE, ("Hélène L.", "Maud B.", "Yann C.", "Rose D."), strict=True))
ZONE_A = SchoolCalendar("A")
REPLIES = {"o": Reply.YES, "s": Reply.IF_NEEDED, "n": Reply.NO}


@dataclass(frozen=True)
class Held:
    number: int
    starts_at: datetime
    ends_at: datetime


def slot(day: date, hour: int = 14, place: str = "Salle B", hours: int = 2) -> Slot:
    starts = datetime.combine(day, time(hour), PARIS).astimezone(UTC)
    return Slot(starts, starts + timedelta(hours=hours), place)


def option(number: int, said: str = "", warnings: int = 0, day: date = date(2027, 3, 17)) -> Option:
    """`said`: a letter for each of the four people (« o », « s », « n », « - » for silence)."""
    replies = {person: REPLIES[letter] for person, letter in zip(PEOPLE, said, strict=False) if letter in REPLIES}
    return Option(UUID(int=100 + number), slot(day), replies=replies, warnings=("…",) * warnings)


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (("snnn",), ("nooo",), "a date without the pilot comes last, however many say yes"),
        (("oon-",), ("onno",), "one shut out before two"),
        (("oss-",), ("onoo",), "« si besoin » shuts nobody out"),
        (("oooo",), ("ooos",), "then how many say yes"),
        (("ooss",), ("osso",), "… as many: the earliest"),
        (("oo--",), ("oo--", 1), "then what is unusual"),
        (("s---",), ("----",), "a pilot who would come if needed can come"),
    ],
)
def test_whoever_is_shut_out_comes_before_any_total(first, second, why):
    later, sooner = date(2027, 3, 24), date(2027, 3, 17)
    is_by_date = why.startswith("…")
    one, two = option(1, *first, day=sooner if is_by_date else later), option(2, *second, day=later)
    for options in ([one, two], [two, one]):
        assert [each.id for each in ranked(options, {HELENE})] == [one.id, two.id], why


def test_with_two_pilots_a_date_that_one_of_them_keeps_has_a_pilot():
    one = option(1, "noo-")
    assert not one.has_no_pilot({HELENE, MAUD})
    assert one.has_no_pilot({HELENE})
    assert not one.has_no_pilot(frozenset()), "nobody pilots any more: nobody is missing"


def test_a_struck_date_is_ranked_no_more():
    assert ranked([replace(option(1, "oooo"), is_struck=True), option(2)], {HELENE}) == [option(2)]


def test_somebody_is_awaited_for_a_date_without_reply_and_for_one_that_changed():
    kept, changed, new = option(1, "o"), replace(option(2, "o"), doubtful=frozenset({HELENE})), option(3)
    assert awaited_from(HELENE, [kept, changed, new]) == [changed, new]
    assert silent([kept, changed], PEOPLE) == [MAUD, YANN, ROSE], "whoever replied before a change is not silent"
    assert have_all_answered([kept, changed], [HELENE])
    assert not have_all_answered([kept, new], [HELENE])
    assert not have_all_answered([], [HELENE])
    assert not have_all_answered([kept], [])
    assert is_anybody_heard([kept])
    assert not is_anybody_heard([new])


def test_by_hand_the_silent_are_reminded_once_a_day_at_most():
    now = datetime(2027, 1, 13, 12, tzinfo=UTC)
    opened, closes, day = now - timedelta(days=3), now + timedelta(days=9), timedelta(days=1)
    check_may_remind(opened, closes, None, silent=1, now=now)
    check_may_remind(opened, closes, now - day, silent=1, now=now)
    for times, number, sentence in [
        ((opened, closes, None), 0, "Tout le monde a répondu"),
        ((opened, now, None), 2, "Les réponses sont closes"),
        ((opened, closes, now - day / 2), 2, "moins d’un jour"),
        ((now - day / 2, closes, None), 2, "moins d’un jour"),
    ]:
        with pytest.raises(RuleBroken, match=sentence):
            check_may_remind(*times, silent=number, now=now)


@pytest.mark.parametrize(
    ("days_left", "opened_days_ago", "reminded", "is_due"),
    [
        (3, 5, False, False),
        (2, 5, False, True),
        (1, 5, False, True),
        (1, 1, False, True),
        (1, 0.5, False, False),
        (2, 5, True, False),
        (-1, 5, False, False),
    ],
)
def test_the_reminder_leaves_once_two_days_before_the_close(days_left, opened_days_ago, reminded, is_due):
    now = datetime(2027, 2, 10, 12, tzinfo=UTC)
    closes_at, opened_at = now + timedelta(days=days_left), now - timedelta(days=opened_days_ago)
    reminded_at = now if reminded else None
    assert is_reminder_due(opened_at, closes_at, reminded_at, now) is is_due


def test_answers_are_taken_to_the_end_of_the_day_that_was_given():
    closes_at = closing_instant(date(2027, 2, 12), PARIS)
    assert closes_at == datetime(2027, 2, 12, 23, tzinfo=UTC)
    assert last_day(closes_at, PARIS) == date(2027, 2, 12)
    check_takes_answers(closes_at, closes_at - timedelta(minutes=1), PARIS)
    with pytest.raises(RuleBroken) as refused:
        check_takes_answers(closes_at, closes_at, PARIS)
    assert "jusqu’au 12 février 2027" in plain(refused.value.sentence)


NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
FIRST, SECOND = slot(date(2027, 3, 17)), slot(date(2027, 3, 24))


def check(slots, former=()):
    check_slots(slots, others=[], season=2026, zone=PARIS, now=NOW, former=former)


def test_two_to_six_different_dates_to_come_are_proposed():
    check([FIRST, SECOND])
    check([slot(date(2027, 3, day)) for day in range(1, 7)])
    check([FIRST, replace(FIRST, place="Ailleurs")])
    for slots in ([FIRST], [slot(date(2027, 3, day)) for day in range(1, 8)]):
        with pytest.raises(RuleBroken, match="entre deux et six"):
            check(slots)
    with pytest.raises(RuleBroken, match="les mêmes"):
        check([FIRST, FIRST])
    past = slot(date(2027, 1, 6))
    with pytest.raises(RuleBroken, match="à venir"):
        check([past, SECOND])
    check([past, SECOND], former=[past])


def test_the_first_date_is_not_asked_about():
    check_follows_a_meeting(2)
    with pytest.raises(RuleBroken, match="La première date est la vôtre"):
        check_follows_a_meeting(1)


@pytest.mark.parametrize("day", [date(2027, 1, 31), date(2027, 3, 17)])
def test_answers_end_after_today_and_before_the_first_date(day):
    check_close(closing_instant(date(2027, 3, 16), PARIS), [SECOND, FIRST], NOW, PARIS)
    with pytest.raises(RuleBroken) as refused:
        check_close(closing_instant(day, PARIS), [SECOND, FIRST], NOW, PARIS)
    assert refused.value.field == "until"


@pytest.mark.parametrize(
    ("closes_at", "is_right"),
    [
        (NOW, False),
        (NOW + timedelta(minutes=1), True),
        (FIRST.starts_at, True),
        (FIRST.starts_at + timedelta(minutes=1), False),
    ],
)
def test_answers_end_to_the_minute_between_now_and_the_first_date(closes_at, is_right):
    refused = False
    try:
        check_close(closes_at, [SECOND, FIRST], NOW, PARIS)
    except RuleBroken:
        refused = True
    assert refused is not is_right


def said_of(chosen: Slot, others=(), rooms=None) -> str:
    return plain(" ".join(remarks_of(chosen, 4, others=others, zone=PARIS, calendar=ZONE_A, rooms=rooms)))


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (FIRST, ""),
        (slot(date(2027, 4, 14)), "vacances de printemps de la zone A"),
        (slot(date(2027, 3, 29)), "Ce jour est férié"),
        (slot(date(2027, 5, 12)), "pas entre novembre et avril"),
        (slot(date(2027, 3, 20)), "un samedi"),
    ],
)
def test_what_is_unusual_is_said_and_never_asked(chosen, said):
    words = said_of(chosen)
    assert said in words
    assert "?" not in words
    assert bool(words) is bool(said)


def test_the_usual_half_day_of_the_collective_and_the_hours_of_a_place_are_told():
    wednesdays = [Held(number, day.starts_at, day.ends_at) for number, day in ((1, FIRST), (2, SECOND))]
    assert "d’habitude le mercredi après-midi" in said_of(slot(date(2027, 4, 1)), wednesdays)
    assert "d’habitude le mercredi après-midi" in said_of(slot(date(2027, 4, 7), hour=9), wednesdays)
    assert said_of(slot(date(2027, 4, 7)), wednesdays) == ""
    assert said_of(slot(date(2027, 4, 7), hour=13), wednesdays) == "", "the afternoon begins at one"
    assert "ferme à 15 h 30" in said_of(FIRST, rooms={"Salle B": time(15, 30)})
    assert said_of(FIRST, rooms={"Salle B": time(16), "Ailleurs": time(15)}) == ""


def test_a_half_day_that_people_told_is_counted_and_names_nobody():
    told = [{"mercredi après-midi"}, {"jeudi matin"}, {"jeudi matin", "mercredi matin"}]
    said = remarks_of(FIRST, 4, others=(), zone=PARIS, calendar=ZONE_A, half_days=told)
    assert said == ("Le mercredi après-midi ne convient pas à deux personnes, d’après leur candidature.",)
    [alone] = remarks_of(FIRST, 4, others=(), zone=PARIS, calendar=ZONE_A, half_days=told[:2])
    assert alone == "Le mercredi après-midi ne convient pas à une personne, d’après sa candidature."
    assert remarks_of(FIRST, 4, others=(), zone=PARIS, calendar=ZONE_A, half_days=told[:1]) == ()


@pytest.mark.parametrize(
    ("hour", "said"),
    [(12, "Le même jour, de 12 h à 14 h"), (16, "Le même jour, de 16 h à 18 h"), (15, "les deux se chevauchent")],
)
def test_touching_is_not_overlapping(hour, said):
    other = slot(date(2027, 3, 17), hour=hour)
    engagement = Engagement(other.starts_at, other.ends_at, "le regroupement 2 de L’Estuaire")
    (words,) = clashes(FIRST, [engagement], PARIS)
    assert said in plain(words)
    assert "L’Estuaire" in words
    assert clashes(SECOND, [engagement], PARIS) == []


def test_nobody_chooses_a_date_that_is_struck_or_past_or_led_by_nobody():
    good, without = option(1, "oon-"), option(2, "noo-")
    check_can_be_chosen(good, {HELENE}, None, NOW)
    now = Slot(NOW, NOW + timedelta(hours=2), "Salle B")
    for wrong in (replace(good, is_struck=True), replace(good, slot=slot(date(2027, 1, 6))), replace(good, slot=now)):
        with pytest.raises(RuleBroken):
            check_can_be_chosen(wrong, {HELENE}, None, NOW)
    with pytest.raises(RuleBroken, match="qui l’animera"):
        check_can_be_chosen(without, {HELENE}, None, NOW)
    check_can_be_chosen(without, {HELENE}, MAUD, NOW)
    for absent in (HELENE, ROSE):
        with pytest.raises(RuleBroken, match="qui peut venir"):
            check_can_be_chosen(without, {HELENE}, absent, NOW)


def test_choosing_asks_about_whom_it_shuts_out_by_name_and_about_too_few():
    assert doubt_about(option(1, "oos-"), NAMES, None) is None
    one = doubt_about(option(1, "oosn"), NAMES, None)
    assert one
    assert "se passer de Rose D." in one.sentences[0]
    assert "Lui en parler" in one.sentences[0]
    two = doubt_about(option(1, "oonn"), NAMES, None)
    assert two
    assert "Rose D. et Yann C." in two.sentences[0]
    assert "Leur en parler" in two.sentences[0]
    assert one.key != two.key, "somebody else refused meanwhile: it is asked again"
    few = doubt_about(option(1, "os--"), NAMES, 3)
    assert few
    assert "2 personnes" in few.sentences[0]
    assert "3 au moins" in few.sentences[0]
    assert doubt_about(option(1, "oso-"), NAMES, 3) is None
    for replies, said in (("----", "Personne n’a dit pouvoir venir"), ("o---", "Une seule personne a dit")):
        found = doubt_about(option(1, replies), NAMES, 2)
        assert found
        assert found.sentences[0].startswith(said)


def test_a_question_is_over_once_each_of_its_dates_is_past():
    options = [option(1, day=date(2027, 3, 17)), option(2, day=date(2027, 3, 24))]
    assert not is_over(options, SECOND.starts_at - timedelta(minutes=1))
    assert is_over(options, SECOND.starts_at)


@pytest.mark.parametrize(
    ("word", "reply", "label"),
    [("yes", Reply.YES, "Oui"), ("if_needed", Reply.IF_NEEDED, "Si besoin"), ("no", Reply.NO, "Non")],
)
def test_one_answers_by_one_of_three_buttons(word, reply, label):
    assert reply_said(word) is reply
    assert reply.label == label


@pytest.mark.parametrize("word", ["", "maybe", "Yes"])
def test_another_answer_is_refused(word):
    with pytest.raises(RuleBroken, match="l’un des trois boutons"):
        reply_said(word)


def test_one_question_at_a_time_and_none_that_is_closed():
    check_none_is_open(is_open=False)
    with pytest.raises(RuleBroken, match="déjà proposées à ce collectif"):
        check_none_is_open(is_open=True)
    check_is_open(is_open=True)
    with pytest.raises(RuleBroken, match="Cette question est close"):
        check_is_open(is_open=False)


@pytest.mark.parametrize(("field", "beside"), [("place", "place_2"), ("", None), (None, None)])
def test_a_refusal_stands_beside_the_field_of_its_line(field, beside):
    def refused():
        raise RuleBroken("Indiquez le lieu.", field)

    assert slot_in_line(2, lambda: FIRST) is FIRST
    with pytest.raises(RuleBroken) as refusal:
        slot_in_line(2, refused)
    assert (refusal.value.sentence, refusal.value.field) == ("Indiquez le lieu.", beside)


def test_the_form_begins_with_ten_days_on_the_clocks_of_the_place():
    late = datetime(2027, 2, 1, 23, 30, tzinfo=UTC)
    assert usual_last_day(late, PARIS) == date(2027, 2, 12)
    assert usual_last_day(late, ZoneInfo("UTC")) == date(2027, 2, 11)
