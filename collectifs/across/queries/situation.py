"""What somebody stands before, read for the rule that says what comes first (across/domain/what_now.py)."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from uuid import UUID

from collectifs.across.domain.situation import (
    CollectiveSeen,
    DatesSeen,
    Entrusted,
    MeetingSeen,
    PageSeen,
    ProposedMember,
    SheetSeen,
    Situation,
)
from collectifs.across.domain.what_now import awaits_presenter
from collectifs.across.queries.short_lists import ShortLists, answered_by, short_lists_of
from collectifs.campaign.queries.deciding import candidacies_to_read
from collectifs.collectives.permissions import can_pilot, can_take_part
from collectifs.collectives.queries.collectives import CollectiveAccess, accesses_to
from collectifs.collectives.queries.lines import collectives_waiting
from collectifs.collectives.queries.newcomers import ProposalFacts
from collectifs.collectives.queries.waiting import asked_beside
from collectifs.kernel.seasons import PARIS, season_of
from collectifs.meetings.domain.polls import awaited_from, live, silent
from collectifs.meetings.models import Situation as Row
from collectifs.meetings.permissions import can_see_meeting
from collectifs.meetings.queries.meetings import MeetingAccess, MeetingFacts
from collectifs.meetings.queries.polls import PollAccess, open_polls
from collectifs.meetings.queries.situations import waiting_among
from collectifs.people.domain.person import Person, Role
from collectifs.people.queries.roles import territories_with_roles
from collectifs.report.domain.questionnaire import is_open
from collectifs.review.queries.pile import waiting_count
from collectifs.sheets.permissions import can_object, can_read_sheet, can_write_sheet
from collectifs.sheets.queries.pages import CollectivePage, collective_pages
from collectifs.sheets.queries.sheets import SheetAccess, open_presenter, seen_life

Answered = Callable[[], frozenset[tuple[UUID, int]]]


def situation_of(
    person: Person,
    collective_ids: Sequence[UUID],
    now: datetime,
    *,
    read: Collection[UUID] = (),
    kept: ShortLists | None = None,
) -> Situation:
    """All that may ask something of somebody, who belongs to these collectives.

    `read`: the proposals of sheets that this browser has shown already. `kept`: their short lists, if read already.
    """
    kept = kept or short_lists_of(person.id, now)
    accesses = accesses_to(collective_ids)
    pages = collective_pages({each: accesses[each] for each in collective_ids})
    beside = _beside(pages, person, lambda: kept.answered)
    seen = tuple(_collective(page, person, now, read, beside) for page in pages)
    asked = tuple(PageSeen(each.id, each.until) for each in kept.pages)
    return Situation(seen, _entrusted(person, now), asked)


def situation_in(
    page: CollectivePage, person: Person, now: datetime, *, read: Collection[UUID] = (), sent: Iterable[Row] = ()
) -> Situation:
    """What one collective asks of somebody. `sent`: its situations, for the pilot to be told how many wait."""
    answered = cache(lambda: answered_by(person.id))
    seen = _collective(page, person, now, read, _beside([page], person, answered))
    pilots = can_pilot(person, page.access)
    return Situation((replace(seen, situations_waiting=len(waiting_among(sent)) if pilots else 0),))


@dataclass(frozen=True)
class _Beside:
    """What waits beside the meetings, by collective: people proposed, the frame's yes, dates that are asked about.

    `answered`: for which territories and seasons the questionnaire was; on the page of one collective it is looked up
    when one is open.
    """

    proposed: Mapping[UUID, Sequence[ProposalFacts]]
    frames: Mapping[UUID, datetime]
    polls: Mapping[UUID, PollAccess]
    answered: Answered


def _beside(pages: Sequence[CollectivePage], person: Person, answered: Answered) -> _Beside:
    accesses = [each.access for each in pages]
    proposed, frames = asked_beside(accesses, person.id, [each for each in accesses if can_pilot(person, each)])
    polls = open_polls(each.access for each in pages if each.series.may_be_asked)
    return _Beside(proposed, frames, polls, answered)


def _collective(
    page: CollectivePage, person: Person, now: datetime, read: Collection[UUID], beside: _Beside
) -> CollectiveSeen:
    access, row = page.access, page.access.collective
    if not can_take_part(person, access):
        once = access.accepted_once(person.id)
        return CollectiveSeen(row.id, row.name, access.zone, has_accepted=False, accepted_once=once)
    facts = {each.id: each for each in page.series.meetings}
    return CollectiveSeen(
        row.id,
        row.name,
        access.zone,
        has_accepted=True,
        frame_asked_at=beside.frames.get(row.id),
        pilots=can_pilot(person, access),
        pilot_names=_names(access, access.pilot_ids),
        meetings=tuple(_meeting(sheet, facts[sheet.meeting.id], person, now, read) for sheet in page.sheets),
        proposed=tuple(_proposed(each) for each in beside.proposed.get(row.id, ())),
        dates=_dates(beside.polls.get(row.id), person, now),
        asks_questionnaire=_asks_questionnaire(page, beside, now),
    )


def _proposed(facts: ProposalFacts) -> ProposedMember:
    return ProposedMember(facts.id, facts.name, facts.proposed_at)


def _dates(found: PollAccess | None, person: Person, now: datetime) -> DatesSeen | None:
    if found is None:
        return None
    may_answer = found.is_answerable(now) and person.id in found.asked
    return DatesSeen(
        found.poll.id,
        found.poll.closes_at,
        proposed=len(live(found.options)),
        awaits=len(awaited_from(person.id, found.options)) if may_answer else 0,
        is_ready=found.is_ready(now),
        answered=len(found.asked) - len(silent(found.options, found.asked)),
        asked=len(found.asked),
        meeting_id=found.poll.meeting_id,
    )


def _asks_questionnaire(page: CollectivePage, beside: _Beside, now: datetime) -> bool:
    spans = [(each.starts_at, each.ends_at) for each in page.series.meetings]
    today = now.astimezone(page.access.zone).date()
    season = page.access.collective.season
    return is_open(season, spans, now, today) and (page.access.territory.id, season) not in beside.answered()


def _meeting(
    sheet: SheetAccess, facts: MeetingFacts, person: Person, now: datetime, read: Collection[UUID]
) -> MeetingSeen:
    meeting, access = MeetingAccess(sheet.meeting, sheet.access), sheet.access
    there = meeting.standing(person.id)
    return MeetingSeen(
        facts.id,
        facts.number,
        facts.starts_at,
        facts.ends_at,
        facts.place,
        _sheet(sheet, person, now, read),
        is_started=facts.is_started,
        is_closed=facts.is_closed,
        reopened_at=facts.reopened_at,
        notes_gone=sheet.notes_are_gone(now),
        may_see=can_see_meeting(person, meeting),
        may_run=there.runs,
        leads=there.runs and (there.stands_in or not meeting.deputy_ids),
        stands_in=there.stands_in,
        takes_notes=there.joins and there.is_secretary,
        led_by=_names(access, meeting.deputy_ids),
    )


def _names(access: CollectiveAccess, ids: frozenset[UUID]) -> tuple[str, ...]:
    return tuple(member.name for member in access.members if member.user_id in ids) if ids else ()


def _sheet(sheet: SheetAccess, person: Person, now: datetime, read: Collection[UUID]) -> SheetSeen:
    life, may_object = seen_life(sheet, now), can_object(person, sheet)
    put = sheet.proposal.id if sheet.proposal else None
    return SheetSeen(
        sheet.sheet.id,
        life,
        put,
        may_write=can_write_sheet(person, sheet),
        may_read=can_read_sheet(person, sheet),
        may_object=may_object,
        was_there=person.id in sheet.was_there_ids,
        has_objected=bool(sheet.objections_by(person.id)),
        has_read=put in read,
        is_asked=may_object and awaits_presenter(life, now) and open_presenter(sheet.sheet) == person.id,
    )


def _entrusted(person: Person, now: datetime) -> Entrusted:
    season = season_of(now.astimezone(PARIS).date())
    to_review = candidacies = collectives = has_territory = None
    not_accepted, has_manager = 0, True
    if person.has(Role.INSPECTOR):
        to_review = waiting_count(person.territories(Role.INSPECTOR), season)
    if person.has(Role.MANAGER):
        candidacies = candidacies_to_read(person.territories(Role.MANAGER))
        collectives, not_accepted = collectives_waiting(person.territories(Role.MANAGER), season, now)
    if person.has(Role.ADMINISTRATOR):
        territories = territories_with_roles(now.date())
        has_territory = bool(territories)
        has_manager = any(each.managers for each in territories)
    return Entrusted(to_review, candidacies, collectives, not_accepted, has_territory, has_manager)
