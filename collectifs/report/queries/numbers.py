"""The season of some territories, counted in SQL: a constant number of statements, whatever the size."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select

from collectifs.collectives.models import Collective, Meeting, Membership, Pilotship
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.attendance import CAME
from collectifs.meetings.models import Attendance
from collectifs.meetings.queries.season import minutes, whole
from collectifs.people.domain.person import Degree
from collectifs.report.domain.numbers import SeasonNumbers
from collectifs.sheets.models import SubmittedSheet


def season_numbers(territory_ids: Collection[UUID], season: int, now: datetime) -> SeasonNumbers:
    """What a season comes to at this instant."""
    ours = [Collective.territory_id.in_(list(territory_ids)), Collective.season == season]
    counted = {**_collectives(ours), **_members(ours), **_meetings(ours, now)}
    return SeasonNumbers(**counted, presences=_presences(ours, now), submitted=_submitted(territory_ids, season))


def _collectives(ours: list[ColumnElement[bool]]) -> dict[str, int]:
    led = (
        select(func.count(Pilotship.user_id.distinct()))
        .join(Collective, Collective.id == Pilotship.collective_id)
        .where(*ours, Pilotship.meeting_id.is_(None))
        .correlate(None)
        .scalar_subquery()
    )
    columns = {
        "collectives": func.count(Collective.id),
        "departments": func.count(Collective.territory_id.distinct()),
        "pilots": led,
    }
    return dict(zip(columns, db.session.execute(select(*columns.values()).where(*ours)).one(), strict=True))


def _members(ours: list[ColumnElement[bool]]) -> dict[str, int]:
    columns = {
        "members": func.count(Membership.user_id.distinct()),
        "first_degree": _people(Membership.degree == Degree.FIRST),
        "second_degree": _people(Membership.degree == Degree.SECOND),
        "answered": _people(Membership.tutoring_years.is_not(None)),
        "new_tutors": _people(Membership.tutoring_years < 1),  # composition.is_new_tutor()
    }
    query = select(*columns.values()).join(Collective, Collective.id == Membership.collective_id)
    return dict(zip(columns, db.session.execute(query.where(*ours)).one(), strict=True))


def _meetings(ours: list[ColumnElement[bool]], now: datetime) -> dict[str, int]:
    is_planned = Meeting.cancelled_at.is_(None)
    is_held = is_planned & (Meeting.ends_at <= now)
    columns = {
        "planned": func.count(case((is_planned, 1))),
        "held": func.count(case((is_held, 1))),
        "cancelled": func.count(Meeting.cancelled_at),
        "minutes": whole(func.coalesce(func.sum(case((is_held, minutes()))), 0)),
    }
    query = select(*columns.values()).join(Collective, Collective.id == Meeting.collective_id)
    return dict(zip(columns, db.session.execute(query.where(*ours)).one(), strict=True))


def _people(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, Membership.user_id)).distinct())


def _presences(ours: list[ColumnElement[bool]], now: datetime) -> int:
    came = (
        select(func.count())
        .select_from(Attendance)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .join(Collective, Collective.id == Meeting.collective_id)
        .where(*ours, Attendance.state.in_(CAME), Meeting.cancelled_at.is_(None), Meeting.ends_at <= now)
    )
    return db.session.scalar(came) or 0


def _submitted(territory_ids: Collection[UUID], season: int) -> int:
    copies = select(func.count(SubmittedSheet.id)).where(
        SubmittedSheet.territory_id.in_(list(territory_ids)),
        SubmittedSheet.season == season,
        SubmittedSheet.withdrawn_at.is_(None),
        SubmittedSheet.replaced_at.is_(None),
    )
    return db.session.scalar(copies) or 0
