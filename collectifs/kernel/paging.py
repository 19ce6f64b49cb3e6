"""Long lists are read a page at a time; an address says which one, counted from 1."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

PAGE = 50
Line = TypeVar("Line")


@dataclass(frozen=True)
class Place:
    """Where one stands in a list of `total` lines: which page of how many. A page past the last is the last.

    `size`: how many lines a page has; fewer than PAGE where each line brings others with it.
    """

    page: int
    total: int
    size: int = PAGE

    @classmethod
    def asked(cls, typed: str, total: int, size: int = PAGE) -> "Place":
        """What an address asks for; anything else is the first page."""
        number = int(typed) if typed.isdecimal() and len(typed) < 6 else 1
        return cls(min(max(1, number), max(1, -(-total // size))), total, size)

    def of(self, lines: Sequence[Line]) -> Sequence[Line]:
        """The lines of this page, of all of them."""
        return lines[(self.page - 1) * self.size : self.page * self.size]

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.size))

    @property
    def words(self) -> str:
        """« Page 2 sur 12 »; nothing when there is but one."""
        return f"Page {self.page} sur {self.last}" if self.last > 1 else ""
