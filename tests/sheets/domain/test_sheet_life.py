"""Every passage of a sheet's life, and every refusal, in tables."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.sheets.domain.life import (
    About,
    SheetLife,
    SheetStatus,
    about_of,
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
    check_can_stay_inside,
    read_yes_or_no,
)

PARIS = ZoneInfo("Europe/Paris")
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
        (propose, refusal(check_can_be_proposed, life, NOW)),
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


@pytest.mark.parametrize("name", LIVES)
def test_the_copy_of_the_institution_goes_alone_while_it_reads_what_the_collective_reads(name: str):
    said = refusal(check_can_stay_inside, LIVES[name], NOW, True)
    if name in ("submitted", "reviewed"):
        assert said == ""
    else:
        assert ("Une nouvelle version s’écrit" if LIVES[name].institution_since else "n’est pas transmise") in said


def test_the_institution_keeps_its_copy_where_the_collective_has_no_text_of_its_own():
    assert "n’a plus de texte à lui" in refusal(check_can_stay_inside, SUBMITTED, NOW, False)


def test_an_objection_says_to_what():
    assert [about_of(word) for word in ("text", "transmission", "name")] == list(About)
    for word in (None, "", "sheet"):
        assert "au texte, à sa transmission ou au nom" in refusal(about_of, word)


@pytest.mark.parametrize(("said", "is_yes"), [("oui", True), ("non", False)])
def test_the_presenter_says_yes_or_no(said: str, is_yes: bool):
    assert read_yes_or_no(said) is is_yes


@pytest.mark.parametrize("said", [None, "", "Oui", True])
def test_silence_is_no_answer_of_the_presenter(said: object):
    assert refusal(read_yes_or_no, said) == "Répondez par oui ou par non."


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


def test_every_state_has_its_french_word():
    assert [status.label for status in SheetStatus] == [
        "brouillon", "proposée", "acceptée", "transmise", "lue", "retirée", "sans fiche",
    ]  # fmt: skip
