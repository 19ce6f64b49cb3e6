"""A whole name in one cell, told apart: civility and civil status aside, particles with the family name, the order.

Capitals tell the order, else the address does; what nothing tells is a guess, and says so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from collectifs.kernel.text.folding import folded
from collectifs.kernel.text.names import agrees, letters, titled

GUESSED = "Nom et prénom devinés dans cet ordre : vérifiez-les."
NO_GIVEN = "Sans prénom : complétez la ligne si vous le pouvez."
ODD = "Ce nom contient autre chose qu’un nom : vérifiez-le."
CIVILITIES = frozenset(
    ("m", "mr", "mme", "mlle", "mmes", "madame", "mademoiselle", "monsieur", "messieurs", "dr", "docteur", "pr")
)
CIVIL_STATUS = frozenset(
    ("née", "nee", "né", "épouse", "epouse", "époux", "epoux", "ép.", "ep.", "ép", "veuve", "vve", "divorcée")
)
PARTICLES = frozenset(
    ("de", "du", "des", "d’", "d'", "la", "le", "les", "van", "von", "der", "den", "di", "da", "dos", "el", "al", "ben")
)
_ODD = re.compile(r"[\d=?@#*_/\\+~$%&!]")


@dataclass(frozen=True)
class WholeName:
    """A name told apart; `doubt` is a sentence when it should be looked at."""

    given: str
    family: str
    doubt: str = ""


def is_civility(cell: str) -> bool:
    """« Mme », « M. », « Madame », alone in a cell."""
    return folded(cell).replace(".", "") in CIVILITIES


def whole_name(text: str, address: str = "") -> WholeName:
    """Given and family name of « Mme LE BIHAN Maud », « Jean de LA TOUR », « Durand Alain » (by the address)."""
    words, had_civility = _without_civility(text.split())
    words, aside = _without_civil_status(words)
    given, family, doubt = _told_apart(words, address, had_civility=had_civility)
    if aside:
        doubt = f"« {aside} » est laissé de côté : vérifiez le nom."
    if had_civility and not given:
        doubt = doubt or NO_GIVEN
    name = WholeName(given, family, doubt)
    return WholeName(given, family, ODD) if is_odd(name) else name


def is_odd(name: WholeName) -> bool:
    """Whether something in it is of no name: figures, signs of a code."""
    return _ODD.search(f"{name.given} {name.family}") is not None


def _without_civility(words: list[str]) -> tuple[list[str], bool]:
    kept = words
    while len(kept) > 1 and is_civility(kept[0]) and not (len(kept[0]) == 1 and kept[0].islower()):
        kept = kept[1:]
    if len(kept) > 2 and is_civility(kept[-1]):
        kept = kept[:-1]
    return kept, len(kept) < len(words)


def _without_civil_status(words: list[str]) -> tuple[list[str], str]:
    """The words without « née MARTIN », and what was left aside."""
    place = next((at for at, word in enumerate(words) if word.casefold() in CIVIL_STATUS and at > 0), -1)
    if place < 0:
        return words, ""
    end = place + 1
    while end < len(words) and words[end].casefold() in PARTICLES:
        end += 1
    end += 1
    while end < len(words) and words[end - 1].isupper() and words[end].isupper():
        end += 1
    return words[:place] + words[end:], " ".join(titled(word) for word in words[place:end])


def _told_apart(words: list[str], address: str, *, had_civility: bool) -> tuple[str, str, str]:
    if len(words) < 2:
        alone = titled(" ".join(words))
        return ("", alone, "") if had_civility else (alone, "", "")
    families = _families(words)
    if 0 < len(families) < len(words):
        family = " ".join(titled(words[at]) for at in families)
        given = " ".join(word for at, word in enumerate(words) if at not in families)
        is_one_run = families[-1] - families[0] + 1 == len(families)
        is_denied = _orders(words, address) == {families[0] != 0} if address else False
        return given, family, GUESSED if not is_one_run or is_denied else ""
    return _by_address([titled(word) for word in words], address)


def _families(words: Sequence[str]) -> list[int]:
    """The places of the words in capitals, with the particles that lead to them."""
    found = [at for at, word in enumerate(words) if word.isupper() and len(word.rstrip(".")) > 1]
    for at in reversed(range(len(words) - 1)):
        if at + 1 in found and at not in found and words[at].casefold() in PARTICLES and at > 0:
            found.append(at)
    return sorted(found)


def _orders(words: Sequence[str], address: str) -> set[bool]:
    """Which orders contradict nothing of the address: True, the family name first; both or none when it is silent."""
    return {is_first for is_first in (True, False) if _cut(words, address, is_family_first=is_first)}


def _cut(words: Sequence[str], address: str, *, is_family_first: bool) -> int:
    """After how many words the address cuts the name, in an order; 0 when it does not."""
    parts = [letters(part) for part in address.partition("@")[0].split(".")]
    cuts = []
    for at in range(1, len(words)):
        first, second = letters("".join(words[:at])), letters("".join(words[at:]))
        given, family = (second, first) if is_family_first else (first, second)
        if agrees(parts, given, family):
            cuts.append((parts[0] == given and "".join(parts[1:]) == family, -at))
    return -max(cuts)[1] if cuts else 0


def _by_address(words: Sequence[str], address: str) -> tuple[str, str, str]:
    orders = _orders(words, address)
    if orders == {True}:
        at = _cut(words, address, is_family_first=True)
        return " ".join(words[at:]), " ".join(words[:at]), ""
    at = _cut(words, address, is_family_first=False) or 1
    return " ".join(words[:at]), " ".join(words[at:]), "" if orders == {False} else GUESSED
