"""Who is « hors communes » for a venue: travel may give a right to payment only outside both
the administrative residence (the commune of work) and the family residence (that of home), with a mission order.

Source: décret 2006-781 (domain notes 2.3). Names of communes are compared as people write them: capitals, accents,
hyphens, articles, « St » for « Saint », a postal code or « cedex » around make no difference. The rule about
adjoining communes that public transport serves cannot be computed from names: the page says it.
"""

from enum import Enum

from collectifs.kernel.text.folding import commune_key


class Side(Enum):
    """Where a venue stands for one person. « Elsewhere » tells nothing: beside a commune of work that is known, to say
    that the venue is in one of the two, or that one is missing, would give the home away.
    """

    OUTSIDE = "outside"
    UNSAID = "unsaid"

    @property
    def label(self) -> str:
        """In the words of the administration."""
        return {
            "outside": "hors communes",
            "unsaid": "non établi",
        }[self.value]


def side_of(venue: str, work: str, home: str) -> Side:
    """Outside only when both communes are known and the venue is in neither."""
    here, works, lives = (commune_key(name) for name in (venue, work, home))
    is_known = bool(here and works and lives)
    return Side.OUTSIDE if is_known and here not in (works, lives) else Side.UNSAID
