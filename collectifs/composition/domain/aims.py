"""In which order a territory wants things: what comes first wins. Six to ten people and a pilot stand before all."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from collectifs.composition.domain.score import Weights


class Aim(StrEnum):
    """What a draft looks for, once the hard rules hold."""

    ALONE = "alone"
    MIXED = "mixed"
    TOGETHER = "together"
    HALF_DAYS = "half_days"
    NEAR = "near"

    @property
    def label(self) -> str:
        """As the list of the page names it."""
        return {
            "alone": "Personne de seul",
            "mixed": "Collectifs mixtes",
            "together": "Souhaits réunis",
            "half_days": "Demi-journées",
            "near": "Trajets courts",
        }[self.value]


MIXED_FIRST = tuple(Aim)
NEAR_FIRST = (Aim.NEAR, Aim.ALONE, Aim.MIXED, Aim.TOGETHER, Aim.HALF_DAYS)
STEP = 1.7  # what a place in the list is worth against minutes


def order_read(said: Sequence[str]) -> tuple[Aim, ...]:
    """An order as it was kept or sent: each aim once, whatever is missing in its usual place at the end."""
    known = [Aim(each) for each in dict.fromkeys(said) if each in set(Aim)]
    return (*known, *(each for each in Aim if each not in known))


def raised(order: Sequence[Aim], aim: Aim, *, up: bool) -> tuple[Aim, ...]:
    """The order with one aim a place higher, or lower; at either end it stays."""
    place = order.index(aim)
    other = max(0, place - 1) if up else min(len(order) - 1, place + 1)
    found = list(order)
    found[place], found[other] = found[other], found[place]
    return tuple(found)


def order_in_words(order: Sequence[Aim]) -> str:
    """« personne de seul d’abord », « trajets courts d’abord »."""
    first = order[0].label
    return f"{first[0].lower()}{first[1:]} d’abord"


def weights_of(order: Sequence[Aim]) -> Weights:
    """Faults weigh more for each place that they stand before the minutes, and less for each after them."""
    usual, near = Weights(), order.index(Aim.NEAR)
    scale = {aim: STEP ** (near - place) for place, aim in enumerate(order)}
    return replace(
        usual,
        alone=usual.alone * scale[Aim.ALONE],
        one_sided=usual.one_sided * scale[Aim.MIXED],
        split=usual.split * scale[Aim.TOGETHER],
        half_day=usual.half_day * scale[Aim.HALF_DAYS],
        no_pilot=max(usual.no_pilot, 20 * usual.alone * max(scale.values())),
    )
