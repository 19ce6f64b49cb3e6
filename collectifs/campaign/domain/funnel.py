"""What each partner brought: counted from the address given, never from a visit; nothing under five is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LEAST = 5
STAGES = ("started", "confirmed", "complete", "retained", "placed", "came")
MASKED = "moins de 5"


@dataclass(frozen=True)
class Brought:
    """What one partner brought, by stage; `DIRECT` for those who came by no link."""

    name: str
    numbers: Mapping[str, int]

    def shown(self) -> list[str]:
        """Each number in words. Under five nothing is told, noughts included; there is no total anywhere."""
        return [_masked(self.numbers.get(stage, 0)) for stage in STAGES]


DIRECT = "Lien direct"


def _masked(number: int) -> str:
    return str(number) if number >= LEAST else MASKED


def in_order(found: Iterable[Brought]) -> list[Brought]:
    """By name, the direct link last: an order by size would tell what is masked."""
    return sorted(found, key=lambda each: (each.name == DIRECT, each.name.casefold()))
