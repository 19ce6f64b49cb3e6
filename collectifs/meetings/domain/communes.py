"""Who is « hors communes » for a venue: travel may give a right to payment only outside both
the administrative residence (the commune of work) and the family residence (that of home), with a mission order.

Source: décret 2006-781 (domain notes 2.3). Communes whose codes are known are compared by code; names, as people write
them: capitals, accents, hyphens, articles, « St » for « Saint », a postal code or « cedex » around make no difference.
By the same text adjoining communes that public transport serves make one: which adjoin is known by code; which are
served is not, and the page says it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from collectifs.kernel.text.folding import commune_key

Adjoin = Callable[[str, str], bool]


@dataclass(frozen=True)
class Commune:
    """A commune as somebody wrote it, and its code (INSEE) where one is known to be meant."""

    name: str
    insee: str = ""

    @property
    def is_told(self) -> bool:
        """Whether anything was written."""
        return bool(commune_key(self.name))

    def is_same_as(self, other: "Commune") -> bool:
        """By code where both have one; by name otherwise."""
        if self.insee and other.insee:
            return self.insee == other.insee
        return commune_key(self.name) == commune_key(other.name)


class Side(Enum):
    """Where a venue stands for one person. « Unsaid » tells nothing: beside a commune of work that is known, to say
    that the venue is in one of the two, or touches that of home, or that one is missing, would give the home away.
    « Beside work » says of the commune of work alone, whatever that of home.
    """

    OUTSIDE = "outside"
    BESIDE_WORK = "beside_work"
    UNSAID = "unsaid"

    @property
    def label(self) -> str:
        """In the words of the administration."""
        return {
            "outside": "hors communes",
            "beside_work": "limitrophe de la résidence administrative",
            "unsaid": "non établi",
        }[self.value]


def side_of(venue: Commune, work: Commune, home: Commune, adjoin: Adjoin) -> Side:
    """Outside only when both communes are known, and the venue is neither in one of them nor touches one.

    `adjoin`: whether two communes touch, by their codes.
    """
    if venue.insee and work.insee and adjoin(venue.insee, work.insee):
        return Side.BESIDE_WORK
    is_known = venue.is_told and work.is_told and home.is_told
    is_inside = venue.is_same_as(work) or venue.is_same_as(home)
    touches_home = bool(venue.insee and home.insee) and adjoin(venue.insee, home.insee)
    return Side.OUTSIDE if is_known and not is_inside and not touches_home else Side.UNSAID
