"""A first guard of anonymity: the members' names and addresses, wherever a sheet would carry them.

The words are compared without accents or capitals. It asks nothing of the reader's judgment: the page
asks in words the question that no list can answer (would somebody be recognised?).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from collectifs.kernel.text.folding import folded
from collectifs.kernel.text.typography import join_names
from collectifs.sheets.domain.sheet import SheetContent

NAME = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿœ]+(?:[-’'][A-ZÀ-ÖØ-Þa-zß-öø-ÿœ]+)*"
TITLE = r"(?:MM?\.|Mr|Mmes?|Mlle|Monsieur|Madame|Mademoiselle)\s+"
TITLED = rf"\b{TITLE}(?P<titled>{NAME}(?: {NAME})*)"
# Not at the start of the text or of a sentence, nor after a colon, an opening quote, a bullet or a line's end.
INSIDE = rf"(?:(?<=[a-zà-öø-ÿœ0-9,;)’'»\u00a0] )|(?<=[dlDL][’']))(?P<inside>{NAME}(?: {NAME})*)"
PERHAPS = re.compile(f"{TITLED}|{INSIDE}")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def names_found(text: str, people: Iterable[tuple[str, str]], addresses: Iterable[str] = ()) -> list[str]:
    """What in `text` names one of `people` (given name, family name) or is an address.

    Returns the words to take out, as the people are called, in a stable order, without doubles.
    A given name that is also a common word counts only when the text writes it with a capital.
    """
    words = f" {re.sub(r'[.@+]', ' ', folded(text))} "
    capitalised = {folded(word) for word in re.findall(r"\b[A-ZÀ-ÖØ-Þ][\w-]*", text)}
    found: list[str] = []
    for given, family in people:
        found += [name for name in (family, given) if _is_said(folded(name), words, capitalised)]
    found += EMAIL.findall(text)
    found += [address for address in addresses if folded(address) in folded(text)]
    return list(dict.fromkeys(found))


def _is_said(name: str, words: str, capitalised: set[str]) -> bool:
    return bool(name) and f" {name} " in words and name.split(maxsplit=1)[0] in capitalised


def perhaps_names(text: str) -> list[str]:
    """Words that may be a name, without any list: after « M. » or « Mme », or with a capital inside a sentence.

    A question for whoever wrote them, so that the answer tells nothing of who belongs where. Words in capitals
    (REP, PEMF) and the words that open a sentence are let pass.
    """
    found = [match["titled"] or match["inside"] for match in PERHAPS.finditer(text)]
    return list(dict.fromkeys(found))


@dataclass(frozen=True)
class Naming:
    """A text of a sheet that names somebody: its form field, the words for it, what to take out."""

    field: str
    place: str
    words: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What to do, and the way out when the list is mistaken."""
        quoted = join_names([f"« {word} »" for word in self.words])
        return (
            f"{self.place} contient {quoted} : retirez ce qui nomme une personne. "
            "Si c’est un mot ordinaire, écrivez-le autrement."
        )


def namings(
    content: SheetContent, people: Sequence[tuple[str, str]], addresses: Sequence[str] = ()
) -> list[Naming]:
    """Each text of a sheet that names one of `people` or gives an address, in reading order."""
    texts = [("question", "La problématique", content.question)]
    for number, answer in enumerate(content.answers, 1):
        texts.append((f"answers-{number - 1}-text", f"La réponse {number}", answer.text))
        texts.append((f"answers-{number - 1}-condition", f"La condition de la réponse {number}", answer.condition))
    found = ((field, place, names_found(text, people, addresses)) for field, place, text in texts)
    return [Naming(field, place, tuple(words)) for field, place, words in found if words]
