"""What a summons needs: who is expected at which meeting to come, where they work. The home commune is not in it."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from collectifs.collectives.models import Collective, Meeting, Membership
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_label
from collectifs.kernel.text.typography import join_names
from collectifs.meetings.domain.attendance import half_days, hours_as_number, minutes_between
from collectifs.meetings.domain.convocation import Column, columns_from
from collectifs.meetings.queries.attendance import pilots_at
from collectifs.people.models import Territory, User
from collectifs.people.queries.contacts import scheme_of


def convocation_columns(territory_id: UUID) -> tuple[Column, ...]:
    """The columns of a territory; its académie's when it chose none; the usual ones failing both."""
    territory = db.session.get_one(Territory, territory_id)
    kept = territory.convocation_columns
    if not kept and territory.parent_id:
        kept = db.session.get_one(Territory, territory.parent_id).convocation_columns
    return columns_from(kept or [])


def convocation_facts(collective_id: UUID, now: datetime) -> list[dict[str, Any]]:
    """One line for each present member and each meeting to come, meeting by meeting, by family name."""
    collective = db.session.get_one(Collective, collective_id)
    territory = db.session.get_one(Territory, collective.territory_id)
    members, scheme = _members(collective_id, now), scheme_of(territory.id)
    named = {
        "title": scheme.title,
        "organizer": scheme.organizer,
        "scheme_number": scheme.number,
        "module_number": scheme.module,
    }
    return [
        {**named, **_of_meeting(meeting, collective, territory), **_of_person(user, membership, pilots)}
        for meeting in _to_come(collective_id, now)
        for pilots in [set(pilots_at(meeting, meeting.starts_at.astimezone(ZoneInfo(territory.timezone)).date()))]
        for user, membership in members
    ]


def _members(collective_id: UUID, now: datetime) -> list[tuple[User, Membership]]:
    rows = db.session.execute(
        select(User, Membership)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.collective_id == collective_id,
            Membership.starts_at <= now,
            or_(Membership.ends_at.is_(None), Membership.ends_at > now),
        )
        .order_by(User.family_name, User.given_name, User.id)
    )
    return [(user, membership) for user, membership in rows]


def _to_come(collective_id: UUID, now: datetime) -> list[Meeting]:
    query = select(Meeting).where(
        Meeting.collective_id == collective_id, Meeting.starts_at > now, Meeting.cancelled_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(Meeting.starts_at)))


def _of_person(user: User, membership: Membership, pilots: set[UUID]) -> dict[str, Any]:
    return {
        "family_name": user.family_name,
        "given_name": user.given_name,
        "address": user.address,
        "uai": membership.uai,
        "school": membership.school,
        "work_commune": membership.work_commune,
        "degree": membership.degree.label if membership.degree else "",
        "part": "pilote" if user.id in pilots else "membre",
    }


def _of_meeting(meeting: Meeting, collective: Collective, territory: Territory) -> dict[str, Any]:
    zone = ZoneInfo(territory.timezone)
    starts, ends = meeting.starts_at.astimezone(zone), meeting.ends_at.astimezone(zone)
    return {
        "collective": collective.name,
        "code": collective.code,
        "number": meeting.number,
        "day": starts.date(),
        "half_day": join_names(half_days(starts, ends)),
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "hours": hours_as_number(minutes_between(starts, ends)),
        "place": meeting.place,
        "commune": meeting.commune,
        "territory": territory.name,
        "season": season_label(collective.season),
    }
