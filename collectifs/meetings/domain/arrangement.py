"""The steps of an agenda while they are being arranged: their order, and those taken out, still in their place.

What is taken out can be put back where it was: nothing is lost before the whole is saved.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.canvas import Step
from collectifs.meetings.domain.canvas_adapting import check_room_for_one_more, inserted, place_of, put_in_place

Steps = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Every step that can be seen, in order; `removed` holds the ids of those that are out."""

    steps: Steps
    removed: frozenset[str] = frozenset()

    @property
    def kept(self) -> Steps:
        """The agenda that it makes."""
        return tuple(step for step in self.steps if step.id not in self.removed)

    def moved(self, step_id: str, *, up: bool) -> "Arrangement":
        """One place earlier or later among those kept; at the end of the road it stays."""
        kept = self.kept
        place, step = place_of(kept, step_id) + (-1 if up else 1), kept[place_of(kept, step_id)]
        if not 0 <= place < len(kept):
            return self
        others = tuple(each for each in self.steps if each.id != step_id)
        there = place_of(others, kept[place].id)
        return replace(self, steps=inserted(others, step, there if up else there + 1))

    def without(self, step_id: str) -> "Arrangement":
        """A step less; one at least stays."""
        place_of(self.steps, step_id)
        return replace(self, removed=self.removed | {step_id}).checked()

    def with_back(self, step_id: str) -> "Arrangement":
        """A step that was out, in its place again."""
        place_of(self.steps, step_id)
        check_room_for_one_more(self.kept)
        return replace(self, removed=self.removed - {step_id})

    def checked(self) -> "Arrangement":
        """Itself, if an agenda may be so; else a refusal."""
        if not self.kept:
            raise RuleBroken("Un déroulé garde au moins une étape.")
        return self


def arrangement_of(steps: Steps, canvas_steps: Steps) -> Arrangement:
    """An agenda, and what its canvas has that it has no more."""
    here = {step.id for step in steps}
    out = [step.id for step in canvas_steps if step.id not in here]
    for step_id in out:
        steps = put_in_place(steps, canvas_steps, step_id)
    return Arrangement(steps, frozenset(out))


def as_asked(arrangement: Arrangement, order: Sequence[str], removed: Collection[str]) -> Arrangement:
    """The order that a page gives back. A step that this page did not know (it was added meanwhile) stays, after the
    one that it followed; one that it knew and that is gone is refused: its words are lost.
    """
    known = {step.id for step in arrangement.steps}
    asked = [each for each in dict.fromkeys(order) if each in known or each not in removed]
    steps: Steps = tuple(arrangement.steps[place_of(arrangement.steps, each)] for each in asked)
    before = ""
    for step in arrangement.steps:
        if step.id not in order:
            steps = inserted(steps, step, place_of(steps, before) + 1 if before else 0)
        before = step.id
    unseen_out = {each for each in arrangement.removed if each not in order}
    return Arrangement(steps, frozenset(known.intersection(removed) | unseen_out))
