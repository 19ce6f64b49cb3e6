"""Codes that offer the hand, and devices that were prepared: which ones work, which ones have not come back."""

from datetime import timedelta

import pytest
from flask import Flask

from collectifs.collectives.models import Meeting
from collectifs.kernel import clock
from collectifs.live.models import HandOffer, PreparedDevice
from collectifs.live.queries import devices as found
from collectifs.meetings.domain.devices import DeviceKind
from collectifs.people.models import User
from tests import factories

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


@pytest.fixture
def meeting(app: Flask, collective) -> Meeting:
    return factories.meeting(collective)


def offer(of: Meeting, by: User, code: bytes, expires_in: timedelta = MINUTE, **values: object) -> HandOffer:
    now = clock.now()
    usual = {"made_at": now, "expires_at": now + expires_in, "offered_by_id": by.id}
    return factories.add(HandOffer(meeting_id=of.id, token_hash=code, **(usual | values)))


def test_a_code_works_until_it_is_used_or_its_time_is_over(meeting: Meeting, maud: User, collective) -> None:
    works = offer(meeting, maud, b"a")
    offer(meeting, maud, b"b", used_at=clock.now())
    over = offer(meeting, maud, b"c", timedelta(0))
    offer(factories.meeting(collective, number=2), maud, b"d")
    assert found.open_offers(meeting.id, clock.now()) == [works]
    assert found.offers_before(meeting.id, clock.now() + SECOND) == [over]
    assert found.offers_before(meeting.id, clock.now()) == []
    assert found.offer_with_print(b"c") is over
    assert found.offer_with_print(b"e") is None


def device(of: Meeting, whose: User, number: str, ago: timedelta = MINUTE, **values: object) -> PreparedDevice:
    at = {"prepared_at": clock.now() - ago, "seen_at": clock.now()}
    of_it = {"meeting_id": of.id, "user_id": whose.id, "device": number, "kind": next(iter(DeviceKind))}
    return factories.add(PreparedDevice(**(of_it | at | values)))


def test_devices_that_have_not_come_back_are_waited_for_the_first_prepared_first(meeting, maud, helene) -> None:
    late = device(meeting, maud, "telephone")
    device(meeting, maud, "portable", returned_at=clock.now())
    early = device(meeting, helene, "tablette", 2 * MINUTE)
    other = device(factories.meeting(factories.collective()), maud, "telephone")
    assert found.devices_waited_for(meeting.id) == [
        found.WaitedDevice(helene.id, "Hélène Marchadier", early.kind, early.prepared_at),
        found.WaitedDevice(maud.id, "Maud Le Bihan", late.kind, late.prepared_at),
    ]
    assert found.prepared_device(meeting.id, "telephone") is late
    assert found.prepared_device(other.meeting_id, "telephone") is other
    assert found.prepared_device(meeting.id, "autre") is None
