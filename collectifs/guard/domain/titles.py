"""« Mme », « monsieur », « Dr »: the words that announce somebody."""

from collections.abc import Sequence

from collectifs.guard.domain.context import PARTICLES
from collectifs.guard.domain.lexicons import word_set
from collectifs.guard.domain.reading import Word

TITLES = word_set("mme mmes mlle mlles monsieur madame mademoiselle messieurs mesdames mr dr docteur mgr")

WITHIN_A_NAME = (" ", "-", "'", "' ")


def is_title(words: Sequence[Word], place: int) -> bool:
    """Whether this word announces the next, which is there: « M. » only when a name with its capital follows."""
    word, following = words[place], words[place + 1]
    if word.text in ("M", "MM", "Me", "Pr"):
        is_near = following.gap.strip(" ") in ("", ".") and following.gap != ""
        name = words[name_after(words, place + 1)]
        return is_near and (following.is_capital or ("." in following.gap and name.is_capital))
    if word.text == "m":
        return following.gap == ". " and len(following.text) > 3
    return word.key in TITLES and following.gap in (" ", ". ", ".")


def name_after(words: Sequence[Word], place: int) -> int:
    """Where the name begins whose particles begin here: « de La Tour » at « Tour », « Van der Berg » at « Berg »."""
    while is_particle(words, place):
        place += 1
    return place


def is_particle(words: Sequence[Word], place: int) -> bool:
    """Whether a name goes on after this word; « d » and « l » are an initial where no apostrophe follows."""
    if words[place].key not in PARTICLES or place + 1 == len(words):
        return False
    gap = words[place + 1].gap
    return gap in WITHIN_A_NAME and (len(words[place].text) > 1 or gap.startswith("'"))
