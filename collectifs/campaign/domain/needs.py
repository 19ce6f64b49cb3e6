"""What a territory still lacks, said so that nobody can be counted: no number under five, none of a person."""

from dataclasses import dataclass

LEAST = 5
USUAL = 8


@dataclass(frozen=True)
class Count:
    """Those who volunteer, or were retained: by degree, and who would pilot."""

    first: int = 0
    second: int = 0
    pilots: int = 0

    @property
    def total(self) -> int:
        """Everybody."""
        return self.first + self.second


def needs_in_words(found: Count) -> list[str]:
    """What is missing most, in sentences; that there are few, under five."""
    if found.total < LEAST:
        return ["Moins de cinq candidatures pour l’instant : la vôtre compte."]
    said = []
    if 2 * found.first < found.second:
        said.append("Il manque surtout des collègues du 1er degré, pour que les collectifs soient mélangés.")
    if 2 * found.second < found.first:
        said.append("Il manque surtout des collègues du 2d degré, pour que les collectifs soient mélangés.")
    if found.pilots * USUAL < found.total:
        said.append("Il manque des personnes pour piloter : un collectif sans pilote ne s’ouvre pas.")
    return said or ["Il y a de quoi ouvrir des collectifs ; plus vous êtes, plus ils seront près de chez vous."]
