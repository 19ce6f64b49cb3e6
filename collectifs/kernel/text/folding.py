"""Comparing words as people do: without accents, capitals and signs."""

import re
import unicodedata

_BETWEEN_WORDS = re.compile(r"[^\w@.+]+")


def folded(text: str) -> str:
    """Lower case without accents, apostrophes and hyphens as spaces: « Le Bihan » → « le bihan »."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    if not plain.isascii():
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _BETWEEN_WORDS.sub(" ", plain).strip()


ARTICLES = {"le", "la", "les", "l"}


SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "s": "sur", "ss": "sous"}


# Paris, Lyon and Marseille are one commune each, whatever the arrondissement.
_AROUND = re.compile(r"^\d{5}\b|\b\d{5}$|\bcedex\b.*$|\b\d{1,2}(?:e|er|eme)?(?: arrondissement)?$")


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
