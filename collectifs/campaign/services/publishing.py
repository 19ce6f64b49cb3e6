"""Publishing a draft: its collectives are made, its people placed and invited; what they wished perishes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.domain.drafting import REST, DraftState, check_can_change, check_nothing_came_between
from collectifs.campaign.domain.work import PublishDraft
from collectifs.campaign.models.calls import Candidacy
from collectifs.campaign.queries.candidacies import RetainedCandidate, retained
from collectifs.campaign.queries.drafts import (
    CallFacts,
    OpenedDraft,
    call_row,
    candidacy_rows,
    draft_row,
    groups_of,
    town,
)
from collectifs.campaign.services.perishing import erase_wishes
from collectifs.collectives.models import Membership, MembershipStatus
from collectifs.collectives.queries.collectives import get_collective_facts, names_taken, open_membership
from collectifs.collectives.services.collectives import Composition, check_composition, create_collective
from collectifs.collectives.services.invitations import invite_people
from collectifs.collectives.services.newcomers import propose_person
from collectifs.composition.domain.moving import hard_faults
from collectifs.composition.domain.naming import of_commune
from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.text.folding import folded
from collectifs.kernel.text.typography import join_names
from collectifs.meetings.queries.meetings import has_met
from collectifs.people.domain.guests import Guest
from collectifs.people.domain.people import PastedPerson, normal_address
from collectifs.people.domain.person import Degree, Person
from collectifs.people.queries.people import guest_for, user_by_address


@dataclass(frozen=True)
class Planned:
    """A collective as it would be published: its letter, its name, who would pilot, who would be invited."""

    code: str
    name: str
    pilot: RetainedCandidate
    members: tuple[RetainedCandidate, ...]

    @property
    def people(self) -> tuple[RetainedCandidate, ...]:
        """Everybody, the pilot first."""
        return (self.pilot, *self.members)

    @property
    def degree(self) -> Degree | None:
        """The degree of all, None when both are there."""
        found = {each.degree for each in self.people}
        return found.pop() if len(found) == 1 else None


def planned(draft: OpenedDraft) -> list[Planned]:
    """What would be published: names and pilots as they were chosen, else those that are proposed.

    Raises RuleBroken with everything that keeps the draft from being published.
    """
    faults = hard_faults(draft.standing)
    problems = [f"{code} : {said}" for code, said in faults.items()] + _shared_addresses(draft)
    if problems or not draft.standing.described:
        raise RuleBroken(" ".join(problems) or "Ce brouillon ne tient aucun collectif.")
    taken = {folded(each) for each in names_taken(draft.facts.call.territory_id, draft.facts.call.season)}
    found = []
    for code, group in draft.standing.described.items():
        chosen, pilot_id = draft.chosen.get(code, ("", None))
        name = chosen or _free_name(town(group.venue.insee), taken)
        taken.add(folded(name))
        pilot = str(pilot_id) if str(pilot_id) in group.may_pilot else group.may_pilot[0]
        people = draft.composable.people
        members = tuple(people[each] for each in group.ids if each != pilot)
        found.append(Planned(code, name, people[pilot], members))
    return found


def _free_name(town: str, taken: set[str]) -> str:
    """« Autour de Marmande », « Autour de Marmande 2 »."""
    first = name = f"Autour {of_commune(town)}"
    number = 2
    while folded(name) in taken:
        name, number = f"{first} {number}", number + 1
    return name


def _shared_addresses(draft: OpenedDraft) -> list[str]:
    """Two people may share an address for a candidacy, not for an account."""
    at: dict[str, list[str]] = {}
    for each in draft.standing.group_of:
        person = draft.composable.people[each]
        at.setdefault(normal_address(person.address), []).append(person.name)
    return [
        f"{join_names(sorted(names))} ont la même adresse : il en faut une à chaque personne."
        for names in at.values()
        if len(names) > 1
    ]


def choose(draft: OpenedDraft, chosen: Mapping[str, tuple[str, UUID | None]], *, seen: int) -> None:
    """Keep the names and the pilots that a manager chose, by letter."""
    row = draft_row(draft.facts.id)
    if row is None:
        raise RuleBroken("Ce brouillon n’existe plus.")
    check_can_change(row.state, row.publishes_at)
    check_nothing_came_between(seen, row.sequence)
    for group in groups_of(row.id):
        name, pilot_id = chosen.get(group.code, ("", None))
        group.name = name.strip()[:80]
        able = draft.standing.described[group.code].may_pilot if group.code in draft.standing.described else ()
        group.pilot_id = pilot_id if str(pilot_id) in able else None
    db.session.flush()


def ask_publication(draft: OpenedDraft, *, waits: bool, seen: int, now: datetime, by: Person) -> None:
    """Say yes to what was shown: at once, or a day later, until when anybody of the service may take it back."""
    row = draft_row(draft.facts.id)
    if row is None:
        raise RuleBroken("Ce brouillon n’existe plus.")
    if row.state is DraftState.PUBLISHED or row.publishes_at is not None:
        return  # pressed twice: the first press counts
    check_can_change(row.state, row.publishes_at)
    check_nothing_came_between(seen, row.sequence)
    for each in _compositions(draft, now):
        check_composition(each, now=now, by=by)
    delay = REST if waits else REST * 0
    row.publishes_at, row.publishes_by_id, row.problem = now + delay, by.id, ""
    record("draft_to_publish", row, by=by)
    ask(PublishDraft(row.id), after_s=delay.total_seconds())


def take_back(draft: OpenedDraft, *, by: Person) -> None:
    """Do not publish, as long as nothing has left."""
    row = draft_row(draft.facts.id)
    if row is None or row.state is DraftState.PUBLISHED:
        raise RuleBroken("Les collectifs sont déjà publiés.")
    if row.publishes_at is not None:
        row.publishes_at = row.publishes_by_id = None
        record("draft_taken_back", row, by=by)


def publish(draft: OpenedDraft, *, now: datetime, by: Person) -> None:
    """Make the collectives, place their people, invite them; nobody's wishes can be read any more.

    Done twice, it is done once. Raises RuleBroken when somebody who left since keeps it from being published.
    """
    row = draft_row(draft.facts.id)
    if row is None or row.state is not DraftState.READY or row.publishes_at is None:
        return
    for plan, composition in zip(planned(draft), _compositions(draft, now), strict=True):
        collective = create_collective(composition, now=now, by=by)
        _place(plan.people, collective.id, now)
    row.state, row.published_at = DraftState.PUBLISHED, now
    erase_wishes(call_row(row.call_id))
    record("draft_published", row, by=by)


def _compositions(draft: OpenedDraft, now: datetime) -> list[Composition]:
    land = draft.facts.call.territory_id
    return [
        Composition(
            plan.name,
            land,
            plan.degree,
            _guest(plan.pilot, land, now),
            [_guest(each, land, now) for each in plan.members],
        )
        for plan in planned(draft)
    ]


def _guest(person: RetainedCandidate, territory_id: UUID, now: datetime) -> Guest:
    address = normal_address(person.address)
    return guest_for(PastedPerson("", person.given_name, person.family_name, address), territory_id, now.date())


def _place(people: Sequence[RetainedCandidate], collective_id: UUID, now: datetime) -> None:
    """Their candidacies are placed, and what they told follows them; each may change it on their own page."""
    rows = {row.id: row for row in candidacy_rows([each.id for each in people])}
    for each in people:
        user = user_by_address(normal_address(each.address))
        membership = open_membership(user.id, collective_id) if user else None
        if membership is not None:
            _tell(membership, each)
        _placed(rows[each.id], collective_id, now)


def _tell(membership: Membership, person: RetainedCandidate) -> None:
    membership.degree, membership.tutoring_years = person.degree, person.tutoring_years
    membership.school, membership.uai = person.school, person.uai
    membership.work_commune, membership.home_commune = town(person.work_insee), town(person.home_insee)
    membership.work_insee, membership.home_insee = person.work_insee, person.home_insee
    for status_id in person.status_ids:
        db.session.add(MembershipStatus(membership_id=membership.id, status_id=status_id))


def _placed(row: Candidacy, collective_id: UUID, now: datetime) -> None:
    row.state, row.placed_at, row.collective_id = CandidacyState.PLACED, now, collective_id


def welcome(call: CallFacts, who: UUID, collective_id: UUID, *, now: datetime, by: Person) -> bool:
    """Somebody who came once the collectives were published joins one where there is room; nobody else moves.

    Before its first meeting they are invited: True. After it, its pilot is asked first, and they stay retained: False.
    """
    person = next((each for each in retained(call.id) if each.id == who), None)
    collective = get_collective_facts(collective_id)
    if person is None or collective is None or collective.territory_id != call.territory_id:
        raise RuleBroken("Cette personne ou ce collectif n’est plus là.")
    guest = _guest(person, call.territory_id, now)
    if has_met(collective_id, now):
        propose_person(collective, guest.person, field="who", now=now, by=by)
        return False
    invite_people(collective, [guest], has_met=False, now=now, by=by)
    _place([person], collective_id, now)
    return True


def refuse_publication(draft_id: UUID, why: str) -> None:
    """What was to be published cannot be any more: the draft may be changed again, and says why."""
    row = draft_row(draft_id)
    if row is not None:
        row.publishes_at, row.problem = None, why[:300]
