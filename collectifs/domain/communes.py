"""Who is « hors communes » for a venue: travel is paid only outside both the commune of work and that of home.

Source: décret 2006-781 (domain notes 2.3). Names of communes are compared as people write them: capitals, accents,
hyphens, articles, « St » for « Saint », a postal code or « cedex » around make no difference. The rule about
adjoining communes that public transport serves cannot be computed from names: the page says it.
"""

import re
from enum import Enum

from collectifs.kernel.text.folding import folded

ARTICLES = {"le", "la", "les", "l"}
SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "s": "sur", "ss": "sous"}
# Paris, Lyon and Marseille are one commune each, whatever the arrondissement.
_AROUND = re.compile(r"^\d{5}\b|\b\d{5}$|\bcedex\b.*$|\b\d{1,2}(?:e|er|eme)?(?: arrondissement)?$")


class Side(Enum):
    """Where a venue stands for one person. Which of their communes it is in is not told: one of them is their home."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNTOLD = "untold"

    @property
    def label(self) -> str:
        """In the words of the administration."""
        return {
            "inside": "dans l’une de ses deux communes",
            "outside": "hors communes",
            "untold": "non indiqué",
        }[self.value]


def commune_key(name: str) -> str:
    """A commune as it is compared: « 59000 ST-ANDRÉ LEZ LILLE Cedex » is « Saint-André-lez-Lille »."""
    words = folded(name.replace("s/", "sur ").replace("S/", "sur "))
    previous = None
    while previous != words:
        previous, words = words, _AROUND.sub("", words).strip()
    kept = [SHORT.get(word, word) for word in words.split()]
    while len(kept) > 1 and kept[0] in ARTICLES:
        kept = kept[1:]
    while len(kept) > 1 and kept[-1] in ARTICLES:  # « HAVRE (LE) », as files write it
        kept = kept[:-1]
    return " ".join(kept)


def side_of(venue: str, work: str, home: str) -> Side:
    """Outside only when both communes are known and the venue is in neither."""
    here, works, lives = (commune_key(name) for name in (venue, work, home))
    if here and here in (works, lives):
        return Side.INSIDE
    return Side.OUTSIDE if here and works and lives else Side.UNTOLD
