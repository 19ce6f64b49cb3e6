"""What the pages of a draft show, from the draft as it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from collectifs.campaign.documents.draft_map import DraftMap, draft_map
from collectifs.campaign.domain.drafting import DraftState
from collectifs.campaign.queries.drafts import DraftFacts, HandFacts, OpenedDraft, moves_since, open_draft, town
from collectifs.composition.domain import wording
from collectifs.composition.domain.aims import order_in_words
from collectifs.composition.domain.moving import Effect, effects, hard_faults, proposals
from collectifs.composition.domain.naming import of_commune
from collectifs.composition.domain.people import Candidate
from collectifs.composition.domain.score import Group
from collectifs.kernel import clock
from collectifs.people.domain.person import Degree

MOST_EFFECTS = 8
SIDES = ((Degree.FIRST, "1er degré"), (Degree.SECOND, "2d degré"))


@dataclass(frozen=True)
class Target:
    """A collective into which somebody could be moved: what it would change, in words."""

    code: str
    title: str
    minutes: int
    change: str
    is_better: bool
    said: tuple[str, ...]
    is_refused: bool


@dataclass(frozen=True)
class Somebody:
    """A person of a collective, as its table shows them."""

    id: str
    name: str
    town: str
    minutes: int
    is_far: bool
    is_pinned: bool
    pilots: bool


class DraftPage:
    """A draft as its page shows it; each part is made when the template first looks at it."""

    def __init__(self, facts: DraftFacts, who: UUID | None = None, towards: str = "") -> None:
        self.facts, self.who, self.towards = facts, str(who) if who else "", towards
        self.order = order_in_words(facts.aims)
        self.is_composing = facts.state is DraftState.COMPOSING
        self.is_impossible = facts.state is DraftState.IMPOSSIBLE
        self.is_published = facts.state is DraftState.PUBLISHED

    @property
    def is_publishing(self) -> bool:
        """Whether the worker is making its collectives, or is about to."""
        at = self.facts.publishes_at
        return at is not None and at <= clock.now() and not self.is_published

    @cached_property
    def draft(self) -> OpenedDraft:
        """The draft with its people."""
        return open_draft(self.facts)

    @property
    def codes(self) -> list[str]:
        """The letters of the collectives that hold somebody."""
        return list(self.draft.standing.described)

    @property
    def has_groups(self) -> bool:
        """Whether there is anything to show: it was composed, and its people are still there."""
        return not (self.is_composing or self.is_impossible or self.is_published) and bool(self.codes)

    @cached_property
    def headline(self) -> str:
        """« Six collectifs pour 52 personnes ; … »."""
        return wording.headline(self.draft.standing)

    @cached_property
    def journeys(self) -> str:
        """The mean, nineteen in twenty, the longest."""
        return wording.journeys_in_words(self.draft.standing)

    @cached_property
    def fails(self) -> list[str]:
        """What does not hold, and why."""
        return wording.what_fails(self.draft.standing, self.draft.names, town)

    @cached_property
    def prices(self) -> list[tuple[str, str]]:
        """What each family of wishes costs."""
        return wording.prices(self.draft.standing)

    @cached_property
    def faults(self) -> dict[str, str]:
        """What keeps it from being published."""
        return hard_faults(self.draft.standing)

    @cached_property
    def map(self) -> DraftMap | None:
        """The map."""
        return draft_map(self.draft.standing, town)

    @cached_property
    def moves(self) -> list[HandFacts]:
        """What was changed by hand, the latest first."""
        return moves_since(self.facts.id)

    @property
    def to_undo(self) -> HandFacts | None:
        """The last change that still holds."""
        return next((each for each in self.moves if not each.is_undone), None)

    def group(self, code: str) -> Group:
        """A collective."""
        return self.draft.standing.described[code]

    def title(self, code: str) -> str:
        """« A · Port-Aubier »."""
        return f"{code} · {town(self.group(code).venue.insee)}"

    def around(self, code: str) -> str:
        """« du Passage »: where a collective would meet, after « autour »."""
        return of_commune(town(self.group(code).venue.insee))

    def words(self, code: str) -> str:
        """A collective in words."""
        return wording.group_in_words(self.group(code), self.draft.standing, town)

    def pilots(self, code: str) -> str:
        """Who may pilot it."""
        return wording.pilots_in_words(self.group(code), self.draft.standing, self.draft.names)

    def rows(self, code: str) -> list[tuple[str, list[Somebody], list[Somebody]]]:
        """The people of a collective: by degree, those who begin and the others."""
        people = self.draft.standing.people
        found = []
        for degree, label in SIDES:
            here = [each for each in self.group(code).ids if people[each].degree is degree]
            halves = ([each for each in here if people[each].is_new is begins] for begins in (True, False))
            new, used = ([self._somebody(each) for each in half] for half in halves)
            found.append((label, new, used))
        return found

    def _somebody(self, id_: str) -> Somebody:
        draft = self.draft
        minutes = draft.standing.minutes[id_]
        place, is_far = town(draft.standing.people[id_].place.insee), minutes > wording.FAR
        pinned, pilots = id_ in draft.pinned, draft.standing.people[id_].pilots
        return Somebody(id_, draft.names[id_], place, round(minutes), is_far, pinned, pilots)

    def comings(self, code: str) -> str:
        """« Port-Aubier (4, 6 min), La Grève (2, 14 min) »: for the table that says the same as the map."""
        group, found = self.group(code), dict[str, tuple[int, float]]()
        for each, minute in zip(group.ids, group.minutes, strict=True):
            name = town(self.draft.standing.people[each].place.insee)
            found[name] = (found.get(name, (0, 0))[0] + 1, minute)
        near = sorted(found.items(), key=lambda each: (each[1][1], each[0]))
        return ", ".join(f"{name} ({number}, {round(minute)} min)" for name, (number, minute) in near)

    def longest(self, code: str) -> int:
        """The longest journey of a collective."""
        return round(max(self.group(code).minutes))

    @property
    def worst(self) -> int:
        """The longest journey of all."""
        return round(max(self.draft.standing.minutes.values(), default=0))

    @property
    def one_sided(self) -> int:
        """How many collectives lack a side, or have somebody alone."""
        return sum(bool(each.one_sided or each.alone) for each in self.draft.standing.described.values())

    # Moving somebody

    @cached_property
    def moved(self) -> Candidate | None:
        """The person whom one would move."""
        return self.draft.standing.people.get(self.who) if self.facts.is_changed else None

    @property
    def here(self) -> str:
        """Where they stand."""
        return self.draft.standing.group_of.get(self.who, "")

    @cached_property
    def targets(self) -> list[Target]:
        """Where they could go, the best first."""
        if self.moved is None:
            return []
        if not self.here:
            return [self._welcome(code, group) for code, group in self._proposed()]
        found = effects(self.draft.standing, self.who, self.facts.weights)
        return [self._target(each) for each in found]

    def _proposed(self) -> Sequence[tuple[str, Group]]:
        assert self.moved is not None  # noqa: S101  for mypy: the caller asked
        return proposals(self.draft.standing, self.moved, self.facts.weights)

    def _welcome(self, code: str, group: Group) -> Target:
        people = [self.draft.standing.people[each] for each in group.ids]
        said = f"{len(people)} personnes : {wording.sides_in_words(people)}."
        return Target(code, self.title(code), round(group.minutes[-1]), "", True, (said,), is_refused=False)

    def _target(self, effect: Effect) -> Target:
        return Target(
            effect.code,
            self.title(effect.code),
            round(effect.after),
            wording.change_in_words(effect.before, effect.after),
            effect.after < effect.before,
            tuple(wording.effect_in_words(effect, self.draft.standing, self.draft.names)),
            bool(effect.refused),
        )

    @property
    def shown(self) -> list[Target]:
        """The best of them, and the one towards which somebody was dragged."""
        best = self.targets[:MOST_EFFECTS]
        asked = [each for each in self.targets[MOST_EFFECTS:] if each.code == self.towards]
        return [*asked, *best]

    @property
    def others(self) -> list[Target]:
        """Those that a list is enough for."""
        shown = {each.code for each in self.shown}
        return [each for each in self.targets if each.code not in shown and not each.is_refused]


def draft_page(facts: DraftFacts, who: UUID | None = None, towards: str = "") -> DraftPage:
    """The page of a draft."""
    return DraftPage(facts, who, towards)
