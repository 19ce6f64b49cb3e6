"""What time alone decides is computed when read; here it is tidied up, and no meaning changes."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_

from collectifs.extensions import db
from collectifs.models import AuditEvent, CalendarFeed, Device, Job, PersonalLink, SignInFailure
from collectifs.queries.perished import (
    copies_over,
    meetings_with_notes_over,
    proposals_over,
    remarks_over,
    series_over,
    sheets_with_drafts_over,
    situations_over,
)
from collectifs.services.attendance import forget_attendances
from collectifs.services.perishing import (
    erase_copy,
    erase_drafts,
    erase_remark,
    erase_series,
    erase_situation,
    let_notes_perish,
)

FAILURES_KEPT = timedelta(days=1)
# A stale link can still say that it is stale, and a closed device that it is closed, for a while.
STALE_KEPT = timedelta(days=30)
JOBS_KEPT = timedelta(days=30)
AUDIT_KEPT = timedelta(days=365)


def tidy(*, now: datetime) -> None:
    """Empty what has perished, and ask for the destruction of its keys. Done twice, nothing more happens."""
    for meeting in meetings_with_notes_over(now):
        let_notes_perish(meeting, now=now)
    for sheet in sheets_with_drafts_over(now):
        erase_drafts(sheet)
    for situation in situations_over(now.date()):
        erase_situation(situation)
    for collective in series_over(now.date()):
        erase_series(collective)
    for copy in copies_over(now):
        erase_copy(copy)
    for remark in remarks_over(now.date()):
        erase_remark(remark)
    for proposal in proposals_over(now.date()):
        proposal.given_name = proposal.family_name = proposal.address = ""
    forget_attendances(today=now.date())
    _forget_entries(now)
    _forget_work(now)


def _forget_entries(now: datetime) -> None:
    """Failed attempts of yesterday, links and devices long past."""
    stale = now - STALE_KEPT
    db.session.execute(delete(SignInFailure).where(SignInFailure.at < now - FAILURES_KEPT))
    db.session.execute(delete(PersonalLink).where(PersonalLink.expires_at < stale))
    db.session.execute(delete(Device).where(or_(Device.expires_at < stale, Device.closed_at < stale)))
    db.session.execute(delete(CalendarFeed).where(CalendarFeed.revoked_at < stale))


def _forget_work(now: datetime) -> None:
    """Jobs that ended a month ago, and what was done more than a year ago: ids, but of people all the same."""
    is_over, ended_at = Job.state.in_(["done", "failed"]), func.coalesce(Job.finished_at, Job.run_after)
    db.session.execute(delete(Job).where(is_over, ended_at < now - JOBS_KEPT))
    db.session.execute(delete(AuditEvent).where(AuditEvent.at < now - AUDIT_KEPT))
