"""What travels between the server and the live screens, key by key. Its twin for the scripts is `types/room.d.ts`.

`tests/blueprints/test_room_data.py` holds the two together, and every key to a reader among the scripts.
"""

from typing import Literal, TypedDict

from collectifs.live.domain.beam import WallStep
from collectifs.live.domain.gestures import PlainGesture
from collectifs.live.services.live import Refused

Instant = str  # ISO, UTC


class Named(TypedDict):
    name: str


class Person(TypedDict):
    id: str
    name: str


class RoomMeeting(TypedDict):
    id: str
    number: int
    day: str
    hours: str
    place: str
    starts_at: Instant
    ends_at: Instant
    room_closes_at: Instant | None
    time_zone: str


class Duty(TypedDict):
    id: Literal["moderator", "note_taker", "timekeeper"]
    label: str


class Card(TypedDict):
    title: str
    text: str


class SpareSituation(TypedDict):
    id: str
    title: str
    sentence: str
    question: str
    story: str
    questions: list[str]
    sequel: str


class SentSituation(TypedDict):
    id: str
    title: str
    sentence: str
    question: str
    shows_title: bool
    sent: str


class ParkedItem(TypedDict):
    id: str
    text: str
    day: str


class Step(TypedDict):
    id: str
    title: str
    minutes: int
    least: int
    speaks: str
    silent: str
    rule: str
    prompts: list[str]
    feeds: str
    spare_speaks: str
    spare_silent: str
    spare_rule: str
    spare_prompts: list[str]
    spare_reads: str


class SharedWords(TypedDict):
    words: str
    by: str


class PreviousAnswer(TypedDict):
    text: str
    kind: str
    condition: str
    words: list[SharedWords]


class PreviousSheet(TypedDict):
    is_draft: bool
    question: str
    answers: list[PreviousAnswer]
    others: list[SharedWords]


class PlannedMeeting(TypedDict):
    title: str
    when: str
    url: str


class NextMeetingData(TypedDict):
    planned: PlannedMeeting | None
    starts: str
    place: str


class SheetAnswer(TypedDict):
    text: str
    kind: str | None
    condition: str


class SheetContent(TypedDict):
    question: str
    answers: list[SheetAnswer]
    tags: dict[str, list[str]]


class SheetDraft(TypedDict):
    revision: int
    content: SheetContent


class RoomUrls(TypedDict):
    state: str
    gestures: str
    devices: str
    offer_hand: str
    projection: str
    meeting: str
    agree: str | None
    step_sheet: str | None
    sheet: str | None
    sheet_save: str | None


class RoomPeople(TypedDict):
    """Who is there, and for what."""

    meeting: RoomMeeting
    collective: Named
    members: list[Person]
    guests: list[Person]
    duties: list[Duty]
    notes: bool


class RoomMatter(TypedDict):
    """The steps, and what may be said aloud."""

    cards: list[Card]
    spare: SpareSituation | None
    spares: list[SpareSituation]
    spare_link: str
    steps: list[Step]


class RoomDesk(TypedDict):
    """What lies on the desk of whoever looks."""

    role: Literal["pilot", "note_taker"]
    situations: list[SentSituation]
    parking: list[ParkedItem]
    never: list[str]
    remembers_all: bool


class RoomData(RoomPeople, RoomMatter, RoomDesk):
    """What the live screen is given when it opens."""

    previous: PreviousSheet | None
    next: NextMeetingData
    server_now: Instant
    sheet: SheetDraft | None
    urls: RoomUrls
    note_code: list[str]
    readers: str
    perishes: str
    frame: str
    person: str


# ---------- What its addresses answer ----------


class SentAnswer(TypedDict):
    """What became of the gestures that a device sent."""

    sequence: int
    accepted: list[str]
    refused: list[Refused]
    server_now: Instant


class NewsAnswer(TypedDict):
    """The gestures that a device had not seen."""

    sequence: int
    events: list[PlainGesture]
    server_now: Instant


class WallAnswer(TypedDict):
    """What the projector had not seen."""

    sequence: int
    steps: list[WallStep]
    events: list[PlainGesture]
    starts_at: Instant
    time_zone: str
    server_now: Instant


class OfferAnswer(TypedDict):
    """A square code, to be drawn: its rows, of 0 and 1."""

    url: str
    rows: list[str]
    expires_at: Instant
    server_now: Instant
