"""Accents lost between two code pages of eight bits: seen in a word, and put back when one word alone can be meant."""

import re

PAGES = ("cp1252", "mac_roman", "cp850")
MENDED = "Un accent s’était perdu en route : vérifiez ce nom."
MAYBE = "Un accent s’est peut-être perdu en route : vérifiez ce nom."
LOST = "Un accent s’est perdu en route : réécrivez ce nom."
FRENCH = frozenset("abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûüÿœæ'’-.")
_WORDS = re.compile(r"([\s;,<>\"()\[\]|]+)")
# Letters that French hardly has, or not there: a doubt, when another reading makes a French word of it.
_RARE = re.compile(r"[áäåãíìñóòöõøúæÃÄ]|[âœ]$|(?<=[aeio])â|^[ß-öø-ÿ]|(?<=[A-Z])[ß-öø-ÿ](?=[A-Z])")
# A capital with an accent after a small letter; a sign, a line of a frame or a control against a letter; « Jos? ».
_SIGNS = r"€\u0080-\u009f‚„…†‡ˆ‰‹›“”•™¡¢£¤¥¦§¨©¬®¯±¶¸¿×÷\u2500-\u259fƒ"
_CAPITAL_INSIDE = re.compile(r"(?<=[a-zß-öø-ÿ])[ŠŒŽŸÀ-ÖØ-Þ]|(?<=[A-Z])[À-ÖØ-Þ](?=[a-zß-öø-ÿ])|(?<=[a-zß-öø-ÿ])‘")
_LETTER = r"[^\W\d_]"
_SIGN = re.compile(
    rf"(?<={_LETTER})[{_SIGNS}]|[{_SIGNS}](?={_LETTER})|(?<={_LETTER})[«»](?={_LETTER})|(?<=[a-z])þ(?=[a-z])"
)
_QUESTION = re.compile(r"(?<=[^\W\d_])\?(?=[^\W\d_])|(?<=[^\W\d_])\?$")


def put_back(text: str) -> tuple[str, str]:
    """The text with what can be put back, and the sentence about it, if any: MENDED, MAYBE or LOST."""
    said, parts = "", _WORDS.split(text)
    for place, word in enumerate(parts):
        if "@" in word or not (_is_broken(word) or _RARE.search(word)):
            continue
        meant = _meant(word)
        if not _is_broken(word):
            said = said or (MAYBE if meant else "")
        elif len(meant) == 1:
            parts[place], said = meant.pop(), said or MENDED
        else:
            said = LOST
    return "".join(parts), said


def _is_broken(word: str) -> bool:
    if word.startswith("=?"):
        return False
    return any(pattern.search(word) for pattern in (_CAPITAL_INSIDE, _SIGN, _QUESTION))


def _meant(word: str) -> set[str]:
    """Every French word that one page written and another read would show so."""
    pairs = [(read, wrote) for read in PAGES for wrote in PAGES if read != wrote]
    found = {_read_again(word, read, wrote) for read, wrote in pairs}
    return {each for each in found if each and _is_french(each, word)}


def _is_french(word: str, shown: str) -> bool:
    """Letters of French alone, no more apostrophes than were shown, no accent on a small letter that begins."""
    is_more_cut = word.count("’") + word.count("'") > shown.count("’") + shown.count("'")
    begins_well = word[0].isascii() or word[0].isupper()
    return set(word.lower()) <= FRENCH and begins_well and not (is_more_cut or _is_broken(word) or _RARE.search(word))


def _read_again(word: str, read: str, wrote: str) -> str:
    try:
        return b"".join(_byte(char, read) for char in word).decode(wrote)
    except UnicodeError:
        return ""


def _byte(char: str, page: str) -> bytes:
    """What stood there; a page without that place shows the place itself."""
    return bytes([ord(char)]) if 0x80 <= ord(char) < 0xA0 else char.encode(page)
