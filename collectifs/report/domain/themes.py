"""What a territory works on: how many of its transmitted sheets are filed under each dilemma, concern, domain.

A count under five is masked. No total stands beside it that would give it back: a sheet is filed under several things,
a page is of one territory, and its counts are not cut by other dates or degrees than those shown. Under ten sheets
nothing is counted at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from collectifs.kernel.text.typography import count
from collectifs.meetings.domain.tags import Axis
from collectifs.people.domain.person import Degree
from collectifs.report.domain.questionnaire import FEWEST

FEWEST_SHEETS = 10
BOTH = "les deux"


@dataclass(frozen=True)
class Filed:
    """How many sheets of a month and a degree (None: of both) are filed under one thing."""

    axis: Axis
    code: str
    month: date
    degree: Degree | None
    number: int


@dataclass(frozen=True)
class Line:
    """One thing of a list, and a count a column: None where it is masked."""

    label: str
    counts: tuple[int | None, ...]


@dataclass(frozen=True)
class Grid:
    """A table of counts. `left_out`: how many things of the list have no count to show."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    left_out: int

    @property
    def finding(self) -> str:
        """« « Faut-il… ? » vient en tête : 19 fiches. »: what a reader would say of it."""
        cells = [(number, line.label, place) for line in self.lines for place, number in enumerate(line.counts)]
        found = [(number, label, place) for number, label, place in cells if number]
        if not found:
            return "Rien n’y atteint cinq fiches."
        number, label, place = max(found, key=lambda each: each[0])
        where = f" ({self.columns[place]})" if len(self.columns) > 1 else ""
        return f"« {label} » vient en tête : {count(number, 'fiche', feminine=True)}{where}."


def by_degree(axis: Axis, filed: Iterable[Filed]) -> Grid:
    """How many sheets of each degree; the columns are the degrees that there are, the things most filed under first."""
    rows = [each for each in filed if each.axis is axis]
    degrees = [degree for degree in (Degree.FIRST, Degree.SECOND, None) if any(each.degree is degree for each in rows)]
    numbers = {
        code: [sum(each.number for each in rows if each.code == code and each.degree is degree) for degree in degrees]
        for code in axis.choices
    }
    columns = tuple(degree.label if degree else BOTH for degree in degrees)
    return _grid(axis, columns, numbers)


def by_month(axis: Axis, filed: Iterable[Filed], months: Sequence[date], names: Sequence[str]) -> Grid:
    """How many sheets of each month, all degrees together: of what no count is masked, here or by degree.

    Months and degrees add up to the same number: a masked count beside a whole line could be found again.
    """
    rows = [each for each in filed if each.axis is axis]
    numbers = {
        code: [sum(each.number for each in rows if each.code == code and each.month == month) for month in months]
        for code in axis.choices
    }
    whole = {line.label for line in by_degree(axis, rows).lines if None not in line.counts}
    grid = _grid(axis, tuple(names), numbers)
    lines = tuple(line for line in grid.lines if line.label in whole and None not in line.counts)
    return Grid(grid.title, grid.columns, lines, len(numbers) - len(lines))


def _grid(axis: Axis, columns: tuple[str, ...], numbers: Mapping[str, Sequence[int]]) -> Grid:
    """Lines whose counts are all masked or nought are left out, and counted together."""
    shown = {code: values for code, values in numbers.items() if any(value >= FEWEST for value in values)}
    ordered = sorted(shown, key=lambda code: (-max(shown[code]), list(axis.choices).index(code)))
    lines = tuple(
        Line(axis.choices[code], tuple(None if 0 < value < FEWEST else value for value in shown[code]))
        for code in ordered
    )
    return Grid(axis.label, columns, lines, len(numbers) - len(shown))
