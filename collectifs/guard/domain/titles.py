"""« Mme », « monsieur », « Dr »: the words that announce somebody."""

from collections.abc import Sequence

from collectifs.guard.domain.lexicons import word_set
from collectifs.guard.domain.reading import Word

TITLES = word_set("mme mmes mlle mlles monsieur madame mademoiselle messieurs mesdames mr dr docteur mgr")


def is_title(words: Sequence[Word], place: int) -> bool:
    """Whether this word announces the next: « M. » and « M » only when a name in capitals follows."""
    word = words[place]
    if place + 1 >= len(words):
        return False
    following = words[place + 1]
    if word.text in ("M", "MM", "Me", "Pr"):
        return following.gap.strip(" ") in ("", ".") and following.gap != "" and following.is_capital
    if word.text == "m":
        return following.gap == ". " and len(following.text) > 3
    return word.key in TITLES and following.gap in (" ", ". ", ".")
