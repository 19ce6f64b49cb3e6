"""How wide words are in the packaged typeface, and how many lines they take: arithmetic, in place of a layout."""

import io
from functools import cache
from importlib import resources

from collectifs.kernel.later import Later

font_tools = Later("fontTools.ttLib")
UNKNOWN = 0.6  # of an em: a sign that another typeface will draw


@cache
def _widths(face: str) -> dict[int, float]:
    """The width of each sign of a face, in ems."""
    file = resources.files("fontpkg_atkinson_hyperlegible") / "files" / f"AtkinsonHyperlegible-{face}.ttf"
    font = font_tools.TTFont(io.BytesIO(file.read_bytes()), lazy=True)
    ems, advances = font["head"].unitsPerEm, font["hmtx"].metrics
    return {sign: advances[name][0] / ems for sign, name in font.getBestCmap().items()}


def word_widths(text: str, face: str = "Regular", spacing: float = 0) -> list[float]:
    """The width of each word of a text, in ems; `spacing` is added to each sign."""
    widths = _widths(face)
    return [sum(widths.get(ord(sign), UNKNOWN) + spacing for sign in word) for word in text.split(" ")]


def lines_of(words: list[float], width: float, face: str = "Regular", spacing: float = 0) -> int:
    """How many lines such words take in a column of `width` ems; one that is wider than the column is cut."""
    space = _widths(face)[0x20] + spacing
    lines, left = 1, width
    for word in words:
        if word <= left:
            left -= word + space
            continue
        more = max(1, -int(-word // width)) if left < width else max(0, -int(-word // width) - 1)
        lines += more
        left = width - (word - width * int(word // width) if word > width else word) - space
    return lines
