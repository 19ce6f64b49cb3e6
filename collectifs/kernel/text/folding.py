"""Comparing words as people do: without accents, capitals and signs."""

import re
import unicodedata


def folded(text: str) -> str:
    """Lower case without accents, apostrophes and hyphens as spaces: « Le Bihan » → « le bihan »."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^\w@.+]+", " ", plain).strip()
