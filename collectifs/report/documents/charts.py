"""Plain charts, drawn by the server: SVG without script, style or link, that says its finding to whoever cannot see it.

Figures stand at the end of each bar, the second series is hatched and what is masked is an outline: no colour is needed
to read them. A page shows the same numbers in a table below. Colours come from the style sheet (`.chart`), which knows
the dark theme, forced colours and print.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

LONGEST = 80  # per cent of the width: the figure stands after it
LABEL, BAR, BETWEEN, GAP = 22, 15, 5, 16  # pixels
MASKED = "moins de 5"


@dataclass(frozen=True)
class Bars:
    """A line of a chart: its words, and a value a series; None where it is masked."""

    label: str
    values: tuple[int | None, ...]


def bar_chart(name: str, title: str, finding: str, lines: Sequence[Bars]) -> str:
    """Bars one under another, at most three series: solid, hatched, outlined. Everything given is escaped.

    `name`: unique in the page; `finding`: what a reader would say of it.
    """
    most = max([value for line in lines for value in line.values if value] or [1])
    pieces, top = [], 0
    for line in lines:
        pieces.append(f'<text class="chart-label" x="0" y="{top + 16}">{escape(line.label)}</text>')
        top += LABEL
        for place, value in enumerate(line.values):
            pieces.append(_bar(name, value, place, most, top))
            top += BAR + BETWEEN
        top += GAP
    height = max(top - GAP, LABEL)
    return (
        f'<svg class="chart" width="100%" height="{height}" role="img" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(finding)}</desc>'
        f"{_hatching(name)}{''.join(pieces)}</svg>"
    )


def key_swatch(name: str, place: int) -> str:
    """The little square of a series, for the key above a chart."""
    fill = f' fill="url(#{name}-k)"' if place == 1 else ""
    pattern = _hatching(name, "k") if place == 1 else ""
    return (
        f'<svg class="chart-key" width="22" height="14" aria-hidden="true">{pattern}'
        f'<rect class="bar-{place + 1}"{fill} width="22" height="14"/></svg>'
    )


def _bar(name: str, value: int | None, place: int, most: int, top: int) -> str:
    text_top = top + BAR - 2
    if value is None:
        width = f"{min(4 / most, 1) * LONGEST:.1f}%"
        return (
            f'<rect class="bar-masked" x="0" y="{top}" width="{width}" height="{BAR}"/>'
            f'<text class="chart-few" x="{width}" dx="8" y="{text_top}">{MASKED}</text>'
        )
    width = f"{value / most * LONGEST:.1f}%"
    fill = f' fill="url(#{name}-h)"' if place == 1 else ""
    return (
        f'<rect class="bar-{place + 1}"{fill} x="0" y="{top}" width="{width}" height="{BAR}"/>'
        f'<text class="chart-value" x="{width}" dx="8" y="{text_top}">{value}</text>'
    )


def _hatching(name: str, letter: str = "h") -> str:
    return (
        f'<defs><pattern id="{name}-{letter}" width="6" height="6" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/>'
        '<rect class="hatch-line" width="3" height="6"/></pattern></defs>'
    )
