"""Preparing a meeting: durations, the spare situation, and nothing once it has started."""

import pytest

from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.meetings.models import MeetingEvent
from collectifs.meetings.queries.meetings import agenda_of
from collectifs.meetings.services.preparing import SpareHeld, prepare_meeting
from tests import factories

SPARE = "intervenir-ou-laisser-faire"


@pytest.fixture
def pilot(app):
    return factories.user("Hélène")


@pytest.fixture
def meeting(pilot):
    return factories.meeting(factories.collective(pilot=pilot), number=2)


def prepare(meeting, pilot, minutes, spare_id=SPARE, link=""):
    held = SpareHeld(spare_id, link)
    prepare_meeting(meeting, minutes=minutes, spare=held, now=clock.now(), by=factories.person(pilot))


def minutes_of(meeting) -> dict[str, int]:
    return {step.id: step.minutes for step in agenda_of(meeting)}


def test_other_durations_are_kept_and_the_others_stay(meeting, pilot, moment):
    before = minutes_of(meeting)
    prepare(meeting, pilot, {"questionnement": 25, "cloture": 3})
    db.session.flush()
    db.session.expire(meeting)
    assert minutes_of(meeting) == before | {"questionnement": 25, "cloture": 3}
    assert meeting.spare_id == SPARE
    assert meeting.prepared_at == clock.now()
    assert db.session.query(AuditEvent).filter_by(kind="agenda_prepared", actor_id=pilot.id).count() == 1


@pytest.mark.parametrize(("minutes", "said"), [(9, "dure au moins 10 min"), (241, "dure au plus 240 min")])
def test_a_step_keeps_its_least_and_its_most(meeting, pilot, minutes, said):
    before = minutes_of(meeting)
    with pytest.raises(RuleBroken, match=said) as refusal:
        prepare(meeting, pilot, {"cloture": 4, "questionnement": minutes})
    assert refusal.value.field == "questionnement"
    assert minutes_of(meeting) == before


def test_a_spare_situation_comes_from_the_bank_or_is_none(meeting, pilot):
    with pytest.raises(RuleBroken, match="n’existe pas"):
        prepare(meeting, pilot, {}, spare_id="../../etc/passwd")
    prepare(meeting, pilot, {}, spare_id="")
    assert meeting.spare_id == ""


def test_the_address_of_a_video_is_kept_when_it_is_one(meeting, pilot):
    prepare(meeting, pilot, {}, link="https://video.example/watch?v=1")
    assert meeting.spare_link == "https://video.example/watch?v=1"
    with pytest.raises(RuleBroken, match="commence par https") as refusal:
        prepare(meeting, pilot, {}, link="javascript:alert(1)")
    assert refusal.value.field == "spare_link"
    assert meeting.spare_link == "https://video.example/watch?v=1"


def test_a_started_agenda_does_not_change(meeting, pilot):
    factories.add(
        MeetingEvent(
            meeting_id=meeting.id, sequence=1, kind="meeting_started", hand=1, happened_at=clock.now(), body=b""
        )
    )
    before = minutes_of(meeting)
    with pytest.raises(RuleBroken, match="La séance a commencé"):
        prepare(meeting, pilot, {"ouverture": 12})
    assert minutes_of(meeting) == before
