"""The second question about a page: where it stands, who may answer what until when, what can no more be done to it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from collectifs.book.domain.asking import (
    CHANGED,
    DELAY,
    FORGOTTEN,
    LEAST_DELAY,
    LOST,
    Asked,
    Known,
    PageLife,
    PageStatus,
    Said,
    answers_until,
    check_can_answer,
    check_can_be_asked,
    check_can_be_edited,
    check_can_be_set_aside,
    check_can_be_withdrawn,
)
from collectifs.book.domain.removing import (
    BY_MACHINE,
    LONGEST_REQUEST,
    REQUEST_KEPT,
    TO_ONE_PAGE,
    check_editor_withdraws,
    check_may_ask_removal,
)
from collectifs.kernel.errors import RuleBroken

NOW = datetime(2027, 5, 18, 18, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ONE, TWO, STRANGER = (UUID(int=each) for each in (1, 2, 3))
STATUS = PageStatus


def said(agreed: bool | None, who: UUID = ONE, *, to: str = "text", at: datetime | None = None) -> Said:
    return Said(Asked(Known.MEMBER, who), agreed, to, at)


SILENT, YES, NO = said(None), said(True), said(False)
WRITING = PageLife("text")
ASKED = PageLife("text", asked_at=NOW - DELAY / 2, deadline_at=NOW + SECOND, said=(YES, said(None, TWO)))
AGREED = replace(ASKED, said=(YES, said(True, TWO)))
LIVES = {
    "en relecture": (WRITING, STATUS.WRITING),
    "demandée": (ASKED, STATUS.ASKED),
    "acceptée": (AGREED, STATUS.AGREED),
    "refusée": (replace(ASKED, said=(YES, said(False, TWO))), STATUS.REFUSED),
    "sans réponse à temps": (replace(ASKED, deadline_at=NOW), STATUS.REFUSED),
    "publiée": (replace(AGREED, printed_at=NOW), STATUS.PRINTED),
    "laissée de côté": (replace(ASKED, set_aside_at=NOW), STATUS.SET_ASIDE),
    "retirée": (replace(AGREED, printed_at=NOW, withdrawn_at=NOW), STATUS.WITHDRAWN),
}


@pytest.mark.parametrize(
    ("life", "status"),
    [
        *LIVES.values(),
        (replace(WRITING, source_gone=True), STATUS.WITHDRAWN),
        (replace(AGREED, printed_at=NOW, set_aside_at=NOW), STATUS.PRINTED),
        (replace(AGREED, deadline_at=NOW), STATUS.AGREED),  # everybody had said yes
        (replace(AGREED, deadline_at=None), STATUS.AGREED),
        (replace(ASKED, deadline_at=None), STATUS.ASKED),
        (replace(ASKED, said=()), STATUS.ASKED),  # nobody is no yes
        (replace(ASKED, said=(YES, said(True, TWO, to="before"))), STATUS.ASKED),  # yes to other words
        (replace(ASKED, said=(said(True), said(False, TWO, to="before"))), STATUS.ASKED),
        (replace(ASKED, said=(YES,), presenter_asked=True), STATUS.ASKED),
        (replace(ASKED, said=(YES,), presenter_asked=True, presenter_said=True), STATUS.AGREED),
        (replace(ASKED, said=(YES,), presenter_asked=True, presenter_said=False), STATUS.REFUSED),
        (replace(ASKED, said=(YES,), presenter_said=False), STATUS.AGREED),  # who presented is not known
        (replace(AGREED, forgets=True), STATUS.ASKED),  # only what was recorded counts
        (replace(AGREED, forgets=True, agreed_at=NOW), STATUS.AGREED),
        (replace(ASKED, agreed_at=NOW), STATUS.AGREED),
        (replace(ASKED, agreed_at=NOW, said=(NO,)), STATUS.REFUSED),
        (replace(ASKED, is_lost=True), STATUS.REFUSED),
        (replace(ASKED, is_over_for_them=True), STATUS.REFUSED),
        (replace(AGREED, is_lost=True, is_over_for_them=True), STATUS.AGREED),
    ],
)
def test_where_a_page_stands(life: PageLife, status: PageStatus) -> None:
    assert life.status(NOW) is status


def test_each_state_is_named_in_the_list() -> None:
    names = ["en relecture", "demandée", "acceptée", "pas publiée", "publiée", "laissée de côté", "retirée"]
    assert [each.label for each in STATUS] == names


def test_only_answers_to_these_very_words_are_counted() -> None:
    life = replace(ASKED, said=(YES, said(False, TWO), said(True, STRANGER, to="before")))
    assert life.answered == 2
    assert [each.to("text") for each in life.said] == [True, False, None]
    assert life.said_by(TWO) == said(False, TWO)
    assert life.said_by(UUID(int=9)) is None
    assert (AGREED.all_say_yes, ASKED.all_say_yes, replace(ASKED, said=()).all_say_yes) == (True, False, False)


@pytest.mark.parametrize(
    ("answer", "seen"),
    [
        (said(False, at=NOW), False),
        (said(False, at=NOW + SECOND), None),
        (said(False, at=None), False),
        (said(True, at=NOW + SECOND), True),
    ],
)
def test_a_refusal_is_seen_only_later_so_that_no_click_is_told_from_its_hour(answer: Said, seen: bool | None) -> None:
    assert [each.agreed for each in replace(ASKED, said=(answer,)).seen(NOW).said] == [seen]


@pytest.mark.parametrize(
    ("ends", "until"),
    [
        (None, NOW + DELAY),
        (NOW + DELAY + SECOND, NOW + DELAY),
        (NOW + DELAY - SECOND, NOW + DELAY - SECOND),
        (NOW + LEAST_DELAY, NOW + LEAST_DELAY),
    ],
)
def test_two_weeks_are_left_to_answer_and_never_more_than_the_season(ends: datetime | None, until: datetime) -> None:
    assert (timedelta(days=14), timedelta(days=3)) == (DELAY, LEAST_DELAY)
    assert answers_until(NOW, ends) == until


@pytest.mark.parametrize(
    ("ends", "refused"),
    [
        (NOW - SECOND, FORGOTTEN),
        (NOW, "Il est trop tard pour demander"),
        (NOW + LEAST_DELAY - SECOND, "Il est trop tard pour demander"),
    ],
)
def test_nobody_is_asked_in_the_last_days_of_their_season(ends: datetime, refused: str) -> None:
    with pytest.raises(RuleBroken, match=refused):
        answers_until(NOW, ends)


EDITED = {
    "retirée": "elle ne se reprend plus",
    "publiée": "elle se reformule dans le recueil suivant",
}


@pytest.mark.parametrize("name", LIVES)
def test_a_page_is_edited_or_set_aside_until_it_is_printed(name: str) -> None:
    life = LIVES[name][0]
    for check in (check_can_be_edited, check_can_be_set_aside):
        if name not in EDITED:
            check(life, NOW)
            continue
        with pytest.raises(RuleBroken, match=EDITED[name]):
            check(life, NOW)


def test_a_page_to_whose_other_words_nobody_could_say_yes_is_only_set_aside() -> None:
    life = replace(AGREED, is_over_for_them=True)
    with pytest.raises(RuleBroken, match="personne ne pourrait dire oui à d’autres"):
        check_can_be_edited(life, NOW)
    check_can_be_set_aside(life, NOW)
    check_can_be_edited(replace(ASKED, is_over_for_them=True), NOW)


PEOPLE = [Asked(Known.MEMBER, ONE)]


@pytest.mark.parametrize(
    ("life", "asked", "refused"),
    [
        (WRITING, PEOPLE, ""),
        (replace(ASKED, deadline_at=NOW), PEOPLE, ""),  # lapsed without an answer
        (LIVES["publiée"][0], PEOPLE, "se reformule dans le recueil suivant"),
        (LIVES["laissée de côté"][0], PEOPLE, "reprenez-la d’abord"),
        (ASKED, PEOPLE, "déjà demandé"),
        (AGREED, PEOPLE, "déjà demandé"),
        (LIVES["refusée"][0], PEOPLE, "a dit non à ce texte"),
        (replace(WRITING, said=(said(False, to="before"),)), PEOPLE, ""),
        (replace(WRITING, presenter_said=False), PEOPLE, "a dit non à ce texte"),
        (replace(WRITING, presenter_said=True), PEOPLE, ""),
        (replace(WRITING, is_lost=True), PEOPLE, LOST),
        (replace(WRITING, is_over_for_them=True), PEOPLE, FORGOTTEN),
        (WRITING, [], "Personne n’a été noté présent"),
    ],
)
def test_what_is_written_is_asked_of_those_who_were_there(life: PageLife, asked: list[Asked], refused: str) -> None:
    if not refused:
        check_can_be_asked(life, asked, NOW)
        return
    with pytest.raises(RuleBroken, match=refused):
        check_can_be_asked(life, asked, NOW)


@pytest.mark.parametrize(
    ("name", "who", "digest", "agreed", "refused"),
    [
        ("demandée", ONE, "text", True, ""),
        ("demandée", TWO, "text", False, ""),
        ("acceptée", ONE, "text", False, ""),
        ("refusée", TWO, "text", True, ""),
        ("demandée", STRANGER, "text", True, "ne vous est pas posée"),
        ("retirée", ONE, "text", True, "a déjà été retirée"),
        ("publiée", ONE, "text", False, "Vous pouvez la retirer"),
        ("laissée de côté", ONE, "text", True, "a repris ce texte"),
        ("demandée", ONE, "before", True, CHANGED),
        ("demandée", ONE, "before", False, CHANGED),
        ("sans réponse à temps", ONE, "text", True, "Le délai est passé"),
        ("sans réponse à temps", ONE, "text", False, ""),
    ],
)
def test_whoever_is_asked_answers_to_the_words_that_they_read(
    name: str, who: UUID, digest: str, agreed: bool, refused: str
) -> None:
    if not refused:
        check_can_answer(LIVES[name][0], who, digest, agreed, NOW)
        return
    with pytest.raises(RuleBroken, match=refused):
        check_can_answer(LIVES[name][0], who, digest, agreed, NOW)


def test_nothing_is_answered_to_what_is_being_written_again() -> None:
    with pytest.raises(RuleBroken, match="Votre réponse n’a pas compté"):
        check_can_answer(replace(WRITING, said=(SILENT,)), ONE, "text", agreed=True, now=NOW)


@pytest.mark.parametrize(
    ("name", "who", "refused", "to_editor"),
    [
        ("publiée", ONE, "", ""),
        ("publiée", STRANGER, "n’est pas la vôtre", ""),
        ("retirée", TWO, "déjà retirée", "déjà retirée"),
        ("acceptée", ONE, "il suffit de répondre non", "il suffit de la laisser de côté"),
    ],
)
def test_a_printed_page_is_withdrawn_by_whomever_it_was_asked_of_and_by_who_edits_the_book(
    name: str, who: UUID, refused: str, to_editor: str
) -> None:
    life = LIVES[name][0]
    for words, check in (
        (refused, lambda: check_can_be_withdrawn(life, who, NOW)),
        (to_editor, lambda: check_editor_withdraws(life, NOW)),
    ):
        if not words:
            check()
            continue
        with pytest.raises(RuleBroken, match=words):
            check()


@pytest.mark.parametrize(
    ("is_printed", "length", "by_machine", "waiting", "refused"),
    [
        (True, LONGEST_REQUEST, BY_MACHINE - 1, TO_ONE_PAGE - 1, ""),
        (False, 0, 0, 0, "déjà retirée"),
        (True, LONGEST_REQUEST + 1, 0, 0, "400 caractères au plus"),
        (True, 0, BY_MACHINE, 0, "pourra partir demain"),
        (True, 0, 0, TO_ONE_PAGE, "déjà reçu beaucoup de demandes"),
    ],
)
def test_whoever_has_no_link_any_more_asks_for_a_removal_but_not_too_often(
    is_printed: bool, length: int, by_machine: int, waiting: int, refused: str
) -> None:
    assert (BY_MACHINE, TO_ONE_PAGE) == (5, 20)
    assert timedelta(days=90) == REQUEST_KEPT
    if not refused:
        check_may_ask_removal(is_printed, "é" * length, by_machine=by_machine, waiting=waiting)
        return
    with pytest.raises(RuleBroken, match=refused) as told:
        check_may_ask_removal(is_printed, "é" * length, by_machine=by_machine, waiting=waiting)
    assert told.value.field == ("sentence" if length > LONGEST_REQUEST else None)
