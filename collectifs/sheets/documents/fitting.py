"""The settings of type of a sheet, and which of them its page can hold: arithmetic on the widths of words, no layout.

The heights are those of document.css, which is set from the same numbers; what a layout then shows has the last word.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from collectifs.kernel.documents.type_widths import lines_of, word_widths

POINT_MM = 25.4 / 72
TEXT_MM, MARGIN_MM = 124, 36
TIGHT = -0.014  # between the letters of the question, in ems
SMALL, SMALL_LINE = 9.2, 1.35
TITLE_MM, SUBTITLE_MM, LEGEND_MM = (
    size * line * POINT_MM for size, line in ((15, 1.12), (12.5, 1.34), (2 * SMALL, SMALL_LINE))
)


@dataclass(frozen=True, slots=True)
class Fit:
    """One setting of the page: sizes of type in points, white in millimetres."""

    name: str
    question: float
    answer: float
    note: float
    gap: float
    turn: float
    top: float

    def css(self) -> str:
        """The setting as the variables that the style sheet reads."""
        points = f"--question: {self.question}pt; --answer: {self.answer}pt; --note: {self.note}pt;"
        return f":root {{ {points} --gap: {self.gap:.3f}mm; --turn: {self.turn:.3f}mm; --top: {self.top}mm }}"


AIRY = Fit("airy", question=33, answer=15.5, note=12, gap=10, turn=20, top=12)
ROOMY = Fit("roomy", question=28, answer=13.6, note=10.8, gap=7.5, turn=15, top=7)
PLAIN = Fit("plain", question=24.5, answer=12.2, note=10, gap=5.5, turn=11, top=3)
DENSE = Fit("dense", question=20, answer=10.8, note=9.5, gap=4, turn=8, top=0)


def _between(large: Fit, small: Fit) -> Fit:
    """Half-way between two settings; it goes by the name of the smaller one."""
    middle = {
        field: (getattr(large, field) + getattr(small, field)) / 2
        for field in ("question", "answer", "note", "gap", "turn", "top")
    }
    return replace(small, **middle)


LADDER = (AIRY, _between(AIRY, ROOMY), ROOMY, _between(ROOMY, PLAIN), PLAIN, _between(PLAIN, DENSE), DENSE)


@dataclass(frozen=True, slots=True)
class Spoken:
    """An answer as the page sets it: its words, its condition; `has_kind`: a word in the margin says which it is."""

    text: str
    condition: str
    has_kind: bool


class Matter:
    """The words of a sheet, measured once. `tags`: a label and its words; `links`: a line each."""

    def __init__(
        self, question: str, answers: Sequence[Spoken], tags: Sequence[tuple[str, str]], links: Sequence[str]
    ) -> None:
        self._question = word_widths(question, "Bold", TIGHT) if question else []
        self._answers = [
            (word_widths(each.text), word_widths(each.condition) if each.condition else [], each.has_kind)
            for each in answers
        ]
        self._tags = _tag_words(tags)
        self._links = [word_widths(each) for each in links]

    def fits_within(self, offered_mm: float) -> list[Fit]:
        """The settings to try, from the largest that seems to hold down to the smallest; this one at least."""
        holding = [fit for fit in LADDER if self._height(fit) <= offered_mm]
        return list(LADDER[LADDER.index(holding[0]) :]) if holding else [DENSE]

    def _height(self, fit: Fit) -> float:
        """How much of the page it takes, in millimetres."""
        answers = sum(self._answer(each, fit) for each in self._answers) + fit.gap * max(0, len(self._answers) - 1)
        turn = fit.turn + max(SUBTITLE_MM, LEGEND_MM + 0.6) + 1 + fit.gap * 0.7
        return self._opening(fit) + turn + answers + self._foot(fit)

    def _opening(self, fit: Fit) -> float:
        lines = lines_of(self._question, _ems(TEXT_MM, fit.question), "Bold", TIGHT) if self._question else 0
        text = SUBTITLE_MM + (2.5 + lines * fit.question * 1.17 * POINT_MM if lines else 0)
        return fit.top + max(text, TITLE_MM)

    def _answer(self, each: tuple[list[float], list[float], bool], fit: Fit) -> float:
        text, condition, has_kind = each
        line = fit.answer * 1.4 * POINT_MM
        notes = lines_of(condition, _ems(MARGIN_MM, fit.note)) * fit.note * 1.32 * POINT_MM if condition else 0
        return max(lines_of(text, _ems(TEXT_MM, fit.answer)) * line, notes + (line if has_kind else 0))

    def _foot(self, fit: Fit) -> float:
        column, line = _ems(TEXT_MM, SMALL), SMALL * SMALL_LINE * POINT_MM
        tags = 2 + fit.gap * 0.8 + lines_of(self._tags, column) * line if self._tags else 0
        lines = sum(lines_of(each, column) for each in self._links)
        return tags + (2 + max(lines, 2) * line if self._links else 0)  # its heading in the margin takes two


def _ems(width_mm: float, size: float) -> float:
    return width_mm / (size * POINT_MM)


def _tag_words(tags: Sequence[tuple[str, str]]) -> list[float]:
    """« **Dilemmes** dire ou faire chercher · **Domaines** … », as words of a line."""
    found: list[float] = []
    for number, (label, words) in enumerate(tags):
        bold = word_widths(label, "Bold")
        bold[-1] += 0.4
        found += [*(word_widths("·") if number else []), *bold, *word_widths(words)]
    return found
