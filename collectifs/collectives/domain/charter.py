"""The charter that each member accepts: four principles and the limit that the law sets.

Sources: founding text 004, § 2; « GAPP – Les règles du groupe » (analysedespratiques.com);
code de procédure pénale, art. 40, for the limit of confidentiality.
"""

from dataclasses import dataclass

VERSION = 1


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

LIMIT_TITLE = "Une limite, fixée par la loi"
LIMIT = (
    "La confidentialité n’est pas le secret absolu. Si quelqu’un est en danger, ou si un crime ou un délit "
    "est révélé, elle ne tient plus : un agent public doit le signaler (article 40 du code de procédure "
    "pénale). Pour un enfant en danger, le 119, jour et nuit."
)
