"""Making an attestation of chosen lines, stopping it; those that end with their last season kept."""

import secrets
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import delete

from collectifs.engagement.domain.lines import CODE_LENGTH, CODE_LETTERS, MOST_KEPT, chosen_lines
from collectifs.engagement.models import ChosenLine, Engagement
from collectifs.engagement.queries.lines import (
    EngagementAccess,
    code_is_taken,
    engagement_ids_before,
    engagements_of,
    lines_of,
)
from collectifs.kernel.audit import record
from collectifs.kernel.endings import first_season_kept
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_of
from collectifs.people.domain.person import Person


def make_engagement(keys: Collection[str], *, now: datetime, by: Person) -> Engagement:
    """An attestation of the lines that were chosen, with a code of its own."""
    lines = chosen_lines(lines_of(by.id, now.date()), keys)
    if len(engagements_of(by.id)) >= MOST_KEPT:
        raise RuleBroken(f"Vous en gardez déjà {MOST_KEPT} : retirez-en une avant d’en faire une autre.")
    row = Engagement(id=uuid4(), user_id=by.id, season=season_of(now.date()), code=_new_code(), made_at=now)
    db.session.add(row)
    db.session.flush()
    db.session.add_all(ChosenLine(engagement_id=row.id, key=each.key, kind=each.kind) for each in lines)
    db.session.flush()
    record("engagement_made", row, by=by)
    return row


def stop_engagement(access: EngagementAccess, *, by: Person) -> None:
    """Its code answers nothing any more, at once."""
    record("engagement_stopped", access.engagement, by=by)
    _forget([access.id])


def forget_engagements(*, today: date) -> None:
    """Those of which no season is kept any more."""
    _forget(engagement_ids_before(first_season_kept(today)))


def forget_engagements_of(user_id: UUID) -> None:
    """Somebody erases their account."""
    _forget([each.id for each in engagements_of(user_id)])


def _forget(ids: Collection[UUID]) -> None:
    db.session.execute(delete(ChosenLine).where(ChosenLine.engagement_id.in_(ids)))
    db.session.execute(delete(Engagement).where(Engagement.id.in_(ids)))


def _new_code() -> str:
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if not code_is_taken(code):
            return code
