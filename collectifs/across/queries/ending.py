"""What ends about people and their collectives by time alone, and still lies there: rows of kernel/retention.py."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Subquery,
    Table,
    and_,
    case,
    cast,
    extract,
    func,
    or_,
    select,
    union_all,
)

from collectifs.collectives.models import Collective, Meeting, Membership, Pilotship
from collectifs.kernel.endings import first_season_kept, is_told_of_the_end
from collectifs.kernel.extensions import Base, db
from collectifs.kernel.models import ERASED
from collectifs.kernel.seasons import season_of
from collectifs.meetings.models import SynthesisSheet
from collectifs.people.models import GrantedRole, User
from collectifs.sheets.models import SubmittedSheet


def quiet_accounts(today: date) -> list[tuple[User, int]]:
    """Accounts whose end is near or past, each with its last season: nobody invited, named or entrusted them since."""
    newest = season_of(today)
    while not is_told_of_the_end(newest, today):
        newest -= 1
    seasons = _seasons()
    last = func.max(seasons.c.season)
    rows = db.session.execute(
        select(User, last)
        .join(seasons, seasons.c.user_id == User.id)
        .where(User.erased_at.is_(None))
        .group_by(User.id)
        .having(last <= newest)
        .order_by(User.id)
    )
    return [(user, season) for user, season in rows]


def told_accounts() -> list[User]:
    """Accounts whose end was told and has not come."""
    told = select(User).where(User.ends_on.is_not(None), User.erased_at.is_(None))
    return list(db.session.scalars(told.order_by(User.id)))


def _seasons() -> Subquery:
    """In which seasons somebody had an account, a role, a collective: a row for each."""
    return union_all(
        select(User.id.label("user_id"), _season(User.created_at).label("season")),
        select(GrantedRole.user_id, _season(func.coalesce(GrantedRole.revoked_at, GrantedRole.ends_on))),
        *(
            select(each.user_id, Collective.season).join(Collective, Collective.id == each.collective_id)
            for each in (Membership, Pilotship)
        ),
    ).subquery()


def _season(day: Any) -> ColumnElement[int]:
    """The season of a column's day, as `season_of` tells it."""
    return cast(extract("year", day), Integer) - case((extract("month", day) >= 9, 0), else_=1)


# What puts a name on papers that are kept: to have been in a collective, or to have led one.
PAPERS = (Membership.user_id, Pilotship.user_id)


def unnamed_on(columns: Iterable[Any]) -> ColumnElement[bool]:
    """The condition of an account that none of these columns names."""
    return and_(*(~select(column).where(column == User.id).correlate(User).exists() for column in columns))


def copies_of_seasons_past(today: date) -> list[SubmittedSheet]:
    """Submitted copies that still hold a text when their whole collective goes."""
    return list(
        db.session.scalars(
            select(SubmittedSheet)
            .join(SynthesisSheet, SynthesisSheet.id == SubmittedSheet.sheet_id)
            .join(Meeting, Meeting.id == SynthesisSheet.meeting_id)
            .join(Collective, Collective.id == Meeting.collective_id)
            .where(_is_past(today), SubmittedSheet.body != ERASED)
            .order_by(SubmittedSheet.id)
        )
    )


def meetings_before(season: int) -> Select[Any]:
    """The ids of the meetings of earlier seasons, as a question inside another."""
    return select(Meeting.id).join(Collective, Collective.id == Meeting.collective_id).where(Collective.season < season)


def meetings_to_empty(today: date) -> list[Meeting]:
    """Meetings of seasons that are over which still say how to get in, or what was adapted, or who took notes."""
    says = (Meeting.access_note != "", Meeting.spare_link != "")
    holds = (Meeting.note_taker_id.is_not(None), Meeting.prepared_at.is_not(None), Collective.steps.is_not(None))
    query = select(Meeting).join(Collective, Collective.id == Meeting.collective_id)
    return list(
        db.session.scalars(query.where(Collective.season < season_of(today), or_(*says, *holds)).order_by(Meeting.id))
    )


def memberships_to_empty(now: datetime) -> list[Membership]:
    """Those who have left, or whose season is over, and of whom more than a name and a degree is kept."""
    is_over = or_(Membership.ends_at <= now, Collective.season < season_of(now.date()))
    holds = or_(*(getattr(Membership, name) != "" for name in GIVEN), Membership.tutoring_years.is_not(None))
    query = select(Membership).join(Collective, Collective.id == Membership.collective_id)
    return list(db.session.scalars(query.where(is_over, holds).order_by(Membership.id)))


GIVEN = ("phone", "school", "uai", "work_commune", "home_commune", "work_insee", "home_insee", "setting")


def has_past_seasons(today: date) -> bool:
    """Whether any collective is of a season that is over for good."""
    return db.session.scalar(select(select(Collective.id).where(_is_past(today)).exists())) or False


def _is_past(today: date) -> ColumnElement[bool]:
    return Collective.season < first_season_kept(today)


def rows_of_past_seasons(today: date) -> list[tuple[Table, ColumnElement[bool]]]:
    """Every table that belongs to a collective with the condition of the rows to delete, those that point first."""
    old = select(Collective.id).where(_is_past(today)).scalar_subquery()
    conditions: dict[Table, ColumnElement[bool]] = {}
    for table in Base.metadata.sorted_tables:
        if table.name == Collective.__tablename__:
            conditions[table] = Collective.id.in_(old)
            continue
        held = [
            key.parent.in_(select(key.column).where(conditions[key.column.table]))
            for key in table.foreign_keys
            if key.column.table in conditions
        ]
        if held:
            conditions[table] = or_(*held)
    return list(reversed(conditions.items()))


def mentions_of_users() -> list[Any]:
    """Every column that names an account."""
    return [
        key.parent
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == User.__tablename__
    ]
