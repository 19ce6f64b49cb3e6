"""The charter that each member accepts: four principles and the limit that the law sets.

Sources: founding text 004, § 2; « GAPP – Les règles du groupe » (analysedespratiques.com);
code de procédure pénale, art. 40, and code pénal, art. 223-6, 434-1, 434-3, for the limit of confidentiality.
"""

from dataclasses import dataclass
from datetime import datetime

# A change of words takes the next number; one that asks more of people is also the new `ASKED`: each accepts anew.
VERSION, ASKED = 1, 1


@dataclass(frozen=True)
class Principle:
    """One of the four rules, in our words."""

    title: str
    text: str


PRINCIPLES = (
    Principle(
        "Confidentialité",
        "Ce qui se dit ici reste ici : les personnes, les émotions, les critiques. Seul le travail peut "
        "sortir, en une page, si le collectif le décide.",
    ),
    Principle(
        "Bienveillance engagée",
        "On discute une réponse, pas une personne. Être bienveillant n’empêche pas de dire.",
    ),
    Principle(
        "Respect de la parole",
        "On n’interrompt pas. Chaque personne peut se taire, passer son tour, et celle qui expose peut "
        "tout arrêter d’un mot.",
    ),
    Principle(
        "Régularité",
        "Le groupe tient parce que chaque personne vient, à l’heure, à tous les regroupements.",
    ),
)


def is_accepted(version: int, accepted_at: datetime, since: datetime) -> bool:
    """Whether an acceptance counts: of this membership, not of an older one, and of what is asked today."""
    return version >= ASKED and accepted_at >= since


LIMIT_TITLE = "Une limite, fixée par la loi"
_UNLESS = "La confidentialité n’est pas le secret absolu. Si quelqu’un est en danger, ou si "
_CHILD = "Pour un enfant en danger, le 119, jour et nuit."
LIMIT = (
    f"{_UNLESS}un crime ou un délit est révélé, elle ne tient plus : un agent public doit le signaler (article 40 "
    f"du code de procédure pénale). {_CHILD}"
)
# Who is no public agent is not bound by article 40, but by the two that bind everybody.
LIMIT_FOR_ALL = (
    f"{_UNLESS}un crime peut encore être empêché, ou un enfant maltraité, elle ne tient plus : la loi demande à "
    "chaque personne de secourir et de prévenir la justice ou l’administration (articles 223-6, 434-1 et 434-3 du "
    f"code pénal). {_CHILD}"
)


@dataclass(frozen=True)
class CharterWords:
    """The charter as a deployment says it."""

    principles: tuple[Principle, ...]
    limit_title: str
    limit: str


def charter_for(*, is_association: bool) -> CharterWords:
    """The limit is the one that the law sets for those whom the deployment gathers."""
    return CharterWords(PRINCIPLES, LIMIT_TITLE, LIMIT_FOR_ALL if is_association else LIMIT)
