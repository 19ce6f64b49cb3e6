"""Mails at the pace of their reader: at once, counted once a week, or never; what always leaves cannot be muted."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from collectifs.across.jobs.worker import do_times_work
from collectifs.across.mails.week import tell_the_week
from collectifs.collectives.domain.work import MailInvitation, MailMemberProposed
from collectifs.collectives.models import Collective, MembershipProposal
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do, done_kinds
from collectifs.kernel.models import HeldMail, MailChoice
from collectifs.kernel.queries.deployment import get_deployment
from collectifs.kernel.work import Always, Choosable, Mail, Pace
from collectifs.meetings.domain.work import MailMeetingMoved, MailMeetingReminder
from collectifs.meetings.queries.meetings import get_meeting
from collectifs.meetings.services.planning import cancel_meeting
from collectifs.people.domain.work import MailWeek
from collectifs.people.mails import letters
from collectifs.people.services.mails import choose_paces
from tests import factories
from tests.asked import asked
from tests.letters import check_manners
from tests.pages import plain

MONDAY = datetime(2027, 1, 18, 6, 0, tzinfo=UTC)
STARTS = datetime(2027, 2, 3, 13, 0, tzinfo=UTC)
DAY = timedelta(days=1)
KINDS = sorted((kind for kind in done_kinds() if issubclass(kind, Mail)), key=lambda kind: kind.kind())

ALWAYS = [kind for kind in KINDS if isinstance(kind.told, Always)]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The messages that would leave."""
    found: list[Any] = []
    monkeypatch.setattr(letters, "deliver", found.append)
    return found


@pytest.fixture
def maud(app):
    return factories.user("Maud", "Le Bihan", address="maud@academie.example")


@pytest.fixture
def meeting(maud):
    collective = factories.collective(name="Les Tilleuls", pilot=factories.user("Hélène"), members=[maud])
    row = factories.meeting(collective, starts_at=STARTS)
    db.session.commit()
    return row


def choose(who, pace: Pace, kind: type[Mail] = MailMeetingReminder) -> None:
    choose_paces({kind.kind(): pace}, by=factories.person(who))
    db.session.commit()


def monday_comes(moment, weeks: int = 0) -> None:
    """The worker looks twice, and does what it asked for."""
    before = len(asked(MailWeek))
    moment.move_to(MONDAY + timedelta(weeks=weeks))
    for _ in range(2):
        tell_the_week(now=clock.now())
        db.session.commit()
    for mail in asked(MailWeek)[before:]:
        do(mail)
        db.session.commit()


def waiting() -> int:
    return db.session.query(HeldMail).count()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind())
def test_every_kind_of_mail_says_whether_it_may_be_muted_and_why_not(kind: type[Mail]):
    assert isinstance(kind.told, Always | Choosable)
    assert kind.told.about
    if isinstance(kind.told, Choosable):
        assert "user_id" in {each.name for each in fields(kind)}  # whose choice it is stands in the row


FEMININE = {"date", "fiche", "page", "personne", "question", "remarque", "réponse"}
MASCULINE = {"cadre", "changement", "fichier", "questionnaire", "rappel", "regroupement"}


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if isinstance(kind.told, Choosable)], ids=lambda kind: kind.kind()
)
def test_what_is_counted_in_the_mail_of_the_week_has_the_gender_of_its_noun(kind: type[Mail]):
    noun, nouns = kind.told.one.split()[0], kind.told.several.split()[0]
    assert noun in (FEMININE if kind.told.feminine else MASCULINE)
    assert nouns == f"{noun}s"


def test_what_protects_people_always_leaves():
    always = {kind.__name__ for kind in KINDS if isinstance(kind.told, Always)}
    assert always >= {"MailSignInLink", "MailInvitation", "MailMeetingMoved", "MailMeetingCancelled"}
    assert always >= {"MailSheetProposed", "MailSheetAcceptedInRoom", "MailNewAddress", "MailMembershipRemoved"}
    assert "MailPresenterAwaited" in always  # held, its row would say in clear who presented


def test_whoever_says_nothing_is_told_at_once(meeting, maud, sent):
    do(MailMeetingReminder(maud.id, meeting.id))
    assert len(sent) == 1
    assert waiting() == 0


def test_never_is_never(meeting, maud, sent, moment):
    choose(maud, Pace.NEVER)
    do(MailMeetingReminder(maud.id, meeting.id))
    monday_comes(moment)
    assert (sent, waiting(), asked(MailWeek)) == ([], 0, [])


@pytest.mark.parametrize("kind", ALWAYS, ids=lambda kind: kind.kind())
def test_what_always_leaves_cannot_be_muted(maud, kind: type[Mail]):
    with pytest.raises(RuleBroken):
        choose_paces({kind.kind(): Pace.NEVER}, by=factories.person(maud))
    assert db.session.query(MailChoice).count() == 0


def test_even_a_row_that_somebody_forged_mutes_nothing_that_always_leaves(meeting, maud, sent):
    factories.add(MailChoice(user_id=maud.id, kind=MailMeetingMoved.kind(), pace=Pace.NEVER))
    factories.add(MailChoice(user_id=maud.id, kind=MailInvitation.kind(), pace=Pace.WEEKLY))
    do(MailMeetingMoved(maud.id, meeting.id))
    do(MailInvitation(maud.id, meeting.collective_id))
    assert len(sent) == 2


def test_no_kind_that_nobody_knows_is_chosen(maud):
    with pytest.raises(RuleBroken):
        choose_paces({"mail_of_nobody": Pace.NEVER}, by=factories.person(maud))


def test_one_mail_a_week_counts_what_waited_and_gives_the_links(meeting, maud, sent, moment):
    choose(maud, Pace.WEEKLY)
    collective = db.session.get_one(Collective, meeting.collective_id)
    other = factories.meeting(collective, number=2, starts_at=STARTS + DAY)
    for each in (meeting, meeting, other):
        do(MailMeetingReminder(maud.id, each.id))
    db.session.commit()
    assert (len(sent), waiting()) == (0, 3)
    monday_comes(moment)
    assert (len(sent), waiting()) == (1, 0)
    check_manners("week", sent[0])
    words = plain(sent[0].get_payload(0).get_payload(decode=True).decode())
    assert "Deux regroupements approchent" in words
    for day in ("mercredi 3 février 2027", "jeudi 4 février 2027"):
        assert words.count(f"Les Tilleuls, {day} : http://localhost/regroupements/") == 1
    assert meeting.place not in words


def test_a_day_that_is_no_meeting_says_what_it_is(maud, sent, moment):
    pilot, manager = factories.user("Hélène"), factories.user("Sylvie")
    row = factories.collective(name="Les Tilleuls", pilot=pilot, members=[maud])
    who = {"given_name": "Inès", "family_name": "Petit", "address": "ines@academie.example"}
    asked_for = factories.add(
        MembershipProposal(collective_id=row.id, proposed_by_id=manager.id, proposed_at=clock.now(), **who)
    )
    db.session.commit()
    choose(pilot, Pace.WEEKLY, MailMemberProposed)
    do(MailMemberProposed(pilot.id, asked_for.id))
    db.session.commit()
    monday_comes(moment)
    words = plain(sent[0].get_payload(0).get_payload(decode=True).decode())
    assert "Une personne proposée - Les Tilleuls, proposée le mercredi 13 janvier 2027 :" in words
    assert "Inès" not in words


def test_nothing_is_told_before_monday_nor_twice_in_a_week(meeting, maud, sent, moment):
    choose(maud, Pace.WEEKLY)
    do(MailMeetingReminder(maud.id, meeting.id))
    db.session.commit()
    tell_the_week(now=clock.now())
    tell_the_week(now=MONDAY - timedelta(minutes=1))
    assert asked(MailWeek) == []
    monday_comes(moment)
    do(MailMeetingReminder(maud.id, meeting.id))
    db.session.commit()
    for days in range(7):
        tell_the_week(now=MONDAY + days * DAY)
    assert len(asked(MailWeek)) == 1
    monday_comes(moment, weeks=1)
    assert (len(asked(MailWeek)), len(sent)) == (2, 2)


def test_a_job_that_runs_twice_tells_once(meeting, maud, sent, moment):
    choose(maud, Pace.WEEKLY)
    do(MailMeetingReminder(maud.id, meeting.id))
    monday_comes(moment)
    do(MailWeek(maud.id))
    assert len(sent) == 1


def test_what_is_no_longer_true_is_not_told_and_an_empty_week_sends_nothing(meeting, maud, sent, moment):
    choose(maud, Pace.WEEKLY)
    do(MailMeetingReminder(maud.id, meeting.id))
    cancel_meeting(get_meeting(meeting.id), now=clock.now(), by=factories.person(maud))
    monday_comes(moment)
    assert (sent, waiting()) == ([], 0)


def test_muting_takes_back_what_waited_and_at_once_keeps_it_for_monday(meeting, maud, sent, moment):
    choose(maud, Pace.WEEKLY)
    do(MailMeetingReminder(maud.id, meeting.id))
    choose(maud, Pace.NOW)
    assert (waiting(), db.session.query(MailChoice).count()) == (1, 0)
    choose(maud, Pace.NEVER)
    assert waiting() == 0


def test_a_mail_server_that_is_away_loses_nothing_of_the_week(meeting, maud, monkeypatch, moment):
    def away(_message):
        raise letters.NoMailServer

    choose(maud, Pace.WEEKLY)
    do(MailMeetingReminder(maud.id, meeting.id))
    db.session.commit()
    monkeypatch.setattr(letters, "deliver", away)
    with pytest.raises(letters.NoMailServer):
        do(MailWeek(maud.id))
    db.session.rollback()
    assert waiting() == 1


def test_the_worker_asks_for_it_by_itself(meeting, maud, moment):
    choose(maud, Pace.WEEKLY)
    do(MailMeetingReminder(maud.id, meeting.id))
    db.session.commit()
    moment.move_to(MONDAY)
    get_deployment().tidied_at = clock.now()
    db.session.commit()
    do_times_work()
    assert asked(MailWeek) == [MailWeek(maud.id)]


def test_choices_and_what_waits_are_gone_with_the_account(app):
    alone = factories.user("Inès")
    factories.add(MailChoice(user_id=alone.id, kind=MailMeetingReminder.kind(), pace=Pace.WEEKLY))
    factories.add(HeldMail(user_id=alone.id, kind="mail_remark", args={}, held_at=clock.now()))
    db.session.commit()
    db.session.delete(alone)
    db.session.commit()
    assert db.session.query(MailChoice).count() == waiting() == 0
