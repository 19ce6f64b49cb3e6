"""The gestures of a live meeting: what a device sends, read and checked.

A gesture is one event of the meeting. All that is known of each kind stands in `gesture_table.py`; what the gestures
add up to is folded in `agenda.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypedDict

from collectifs.kernel.errors import RuleBroken
from collectifs.live.domain.gesture_fields import unreadable, uuid_text
from collectifs.live.domain.gesture_table import HAND_TAKEN, STEERING, declared

FIRST_YEAR = 1970  # where the clock of a device begins
MOST_HANDOVERS = 2**31 - 1  # what a database holds: one more each time, nobody comes near it


class PlainGesture(TypedDict):
    """The object that devices exchange with the server; its body is that of its kind."""

    id: str
    kind: str
    hand: int
    happened_at: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Gesture:
    """One event of a meeting, as every device knows it."""

    id: str
    kind: str
    hand: int
    happened_at: datetime
    body: Mapping[str, Any]

    @property
    def steers(self) -> bool:
        """Whether it counts only from the device that has *la main*."""
        return self.kind in STEERING

    def to_json(self) -> PlainGesture:
        """The object that devices exchange with the server."""
        return {
            "id": self.id,
            "kind": self.kind,
            "hand": self.hand,
            "happened_at": iso(self.happened_at),
            "body": dict(self.body),
        }


def iso(moment: datetime) -> str:
    """An instant as devices write it: UTC, to the millisecond, `2027-01-13T13:00:00.000Z`."""
    utc = moment.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


def instant(text: object) -> datetime:
    """The instant that a device wrote, to the millisecond. Refuses one without a zone."""
    if not isinstance(text, str):
        raise RuleBroken("Cette action n’a pas d’heure lisible.")
    try:
        moment = datetime.fromisoformat(text)
        utc = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise RuleBroken("Cette action n’a pas d’heure lisible.") from None
    if moment.tzinfo is None or utc.year < FIRST_YEAR:
        raise RuleBroken("Cette action n’a pas d’heure lisible.")
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)


def read_gesture(data: object) -> Gesture:
    """The gesture that a device sent, with only the keys its kind has; refused when malformed."""
    if not isinstance(data, Mapping):
        raise unreadable()
    kind, hand, body = data.get("kind"), data.get("hand"), data.get("body", {})
    known = declared(kind)
    if not isinstance(body, Mapping) or not isinstance(hand, int) or isinstance(hand, bool):
        raise unreadable()
    if not 0 <= hand <= MOST_HANDOVERS:
        raise unreadable()
    return Gesture(
        id=uuid_text(data.get("id")),
        kind=str(kind),
        hand=hand,
        happened_at=instant(data.get("happened_at")),
        body=known.read_body(body),
    )


def order_of(gesture: Gesture) -> tuple[int, datetime, str]:
    """Where a gesture stands among those of a meeting: by hand, then instant, then id."""
    return gesture.hand, gesture.happened_at, gesture.id


def may_steer(known: Iterable[Gesture], gesture: Gesture, device: str) -> bool:
    """Whether this device held *la main* that a steering gesture claims.

    A hand-over is accepted with the number that follows the highest one taken so far: no device can take a number
    that the others could not exceed. Of two devices that took the same number, the first to arrive has it.
    """
    taken = {each.hand: each.body["device"] for each in known if each.kind == HAND_TAKEN}
    if gesture.kind == HAND_TAKEN:
        return gesture.body["device"] == device and gesture.hand == next_hand(taken)
    return not gesture.steers or taken.get(gesture.hand) == device


def next_hand(taken: Iterable[int]) -> int:
    """The number of the next hand-over."""
    return max(taken, default=0) + 1


def within_reach(gesture: Gesture, taken: Iterable[int]) -> Gesture:
    """The gesture, its hand number brought back to one that the next hand-over has: none counts after all to come.

    A device whose own hand-over was refused, or has not arrived yet, keeps its order and its words.
    """
    return replace(gesture, hand=min(gesture.hand, next_hand(taken)))
