"""What a manager reads to decide, and what time finds to tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from collectifs.campaign.domain.candidacy import CandidacyState, HalfDay, WouldPilot
from collectifs.campaign.domain.needs import Count
from collectifs.campaign.models.calls import Call, Candidacy
from collectifs.campaign.queries.calls import CallAccess, get_call
from collectifs.composition.queries.finding import label_of
from collectifs.kernel.extensions import db
from collectifs.kernel.text.folding import folded
from collectifs.people.domain.person import Degree
from collectifs.people.models import Territory

UNFINISHED = (CandidacyState.STARTED, CandidacyState.CONFIRMED)
EXPERIENCED = 3


@dataclass(frozen=True)
class Looked:
    """What the list is filtered by; nothing said keeps all."""

    state: CandidacyState | None = CandidacyState.COMPLETE
    words: str = ""
    degree: Degree | None = None
    years: str = ""
    pilots: bool = False
    insee: str = ""


@dataclass(frozen=True)
class CandidacyAccess:
    """A candidacy with its call."""

    candidacy: Candidacy
    access: CallAccess

    @property
    def territory_id(self) -> UUID:
        """Where it is managed."""
        return self.access.territory_id


def candidacy_of(candidacy_id: UUID) -> CandidacyAccess | None:
    """One candidacy that its person has sent: before, and once withdrawn, nobody reads it but them."""
    row = db.session.scalars(
        select(Candidacy).where(Candidacy.id == candidacy_id).options(selectinload(Candidacy.partner))
    ).first()
    if row is None or row.state in (*UNFINISHED, CandidacyState.WITHDRAWN):
        return None
    access = get_call(row.call_id)
    return CandidacyAccess(row, access) if access else None


def sent_candidacies(call_id: UUID) -> list[Candidacy]:
    """All that were sent and not withdrawn, the oldest first."""
    query = (
        select(Candidacy)
        .where(Candidacy.call_id == call_id, Candidacy.state.not_in([*UNFINISHED, CandidacyState.WITHDRAWN]))
        .options(selectinload(Candidacy.partner))
    )
    return list(db.session.scalars(query.order_by(Candidacy.completed_at, Candidacy.id)))


def chosen(call_id: UUID, ids: Iterable[UUID]) -> list[Candidacy]:
    """Those of a call that were picked in its list, locked until they are answered."""
    query = select(Candidacy).where(Candidacy.call_id == call_id, Candidacy.id.in_(list(ids)))
    return list(db.session.scalars(query.order_by(Candidacy.id).with_for_update()))


def filtered(rows: Iterable[Candidacy], looked: Looked) -> list[Candidacy]:
    """Those that the filter keeps."""
    return [row for row in rows if _is_kept(row, looked)]


def _is_kept(row: Candidacy, looked: Looked) -> bool:
    years = row.tutoring_years or 0
    return (
        (looked.state is None or row.state is looked.state)
        and (not looked.words or folded(looked.words) in folded(f"{row.given_name} {row.family_name} {row.school}"))
        and (looked.degree is None or row.degree is looked.degree)
        and (looked.years != "0" or years == 0)
        and (looked.years != "3" or years >= EXPERIENCED)
        and (not looked.pilots or row.would_pilot in (WouldPilot.YES, WouldPilot.MAYBE))
        and (not looked.insee or looked.insee in (row.work_insee, row.home_insee))
    )


def doubles_among(rows: Iterable[Candidacy]) -> dict[UUID, list[Candidacy]]:
    """Those that are perhaps one person: the same address, or the same family name at the same school."""
    kept = list(rows)
    found: dict[UUID, list[Candidacy]] = {}
    for row in kept:
        alike = [other for other in kept if other.id != row.id and _are_alike(row, other)]
        if alike:
            found[row.id] = alike
    return found


def _are_alike(one: Candidacy, other: Candidacy) -> bool:
    if folded(one.family_name) != folded(other.family_name):
        return False
    return one.address == other.address or bool(one.school and folded(one.school) == folded(other.school))


def elsewhere(call: Call, rows: Iterable[Candidacy]) -> dict[UUID, list[str]]:
    """By candidacy, the other territories of the season in which the same person, of that address, has sent one."""
    mine = list(rows)
    query = (
        select(Candidacy, Territory.name)
        .join(Call, Call.id == Candidacy.call_id)
        .join(Territory, Territory.id == Call.territory_id)
        .where(
            Call.season == call.season,
            Call.kind == call.kind,
            Call.territory_id != call.territory_id,
            Candidacy.address.in_([row.address for row in mine if row.address]),
            Candidacy.state.not_in([*UNFINISHED, CandidacyState.WITHDRAWN]),
        )
        .order_by(Territory.name, Candidacy.id)
    )
    there: dict[tuple[str, str], list[str]] = {}
    for other, name in db.session.execute(query):
        there.setdefault(_who(other), []).append(name)
    return {row.id: list(dict.fromkeys(there[_who(row)])) for row in mine if _who(row) in there}


def _who(row: Candidacy) -> tuple[str, str]:
    """Two people may share an address."""
    return row.address, folded(f"{row.given_name} {row.family_name}")


def counts_by_state(call_id: UUID) -> dict[CandidacyState, int]:
    """How many stand where."""
    query = select(Candidacy.state, func.count()).where(Candidacy.call_id == call_id).group_by(Candidacy.state)
    rows = db.session.execute(query.order_by(Candidacy.state))
    return {row[0]: row[1] for row in rows}


def not_yet_told(call_id: UUID) -> list[Candidacy]:
    """Answered, and nobody was told: what « annuler » takes back."""
    query = select(Candidacy).where(
        Candidacy.call_id == call_id, Candidacy.tells_at.is_not(None), Candidacy.told_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(Candidacy.id)))


def to_tell(now: datetime) -> list[Candidacy]:
    """Answers whose mail is due."""
    query = select(Candidacy).where(Candidacy.tells_at <= now, Candidacy.told_at.is_(None))
    return list(db.session.scalars(query.order_by(Candidacy.tells_at, Candidacy.id)))


def calls_about_to_close(until: date, today: date) -> list[Call]:
    """Published calls that close soon, of which those who began were not told."""
    query = select(Call).where(
        Call.published_at.is_not(None),
        Call.paused_at.is_(None),
        Call.deadline_told_at.is_(None),
        Call.opens_on < today,
        Call.closes_on >= today,
        Call.closes_on <= until,
    )
    return list(db.session.scalars(query.order_by(Call.id)))


def unfinished_of(call_id: UUID) -> list[Candidacy]:
    """Those who proved their address and did not send; an address that nobody proved is not written to again."""
    query = select(Candidacy).where(Candidacy.call_id == call_id, Candidacy.state == CandidacyState.CONFIRMED)
    return list(db.session.scalars(query.order_by(Candidacy.id)))


def half_days_in_words(row: Candidacy) -> str:
    """« mercredi, vendredi après-midi », or « à discuter »."""
    by_day: dict[str, list[str]] = {}
    for each in sorted(map(HalfDay, row.half_days), key=list(HalfDay).index):
        by_day.setdefault(each.day, []).append(each.part)
    words = [day if len(parts) > 1 else f"{day} {parts[0]}" for day, parts in by_day.items()]
    return ", ".join(words) or "à discuter"


def commune_of(row: Candidacy) -> str:
    """Where they work."""
    return label_of(row.work_insee)


def count_of(call_id: UUID) -> Count:
    """Those who count for what is missing: sent, and neither declined nor withdrawn."""
    query = select(Candidacy.degree, Candidacy.would_pilot, func.count()).where(
        Candidacy.call_id == call_id,
        Candidacy.state.in_([CandidacyState.COMPLETE, CandidacyState.RETAINED, CandidacyState.PLACED]),
    )
    rows = list(
        db.session.execute(
            query.group_by(Candidacy.degree, Candidacy.would_pilot).order_by(Candidacy.degree, Candidacy.would_pilot)
        )
    )
    return Count(
        sum(number for degree, _, number in rows if degree is Degree.FIRST),
        sum(number for degree, _, number in rows if degree is Degree.SECOND),
        sum(number for _, pilots, number in rows if pilots is WouldPilot.YES),
    )


def candidacies_to_read(territory_ids: Iterable[UUID]) -> int:
    """How many were sent on these territories, and wait for an answer."""
    query = (
        select(func.count())
        .select_from(Candidacy)
        .join(Call, Call.id == Candidacy.call_id)
        .where(Call.territory_id.in_(list(territory_ids)), Candidacy.state == CandidacyState.COMPLETE)
    )
    return db.session.scalar(query) or 0
