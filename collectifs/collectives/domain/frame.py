"""What a collective adds to its charter, in its own words: its frame, which it can always adjust.

An adjustment that changes what is asked of people holds once each has said yes; until then the former frame does. A
correction of words holds at once. Source: founding text 004, § 2 (« le cadre »); requirement of a living charter.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.seasons import season_ends_on

FRAME_LIMIT = 1500


class FrameState(StrEnum):
    """What became of an adjustment."""

    HOLDS = "holds"
    WAITS = "waits"
    REPLACED = "replaced"
    LEFT = "left"

    @property
    def label(self) -> str:
        """In the words of the page."""
        return {
            "holds": "en vigueur",
            "waits": "attend le oui de chaque personne",
            "replaced": "remplacé",
            "left": "abandonné",
        }[self.value]


@dataclass(frozen=True)
class Adjustment:
    """One text that was put to the collective, by its number; `yes`: who said yes to it."""

    id: UUID
    number: int
    text: str
    proposed_at: datetime
    yes: frozenset[UUID]
    agreed_at: datetime | None = None


@dataclass(frozen=True)
class Frame:
    """The adjustments of a collective, the oldest first, and its members under the charter."""

    adjustments: tuple[Adjustment, ...]
    members: frozenset[UUID]

    @property
    def holding(self) -> Adjustment | None:
        """The one that holds; None while the charter stands alone."""
        return next((each for each in reversed(self.adjustments) if each.agreed_at), None)

    @property
    def waiting(self) -> Adjustment | None:
        """The last one, while somebody has not said yes."""
        last = self.adjustments[-1] if self.adjustments else None
        return last if last and not last.agreed_at else None

    @property
    def text(self) -> str:
        """The words that hold; "" when the collective added none."""
        return self.holding.text if self.holding else ""

    def missing(self) -> int:
        """How many have not said yes to what waits; who they are is not told."""
        return len(self.members - self.waiting.yes) if self.waiting else 0

    def is_asked(self, user_id: UUID) -> bool:
        """Whether a yes of this person is awaited."""
        return self.waiting is not None and user_id in self.members - self.waiting.yes

    def state_of(self, one: Adjustment) -> FrameState:
        """What became of it."""
        if one == self.holding:
            return FrameState.HOLDS
        if one == self.waiting:
            return FrameState.WAITS
        return FrameState.REPLACED if one.agreed_at else FrameState.LEFT


def everybody_agrees(members: Set[UUID], yes: Set[UUID]) -> bool:
    """Whether each member under the charter has said yes."""
    return bool(members) and members <= yes


def check_frame(text: str, frame: Frame, season: int, today: date) -> None:
    """A text that fits, that changes something, in a season that is not over."""
    if today > season_ends_on(season):
        raise RuleBroken("La saison est finie : le cadre est effacé, et rien ne s’y ajoute.")
    if len(text) > FRAME_LIMIT:
        over = len(text) - FRAME_LIMIT
        raise RuleBroken(f"Ce texte dépasse {FRAME_LIMIT} caractères de {over} : raccourcissez-le.", "text")
    if text == frame.text and not frame.waiting:
        raise RuleBroken("Rien n’est changé : c’est déjà le cadre du collectif.", "text")


def check_is_asked(frame: Frame, number: int, user_id: UUID) -> Adjustment:
    """The adjustment to which somebody says yes: the one that they read. Refused when it is another by now."""
    waiting = frame.waiting
    if waiting is None or waiting.number != number:
        raise RuleBroken("Cet ajustement n’attend plus de oui : relisez le cadre.")
    if not frame.is_asked(user_id):
        raise RuleBroken("Vous avez déjà dit oui.")
    return waiting


def is_latest(number: int, adjustments: Sequence[Adjustment]) -> bool:
    """Whether a form was filled on the last text: what somebody else proposed meanwhile is not overwritten unseen."""
    return number == (adjustments[-1].number if adjustments else 0)
