"""The season of some territories, counted in SQL: a constant number of statements, whatever the size."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select

from collectifs.collectives.models import Collective, Meeting, Membership, Pilotship
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.attendance import CAME, minutes_between
from collectifs.meetings.models import Attendance
from collectifs.people.domain.person import Degree
from collectifs.report.domain.numbers import SeasonNumbers
from collectifs.sheets.models import SubmittedSheet


def season_numbers(territory_ids: Collection[UUID], season: int, now: datetime) -> SeasonNumbers:
    """What a season comes to at this instant."""
    ours = [Collective.territory_id.in_(list(territory_ids)), Collective.season == season]
    counted = {**_collectives(ours), **_members(ours), **_meetings(ours, now)}
    return SeasonNumbers(**counted, presences=_presences(ours, now), submitted=_submitted(territory_ids, season))


def _collectives(ours: list[ColumnElement[bool]]) -> dict[str, int]:
    collectives, departments = db.session.execute(
        select(func.count(Collective.id), func.count(Collective.territory_id.distinct())).where(*ours)
    ).one()
    pilots = select(func.count(Pilotship.user_id.distinct())).join(Collective, Collective.id == Pilotship.collective_id)
    led = db.session.scalar(pilots.where(*ours, Pilotship.meeting_id.is_(None)))
    return {"collectives": collectives, "departments": departments, "pilots": led or 0}


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
    spans = db.session.execute(
        select(Meeting.starts_at, Meeting.ends_at, Meeting.cancelled_at)
        .join(Collective, Collective.id == Meeting.collective_id)
        .where(*ours)
    ).all()
    planned = [each for each in spans if each.cancelled_at is None]
    held = [each for each in planned if each.ends_at <= now]
    return {
        "planned": len(planned),
        "held": len(held),
        "cancelled": len(spans) - len(planned),
        "minutes": sum(minutes_between(each.starts_at, each.ends_at) for each in held),
    }


def _people(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, Membership.user_id)).distinct())


def _presences(ours: list[ColumnElement[bool]], now: datetime) -> int:
    came = (
        select(func.count(Attendance.id))
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
