"""What time alone decides is computed when read; here it is tidied up, and no meaning changes."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_

from collectifs.across.queries.perished import Overdue, overdue
from collectifs.across.services.archiving import archive_first
from collectifs.across.services.forgetting import (
    end_accounts,
    forget_belongings,
    forget_changes,
    forget_reports,
    forget_roles,
    forget_rooms,
    forget_seasons,
)
from collectifs.across.services.own_data import erase_data_copy
from collectifs.book.services.perishing import erase_page, forget_pages
from collectifs.book.services.removing import forget_removals
from collectifs.campaign.services.openings import forget_openings
from collectifs.campaign.services.perishing import erase_wishes, forget_candidacies
from collectifs.collectives.models import MembershipProposal
from collectifs.composition.queries.finding import bring
from collectifs.engagement.services.engagements import forget_engagements
from collectifs.kernel import clock
from collectifs.kernel.clock_doubt import clock_doubt
from collectifs.kernel.extensions import db, only_reading
from collectifs.kernel.keeping import AUDIT_KEPT, DESTROYED_KEPT, FAILURES_KEPT, JOBS_KEPT, STALE_KEPT
from collectifs.kernel.models import AuditEvent, Deployment, DestroyedKey, Job, JobState, WorkerBreath
from collectifs.kernel.queries.deployment import get_deployment
from collectifs.kernel.vault import key_ids
from collectifs.live.services.perishing import erase_series
from collectifs.meetings.queries.communes import unmatched
from collectifs.meetings.services.closing import close_polls_left_behind
from collectifs.meetings.services.communes import match_communes
from collectifs.meetings.services.notes import let_notes_perish
from collectifs.meetings.services.situations import erase_situation
from collectifs.network.services.after import forget_yeses
from collectifs.network.services.ending import forget_directory
from collectifs.network.services.perishing import forget_registrations
from collectifs.people.models import CalendarFeed, Device, PersonalLink, SignInFailure
from collectifs.report.services.reports import freeze_reports
from collectifs.review.services import erase_export
from collectifs.sheets.services.perishing import erase_copy, erase_drafts, erase_remark
from collectifs.tutoring.services.perishing import forget_tutoring

BREATHS_KEPT = timedelta(days=1)


def tidy(*, now: datetime) -> None:
    """Empty what has perished, and ask for the destruction of its keys. Done twice, nothing more happens."""
    freeze_reports(now=now, today=now.date())  # before what they count is forgotten
    _empty(overdue(now), now)
    _forget_people(now)


def tidy_unless_in_doubt(*, now: datetime, is_sure: bool = False) -> str | None:
    """The worker's round. When the clock cannot be believed nothing is done, and the reason is returned.

    `is_sure`: somebody has looked (`flask tidy --yes`); the next rounds count from here.
    """
    deployment, over = get_deployment(), overdue(now)
    if deployment is None:
        return "la base n’est pas à jour : flask db upgrade"
    if not is_sure and (doubt := _doubt(deployment, over, now)):
        return doubt
    freeze_reports(now=now, today=now.date())
    _empty(over, now)
    if _is_new_day(deployment, now):
        _forget_people(now)
    deployment.tidied_at = now
    return None


def read_ahead(*, now: datetime) -> None:
    """What the first round of a day looks communes up in is read before it begins: nobody waits to write meanwhile."""
    with only_reading():
        deployment = get_deployment()
        is_wanted = deployment is not None and _is_new_day(deployment, now) and bool(unmatched())
        db.session.rollback()
    if is_wanted:
        bring()


def _is_new_day(deployment: Deployment, now: datetime) -> bool:
    return deployment.tidied_at is None or deployment.tidied_at.date() != now.date()


def tidying_doubt(now: datetime) -> str | None:
    """Why time's work waits, in French; None when nothing holds it."""
    deployment = get_deployment()
    return _doubt(deployment, overdue(now), now) if deployment else None


def _doubt(deployment: Deployment, over: Overdue, now: datetime) -> str | None:
    """The clock of the demonstration is moved by hand: there everything is believed."""
    if clock.is_moved_by_hand():
        return None
    return clock_doubt(
        now=now,
        last=deployment.tidied_at or deployment.made_at,
        keys=len(key_ids()) if over.dated + over.seasonal else 0,
        dated=over.dated,
        seasonal=over.seasonal,
    )


def _empty(over: Overdue, now: datetime) -> None:
    for meeting in over.meetings:
        let_notes_perish(meeting, now=now)
    for sheet in over.sheets:
        erase_drafts(sheet)
    for situation in over.situations:
        erase_situation(situation)
    for collective in over.collectives:
        erase_series(collective)
    for copy in archive_first(over.copies):
        erase_copy(copy)
    for remark in over.remarks:
        erase_remark(remark)
    for call in over.calls:
        erase_wishes(call)
    _erase_files(over)
    _forget_proposals(over.proposals)
    close_polls_left_behind(now=now)
    forget_belongings(now=now)
    forget_removals(now=now)
    _forget_entries(now)
    _forget_work(now)


def _erase_files(over: Overdue) -> None:
    """What was made apart for somebody, and pages that no book printed, past their days."""
    for data_copy in over.data_copies:
        erase_data_copy(data_copy)
    for export in over.exports:
        erase_export(export)
    for page in over.pages:
        erase_page(page)


def _forget_proposals(proposals: list[MembershipProposal]) -> None:
    """Who was proposed to a collective of a past season."""
    for proposal in proposals:
        proposal.given_name = proposal.family_name = proposal.address = ""


def _forget_people(now: datetime) -> None:
    """Once a day: what ends with a season or years after it, and accounts; communes find their codes before."""
    today = now.date()
    match_communes()
    forget_rooms(today=today)
    forget_changes(today=today)
    forget_roles(now=now)
    forget_reports(today=today)
    forget_candidacies(today=today)
    forget_openings(now=now)
    forget_registrations(now=now)
    forget_pages(today=today)
    forget_tutoring(today=today)
    forget_directory(now=now)
    forget_engagements(today=today)
    forget_yeses(today=today)
    end_accounts(now=now)
    forget_seasons(today=today)


def _forget_entries(now: datetime) -> None:
    """Failed attempts of yesterday, links and devices long past."""
    stale = now - STALE_KEPT
    db.session.execute(delete(SignInFailure).where(SignInFailure.at < now - FAILURES_KEPT))
    db.session.execute(delete(PersonalLink).where(PersonalLink.expires_at < stale))
    db.session.execute(delete(Device).where(or_(Device.expires_at < stale, Device.closed_at < stale)))
    db.session.execute(delete(CalendarFeed).where(CalendarFeed.revoked_at < stale))


def _forget_work(now: datetime) -> None:
    """Jobs that ended a month ago, and what was done more than a year ago: ids, but of people all the same."""
    is_over, ended_at = Job.state.in_([JobState.DONE, JobState.FAILED]), func.coalesce(Job.finished_at, Job.run_after)
    db.session.execute(delete(Job).where(is_over, ended_at < now - JOBS_KEPT))
    db.session.execute(delete(DestroyedKey).where(DestroyedKey.at < now - DESTROYED_KEPT))
    db.session.execute(delete(AuditEvent).where(AuditEvent.at < now - AUDIT_KEPT))
    db.session.execute(delete(WorkerBreath).where(WorkerBreath.breathed_at < now - BREATHS_KEPT))
