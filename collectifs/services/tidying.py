"""What time alone decides is computed when read; here it is tidied up, and no meaning changes."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_

from collectifs.extensions import db
from collectifs.models import Device, PersonalLink, SignInFailure
from collectifs.queries.perished import (
    copies_over,
    meetings_with_notes_over,
    remarks_over,
    sheets_with_drafts_over,
    situations_over,
)
from collectifs.services.perishing import (
    erase_copy,
    erase_drafts,
    erase_remark,
    erase_situation,
    let_notes_perish,
)

FAILURES_KEPT = timedelta(days=1)
# A stale link can still say that it is stale, and a closed device that it is closed, for a while.
STALE_KEPT = timedelta(days=30)


def tidy(*, now: datetime) -> None:
    """Empty what has perished, and ask for the destruction of its keys. Done twice, nothing more happens."""
    for meeting in meetings_with_notes_over(now):
        let_notes_perish(meeting, now=now)
    for sheet in sheets_with_drafts_over(now):
        erase_drafts(sheet)
    for situation in situations_over(now.date()):
        erase_situation(situation)
    for copy in copies_over(now):
        erase_copy(copy)
    for remark in remarks_over(now.date()):
        erase_remark(remark)
    _forget_entries(now)


def _forget_entries(now: datetime) -> None:
    """Failed attempts of yesterday, links and devices long past."""
    stale = now - STALE_KEPT
    db.session.execute(delete(SignInFailure).where(SignInFailure.at < now - FAILURES_KEPT))
    db.session.execute(delete(PersonalLink).where(PersonalLink.expires_at < stale))
    db.session.execute(delete(Device).where(or_(Device.expires_at < stale, Device.closed_at < stale)))
