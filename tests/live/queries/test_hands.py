"""Who has *la main* by a square code: the last one who took it, on that device alone."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from collectifs.live.domain.gesture_table import HAND_TAKEN
from collectifs.live.domain.gestures import Gesture
from collectifs.live.queries import devices
from collectifs.meetings.models import Meeting

MAUD, SAMIR = UUID(int=1), UUID(int=2)
PHONE, LAPTOP = "appareil-telephone", "appareil-portable"


def taken(hand: int, device: str, holder: UUID | None) -> tuple[Gesture, UUID | None]:
    at = datetime(2027, 1, 13, 14, hand, tzinfo=UTC)
    return Gesture(str(hand), HAND_TAKEN, hand, at, {"device": device}), holder


@pytest.mark.parametrize(
    ("hands", "steers"),
    [
        ([], False),
        ([taken(2, PHONE, MAUD)], True),
        ([taken(2, LAPTOP, MAUD)], False),
        ([taken(2, PHONE, SAMIR)], False),
        ([taken(2, PHONE, MAUD), taken(3, LAPTOP, None)], False),  # the pilot took it back
        ([taken(3, PHONE, MAUD), taken(2, LAPTOP, None)], True),  # however they arrived
    ],
)
def test_the_last_who_took_it_steers_from_that_device(monkeypatch: pytest.MonkeyPatch, hands: list, steers: bool):
    monkeypatch.setattr(devices, "hands_taken", lambda _meeting: hands)
    assert devices.steers_by_pass(Meeting(), PHONE, MAUD) is steers
