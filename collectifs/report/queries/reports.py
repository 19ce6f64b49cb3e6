"""The report of a territory for a season: its numbers, frozen or as they stand, and what the management adds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from collectifs.collectives.models import Collective
from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Person, Role
from collectifs.people.models import Territory
from collectifs.report.domain.numbers import SeasonNumbers
from collectifs.report.domain.questionnaire import Box, results_from
from collectifs.report.models import SeasonReport
from collectifs.report.queries.numbers import season_numbers
from collectifs.report.queries.questionnaire import box_of


@dataclass(frozen=True)
class Report:
    """What a page shows of a season. `box` is None while people may still answer: no answer is seen to arrive."""

    territory: Territory
    season: int
    numbers: SeasonNumbers
    frozen_at: datetime | None
    wanted: int | None
    words: str
    box: Box | None


def get_territory(territory_id: UUID) -> Territory | None:
    """A territory."""
    return db.session.get(Territory, territory_id)


def report_of(territory: Territory, season: int, now: datetime, today: date) -> Report:
    """The report, with its frozen numbers where they are."""
    row = report_row(territory.id, season)
    numbers = SeasonNumbers.read(row.numbers) if row and row.numbers is not None else None
    return Report(
        territory,
        season,
        numbers if numbers is not None else season_numbers([territory.id], season, now),
        row.frozen_at if row else None,
        row.wanted if row else None,
        row.words if row else "",
        box_of([territory.id], season) if today >= results_from(season) else None,
    )


def report_row(territory_id: UUID, season: int) -> SeasonReport | None:
    """The row of a report, once it has one."""
    query = select(SeasonReport).where(SeasonReport.territory_id == territory_id, SeasonReport.season == season)
    return db.session.scalars(query).first()


def seasons_of(territory_id: UUID, present: int) -> Sequence[int]:
    """The seasons of a territory that has collectives, the latest first; the present one when it has none."""
    query = select(Collective.season).where(Collective.territory_id == territory_id).distinct()
    return db.session.scalars(query.order_by(Collective.season.desc())).all() or [present]


def to_freeze(today: date) -> list[tuple[UUID, int]]:
    """The territories and seasons that are over and whose numbers are not frozen yet."""
    query = (
        select(Collective.territory_id, Collective.season)
        .outerjoin(
            SeasonReport,
            (SeasonReport.territory_id == Collective.territory_id) & (SeasonReport.season == Collective.season),
        )
        .where(SeasonReport.frozen_at.is_(None))
        .distinct()
        .order_by(Collective.season, Collective.territory_id)
    )
    return [(row.territory_id, row.season) for row in db.session.execute(query) if results_from(row.season) <= today]


def territories_of(person: Person) -> list[Territory]:
    """The territories of collectives that somebody manages or inspects, by code."""
    held = person.territories(Role.MANAGER) | person.territories(Role.INSPECTOR)
    with_collectives = select(Collective.territory_id)
    query = select(Territory).where(Territory.id.in_(held), Territory.id.in_(with_collectives))
    return list(db.session.scalars(query.order_by(Territory.code)))
