"""Names as people paste them: broken accents mended, stray signs left out, given and family name told apart."""

import re
import unicodedata
from collections.abc import Sequence

import ftfy

from collectifs.kernel.text.folding import folded

MENDED_ACCENTS = "Accents réparés."
MENDED_SIGNS = "Signes retirés."
LOST_ACCENT = "Un accent s’est perdu (« \ufffd ») : réécrivez ce nom."

# No letter: control signs but the tabulation, what turns the writing round, what has no width, pictures.
_NO_LETTER = {"Cc", "Cf", "Cn", "Co", "Cs", "So"}
_OF_PICTURES = re.compile("[\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")


def repaired(text: str) -> tuple[str, bool]:
    """The text with its accents back where one encoding was read as another, and whether that was needed.

    UTF-8 read as Mac Roman, cp1252 or latin-1; a right name is left as it is.
    """
    composed = unicodedata.normalize("NFC", text)
    # Word by word too: one that is right would keep its neighbours broken.
    words = re.split('([\t ;,<>"\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff])', ftfy.fix_encoding(composed))
    mended = unicodedata.normalize("NFC", "".join(ftfy.fix_encoding(word) for word in words))
    return mended, mended != composed


def without_signs(text: str) -> tuple[str, bool]:
    """The text without pictures, control signs and signs without width, and whether there were any."""
    kept = "".join(_kept(char) for char in _OF_PICTURES.sub("", text))
    return kept, kept != text.removeprefix("\ufeff")


def _kept(char: str) -> str:
    """A letter as it is; what has no width leaves no space behind, it stood inside a word."""
    kind = unicodedata.category(char)
    if char == "\t" or kind not in _NO_LETTER:
        return char
    return "" if kind == "Cf" else " "


def titled(text: str) -> str:
    """« LE BIHAN » as « Le Bihan »; what is not all in capitals stays as it is."""
    if not text.isupper():
        return text
    return re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), text)


def name_from_address(address: str) -> tuple[str, str]:
    """« maud.lebihan@… » as Maud Lebihan, for want of better."""
    given, _, family = address.partition("@")[0].partition(".")
    return given.capitalize(), re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), family)


def family_stands_first(first: str, second: str, address: str) -> bool | None:
    """Which of two cells is the family name: the one in capitals, or as the address says. None: nothing tells."""
    if first.isupper() != second.isupper():
        return first.isupper()
    local = address.partition("@")[0]
    parts = [letters(part) for part in local.split(".")]
    one, two = letters(first), letters(second)
    straight, reversed_ = agrees(parts, one, two), agrees(parts, two, one)
    return None if straight == reversed_ else reversed_


def agrees(parts: Sequence[str], given: str, family: str) -> bool:
    """Whether « given.family » is what the parts of an address say, by either of its ends."""
    if len(parts) == 1:
        return parts[0] in (given, given + family, given[:1] + family)
    return parts[0] == given or family in (parts[-1], "".join(parts[1:]))


def letters(text: str) -> str:
    """The letters of a text, as two names are compared."""
    return re.sub(r"[\W\d_]+", "", folded(text))
