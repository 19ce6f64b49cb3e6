"""Everything that pages ask about a collective, gathered in a few questions while a page is read.

A page asks collective by collective, sheet by sheet; the answers wait here already, however many there are.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select

from collectifs.collectives.domain.composition import MixLine
from collectifs.collectives.models import CharterConsent, Collective, Meeting, Membership
from collectifs.collectives.queries.collectives import (
    access_from,
    collective_access,
    degree_of,
    get_collective,
    member_from,
    members_of,
)
from collectifs.collectives.queries.facts import mix_lines
from collectifs.collectives.queries.memberships import Period, holds
from collectifs.collectives.queries.pilotships import pilots_among, pilotships_in
from collectifs.kernel import clock
from collectifs.kernel.extensions import db, is_only_reading
from collectifs.kernel.models import Job, JobState
from collectifs.kernel.queries.jobs import Sending, mails_of_proposal
from collectifs.kernel.queries.reading import hold
from collectifs.meetings.domain.attendance import CAME, AttendanceState
from collectifs.meetings.models import Attendance, SynthesisSheet
from collectifs.meetings.queries.meetings import (
    MeetingFacts,
    attendance_of,
    cancelled_in,
    facts_from,
    facts_of,
    meetings_of,
    presence_from,
    presences_of,
    with_state,
)
from collectifs.meetings.queries.presences import memberships_by_user
from collectifs.people.models import Territory, User
from collectifs.sheets.models import Objection, PresenterAnswer, SheetProposal, SubmittedSheet
from collectifs.sheets.queries.consent import open_objections, presenter_answer
from collectifs.sheets.queries.sheets import (
    get_sheet,
    open_proposal,
    sheet_ids_of,
    sheet_of_meeting,
    submitted_copy,
    was_there,
)


def gather_when_reading() -> None:
    """From now on the first question about who is in a collective brings the rest with it."""
    collective_access.before = lambda collective: gather([collective.id])
    get_collective.before = lambda collective_id: gather([collective_id])
    get_sheet.before = _gather_around


def gather(collective_ids: Collection[UUID]) -> None:
    """People, meetings, sheets and presences of some collectives."""
    if is_only_reading() and collective_ids:
        gather_people(_collectives(collective_ids))
        meetings = gather_meetings(collective_ids)
        _sheets(collective_ids)
        _presences(collective_ids, meetings)


def gather_lists(collective_ids: Collection[UUID]) -> None:
    """People and meetings of some collectives: what a manager's lists show."""
    if is_only_reading() and collective_ids:
        gather_people(_collectives(collective_ids))
        gather_meetings(collective_ids)


def _gather_around(sheet_id: UUID) -> None:
    """What stands around a sheet, when it did not come with its series."""
    if open_proposal.knows(sheet_id):
        return
    query = select(Meeting.collective_id).join(SynthesisSheet, SynthesisSheet.meeting_id == Meeting.id)
    collective_id = db.session.scalars(query.where(SynthesisSheet.id == sheet_id).order_by(Meeting.id)).first()
    if collective_id is not None:
        get_collective(collective_id)


def _collectives(ids: Collection[UUID]) -> list[tuple[Collective, Territory]]:
    query = select(Collective, Territory).join(Territory, Territory.id == Collective.territory_id)
    rows = db.session.execute(query.where(Collective.id.in_(ids)).order_by(Collective.id))
    return hold([(row[0], row[1]) for row in rows])


def gather_people(rows: Sequence[tuple[Collective, Territory]]) -> None:
    """Who belongs, since when, under the charter or not; who pilots."""
    now, ids = clock.now(), [collective.id for collective, _ in rows]
    pilotships = defaultdict(list)
    for each in pilotships_in(ids):
        pilotships[each.collective_id].append(each)
    people = _memberships(ids)
    for collective, territory in rows:
        ours, pilots = people[collective.id], pilotships[collective.id]
        periods: dict[UUID, tuple[Period, ...]] = {}
        for member, _, _ in sorted(ours, key=lambda row: (row[0].starts_at, row[0].id)):
            periods[member.user_id] = (*periods.get(member.user_id, ()), (member.starts_at, member.ends_at))
        present = [row for row in ours if holds((row[0].starts_at, row[0].ends_at), now)]
        consents = frozenset(member.user_id for member, _, at in present if at and at >= member.starts_at)
        access = access_from(collective, territory, periods, pilots, consents, now)
        collective_access.know(access, collective)
        get_collective.know(access, collective.id)
        degree_of.know(collective.degree, collective.id)
        piloting = {each.user_id for each in pilots_among(pilots, now)}
        members_of.know([member_from(row, user, piloting, consents) for row, user, _ in present], collective.id)
        by_date = sorted((row for row, _, _ in ours), key=lambda row: (row.starts_at, row.id))
        memberships_by_user.know({row.user_id: row.id for row in by_date}, collective.id)
        told = [row for row in by_date if holds((row.starts_at, row.ends_at), now)]
        mix_lines.know([MixLine(row.degree, row.tutoring_years, row.work_commune) for row in told], collective.id)


def _memberships(ids: Collection[UUID]) -> dict[UUID, list[tuple[Membership, User, datetime | None]]]:
    """Every membership with its person and when they last accepted the charter, by family name."""
    accepted = (
        select(CharterConsent.user_id, CharterConsent.collective_id, func.max(CharterConsent.accepted_at).label("at"))
        .where(CharterConsent.collective_id.in_(ids))
        .group_by(CharterConsent.user_id, CharterConsent.collective_id)
        .subquery()
    )
    same = and_(accepted.c.user_id == Membership.user_id, accepted.c.collective_id == Membership.collective_id)
    rows = db.session.execute(
        select(Membership, User, accepted.c.at)
        .join(User, User.id == Membership.user_id)
        .outerjoin(accepted, same)
        .where(Membership.collective_id.in_(ids))
        .order_by(User.family_name, User.given_name)
    )
    found = defaultdict(list)
    for member, user, at in rows:
        found[member.collective_id].append((member, user, at))
    return found


def gather_meetings(ids: Collection[UUID]) -> dict[UUID, list[MeetingFacts]]:
    """The series, and what left it."""
    query = with_state().where(Meeting.collective_id.in_(ids)).order_by(Meeting.number, Meeting.starts_at, Meeting.id)
    rows = hold([tuple(row) for row in db.session.execute(query)])
    series: dict[UUID, list[MeetingFacts]] = defaultdict(list)
    gone: dict[UUID, list[MeetingFacts]] = defaultdict(list)
    for row in rows:
        facts = facts_from(*row)
        facts_of.know(facts, row[0])
        (gone if facts.cancelled_at else series)[row[0].collective_id].append(facts)
    for collective_id in ids:
        meetings_of.know(series[collective_id], collective_id)
        cancelled_in.know(sorted(gone[collective_id], key=lambda each: (each.starts_at, each.id)), collective_id)
    return series


def _sheets(ids: Collection[UUID]) -> None:
    """The sheets, what is put to their collective, what was said of it, what the institution has."""
    kept: dict[UUID, list[UUID]] = {collective_id: [] for collective_id in ids}
    by_sheet: dict[UUID, list[Any]] = defaultdict(list)
    found: list[Any] = hold([tuple(row) for row in db.session.execute(_around_sheets(ids))])
    for row in found:
        by_sheet[row[0].id].append(row)
    for rows_of_one in by_sheet.values():
        sheet, meeting, *_ = rows_of_one[0]
        _know_sheet(sheet, rows_of_one)
        if meeting.cancelled_at is None:
            kept[meeting.collective_id].append(sheet.id)
    for collective_id, sheet_ids in kept.items():
        sheet_ids_of.know(sheet_ids, collective_id)
    _mails({row[2].id for row in found if row[2] is not None})


def _around_sheets(ids: Collection[UUID]) -> Any:
    """A sheet stands on several rows when several things were said of it."""
    is_open = and_(SheetProposal.sheet_id == SynthesisSheet.id, SheetProposal.lapsed_at.is_(None))
    holds_back = and_(Objection.proposal_id == SheetProposal.id, Objection.lifted_at.is_(None))
    return (
        select(SynthesisSheet, Meeting, SheetProposal, PresenterAnswer, SubmittedSheet, Objection)
        .join(Meeting, Meeting.id == SynthesisSheet.meeting_id)
        .outerjoin(SheetProposal, is_open)
        .outerjoin(PresenterAnswer, PresenterAnswer.proposal_id == SheetProposal.id)
        .outerjoin(SubmittedSheet, SubmittedSheet.sheet_id == SynthesisSheet.id)
        .outerjoin(Objection, holds_back)
        .where(Meeting.collective_id.in_(ids))
        .order_by(
            *(Meeting.number, Meeting.id, SheetProposal.proposed_at, PresenterAnswer.answered_at),
            *(SubmittedSheet.version_number.desc(), Objection.raised_at, Objection.id),
        )
    )


def _know_sheet(sheet: SynthesisSheet, rows: list[Any]) -> None:
    _, _, proposal, answer, copy, _ = rows[0]
    sheet_of_meeting.know(sheet, sheet.meeting_id)
    open_proposal.know(proposal, sheet.id)
    submitted_copy.know(copy, sheet.id)
    if proposal is not None:
        presenter_answer.know(answer, proposal.id)
        mine = [row[5] for row in rows if row[2] is proposal and row[5] is not None]
        open_objections.know(list(dict.fromkeys(mine)), proposal.id)


def _mails(proposal_ids: set[UUID]) -> None:
    """How the mails of these proposals fare."""
    if not proposal_ids:
        return
    about = Job.args["proposal_id"].as_string()
    rows = db.session.execute(
        select(about, Job.state, func.count(Job.id))
        .where(about.in_([str(each) for each in proposal_ids]))
        .group_by(about, Job.state)
        .order_by(about, Job.state)
    )
    counts: dict[str, dict[JobState, int]] = defaultdict(dict)
    for proposal_id, state, number in rows:
        counts[proposal_id][state] = number
    for each in proposal_ids:
        mails_of_proposal.know(Sending.counted(counts[str(each)]), each)


def _presences(ids: Collection[UUID], series: dict[UUID, list[MeetingFacts]]) -> None:
    """Who was marked at each meeting."""
    rows = db.session.execute(
        select(Meeting.id, Attendance.user_id, Attendance.state)
        .join(Attendance, Attendance.meeting_id == Meeting.id)
        .where(Meeting.collective_id.in_(ids))
        .order_by(Meeting.id, Attendance.user_id)
    )
    marked: dict[UUID, dict[UUID, AttendanceState]] = defaultdict(dict)
    for meeting_id, user_id, state in rows:
        marked[meeting_id][user_id] = state
    for collective_id in ids:
        mine = [each.id for each in series[collective_id]]
        came = {each: presence_from(marked[each].values()) for each in mine if each in marked}
        presences_of.know(came, collective_id)
        for each in mine:
            attendance_of.know(marked[each], each)
            was_there.know(frozenset(who for who, state in marked[each].items() if state in CAME), each)
