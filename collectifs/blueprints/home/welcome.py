"""Signed in: what to do first, one thing, then where one may go."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import url_for

from collectifs.blueprints.home.entrusted import entrusted_offers, entrusted_places
from collectifs.blueprints.home.offers import Offer, action
from collectifs.collectives.permissions import can_take_part
from collectifs.collectives.queries.collectives import CollectiveAccess, accesses_to, belongings_of
from collectifs.kernel.retention import notes_end_at
from collectifs.kernel.text.typography import clock_time, day_and_month, long_date, sentence_case, time_range
from collectifs.meetings.domain.planning import USUAL_MEETINGS
from collectifs.meetings.queries.meetings import MeetingFacts, next_meeting
from collectifs.people.domain.person import Person, Role
from collectifs.sheets.domain.life import SheetStatus
from collectifs.sheets.queries.pages import CollectivePage, collective_pages
from collectifs.sheets.queries.sheets import SheetAccess

SOON = timedelta(hours=12)


@dataclass(frozen=True)
class Door:
    """One of the person's collectives, seen from the first page."""

    page: CollectivePage
    is_pilot: bool
    has_accepted: bool
    stands_in: frozenset[UUID] = frozenset()

    @property
    def access(self) -> CollectiveAccess:
        """Who is in it."""
        return self.page.access

    @property
    def meetings(self) -> tuple[MeetingFacts, ...]:
        """Its series."""
        return self.page.series.meetings

    def runs(self, meeting_id: UUID) -> bool:
        """Whether this person runs a meeting, as pilot or in the pilot's place."""
        return self.is_pilot or meeting_id in self.stands_in

    @property
    def name(self) -> str:
        """The collective's name."""
        return self.access.collective.name

    def url(self, endpoint: str) -> str:
        """A page of this collective."""
        return url_for(endpoint, collective_id=self.access.collective.id)


def welcome(person: Person, now: datetime) -> dict[str, Any]:
    """What home/index.html shows to somebody."""
    ever = belongings_of(person.id)
    ids = [row.id for row, is_present in ever if is_present]
    accesses = accesses_to(ids)
    doors = [_door(person, page) for page in collective_pages({each: accesses[each] for each in ids})]
    offers = [offer for door in doors for offer in _offers(door, now)] + list(entrusted_offers(person, now))
    first = min(offers, key=lambda offer: offer.rank, default=None)
    return {
        "given_name": person.given_name,
        "kind": _kind(person, doors),
        "first": first,
        "collectives": [_line(door, now) for door in doors],
        "others": entrusted_places(person, has_left=len(ids) < len(ever)),
    }


def _door(person: Person, page: CollectivePage) -> Door:
    access = page.access
    stands_in = frozenset(row.id for row in page.series.meetings if person.id in access.deputies_for(row.id))
    return Door(page, person.id in access.pilot_ids, can_take_part(person, access), stands_in)


def _kind(person: Person, doors: list[Door]) -> str:
    if doors:
        if not any(door.has_accepted for door in doors):
            return "newcomer"
        return "pilot" if any(door.is_pilot for door in doors) else "member"
    kinds = (Role.INSPECTOR, Role.MANAGER, Role.ADMINISTRATOR)
    found = next((role.value for role in kinds if person.has(role)), "")
    return found or ("vivier" if person.has(Role.PILOT) else "alone")


def _line(door: Door, now: datetime) -> dict[str, Any]:
    coming = next_meeting(door.meetings, now)
    when = "pas de date à venir"
    if coming:
        starts = coming.starts_at.astimezone(door.access.zone)
        when = f"regroupement {coming.number} le {day_and_month(starts.date())} à {clock_time(starts)}"
    text = f"vous pilotez, {when}" if door.is_pilot else when
    return {"title": door.name, "text": text, "url": door.url("collectives.show")}


def _offers(door: Door, now: datetime) -> Iterator[Offer]:
    """Everything that waits in a collective; the first page keeps the most pressing."""
    if not door.has_accepted:
        yield _charter_offer(door)
        return
    coming = _running(door.meetings, now) or next_meeting(door.meetings, now)
    if coming:
        yield _meeting_offer(door, coming, now)
    elif door.is_pilot and len(door.meetings) < USUAL_MEETINGS[1]:
        yield _date_offer(door, len(door.meetings) + 1)
    held = {meeting.id: meeting for meeting in door.meetings if meeting.is_past(now)}
    for sheet in door.page.sheets:
        meeting = held.get(sheet.meeting.id)
        offer = meeting and (_read_again_offer(door, sheet, meeting, now) or _sheet_offer(door, sheet, meeting, now))
        if offer:
            yield offer


def _charter_offer(door: Door) -> Offer:
    text = "Quatre règles et une limite, à lire une fois. Ensuite, tout le reste s’ouvre."
    read = action(door.url("collectives.charter"), "Lire la charte", "primary")
    return Offer(0, door.name, "La charte, avant tout", text, [read])


def _date_offer(door: Door, number: int) -> Offer:
    choose = action(door.url("planning.create"), "Fixer la date", "primary")
    return Offer(4, door.name, f"Le regroupement {number} n’a pas de date", "Un jour, deux heures, un lieu.", [choose])


def _running(meetings: Iterable[MeetingFacts], now: datetime) -> MeetingFacts | None:
    """The meeting that began and was not closed, past its hours too: rooms overrun. Not one that was left open."""
    running = (row for row in meetings if row.is_started and not row.is_closed and not row.is_left_open(now))
    return next(running, None)


def _meeting_offer(door: Door, meeting: MeetingFacts, now: datetime) -> Offer:
    zone = door.access.zone
    starts = meeting.starts_at.astimezone(zone)
    is_today = starts.date() == now.astimezone(zone).date()
    margin = [door.name, {"b": "Aujourd’hui" if is_today else day_and_month(starts.date())}]
    title = (
        f"Le regroupement {meeting.number} commence à {clock_time(starts)}"
        if is_today and not meeting.is_started
        else f"Regroupement {meeting.number}, {long_date(starts.date())}"
    )
    text = f"{sentence_case(time_range(meeting.starts_at, meeting.ends_at, zone))}, {meeting.place}."
    is_soon = meeting.is_started or meeting.starts_at - now <= SOON
    rank = 1 if is_soon else 3
    return Offer(rank, margin, title, text, _meeting_actions(door, meeting, is_soon=is_soon))


def _meeting_actions(door: Door, meeting: MeetingFacts, *, is_soon: bool) -> list[dict[str, str]]:
    if not door.runs(meeting.id):
        return [
            action(url_for("meetings.show", meeting_id=meeting.id), "Voir le regroupement", "primary"),
            action(door.url("meetings.propose"), "Proposer une situation"),
        ]
    prepare = url_for("meetings.prepare", meeting_id=meeting.id)
    if not is_soon:
        return [action(prepare, "Préparer", "primary")]
    run = url_for("live.run", meeting_id=meeting.id)
    return [action(run, "Ouvrir la séance", "primary"), action(prepare, "Revoir le déroulé")]


def _read_again_offer(door: Door, sheet: SheetAccess, meeting: MeetingFacts, now: datetime) -> Offer | None:
    """A meeting that nobody closed, half a day after its end: « à relire », before its sheet."""
    is_draft = sheet.seen_status(now) is SheetStatus.DRAFT and now < notes_end_at(meeting.ends_at)
    if not (meeting.is_left_open(now) and is_draft and door.runs(meeting.id)):
        return None
    day = day_and_month(meeting.starts_at.astimezone(door.access.zone).date())
    text = "Personne n’a clos la séance. Relisez ses notes, puis fermez-la : la fiche vient ensuite."
    run = action(url_for("live.run", meeting_id=meeting.id), "Relire la séance", "primary")
    return Offer(2, [door.name, {"b": day}], f"La séance du {day} est à relire", text, [run])


def _sheet_offer(door: Door, sheet: SheetAccess, meeting: MeetingFacts, now: datetime) -> Offer | None:
    zone, status = door.access.zone, sheet.seen_status(now)
    day = day_and_month(meeting.starts_at.astimezone(zone).date())
    show = url_for("sheets.show", sheet_id=sheet.sheet.id)
    if door.runs(meeting.id) and status is SheetStatus.DRAFT and not sheet.life.institution_since:
        edit = action(url_for("sheets.edit", sheet_id=sheet.sheet.id), "Finir la fiche", "primary")
        text = "Une problématique, des réponses, une page. Le collectif la relit ensuite."
        return Offer(2, [door.name, {"b": day}], f"La fiche du {day} est à finir", text, [edit])
    if not door.is_pilot and status is SheetStatus.PROPOSED and sheet.life.deadline_at:
        until = sheet.life.deadline_at.astimezone(zone)
        text = f"Jusqu’au {long_date(until.date())}, {clock_time(until)}. Une seule objection la retient."
        read = action(show, "Lire la fiche", "primary")
        return Offer(2, [door.name, {"b": day}], f"La fiche du {day} attend votre lecture", text, [read])
    return None
