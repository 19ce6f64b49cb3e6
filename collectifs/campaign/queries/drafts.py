"""Drafts of collectives: those of a call, one as it stands, what the worker is to compose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from sqlalchemy import Select, func, select

from collectifs.campaign.domain.drafting import DraftState, Hand, digest_of
from collectifs.campaign.domain.lacking import lacking
from collectifs.campaign.models.calls import Call, Candidacy
from collectifs.campaign.models.drafts import CallTravel, Draft, DraftGroup, DraftMove, DraftPlace
from collectifs.campaign.queries.calls import COMPOSES
from collectifs.campaign.queries.candidacies import RetainedCandidate, count_retained, retained, wishes_of
from collectifs.composition.domain.aims import Aim, order_read, weights_of
from collectifs.composition.domain.moving import Standing
from collectifs.composition.domain.paths import Barrier, minutes_by_road
from collectifs.composition.domain.people import Candidate, Territory, Wishes
from collectifs.composition.domain.score import Weights
from collectifs.composition.domain.travel import Minutes, Place, imported
from collectifs.composition.queries.communes import communes
from collectifs.composition.queries.finding import commune_named
from collectifs.kernel.extensions import db
from collectifs.people.models import Territory as Land
from collectifs.people.queries.people import names_of

MOST_SHOWN = 8


@dataclass(frozen=True)
class CallFacts:
    """The call for which one composes."""

    id: UUID
    territory_id: UUID
    territory_name: str
    season: int
    number: int


@dataclass(frozen=True)
class DraftFacts:
    """A draft without its people."""

    id: UUID
    call: CallFacts
    number: int
    state: DraftState
    aims: tuple[Aim, ...]
    progress: int
    asked_at: datetime
    ready_at: datetime | None
    publishes_at: datetime | None
    published_at: datetime | None
    sequence: int
    digest: str
    problem: str
    begun_from_id: UUID | None

    @property
    def territory_id(self) -> UUID:
        """Where it is managed."""
        return self.call.territory_id

    @property
    def weights(self) -> Weights:
        """What each fault costs in this order."""
        return weights_of(self.aims)

    @property
    def is_changed(self) -> bool:
        """Whether it may be changed by hand now."""
        return self.state is DraftState.READY and self.publishes_at is None


@dataclass(frozen=True)
class HandFacts:
    """Something changed by hand: what, whom, from where to where, by whom."""

    sequence: int
    hand: Hand
    candidacy_id: UUID
    from_code: str
    to_code: str
    at: datetime
    by: str
    is_undone: bool


@dataclass(frozen=True)
class Composable:
    """What is to be composed: the people as the rules know them, and who cannot be placed on a map."""

    territory: Territory
    people: Mapping[str, RetainedCandidate]
    unplaced: tuple[str, ...]

    @cached_property
    def names(self) -> dict[str, str]:
        """Everybody's name, by id."""
        return {id_: each.name for id_, each in self.people.items()}


@dataclass(frozen=True)
class OpenedDraft:
    """A draft with its people, as the page shows it."""

    facts: DraftFacts
    composable: Composable
    standing: Standing
    pinned: frozenset[str]
    chosen: Mapping[str, tuple[str, UUID | None]]
    is_stale: bool

    @property
    def names(self) -> dict[str, str]:
        """Everybody's name, by id."""
        return self.composable.names

    @cached_property
    def left_out(self) -> list[str]:
        """The ids of those who stand in no collective: they came since."""
        return [each for each in self.standing.people if each not in self.standing.group_of]


def get_call_to_compose(call_id: UUID) -> CallFacts | None:
    """A call of which collectives are made, with how many people were retained."""
    row = db.session.execute(
        select(Call, Land.name).join(Land, Land.id == Call.territory_id).where(Call.id == call_id, COMPOSES)
    ).one_or_none()
    return _call(row[0], row[1]) if row else None


def _call(call: Call, name: str) -> CallFacts:
    return CallFacts(call.id, call.territory_id, name, call.season, count_retained(call.id))


def calls_to_compose(territory_ids: frozenset[UUID], season: int) -> list[CallFacts]:
    """The calls of the season on these territories, by name."""
    query = select(Call, Land.name).join(Land, Land.id == Call.territory_id)
    mine = query.where(Call.territory_id.in_(sorted(territory_ids)), Call.season == season, COMPOSES)
    return [_call(call, name) for call, name in db.session.execute(mine.order_by(Land.name, Call.id))]


def draft_row(draft_id: UUID) -> Draft | None:
    """The row itself, for services and the worker, as it is now."""
    return db.session.get(Draft, draft_id, populate_existing=True)


def get_draft(draft_id: UUID) -> DraftFacts | None:
    """A draft without its people."""
    row = db.session.get(Draft, draft_id)
    call = get_call_to_compose(row.call_id) if row else None
    return _facts(row, call) if row and call else None


def drafts_of(call: CallFacts) -> list[DraftFacts]:
    """The latest drafts of a call."""
    query = select(Draft).where(Draft.call_id == call.id).order_by(Draft.number.desc()).limit(MOST_SHOWN)
    return [_facts(row, call) for row in db.session.scalars(query)]


def _facts(row: Draft, call: CallFacts) -> DraftFacts:
    return DraftFacts(
        row.id,
        call,
        row.number,
        row.state,
        order_read(row.aims),
        row.progress,
        row.asked_at,
        row.ready_at,
        row.publishes_at,
        row.published_at,
        row.sequence,
        row.digest,
        row.problem,
        row.begun_from_id,
    )


def next_number(call_id: UUID) -> int:
    """The number of the next draft of a call."""
    return (db.session.scalar(select(func.max(Draft.number)).where(Draft.call_id == call_id)) or 0) + 1


def composable(call_id: UUID, minutes: Minutes | None = None) -> Composable:
    """Those who were retained and their wishes; `minutes` as they were reckoned, else the crow's."""
    people = {str(each.id): each for each in retained(call_id)}
    places = {id_: place_of(each) for id_, each in people.items()}
    known = {id_: place for id_, place in places.items() if place is not None}
    opened = wishes_of(call_id, people.values())
    wishes = Wishes(_pairs(opened.together, known), _pairs(opened.apart, known))
    candidates = tuple(candidate_from(id_, people[id_], place) for id_, place in known.items())
    land = Territory(candidates, wishes, minutes.between) if minutes else Territory(candidates, wishes)
    return Composable(land, people, tuple(each.name for id_, each in people.items() if id_ not in known))


def place_of(person: RetainedCandidate) -> Place | None:
    """Where somebody sets out from: the commune of work, else that of home; None when neither is known."""
    known = communes()
    found = known.get(person.work_insee) or known.get(person.home_insee)
    return found.place if found else None


def town(insee: str) -> str:
    """The name of a commune, with its article; its code when it is not known, nothing for none."""
    found = communes().get(insee)
    return found.name if found else insee


def code_of(said: str) -> str:
    """The code of a commune, given by its name or by its code. Raises RuleBroken."""
    return said if said in communes() else commune_named(said, "barriers")


def _pairs(pairs: frozenset[frozenset[UUID]], known: Mapping[str, Place]) -> frozenset[frozenset[str]]:
    said = {frozenset(map(str, pair)) for pair in pairs}
    return frozenset(pair for pair in said if pair <= set(known))


def candidate_from(id_: str, person: RetainedCandidate, place: Place) -> Candidate:
    """Somebody as the rules know them: no name."""
    return Candidate(
        id_,
        place,
        person.degree,
        person.is_new,
        person.pilots,
        person.district,
        person.supervises,
        frozenset(each.value for each in person.half_days),
    )


def digest_for(found: Composable, call_id: UUID) -> str:
    """The mark of everything that a draft is made of."""
    people = sorted(
        (
            *(each.id, each.place.insee, each.degree.value, each.is_new, each.pilots, each.circonscription),
            *(each.supervises, *sorted(each.half_days)),
        )
        for each in found.territory.people
    )
    wishes = found.territory.wishes
    pairs = [sorted(sorted(pair) for pair in family) for family in (wishes.together, wishes.apart)]
    travel = travel_of(call_id)
    return digest_of((people, pairs, travel.barriers if travel else [], travel.measured if travel else []))


def travel_of(call_id: UUID) -> CallTravel | None:
    """What the territory knows of its roads."""
    return db.session.get(CallTravel, call_id)


def reckoned_minutes(found: Composable, call_id: UUID) -> Minutes:
    """The minutes between the communes of these people: ways and barriers, then what was measured."""
    travel, known = travel_of(call_id), communes()
    barriers: Sequence[Barrier] = [(frozenset(one), frozenset(two)) for one, two in (travel.barriers if travel else [])]
    places = sorted({each.place for each in found.territory.people}, key=lambda each: each.insee)
    by_road = minutes_by_road(places, known, barriers)
    measured = {(one, two): float(minute) for one, two, minute in (travel.measured if travel else [])}
    return Minutes.reckoned(places, imported(by_road.between, measured)) if measured else by_road


def minutes_kept(row: Draft) -> Minutes | None:
    """The minutes as they were reckoned for a draft; None before."""
    return Minutes.read(row.codes, row.minutes) if row.codes else None


def open_draft(facts: DraftFacts) -> OpenedDraft:
    """With its people, where they stand."""
    row = db.session.get_one(Draft, facts.id)
    found = composable(facts.call.id, minutes_kept(row))
    places = places_of(facts.id)
    groups = groups_of(facts.id)
    empty: dict[str, list[str]] = {each.code: [] for each in groups}
    standing = Standing(found.territory, empty | _by_code(places))
    return OpenedDraft(
        facts,
        found,
        standing,
        frozenset(str(each.candidacy_id) for each in places if each.is_pinned),
        {each.code: (each.name, each.pilot_id) for each in groups},
        bool(facts.digest) and digest_for(found, facts.call.id) != facts.digest,
    )


def _by_code(places: Sequence[DraftPlace]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in sorted(places, key=lambda each: (len(each.code), each.code, str(each.candidacy_id))):
        found.setdefault(each.code, []).append(str(each.candidacy_id))
    return found


def places_of(draft_id: UUID) -> list[DraftPlace]:
    """Where everybody stands."""
    query = select(DraftPlace).where(DraftPlace.draft_id == draft_id)
    return list(db.session.scalars(query.order_by(DraftPlace.candidacy_id)))


def groups_of(draft_id: UUID) -> list[DraftGroup]:
    """The collectives of a draft, by letter: Z before AA."""
    query = select(DraftGroup).where(DraftGroup.draft_id == draft_id)
    return list(db.session.scalars(query.order_by(func.length(DraftGroup.code), DraftGroup.code)))


def last_move(draft_id: UUID) -> DraftMove | None:
    """The last thing changed by hand that still holds."""
    return next(iter(holding_moves(draft_id)), None)


def holding_moves(draft_id: UUID, since: int = 0) -> list[DraftMove]:
    """What was changed by hand after that count and still holds, the latest first."""
    query = select(DraftMove).where(
        DraftMove.draft_id == draft_id, DraftMove.undone_at.is_(None), DraftMove.sequence > since
    )
    return list(db.session.scalars(query.order_by(DraftMove.sequence.desc())))


def moves_since(draft_id: UUID, sequence: int = 0) -> list[HandFacts]:
    """What was changed by hand after that count, the latest first."""
    query = select(DraftMove).where(DraftMove.draft_id == draft_id, DraftMove.sequence > sequence)
    rows = list(db.session.scalars(query.order_by(DraftMove.sequence.desc())))
    names = names_of({row.moved_by_id for row in rows if row.moved_by_id})
    return [
        HandFacts(
            row.sequence,
            row.hand,
            row.candidacy_id,
            row.from_code,
            row.to_code,
            row.moved_at,
            names.get(row.moved_by_id, "") if row.moved_by_id else "",
            row.undone_at is not None,
        )
        for row in rows
    ]


def candidacy_rows(ids: Sequence[UUID]) -> list[Candidacy]:
    """The candidacies that are placed at publication."""
    return list(db.session.scalars(select(Candidacy).where(Candidacy.id.in_(ids)).order_by(Candidacy.id)))


def call_row(call_id: UUID) -> Call:
    """The call itself."""
    return db.session.get_one(Call, call_id)


def ids_of_drafts_before(season: int) -> Select[UUID]:
    """The ids of the drafts of earlier seasons, for a condition."""
    return select(Draft.id).join(Call, Call.id == Draft.call_id).where(Call.season < season)


def what_lacks(call_id: UUID) -> list[str]:
    """What is missing to open one collective more, by the latest draft that is composed; nothing without one."""
    query = select(Draft).where(Draft.call_id == call_id, Draft.state == DraftState.READY)
    row = db.session.scalars(query.order_by(Draft.number.desc()).limit(1)).first()
    facts = get_draft(row.id) if row else None
    return [each.in_words(town(each.insee)) for each in lacking(open_draft(facts).standing)[:3]] if facts else []
