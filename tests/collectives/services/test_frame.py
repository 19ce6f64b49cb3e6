"""A collective adjusts its frame: it holds once each has said yes, its history stays, nobody reads who is missing."""

from datetime import timedelta

import pytest
from flask import Flask

from collectifs.across.domain.what_now import what_now
from collectifs.across.queries.situation import situation_of
from collectifs.collectives.domain import charter
from collectifs.collectives.domain.frame import FrameState
from collectifs.collectives.domain.work import MailCharterAsked, MailFrameAsked
from collectifs.collectives.mails.charter import ask_the_charter_anew
from collectifs.collectives.models import FrameAdjustment
from collectifs.collectives.queries.collectives import CollectiveAccess, get_collective
from collectifs.collectives.queries.frame import frame_of
from collectifs.collectives.services.collectives import accept_charter, leave_collective
from collectifs.collectives.services.frame import adjust_frame, agree_to_frame
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.kernel.models import AuditEvent
from collectifs.live.services.perishing import erase_series
from collectifs.people.mails import letters
from tests import factories
from tests.asked import asked


class Group:
    """Hélène pilots; Maud and Karim are members."""

    def __init__(self) -> None:
        self.helene, self.maud, self.karim = (factories.user(name) for name in ("Hélène", "Maud", "Karim"))
        self.row = factories.collective(pilot=self.helene, members=[self.maud, self.karim])

    @property
    def access(self) -> CollectiveAccess:
        db.session.flush()
        found = get_collective(self.row.id)
        assert found is not None
        return found

    @property
    def frame(self):
        return frame_of(self.access)

    def adjust(self, text: str, who=None, **values) -> None:
        values = {"is_wording": False, "seen": len(self.frame.adjustments)} | values
        by = factories.person(who or self.helene)
        adjust_frame(self.access, text=text, now=clock.now(), by=by, **values)

    def agree(self, *people) -> None:
        for who in people:
            number = self.frame.waiting.number if self.frame.waiting else 1
            agree_to_frame(self.access, number=number, now=clock.now(), by=factories.person(who))


@pytest.fixture
def group(app: Flask) -> Group:
    return Group()


def refused(action) -> str:
    with pytest.raises(RuleBroken) as refusal:
        action()
    return refusal.value.sentence


def test_it_holds_once_each_has_said_yes_and_not_before(group: Group):
    group.adjust("Téléphones dans le sac.")
    group.agree(group.maud)
    assert group.frame.text == ""
    assert group.frame.missing() == 1
    group.agree(group.karim)
    assert group.frame.text == "Téléphones dans le sac."
    assert group.frame.waiting is None


def test_until_then_the_former_frame_holds_and_the_history_keeps_both(group: Group):
    group.adjust("Un.")
    group.agree(group.maud, group.karim)
    group.adjust("Deux.", group.maud)
    assert group.frame.text == "Un."
    group.adjust("Trois.", group.karim)
    group.agree(group.helene, group.maud)
    frame = group.frame
    assert frame.text == "Trois."
    states = [frame.state_of(each) for each in frame.adjustments]
    assert states == [FrameState.REPLACED, FrameState.LEFT, FrameState.HOLDS]


def test_a_correction_of_words_holds_at_once(group: Group):
    group.adjust("Pas de prénon.")
    group.agree(group.maud, group.karim)
    group.adjust("Pas de prénom.", group.maud, is_wording=True)
    assert group.frame.text == "Pas de prénom."


def test_who_has_left_is_waited_for_no_longer_and_who_comes_says_yes_with_the_charter(group: Group):
    group.adjust("Un.")
    group.agree(group.maud)
    leave_collective(group.access, now=clock.now(), by=factories.person(group.karim))
    assert group.frame.text == "Un."
    odile = factories.user("Odile")
    factories.membership(odile, group.row, consents=False)
    accept_charter(group.access, now=clock.now(), by=factories.person(odile))
    assert group.frame.text == "Un."
    assert odile.id in group.frame.adjustments[-1].yes


def test_a_yes_is_to_the_text_that_was_read(group: Group):
    group.adjust("Un.")
    group.adjust("Deux.", group.maud)
    by = factories.person(group.karim)
    said = refused(lambda: agree_to_frame(group.access, number=1, now=clock.now(), by=by))
    assert "n’attend plus de oui" in said
    assert "entre-temps" in refused(lambda: group.adjust("Trois.", seen=1))


def test_nothing_is_added_to_a_season_that_is_over(group: Group, moment):
    moment.shift(timedelta(days=300))
    assert "saison est finie" in refused(lambda: group.adjust("Un."))


def test_it_is_sealed_and_goes_with_the_series(group: Group):
    group.adjust("Rien hors d’ici.")
    row = db.session.query(FrameAdjustment).one()
    assert b"Rien hors" not in row.text
    erase_series(group.access.collective)
    db.session.flush()
    assert db.session.query(FrameAdjustment).count() == 0


def test_the_audit_does_not_say_who_was_the_last_to_say_yes(group: Group):
    group.adjust("Un.")
    group.agree(group.maud, group.karim)
    db.session.flush()
    assert db.session.query(AuditEvent).filter_by(kind="frame_agreed").one().actor_id is None


def test_a_charter_that_asks_more_is_accepted_anew_by_each(group: Group, monkeypatch: pytest.MonkeyPatch):
    assert group.maud.id in group.access.consent_ids
    monkeypatch.setattr(charter, "ASKED", 2)
    assert group.access.consent_ids == frozenset()
    monkeypatch.setattr("collectifs.collectives.services.collectives.VERSION", 2)
    accept_charter(group.access, now=clock.now(), by=factories.person(group.maud))
    assert group.access.consent_ids == {group.maud.id}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list:
    """The mails that leave."""
    found: list = []
    monkeypatch.setattr(letters, "deliver", found.append)
    return found


def waits_for(group: Group, who) -> list[str]:
    """What stands in the task list of somebody, on their home."""
    situation = situation_of(factories.person(who), [group.row.id], clock.now())
    return [task.kind.value for task in what_now(situation, clock.now())]


def test_each_of_the_others_is_asked_by_one_mail_and_in_their_task_list(group: Group):
    group.adjust("Téléphones dans le sac.", group.maud)
    assert {mail.user_id for mail in asked(MailFrameAsked)} == {group.helene.id, group.karim.id}
    assert "agree_to_frame" in waits_for(group, group.karim)
    assert "agree_to_frame" not in waits_for(group, group.maud)
    group.agree(group.karim)
    assert "agree_to_frame" not in waits_for(group, group.karim)
    assert "agree_to_frame" in waits_for(group, group.helene)
    group.agree(group.helene)
    assert "agree_to_frame" not in waits_for(group, group.helene)
    assert len(asked(MailFrameAsked)) == 2


def test_a_correction_of_words_asks_nobody(group: Group):
    group.adjust("Pas de prénom.", is_wording=True)
    assert asked(MailFrameAsked) == []
    assert "agree_to_frame" not in waits_for(group, group.karim)


def test_the_mail_about_the_frame_has_no_word_of_it_and_leaves_only_while_a_yes_is_awaited(group: Group, sent: list):
    group.adjust("Téléphones dans le sac.")
    to_maud, to_karim = (
        next(mail for mail in asked(MailFrameAsked) if mail.user_id == who.id) for who in (group.maud, group.karim)
    )
    group.agree(group.maud)
    db.session.commit()
    do(to_maud)
    assert sent == []
    do(to_karim)
    assert len(sent) == 1
    told = "".join(part.get_payload(decode=True).decode() for part in sent[0].walk() if not part.is_multipart())
    assert "/charte" in told
    assert "sac" not in told
    group.adjust("Autre chose.", group.maud)
    do(to_karim)
    assert len(sent) == 1


def test_whoever_accepted_a_charter_that_asked_less_is_told_once_and_reads_why_the_door_is_closed(
    group: Group, sent: list, monkeypatch: pytest.MonkeyPatch, visit
):
    odile = factories.user("Odile")
    factories.membership(odile, group.row, consents=False)
    ask_the_charter_anew()
    assert asked(MailCharterAsked) == []
    monkeypatch.setattr(charter, "ASKED", 2)
    for _ in range(2):
        ask_the_charter_anew()
    assert {mail.user_id for mail in asked(MailCharterAsked)} == {group.helene.id, group.maud.id, group.karim.id}
    assert len(asked(MailCharterAsked)) == 3
    assert waits_for(group, group.maud) == ["accept_charter"]
    db.session.commit()
    for mail in asked(MailCharterAsked):
        do(mail)
    assert len(sent) == 3
    assert "La charte a changé" in visit(group.maud).open("/").text
    page = visit(group.maud).open(f"/collectifs/{group.row.id}/charte").text
    assert "relisez-la, puis acceptez-la de nouveau" in page
    assert "La charte a changé" not in visit(odile).open("/").text


def test_a_new_charter_is_told_to_nobody_who_left_or_has_accepted_it(group: Group, monkeypatch: pytest.MonkeyPatch):
    leave_collective(group.access, now=clock.now(), by=factories.person(group.karim))
    monkeypatch.setattr(charter, "ASKED", 2)
    monkeypatch.setattr("collectifs.collectives.services.collectives.VERSION", 2)
    accept_charter(group.access, now=clock.now(), by=factories.person(group.maud))
    db.session.flush()
    ask_the_charter_anew()
    assert [mail.user_id for mail in asked(MailCharterAsked)] == [group.helene.id]
