"""Who is « hors communes » for a venue: travel may give a right to payment only outside both
the administrative residence (the commune of work) and the family residence (that of home), with a mission order.

Source: décret 2006-781 (domain notes 2.3). Names of communes are compared as people write them: capitals, accents,
hyphens, articles, « St » for « Saint », a postal code or « cedex » around make no difference. The rule about
adjoining communes that public transport serves cannot be computed from names: the page says it.
"""

from enum import Enum

from collectifs.kernel.text.folding import commune_key


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


def side_of(venue: str, work: str, home: str) -> Side:
    """Outside only when both communes are known and the venue is in neither."""
    here, works, lives = (commune_key(name) for name in (venue, work, home))
    if here and here in (works, lives):
        return Side.INSIDE
    return Side.OUTSIDE if here and works and lives else Side.UNTOLD
