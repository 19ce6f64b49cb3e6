"""The season of a territory on paper: each meeting with its hours and how many came, then the hours of each person."""

from dataclasses import dataclass
from typing import NamedTuple

from collectifs.kernel.documents.press import Rendered, lay_out, template, write_pdf
from collectifs.kernel.documents.printing import printed


class MeetingRow(NamedTuple):
    """A meeting, already in words."""

    number: str
    day: str
    hours: str
    place: str
    came: str
    duration: str


@dataclass(frozen=True, slots=True)
class CollectiveRows:
    """A collective: its name, never with its code, its meetings, and how many hours in all."""

    name: str
    rows: tuple[MeetingRow, ...]
    total: str


class PersonRow(NamedTuple):
    """A person in a collective: meetings that they came to, and hours."""

    name: str
    collective: str
    meetings: str
    hours: str
    is_pilot: bool = False


@dataclass(frozen=True, slots=True)
class SeasonPaper:
    """What the paper says; counts only."""

    title: str
    issuer: str
    collectives: tuple[CollectiveRows, ...]
    people: tuple[PersonRow, ...]
    total: str


@printed
def season_pdf(paper: SeasonPaper) -> Rendered:
    """The list as PDF/UA-1, on as many pages as it takes, heads on each."""
    written = write_pdf(lay_out(template("season.html", paper=paper, foot="Lisible par : le service de formation.")))
    return Rendered(written.pdf, written.pages, "")
