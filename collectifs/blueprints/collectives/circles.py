"""« Qui voit quoi, pour vous »: what the circles hold now, asked of the very rules that open the pages; the journal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from collectifs.across.domain.circles import INSPECTION, MEMBER, OTHER, PILOT, TRAINING, YOU, Held, counted
from collectifs.across.queries.journal import journal_of
from collectifs.blueprints.collectives.area import bp
from collectifs.collectives.permissions import can_follow_members, can_list_members, can_pilot, can_take_part
from collectifs.collectives.queries.collectives import CollectiveAccess, get_collective
from collectifs.collectives.queries.frame import frame_of
from collectifs.collectives.queries.rosters import roster_of
from collectifs.kernel import clock
from collectifs.kernel.endings import notes_end_at, series_ends_on, situation_ends_on, submitted_ends_on
from collectifs.kernel.keeping import Circle
from collectifs.kernel.seasons import season_ends_on
from collectifs.kernel.text.typography import day_and_month, long_date
from collectifs.live.queries.parking import parked_rows
from collectifs.meetings.permissions import can_join_room, can_read_situation
from collectifs.meetings.queries.meetings import MeetingAccess
from collectifs.meetings.queries.situations import get_situation, situations_by
from collectifs.people.domain.person import Person, Role
from collectifs.people.queries.people import people_on
from collectifs.review.permissions import can_review
from collectifs.review.queries.copies import get_submitted
from collectifs.sheets.permissions import can_see_sheet
from collectifs.sheets.queries.pages import collective_page
from collectifs.sheets.queries.sheets import SheetAccess
from collectifs.web.access import access, me

Rule = Callable[[Person, Any], bool]
SEASONS_OF_PAPERS = 5


@bp.get("/collectifs/<uuid:collective_id>/qui-voit-quoi")
@access(can_take_part, collective=get_collective)
def circles(collective: CollectiveAccess) -> ResponseReturnValue:
    """The two circles of a collective as they are for whoever looks, then what has happened in them."""
    held = list(Look(collective, me(), clock.now()).held())
    inside = [each for each in held if each.circle is Circle.COLLECTIVE]
    outside = [each for each in held if each.circle is Circle.INSTITUTION]
    return render_template(
        "collectives/circles.html",
        access=collective,
        inside=inside,
        outside=outside,
        texts=sum(each.is_text for each in inside),
        sheets=sum(each.is_text for each in outside),
        journal=journal_of(collective, me().id, sees_all=can_pilot(me(), collective)),
        now=clock.now(),
    )


@dataclass(frozen=True)
class Look:
    """One person before their collective, at one moment."""

    access: CollectiveAccess
    person: Person
    now: datetime

    def held(self) -> Iterator[Held]:
        """Everything, the nearest circle first."""
        yield from self._of_person()
        sheets = [each for each in collective_page(self.access).sheets if self._knew(each)]
        for sheet in sheets:
            yield from self._of_meeting(sheet)
        yield from self._of_series()
        for sheet in sheets:
            yield from self._copy(sheet)
        yield from self._papers()

    def _of_person(self) -> Iterator[Held]:
        collective = self.access.collective
        for each in situations_by(self.person.id, collective.id):
            readers = self._who(can_read_situation, get_situation(each.id))
            until = long_date(situation_ends_on(collective.season))
            yield Held(Circle.COLLECTIVE, f"Votre situation « {each.title} »", readers, until)

    def _of_meeting(self, sheet: SheetAccess) -> Iterator[Held]:
        day, meeting = self._day(sheet), sheet.meeting
        if meeting.starts_at <= self.now and meeting.keeps_notes and not sheet.notes_are_gone(self.now):
            readers = self._who(can_join_room, MeetingAccess(meeting, self.access))
            until = f"la fiche acceptée, au plus tard {self._local(notes_end_at(meeting.ends_at))}"
            yield Held(Circle.COLLECTIVE, f"Les notes du {day}", readers, until)
        if sheet.sheet.draft and meeting.starts_at <= self.now < sheet.drafts_end_at:
            readers = self._who(can_see_sheet, sheet)
            label = sheet.seen_status(self.now).label
            until = self._local(sheet.drafts_end_at)
            yield Held(Circle.COLLECTIVE, f"La fiche du {day} ({label})", readers, until)

    def _of_series(self) -> Iterator[Held]:
        until = long_date(series_ends_on(self.access.collective.season))
        if frame_of(self.access).adjustments:
            yield Held(Circle.COLLECTIVE, "Le cadre du collectif", self._who(can_take_part, self.access), until)
        if can_pilot(self.person, self.access) and parked_rows(self.access.collective.id):
            yield Held(Circle.COLLECTIVE, "Le pense-bête", self._who(can_pilot, self.access), until)

    def _copy(self, sheet: SheetAccess) -> Iterator[Held]:
        copy = get_submitted(sheet.copy.id) if sheet.copy else None
        if copy is None or copy.withdrawn_at or copy.replaced_at:
            return
        until = f"le retrait, au plus tard {long_date(submitted_ends_on(copy.submitted_at))}"
        what = f"La fiche du {self._day(sheet)}, sous le nom « {copy.label} »"
        yield Held(Circle.INSTITUTION, what, self._who(can_review, copy), until)

    def _papers(self) -> Iterator[Held]:
        season, roster = self.access.collective.season, roster_of(self.access.collective.id)
        said = self._who(can_list_members, roster)
        told = "Votre nom, votre adresse, ce que vous avez dit de vous"
        yield Held(Circle.INSTITUTION, told, said, long_date(season_ends_on(season)), is_text=False)
        until = long_date(season_ends_on(season + SEASONS_OF_PAPERS))
        presences = self._who(can_follow_members, roster)
        yield Held(Circle.INSTITUTION, "Vos présences, les dates et les lieux", presences, until, is_text=False)

    def _who(self, rule: Rule, about: Any) -> tuple[tuple[str, int], ...]:
        """Those whom the rule lets in, counted by their part in this collective."""
        return counted(self._part(each) for each in self.people if rule(each, about))

    @cached_property
    def people(self) -> list[Person]:
        """Everybody whom a rule might let in: those inside, and the hierarchy of the territory."""
        ids = self.access.member_ids | {each.user_id for each in self.access.deputies} | {self.person.id}
        return people_on(self.access.territory.id, ids, self.now.date())

    def _part(self, who: Person) -> str:
        if who.id == self.person.id:
            return YOU
        if who.id in self.access.member_ids:
            return PILOT if who.id in self.access.pilot_ids else MEMBER
        for role, part in ((Role.MANAGER, TRAINING), (Role.INSPECTOR, INSPECTION)):
            if who.has(role, self.access.territory.id):
                return part
        return OTHER

    def _knew(self, sheet: SheetAccess) -> bool:
        return can_pilot(self.person, self.access) or sheet.knew_meeting(self.person.id)

    def _day(self, sheet: SheetAccess) -> str:
        return day_and_month(sheet.meeting.starts_at.astimezone(self.access.zone).date())

    def _local(self, moment: datetime) -> str:
        day: date = moment.astimezone(self.access.zone).date()
        return long_date(day)
