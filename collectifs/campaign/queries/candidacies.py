"""Candidacies: one, those of a call, those that may be composed, and what their people wish."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from collectifs.campaign.domain.candidacy import CandidacyState, HalfDay, WishKind, WouldPilot
from collectifs.campaign.domain.kinds import CallKind
from collectifs.campaign.models.calls import Call, Candidacy, CandidacyLink, CandidacyStatus, Wish
from collectifs.collectives.domain.composition import is_new_tutor
from collectifs.kernel.extensions import db
from collectifs.kernel.text.folding import folded
from collectifs.kernel.vault import Perished, Tampered
from collectifs.kernel.vault.texts import note_closed, open_text
from collectifs.people.domain.person import Degree
from collectifs.people.queries.people import hashed


@dataclass(frozen=True)
class RetainedCandidate:
    """What composing, and then publishing, need of somebody whom the manager retained."""

    id: UUID
    given_name: str
    family_name: str
    address: str
    degree: Degree
    tutoring_years: int
    work_insee: str
    home_insee: str
    school: str
    uai: str
    district: str
    supervises: str
    would_pilot: WouldPilot
    qualifications: tuple[str, ...]
    half_days: frozenset[HalfDay]
    status_ids: tuple[UUID, ...]

    @property
    def name(self) -> str:
        """Given name, then family name."""
        return f"{self.given_name} {self.family_name}"

    @property
    def is_new(self) -> bool:
        """Whether the first year of tutoring goes on."""
        return is_new_tutor(self.tutoring_years)

    @property
    def pilots(self) -> bool:
        """Whether they said yes to piloting; « peut-être » is talked about first."""
        return self.would_pilot is WouldPilot.YES


@dataclass(frozen=True)
class OpenedWishes:
    """Pairs of candidacies of a call: who asked for each other, who stays apart. The composer alone reads it."""

    together: frozenset[frozenset[UUID]] = frozenset()
    apart: frozenset[frozenset[UUID]] = frozenset()


def retained(call_id: UUID) -> list[RetainedCandidate]:
    """Those whom the manager retained, in a fixed order: a draft is made of them."""
    query = select(Candidacy).where(*_are_retained(call_id))
    return candidates_among(db.session.scalars(query.order_by(Candidacy.id)))


def count_retained(call_id: UUID) -> int:
    """How many they are."""
    return db.session.scalar(select(func.count()).select_from(Candidacy).where(*_are_retained(call_id))) or 0


def _are_retained(call_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return Candidacy.call_id == call_id, Candidacy.state == CandidacyState.RETAINED


def candidates_among(found: Iterable[Candidacy]) -> list[RetainedCandidate]:
    """What composing needs of these people, in their order."""
    rows = list(found)
    statuses = statuses_of(row.id for row in rows)
    return [_retained(row, statuses[row.id]) for row in rows]


def _retained(row: Candidacy, statuses: Iterable[UUID]) -> RetainedCandidate:
    return RetainedCandidate(
        row.id,
        row.given_name,
        row.family_name,
        row.address,
        row.degree or Degree.FIRST,
        row.tutoring_years or 0,
        row.work_insee,
        row.home_insee,
        row.school,
        row.uai,
        row.district,
        row.supervises,
        row.would_pilot or WouldPilot.NO,
        tuple(row.qualifications),
        frozenset(map(HalfDay, row.half_days)),
        tuple(statuses),
    )


def statuses_of(candidacy_ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """The statuses of the people whom each accompanies."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    query = select(CandidacyStatus).where(CandidacyStatus.candidacy_id.in_(list(candidacy_ids)))
    for row in db.session.scalars(query.order_by(CandidacyStatus.candidacy_id, CandidacyStatus.status_id)):
        found[row.candidacy_id].append(row.status_id)
    return found


def get_candidacy(candidacy_id: UUID) -> Candidacy | None:
    """One candidacy."""
    return db.session.get(Candidacy, candidacy_id)


def kind_of(row: Candidacy) -> CallKind:
    """What the call of a candidacy asks people for."""
    return db.session.get_one(Call, row.call_id).kind


def candidacies_at(address: str) -> list[Candidacy]:
    """Those at an address, the oldest first: two people may share one."""
    query = select(Candidacy).where(Candidacy.address == address)
    return list(db.session.scalars(query.order_by(Candidacy.started_at, Candidacy.id)))


def wishes_of(call_id: UUID, among: Iterable[RetainedCandidate]) -> OpenedWishes:
    """What candidates wish about one another, between those who are retained. None once they have perished.

    Together counts when both ask for it; apart wins over together. A shared address means its first candidacy.
    """
    at: dict[str, UUID] = {}
    for each in sorted(among, key=lambda each: str(each.id)):
        at.setdefault(folded(each.address), each.id)
    known = set(at.values())
    asked: dict[WishKind, set[tuple[UUID, UUID]]] = {kind: set() for kind in WishKind}
    query = select(Wish).join(Candidacy, Candidacy.id == Wish.candidacy_id).where(Candidacy.call_id == call_id)
    for row in db.session.scalars(query.order_by(Wish.id)):
        kind, address = wish_words(row) or (WishKind.TOGETHER, "")
        other = at.get(folded(address))
        if other is not None and other != row.candidacy_id and row.candidacy_id in known:
            asked[kind].add((row.candidacy_id, other))
    apart = frozenset(frozenset(pair) for pair in asked[WishKind.APART])
    together = asked[WishKind.TOGETHER]
    mutual = frozenset(frozenset(pair) for pair in together if (pair[1], pair[0]) in together)
    return OpenedWishes(mutual - apart, apart)


def wish_words(row: Wish) -> tuple[WishKind, str] | None:
    """What a wish asks, and about whom; None once it has perished, or when it does not open."""
    try:
        body = json.loads(open_text(row, Wish.body))
    except Perished:
        return None
    except Tampered:
        note_closed(Wish.body)
        return None
    return WishKind(body["kind"]), str(body["address"])


def calls_with_wishes_before(season: int) -> list[Call]:
    """Calls of earlier seasons whose wishes were not destroyed yet."""
    query = select(Call).where(Call.season < season, Call.wishes_key_id.is_not(None))
    return list(db.session.scalars(query.order_by(Call.id)))


def ids_of_candidacies(call_id: UUID) -> Select[UUID]:
    """The ids of the candidacies of a call, for a condition."""
    return select(Candidacy.id).where(Candidacy.call_id == call_id)


def ids_of_candidacies_before(season: int) -> Select[UUID]:
    """The ids of the candidacies of earlier seasons, for a condition."""
    return select(Candidacy.id).join(Call, Call.id == Candidacy.call_id).where(Call.season < season)


def same_candidacy(call_id: UUID, address: str, name: str) -> Candidacy | None:
    """The candidacy of this very person to a call, unless it was withdrawn: two people may share an address."""
    query = select(Candidacy).where(
        Candidacy.call_id == call_id, Candidacy.address == address, Candidacy.state != CandidacyState.WITHDRAWN
    )
    rows = db.session.scalars(query.order_by(Candidacy.started_at, Candidacy.id))
    return next((row for row in rows if folded(f"{row.given_name} {row.family_name}") == folded(name)), None)


def candidacy_for_token(token: str) -> tuple[Candidacy, CandidacyLink] | None:
    """The candidacy that a link opens, with the link."""
    query = select(Candidacy, CandidacyLink).join(CandidacyLink, CandidacyLink.candidacy_id == Candidacy.id)
    row = db.session.execute(query.where(CandidacyLink.token_hash == hashed(token))).first()
    return (row[0], row[1]) if row else None


def wishes_told(candidacy_id: UUID) -> list[tuple[WishKind, str]]:
    """The wishes of one candidacy, for its own person."""
    query = select(Wish).where(Wish.candidacy_id == candidacy_id).order_by(Wish.id)
    return [said for said in map(wish_words, db.session.scalars(query)) if said]


def withdrawn_before(today: date) -> list[Candidacy]:
    """Those withdrawn before today that still know an address: the mail that says so could not leave."""
    query = select(Candidacy).where(Candidacy.state == CandidacyState.WITHDRAWN, Candidacy.address != "")
    rows = db.session.scalars(query.order_by(Candidacy.id))
    return [row for row in rows if row.withdrawn_at is not None and row.withdrawn_at.date() < today]


def half_days_told(collective_id: UUID) -> list[frozenset[str]]:
    """The half-days of each person placed in a collective who told any (« mercredi après-midi »); nobody is named."""
    query = select(Candidacy.half_days).where(
        Candidacy.collective_id == collective_id, Candidacy.state == CandidacyState.PLACED
    )
    rows = db.session.scalars(query.order_by(Candidacy.id))
    return [frozenset(HalfDay(each).label for each in told) for told in rows if told]
