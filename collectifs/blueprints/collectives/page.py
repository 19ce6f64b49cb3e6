"""What the page of a collective tells the person who opens it: one thing to do, the series, who is there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import url_for

from collectifs.across.domain.situation import DatesSeen
from collectifs.across.domain.what_now import is_ready_to_submit, what_now
from collectifs.across.queries.situation import situation_in
from collectifs.blueprints.collectives.mix import mix_said
from collectifs.collectives.domain.composition import is_new_tutor, years_in_words
from collectifs.collectives.permissions import can_pilot
from collectifs.collectives.queries.collectives import CollectiveAccess, MemberFacts
from collectifs.collectives.queries.facts import mix_lines
from collectifs.kernel.text.typography import clock_time, count, day_and_month, sentence_case
from collectifs.meetings.domain.planning import CANCELLED_SHOWN, USUAL_MEETINGS
from collectifs.meetings.domain.polls import last_day
from collectifs.meetings.queries.meetings import MeetingFacts, Presence, next_meeting
from collectifs.meetings.queries.situations import situation_rows, written_by
from collectifs.people.domain.person import Degree, Person
from collectifs.report.domain.questionnaire import results_from
from collectifs.report.permissions import can_read_themes
from collectifs.sheets.domain.life import SheetStatus
from collectifs.sheets.permissions import can_see_sheet, can_write_sheet
from collectifs.sheets.queries.pages import collective_page
from collectifs.sheets.queries.sheets import SheetAccess, seen_life
from collectifs.web.read_here import read_here
from collectifs.web.tasks import shown_tasks

OF_THE_SHEET = {
    SheetStatus.DRAFT: "Fiche à finir",
    SheetStatus.PROPOSED: "Fiche proposée",
    SheetStatus.AGREED: "Fiche acceptée",
    SheetStatus.SUBMITTED: "Fiche transmise",
    SheetStatus.REVIEWED: "Fiche lue par l’inspection",
    SheetStatus.WITHDRAWN: "Fiche retirée",
    SheetStatus.GIVEN_UP: "Sans fiche",
}


@dataclass(frozen=True)
class View:
    """A collective as one person sees it at one moment."""

    access: CollectiveAccess
    person: Person
    now: datetime
    meetings: tuple[MeetingFacts, ...]
    sheets: dict[UUID, SheetAccess]

    @cached_property
    def is_pilot(self) -> bool:
        """Whether this person pilots it."""
        return can_pilot(self.person, self.access)

    def knew(self, meeting: MeetingFacts) -> bool:
        """Whether this person was a member already when the meeting was held; the pilot knows them all."""
        return self.is_pilot or self.access.came_before(self.person.id, meeting.starts_at, meeting.ends_at)

    @property
    def joined_on(self) -> date | None:
        """The day on which they came, when a meeting was held before it."""
        if all(self.knew(meeting) for meeting in self.meetings if meeting.is_past(self.now)):
            return None
        since, _ = self.access.periods[self.person.id][-1]
        return since.astimezone(self.access.zone).date()


def page_of(access: CollectiveAccess, person: Person, now: datetime) -> dict[str, Any]:
    """Everything that the template needs."""
    page, sent = collective_page(access), situation_rows(access.collective.id)
    view = View(access, person, now, page.series.meetings, {sheet.meeting.id: sheet for sheet in page.sheets})
    situation = situation_in(page, person, now, read=read_here(), sent=sent)
    tasks = shown_tasks(situation, what_now(situation, now), now)
    return {
        "is_pilot": view.is_pilot,
        "first": tasks[0],
        "then": [(task, "") for task in tasks[1:]],
        "meeting": next_meeting(view.meetings, now),
        "series": _series(view, page.presences, situation.collectives[0].dates),
        "other_dates": _other_dates(view, situation.collectives[0].dates),
        "cancelled": _cancelled(view, page.series.cancelled),
        "members": access.members,
        "pilots": access.pilots,
        "mix": mix_of(access.members),
        "mix_said": _mix_said(access) if view.is_pilot else None,
        "joined_on": view.joined_on,
        "words_of": words_of,
        "mine": written_by(person.id, sent),
        **_of_the_season(access, person, now),
    }


def _of_the_season(access: CollectiveAccess, person: Person, now: datetime) -> dict[str, bool]:
    """Which pages about the whole territory this person may open from here."""
    return {
        "reads_themes": can_read_themes(person, access.territory),
        "has_report": now.astimezone(access.zone).date() >= results_from(access.collective.season),
    }


def _mix_said(access: CollectiveAccess) -> dict[str, Any]:
    return mix_said(access.collective.id, mix_lines(access.memberships), access.collective.degree)


def _cancelled(view: View, gone: Iterable[MeetingFacts]) -> list[MeetingFacts]:
    """Those that left the series lately, and that this person knew."""
    since = view.now - CANCELLED_SHOWN
    return [each for each in gone if each.cancelled_at and each.cancelled_at > since and view.knew(each)]


def _series(view: View, presences: Mapping[UUID, Presence], dates: DatesSeen | None) -> list[dict[str, Any]]:
    return [_stop(view, each, presences.get(each.id)) for each in view.meetings] + _open_stops(view, dates)


def _stop(view: View, meeting: MeetingFacts, presence: Presence | None) -> dict[str, Any]:
    if meeting.is_past(view.now):
        presence = presence if view.knew(meeting) else None
        return {
            "number": meeting.number,
            "state": "done",
            "title": day_and_month(meeting.starts_at.astimezone(view.access.zone)),
            "text": _came(view, meeting, presence),
            **_sheet_link(view, view.sheets.get(meeting.id)),
        }
    following = next_meeting(view.meetings, view.now)
    local = meeting.starts_at.astimezone(view.access.zone)
    return {
        "number": meeting.number,
        "state": "now" if meeting == following else "next",
        "title": f"{day_and_month(local)}, {clock_time(local)}",
        "text": f"{meeting.place}.",
        "url": url_for("meetings.show", meeting_id=meeting.id),
        "link": "Heure et accès",
    }


def _sheet_link(view: View, sheet: SheetAccess | None) -> dict[str, str]:
    """The way to the sheet, for those who may read it."""
    if sheet is None or not can_see_sheet(view.person, sheet):
        return {}
    status = sheet.seen_status(view.now)
    writes = status is SheetStatus.DRAFT and can_write_sheet(view.person, sheet)
    words = OF_THE_SHEET[status]
    if status is SheetStatus.DRAFT and sheet.life.institution_since:
        words = "Nouvelle version à finir" if writes else OF_THE_SHEET[SheetStatus.SUBMITTED]
    if view.is_pilot and is_ready_to_submit(seen_life(sheet, view.now), view.now):
        words += " : la transmettre ?"
    return {"url": url_for("sheets.edit" if writes else "sheets.show", sheet_id=sheet.sheet.id), "link": words}


def _came(view: View, meeting: MeetingFacts, presence: Presence | None) -> str:
    """« Huit personnes. », and « Sans fiche. » for those who have no page to open."""
    came = sentence_case(count(presence.came, "personne", feminine=True)) + "." if presence else ""
    sheet = view.sheets.get(meeting.id)
    without = sheet is not None and sheet.life.given_up_at and not can_see_sheet(view.person, sheet)
    return f"{came} Sans fiche.".strip() if without else came


def _open_stops(view: View, dates: DatesSeen | None) -> list[dict[str, Any]]:
    """The meetings that have no date yet, up to five; the first of them may have several to choose from."""
    first = len(view.meetings) + 1
    stops: list[dict[str, Any]] = [
        {"number": number, "state": "open", "title": "Date à fixer"} for number in range(first, USUAL_MEETINGS[1] + 1)
    ]
    if stops and dates is not None and dates.meeting_id is None:
        words = count(dates.proposed, "date proposée", "dates proposées", feminine=True)
        until = day_and_month(last_day(dates.closes_at, view.access.zone))
        said = {"title": sentence_case(words), "text": f"Réponses jusqu’au {until}."}
        stops[0] |= {**said, "url": url_for("dates.show", poll_id=dates.id), "link": "Voir les dates"}
    elif stops and view.is_pilot:
        way = url_for("planning.create", collective_id=view.access.collective.id)
        stops[0] |= {"url": way, "link": "Fixer cette date"}
    return stops


def _other_dates(view: View, dates: DatesSeen | None) -> dict[str, str]:
    """The way back to dates proposed beside the one that a meeting has: an answer may change until the end."""
    meeting = next((each for each in view.meetings if dates and each.id == dates.meeting_id), None)
    if dates is None or meeting is None:
        return {}
    until = day_and_month(last_day(dates.closes_at, view.access.zone))
    words = f"D’autres dates sont proposées pour le regroupement {meeting.number}, réponses jusqu’au {until} : "
    return {"words": words, "url": url_for("dates.show", poll_id=dates.id)}


def words_of(member: MemberFacts) -> str:
    """« pilote, collège, depuis deux ans »: beside a name."""
    years = years_in_words(member.tutoring_years) if member.tutoring_years else ""
    return ", ".join(filter(None, ("pilote" if member.is_pilot else "", member.setting, years)))


def mix_of(members: Sequence[MemberFacts]) -> list[tuple[Degree, list[MemberFacts], list[MemberFacts]]]:
    """Degree by degree, those in their first year of tutoring and the others; empty until everybody answered."""
    if any(member.degree is None or member.tutoring_years is None for member in members):
        return []
    rows = []
    for degree in Degree:
        here = [member for member in members if member.degree is degree]
        begin = [member for member in here if is_new_tutor(member.tutoring_years or 0)]
        if here:
            rows.append((degree, begin, [member for member in here if member not in begin]))
    return rows
