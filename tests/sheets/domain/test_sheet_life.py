"""Every passage of a sheet's life, and every refusal, in tables."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.school_year import SchoolCalendar
from collectifs.sheets.domain.life import (
    About,
    SheetLife,
    SheetStatus,
    check_can_be_given_up,
    check_can_be_kept,
    check_can_be_objected_to,
    check_can_be_proposed,
    check_can_be_reopened,
    check_can_be_reviewed,
    check_can_be_submitted,
    check_can_be_taken_up_again,
    check_can_be_withdrawn,
    check_can_be_written,
    deadline_after_sending,
    deadline_for,
    objections_seen_until,
    seen_until,
)
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent

ZONE_A = SchoolCalendar("A")
PARIS, REUNION = ZoneInfo("Europe/Paris"), ZoneInfo("Indian/Reunion")
NOW = datetime(2027, 1, 20, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

DRAFT = SheetLife()
PROPOSED = SheetLife(proposed_at=NOW - DAY, deadline_at=NOW + 2 * DAY, asks_transmission=True, presenter_agreed=True)
IN_ROOM = replace(PROPOSED, everybody_agreed_at=NOW - DAY)
HELD_IN_ROOM = replace(IN_ROOM, text_objections=1)
AGREED = replace(PROPOSED, proposed_at=NOW - 5 * DAY, deadline_at=NOW - 2 * DAY)
HELD = replace(AGREED, text_objections=1)
KEPT_IN = replace(AGREED, transmission_objections=1)
SUBMITTED = replace(AGREED, submitted_at=NOW - DAY)
REVIEWED = replace(SUBMITTED, reviewed_at=NOW - HOUR)
WITHDRAWN = replace(REVIEWED, withdrawn_at=NOW - HOUR)
WITHDRAWN_INSIDE = replace(AGREED, withdrawn_at=NOW - HOUR)
UNSENT = replace(PROPOSED, proposed_at=NOW - 5 * DAY, deadline_at=None, mails_waiting=True)
UNSENT_IN_ROOM = replace(UNSENT, everybody_agreed_at=NOW - 5 * DAY)
NEW_DRAFT = SheetLife(institution_since=NOW - 9 * DAY)
NEW_PROPOSED = replace(PROPOSED, institution_since=NOW - 9 * DAY)
NEW_AGREED = replace(AGREED, institution_since=NOW - 9 * DAY)
GIVEN_UP = SheetLife(given_up_at=NOW - HOUR)
LIVES = {
    "draft": DRAFT,
    "proposed": PROPOSED,
    "accepted in the room": IN_ROOM,
    "accepted in the room, held": HELD_IN_ROOM,
    "agreed": AGREED,
    "held past its delay": HELD,
    "agreed, not to leave": KEPT_IN,
    "submitted": SUBMITTED,
    "reviewed": REVIEWED,
    "withdrawn": WITHDRAWN,
    "withdrawn before it left": WITHDRAWN_INSIDE,
    "proposed, its mails not sent": UNSENT,
    "accepted in the room, its mails not sent": UNSENT_IN_ROOM,
    "written again": NEW_DRAFT,
    "proposed again": NEW_PROPOSED,
    "agreed again": NEW_AGREED,
    "given up": GIVEN_UP,
}
CONTENT = SheetContent("Comment dire ?", (Answer("Écouter.", AnswerKind.TRIED),))


def paris(text: str) -> datetime:
    """An instant by the clocks of Paris."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


def refusal(check, *arguments) -> str:
    """The sentence of a refusal, or "" when nothing is refused."""
    try:
        check(*arguments)
    except RuleBroken as broken:
        return broken.sentence
    return ""


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("draft", SheetStatus.DRAFT),
        ("proposed", SheetStatus.PROPOSED),
        ("accepted in the room", SheetStatus.AGREED),
        ("accepted in the room, held", SheetStatus.PROPOSED),
        ("agreed", SheetStatus.AGREED),
        ("held past its delay", SheetStatus.PROPOSED),
        ("agreed, not to leave", SheetStatus.AGREED),
        ("submitted", SheetStatus.SUBMITTED),
        ("reviewed", SheetStatus.REVIEWED),
        ("withdrawn", SheetStatus.WITHDRAWN),
        ("withdrawn before it left", SheetStatus.WITHDRAWN),
        ("proposed, its mails not sent", SheetStatus.PROPOSED),
        ("accepted in the room, its mails not sent", SheetStatus.AGREED),
        ("written again", SheetStatus.DRAFT),
        ("proposed again", SheetStatus.PROPOSED),
        ("agreed again", SheetStatus.AGREED),
        ("given up", SheetStatus.GIVEN_UP),
    ],
)
def test_a_state_follows_from_instants(name: str, status: SheetStatus):
    assert LIVES[name].status(NOW) is status


def test_a_sheet_is_agreed_from_its_deadline_on_and_not_before():
    assert PROPOSED.agreed_at(PROPOSED.deadline_at - timedelta(seconds=1)) is None
    assert PROPOSED.agreed_at(PROPOSED.deadline_at) == PROPOSED.deadline_at
    assert IN_ROOM.agreed_at(NOW) == IN_ROOM.everybody_agreed_at


def test_no_time_goes_past_an_objection():
    assert HELD.status(NOW + 400 * DAY) is SheetStatus.PROPOSED


# What each state lets one do: the words that a refusal must carry, "" where it is allowed.
PASSAGES = {
    #                            write                propose                reopen                submit
    "draft": ("", "", "en cours d’écriture", "Proposez d’abord"),
    "proposed": ("reprenez d’abord", "déjà proposée", "", "attendez la fin du délai"),
    "accepted in the room": ("reprenez d’abord", "déjà proposée", "", "attendez la fin du délai"),
    "accepted in the room, held": ("reprenez d’abord", "déjà proposée", "", "attendez la fin du délai"),
    "agreed": ("reprenez d’abord", "déjà proposée", "", ""),
    "held past its delay": ("reprenez d’abord", "déjà proposée", "", "n’a pas encore accepté"),
    "agreed, not to leave": ("reprenez d’abord", "déjà proposée", "", "s’oppose à la transmission"),
    "submitted": ("ouvrez d’abord une nouvelle version", "ouvrez d’abord", "", "déjà transmise"),
    "reviewed": ("ouvrez d’abord une nouvelle version", "ouvrez d’abord", "", "déjà transmise"),
    "withdrawn": ("a été retirée", "a été retirée", "a été retirée", "a été retirée"),
    "withdrawn before it left": ("a été retirée", "a été retirée", "a été retirée", "a été retirée"),
    "proposed, its mails not sent": ("reprenez d’abord", "déjà proposée", "", "ne sont pas tous partis"),
    "accepted in the room, its mails not sent": ("reprenez d’abord", "déjà proposée", "", "ne sont pas tous partis"),
    "written again": ("", "", "en cours d’écriture", "Proposez d’abord"),
    "proposed again": ("reprenez d’abord", "déjà proposée", "", "attendez la fin du délai"),
    "agreed again": ("reprenez d’abord", "déjà proposée", "", ""),
    "given up": ("est sans fiche", "est sans fiche", "est sans fiche", "est sans fiche"),
}


@pytest.mark.parametrize("name", LIVES)
def test_what_the_pilot_may_do_in_each_state(name: str):
    life, (write, propose, reopen, submit) = LIVES[name], PASSAGES[name]
    for words, said in (
        (write, refusal(check_can_be_written, life, NOW)),
        (propose, refusal(check_can_be_proposed, life, CONTENT, NOW)),
        (reopen, refusal(check_can_be_reopened, life, NOW)),
        (submit, refusal(check_can_be_submitted, life, [], NOW)),
    ):
        assert words in said
        assert bool(words) == bool(said)


CONSENT = {
    #        object to the text, to the transmission, to the name; withdraw; mark as reviewed
    "draft": ("Proposez", "Proposez", "Proposez", "rien à retirer", "plus transmise"),
    "proposed": ("", "", "", "rien à retirer", "plus transmise"),
    "accepted in the room": ("", "", "", "", "plus transmise"),
    "accepted in the room, held": ("", "", "", "", "plus transmise"),
    "agreed": ("délai", "", "", "", "plus transmise"),
    "held past its delay": ("", "", "", "", "plus transmise"),
    "agreed, not to leave": ("délai", "", "", "", "plus transmise"),
    "submitted": ("déjà transmise", "déjà transmise", "déjà transmise", "", ""),
    "reviewed": ("déjà transmise", "déjà transmise", "déjà transmise", "", "déjà marquée"),
    "withdrawn": ("a été retirée", "a été retirée", "a été retirée", "déjà retirée", "plus transmise"),
    "withdrawn before it left": ("a été retirée", "a été retirée", "a été retirée", "déjà retirée", "plus transmise"),
    "proposed, its mails not sent": ("", "", "", "rien à retirer", "plus transmise"),
    "accepted in the room, its mails not sent": ("", "", "", "", "plus transmise"),
    "written again": ("Proposez", "Proposez", "Proposez", "", "plus transmise"),
    "proposed again": ("", "", "", "", "plus transmise"),
    "agreed again": ("délai", "", "", "", "plus transmise"),
    "given up": ("est sans fiche", "est sans fiche", "est sans fiche", "rien à retirer", "plus transmise"),
}


@pytest.mark.parametrize("name", LIVES)
def test_what_the_others_may_do_in_each_state(name: str):
    life, (text, transmission, title, withdraw, review) = replace(LIVES[name], asks_name=True), CONSENT[name]
    for words, said in (
        (text, refusal(check_can_be_objected_to, life, NOW, About.TEXT)),
        (transmission, refusal(check_can_be_objected_to, life, NOW, About.TRANSMISSION)),
        (title, refusal(check_can_be_objected_to, life, NOW, About.NAME)),
        (withdraw, refusal(check_can_be_withdrawn, life, NOW)),
        (review, refusal(check_can_be_reviewed, life, NOW)),
    ):
        assert words in said
        assert bool(words) == bool(said)


LEAVING = {
    #                             no sheet (the meeting is over)   a sheet after all   the transmitted version is enough
    "draft": ("", "n’est pas sans fiche", "pas de nouvelle version"),
    "proposed": ("reprenez d’abord", "n’est pas sans fiche", "pas de nouvelle version"),
    "accepted in the room": ("reprenez d’abord", "n’est pas sans fiche", "pas de nouvelle version"),
    "accepted in the room, held": ("reprenez d’abord", "n’est pas sans fiche", "pas de nouvelle version"),
    "agreed": ("reprenez d’abord", "n’est pas sans fiche", "pas de nouvelle version"),
    "held past its delay": ("reprenez d’abord", "n’est pas sans fiche", "pas de nouvelle version"),
    "agreed, not to leave": ("reprenez d’abord", "n’est pas sans fiche", "pas de nouvelle version"),
    "submitted": ("a été transmise", "n’est pas sans fiche", "pas de nouvelle version"),
    "reviewed": ("a été transmise", "n’est pas sans fiche", "pas de nouvelle version"),
    "withdrawn": ("a été retirée", "n’est pas sans fiche", "a été retirée"),
    "withdrawn before it left": ("a été retirée", "n’est pas sans fiche", "a été retirée"),
    "proposed, its mails not sent": ("reprenez d’abord", "n’est pas sans fiche", "pas de nouvelle version"),
    "accepted in the room, its mails not sent": (
        "reprenez d’abord", "n’est pas sans fiche", "pas de nouvelle version",
    ),
    "written again": ("L’inspection lit une version", "n’est pas sans fiche", ""),
    "proposed again": ("L’inspection lit une version", "n’est pas sans fiche", "pas de nouvelle version"),
    "agreed again": ("L’inspection lit une version", "n’est pas sans fiche", "pas de nouvelle version"),
    "given up": ("déjà sans fiche", "", "pas de nouvelle version"),
}  # fmt: skip


@pytest.mark.parametrize("name", LIVES)
def test_what_may_be_left_in_each_state(name: str):
    life, (give_up, take_up, keep) = LIVES[name], LEAVING[name]
    for words, said in (
        (give_up, refusal(check_can_be_given_up, life, NOW, True)),
        (take_up, refusal(check_can_be_taken_up_again, life, NOW)),
        (keep, refusal(check_can_be_kept, life, NOW)),
    ):
        assert words in said
        assert bool(words) == bool(said)


def test_no_sheet_is_said_once_the_meeting_was_held():
    assert "Attendez la fin du regroupement" in refusal(check_can_be_given_up, DRAFT, NOW, False)


def test_every_passage_is_tried_in_every_state():
    assert set(LIVES) == set(PASSAGES) == set(CONSENT) == set(LEAVING)


@pytest.mark.parametrize("name", ["withdrawn", "withdrawn before it left"])
def test_withdrawn_is_the_end_whatever_else_had_happened(name: str):
    life = replace(LIVES[name], institution_since=NOW - DAY, mails_waiting=True, text_objections=2)
    assert life.status(NOW) is SheetStatus.WITHDRAWN
    assert "déjà retirée" in refusal(check_can_be_withdrawn, life, NOW)


@pytest.mark.parametrize(
    ("changes", "carries"),
    [
        ({"asks_name": True}, True),
        ({"asks_name": False}, False),
        ({"asks_name": True, "name_objections": 1}, False),
        ({"asks_name": True, "asks_transmission": False}, False),
        ({"asks_name": True, "transmission_objections": 1}, True),  # then nothing leaves at all
    ],
)
def test_the_name_leaves_only_asked_for_and_unopposed(changes: dict, carries: bool):
    assert replace(AGREED, **changes).carries_name is carries


def test_nobody_objects_to_a_name_that_was_not_asked():
    assert "ne porterait qu’un code" in refusal(check_can_be_objected_to, PROPOSED, NOW, About.NAME)


def test_an_objection_to_the_name_holds_nothing_back():
    assert refusal(check_can_be_submitted, replace(AGREED, asks_name=True, name_objections=1), [], NOW) == ""


def test_no_time_passes_while_mails_wait():
    assert UNSENT.agreed_at(NOW + 400 * DAY) is None
    assert not UNSENT.is_over(NOW + 400 * DAY)


@pytest.mark.parametrize(
    ("sent_after", "ends"),
    [
        (timedelta(seconds=4), "2027-01-18T14:10"),  # with the proposal: the hour that was announced
        (timedelta(minutes=10), "2027-01-18T14:10"),
        (timedelta(minutes=11), "2027-01-18T14:21"),
        (timedelta(hours=56), "2027-01-21T08:00"),  # the worker was stopped: 22 h 10 counts as 8 h
    ],
)
def test_the_delay_counts_from_the_sending(sent_after: timedelta, ends: str):
    proposed = paris("2027-01-13T14:10")
    announced = deadline_for(proposed, PARIS, ZONE_A)
    assert deadline_after_sending(proposed, announced, proposed + sent_after, PARIS, ZONE_A) == paris(ends)


def test_a_mail_never_shortens_the_delay():
    proposed, far = paris("2027-01-13T14:10"), paris("2027-02-01T08:00")
    assert deadline_after_sending(proposed, far, proposed + HOUR, PARIS, ZONE_A) == far


@pytest.mark.parametrize(
    ("life", "names", "words"),
    [
        (replace(AGREED, asks_transmission=False), [], "n’a pas été demandée"),
        (replace(AGREED, transmission_objections=1), [], "s’oppose à la transmission"),
        (replace(AGREED, presenter_agreed=None), [], "La personne qui a exposé"),
        (replace(AGREED, presenter_agreed=False), [], "La personne qui a exposé"),
        (replace(AGREED, presenter_agreed=None, has_presenter=False), [], ""),
        (AGREED, ["Maud", "Ferrand"], "Retirez de la fiche ce qui fait reconnaître quelqu’un : Maud, Ferrand."),
        (replace(IN_ROOM, deadline_at=NOW), [], ""),
    ],
)
def test_a_sheet_leaves_only_with_every_yes(life: SheetLife, names: list[str], words: str):
    said = refusal(check_can_be_submitted, life, names, NOW)
    assert words in said
    assert bool(words) == bool(said)


def test_an_objection_made_before_the_deadline_cannot_be_told_from_the_answer_to_the_pilot():
    assert refusal(check_can_be_submitted, IN_ROOM, [], NOW) == refusal(check_can_be_submitted, HELD_IN_ROOM, [], NOW)


def test_nobody_objects_to_a_transmission_that_was_not_asked():
    life = replace(PROPOSED, asks_transmission=False)
    assert "n’est pas demandée" in refusal(check_can_be_objected_to, life, NOW, About.TRANSMISSION)
    assert refusal(check_can_be_objected_to, life, NOW, About.TEXT) == ""


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (SheetContent("  ", CONTENT.answers), "question"),
        (SheetContent("Comment dire ?", ()), "answers"),
        (SheetContent("Comment dire ?", (Answer("Écouter."),)), "answers"),
    ],
)
def test_both_headings_are_filled_and_each_answer_says_its_kind(content: SheetContent, field: str):
    with pytest.raises(RuleBroken) as refused:
        check_can_be_proposed(DRAFT, content, NOW)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("sent", "ends"),
    [
        ("2027-01-11T16:10", "2027-01-14T16:10"),  # Monday: Tuesday, Wednesday, Thursday
        ("2027-01-11T08:00", "2027-01-14T08:00"),
        ("2027-01-11T19:59", "2027-01-14T19:59"),
        ("2027-01-11T20:00", "2027-01-15T08:00"),
        ("2027-01-11T23:30", "2027-01-15T08:00"),
        ("2027-01-11T00:30", "2027-01-14T08:00"),
        ("2027-01-11T07:59", "2027-01-14T08:00"),
        ("2027-01-13T16:10", "2027-01-18T16:10"),  # a week-end does not count
        ("2027-01-16T10:00", "2027-01-20T10:00"),  # sent on a Saturday
        ("2027-01-14T21:00", "2027-01-20T08:00"),
        ("2026-12-18T17:00", "2027-01-06T17:00"),  # the holidays do not, nor their Fridays and Mondays
        ("2027-02-12T17:00", "2027-03-03T17:00"),  # those of zone A
        ("2027-05-04T10:00", "2027-05-11T10:00"),  # the Ascension and its bridge
        ("2027-03-25T19:30", "2027-03-31T19:30"),  # Easter Monday, and the clocks change
        ("2027-07-08T10:00", "2027-08-07T10:00"),  # the summer: 30 days at most
    ],
)
def test_the_delay_is_three_school_days_and_ends_by_day(sent: str, ends: str):
    assert deadline_for(paris(sent), PARIS, ZONE_A) == paris(ends)


def test_the_delay_follows_the_zone_and_where_none_is_known_the_week():
    sent = paris("2027-02-12T17:00")
    assert deadline_for(sent, PARIS, SchoolCalendar("C")) == paris("2027-02-24T17:00")
    assert deadline_for(sent, PARIS, SchoolCalendar(None)) == paris("2027-02-17T17:00")


def test_the_day_is_that_of_the_collective():
    sent = datetime(2027, 1, 13, 17, 0, tzinfo=UTC)  # 21 h in La Réunion, 18 h in Paris
    assert deadline_for(sent, REUNION, SchoolCalendar(None)) == datetime(2027, 1, 19, 4, 0, tzinfo=UTC)
    assert deadline_for(sent, PARIS, ZONE_A) == datetime(2027, 1, 18, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2027-01-14T07:59", "2027-01-13T18:00"),
        ("2027-01-14T08:00", "2027-01-14T08:00"),
        ("2027-01-14T17:59", "2027-01-14T08:00"),
        ("2027-01-14T18:00", "2027-01-14T18:00"),
        ("2027-01-14T23:59", "2027-01-14T18:00"),
        ("2027-03-28T07:00", "2027-03-27T18:00"),
    ],
)
def test_objections_are_shown_at_8_and_at_18(now: str, until: str):
    assert objections_seen_until(paris(now), PARIS) == paris(until)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2027-01-16T13:59", "2027-01-16T08:00"),  # the delay runs: nothing since 8 h is shown
        ("2027-01-16T14:05", "2027-01-16T14:05"),  # it is over: what was said in it decides
        ("2027-01-16T17:00", "2027-01-16T14:05"),  # what was said after it waits for 18 h
        ("2027-01-16T18:30", "2027-01-16T18:00"),
    ],
)
def test_the_end_of_the_delay_shows_what_it_decides(now: str, until: str):
    life = SheetLife(proposed_at=paris("2027-01-13T14:05"), deadline_at=paris("2027-01-16T14:05"))
    assert seen_until(life, paris(now), PARIS) == paris(until)


def test_every_state_has_its_french_word():
    assert [status.label for status in SheetStatus] == [
        "brouillon", "proposée", "acceptée", "transmise", "lue", "retirée", "sans fiche",
    ]  # fmt: skip
