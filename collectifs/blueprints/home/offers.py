"""One thing that the first page may put first."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Offer:
    """What to do, said in a title and a sentence, with its buttons. The lowest rank is the most pressing."""

    rank: int
    margin: Any
    title: str
    text: str
    actions: list[dict[str, str]]


def action(url: str, label: str, kind: str = "") -> dict[str, str]:
    """A button that leads somewhere."""
    return {"url": url, "label": label, "kind": kind}
