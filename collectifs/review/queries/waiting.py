"""Whom the sheets wait for, and which they are: what the mail of Monday tells."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from collectifs.kernel.extensions import db
from collectifs.kernel.models import Job
from collectifs.people.domain.person import Role
from collectifs.people.models import GrantedRole
from collectifs.review.domain.pile import PileFilter, Reading
from collectifs.review.domain.work import MailSheetsWait
from collectifs.review.queries.copies import SubmittedFacts
from collectifs.review.queries.pile import facts_of


def inspectors_here(today: date) -> list[UUID]:
    """Everybody who inspects somewhere today and has not named a deputy: those who are away are left alone."""
    holds = (GrantedRole.revoked_at.is_(None), GrantedRole.ends_on >= today)
    away = select(GrantedRole.stands_in_for_id).where(*holds, GrantedRole.stands_in_for_id.is_not(None))
    query = select(GrantedRole.user_id).where(GrantedRole.role == Role.INSPECTOR, *holds)
    found = query.where(GrantedRole.user_id.not_in(away.scalar_subquery())).distinct()
    return list(db.session.scalars(found.order_by(GrantedRole.user_id)))


def told_since(moment: datetime) -> set[str]:
    """Who was told since then which sheets wait."""
    query = select(Job.args).where(Job.kind == MailSheetsWait.kind(), Job.created_at >= moment)
    return {args["user_id"] for args in db.session.scalars(query.order_by(Job.created_at, Job.id))}


def waiting_on(territory_ids: frozenset[UUID], season: int) -> list[SubmittedFacts]:
    """The sheets that nobody has marked as read, without a word of theirs, the latest first."""
    return facts_of(PileFilter(territory_ids, season, UUID(int=0), reading=Reading.NOBODYS))
