"""Where tutoring is open, the programmes of a season, their tutors, their numbers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_ends_on, season_of
from collectifs.people.models import Territory, User
from collectifs.tutoring.models import Interview, Notebook, TutoredCode, TutoringOpening, TutoringProgramme


@dataclass(frozen=True)
class ProgrammeAccess:
    """A programme that lives, with its territory. `is_open`: whether anything may still be written."""

    programme: TutoringProgramme
    territory: Territory
    is_open: bool

    @property
    def id(self) -> UUID:
        """The id of the programme."""
        return self.programme.id

    @property
    def head_id(self) -> UUID | None:
        """Who heads it."""
        return self.programme.head_id

    @property
    def territory_id(self) -> UUID:
        """Where it is managed."""
        return self.territory.id

    @property
    def zone(self) -> ZoneInfo:
        """Where its days are counted."""
        return ZoneInfo(self.territory.timezone)

    @property
    def ends_on(self) -> date:
        """Until when it lives."""
        return season_ends_on(self.programme.season)


@dataclass(frozen=True)
class StaffedProgramme:
    """A programme with those who tutor in it today, for what they hand out."""

    programme: TutoringProgramme
    tutor_ids: frozenset[UUID]

    @property
    def head_id(self) -> UUID | None:
        """Who heads it."""
        return self.programme.head_id


@dataclass(frozen=True)
class TutorOf:
    """A volunteer of a programme, for its head: a name, no more."""

    notebook_id: UUID
    user_id: UUID
    name: str
    has_left: bool


@dataclass(frozen=True)
class TutorAccess:
    """A volunteer's place in a programme, for its head: it opens no notebook."""

    notebook: Notebook
    name: str
    programme: ProgrammeAccess

    @property
    def head_id(self) -> UUID | None:
        """Who heads the programme."""
        return self.programme.head_id


@dataclass(frozen=True)
class ProgrammeLine:
    """A programme for whoever manages its territory: who heads it, how many tutors; no other number."""

    id: UUID
    name: str
    school: str
    head: str
    tutors: int


def opening_of(territory: Territory) -> TutoringOpening | None:
    """By which act tutoring is open there, or on the académie above."""
    places = [territory.id, *([territory.parent_id] if territory.parent_id else [])]
    standing = select(TutoringOpening).where(TutoringOpening.closed_at.is_(None))
    return db.session.scalars(
        standing.where(TutoringOpening.territory_id.in_(places)).order_by(TutoringOpening.opened_at).limit(1)
    ).one_or_none()


def openings_on(territory_ids: Collection[UUID]) -> dict[UUID, TutoringOpening]:
    """The acts that stand, by territory."""
    standing = select(TutoringOpening).where(TutoringOpening.closed_at.is_(None))
    rows = db.session.scalars(
        standing.where(TutoringOpening.territory_id.in_(list(territory_ids))).order_by(TutoringOpening.id)
    )
    return {row.territory_id: row for row in rows}


def get_programme(programme_id: UUID) -> ProgrammeAccess | None:
    """A programme of the season that runs: the others are gone, tidied up or not."""
    row = db.session.get(TutoringProgramme, programme_id)
    if row is None or row.season < season_of(clock.now().date()):
        return None
    territory = db.session.get_one(Territory, row.territory_id)
    return ProgrammeAccess(row, territory, opening_of(territory) is not None)


def get_staffed_programme(programme_id: UUID) -> StaffedProgramme | None:
    """Such a programme, with those who tutor in it."""
    access = get_programme(programme_id)
    if access is None:
        return None
    staying = select(Notebook.user_id).where(Notebook.programme_id == programme_id, Notebook.left_at.is_(None))
    return StaffedProgramme(access.programme, frozenset(db.session.scalars(staying)))


def get_tutor(notebook_id: UUID) -> TutorAccess | None:
    """A volunteer's place, by the notebook that it holds."""
    found = db.session.execute(
        select(Notebook, User).join(User, User.id == Notebook.user_id).where(Notebook.id == notebook_id)
    ).one_or_none()
    programme = get_programme(found[0].programme_id) if found else None
    if found is None or programme is None:
        return None
    return TutorAccess(found[0], f"{found[1].given_name} {found[1].family_name}", programme)


def tutors_of(programme_id: UUID) -> list[TutorOf]:
    """The volunteers, by name."""
    rows = db.session.execute(
        select(Notebook, User)
        .join(User, User.id == Notebook.user_id)
        .where(Notebook.programme_id == programme_id)
        .order_by(User.family_name, User.given_name, Notebook.id)
    )
    return [
        TutorOf(row.id, user.id, f"{user.given_name} {user.family_name}", row.left_at is not None) for row, user in rows
    ]


def programmes_on(territory_id: UUID, season: int) -> list[ProgrammeLine]:
    """The programmes of a territory, by name, with how many tutors each has."""
    staying = (
        select(Notebook.programme_id, func.count().label("tutors"))
        .where(Notebook.left_at.is_(None))
        .group_by(Notebook.programme_id)
        .subquery()
    )
    rows = db.session.execute(
        select(TutoringProgramme, User, staying.c.tutors)
        .outerjoin(User, User.id == TutoringProgramme.head_id)
        .outerjoin(staying, staying.c.programme_id == TutoringProgramme.id)
        .where(TutoringProgramme.territory_id == territory_id, TutoringProgramme.season == season)
        .order_by(TutoringProgramme.name, TutoringProgramme.id)
    )
    return [
        ProgrammeLine(
            row.id, row.name, row.school, f"{head.given_name} {head.family_name}" if head else "", number or 0
        )
        for row, head, number in rows
    ]


def people_counts(programme_id: UUID) -> tuple[int, int]:
    """How many codes stand in the notebooks of a programme, and of how many the guardians were told."""
    counts = select(func.count(), func.count(TutoredCode.told_on))
    query = counts.select_from(TutoredCode).join(Notebook, Notebook.id == TutoredCode.notebook_id)
    people, told = db.session.execute(query.where(Notebook.programme_id == programme_id)).one()
    return people, told


def interviews_by_month(programme_id: UUID) -> dict[date, int]:
    """How many interviews were held in each month that has one, by the first of the month."""
    days = db.session.scalars(
        select(Interview.held_on)
        .join(TutoredCode, TutoredCode.id == Interview.code_id)
        .join(Notebook, Notebook.id == TutoredCode.notebook_id)
        .where(Notebook.programme_id == programme_id)
        .order_by(Interview.held_on)
    )
    found: dict[date, int] = {}
    for day in days:
        month = day.replace(day=1)
        found[month] = found.get(month, 0) + 1
    return found


def programme_ids_before(season: int) -> list[UUID]:
    """Programmes of seasons that are over."""
    query = select(TutoringProgramme.id).where(TutoringProgramme.season < season)
    return list(db.session.scalars(query.order_by(TutoringProgramme.id)))


def programmes_headed_by(user_id: UUID) -> list[TutoringProgramme]:
    """What somebody heads, whatever the season."""
    query = select(TutoringProgramme).where(TutoringProgramme.head_id == user_id)
    return list(db.session.scalars(query.order_by(TutoringProgramme.id)))
