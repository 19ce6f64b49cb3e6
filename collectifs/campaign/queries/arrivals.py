"""Those who are retained once the collectives are published: three that would welcome them, where nobody moves."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.models.calls import Candidacy
from collectifs.campaign.queries.candidacies import retained
from collectifs.campaign.queries.drafts import candidate_from, place_of
from collectifs.collectives.models import Collective
from collectifs.composition.domain.moving import Standing, proposals
from collectifs.composition.domain.people import Candidate, Territory
from collectifs.composition.domain.score import Weights
from collectifs.composition.domain.wording import sides_in_words
from collectifs.composition.queries.communes import communes
from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Degree


@dataclass(frozen=True)
class Welcome:
    """A collective that would welcome somebody: how long they would take, who it would be with them."""

    collective_id: UUID
    name: str
    minutes: int
    words: str


@dataclass(frozen=True)
class Arrival:
    """Somebody who is retained and stands in no collective yet."""

    id: UUID
    name: str
    welcomes: tuple[Welcome, ...]


def arrivals(call_id: UUID) -> list[Arrival]:
    """Everybody who came since, with three proposals each."""
    people = [(each, place_of(each)) for each in retained(call_id)]
    standing, names = published_standing(call_id) if people else (Standing(Territory(()), {}), {})
    return [
        Arrival(
            each.id, each.name, _welcomes(standing, names, candidate_from(str(each.id), each, place)) if place else ()
        )
        for each, place in people
    ]


def _welcomes(standing: Standing, names: dict[str, str], who: Candidate) -> tuple[Welcome, ...]:
    people = {**standing.people, who.id: who}
    return tuple(
        Welcome(
            UUID(code),
            names[code],
            round(group.minutes[-1]),
            f"{len(group.ids)} personnes : {sides_in_words([people[each] for each in group.ids])}.",
        )
        for code, group in proposals(standing, who, Weights())
    )


def published_standing(call_id: UUID) -> tuple[Standing, dict[str, str]]:
    """The collectives as their candidacies placed them, and their names; each has its pilot, whoever comes."""
    query = select(Candidacy, Collective.name).join(Collective, Collective.id == Candidacy.collective_id)
    placed = query.where(
        Candidacy.call_id == call_id, Candidacy.state == CandidacyState.PLACED, Candidacy.freed_at.is_(None)
    )
    people: list[Candidate] = []
    groups: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for row, name in db.session.execute(placed.order_by(Candidacy.id)):
        found = communes().get(row.work_insee) or communes().get(row.home_insee)
        if found is not None:
            new = not row.tutoring_years
            days = frozenset(row.half_days)
            people.append(Candidate(str(row.id), found.place, row.degree or Degree.FIRST, new, True, half_days=days))
            groups.setdefault(str(row.collective_id), []).append(str(row.id))
            names[str(row.collective_id)] = name
    return Standing(Territory(tuple(people)), groups), names
