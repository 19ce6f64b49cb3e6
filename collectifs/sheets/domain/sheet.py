"""What a synthesis sheet says: one question, numbered answers; its limits, and the page it must hold on."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import Self

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typed import CLOSED, whole
from collectifs.kernel.text.typography import NBSP, count, number_in_words, of, sentence_case
from collectifs.meetings.domain.tags import MOST_OF_EACH, NO_TAGS, Axis, Tags

QUESTION_LIMIT = 400
ANSWER_LIMIT = 500
CONDITION_LIMIT = 160
MOST_ANSWERS = 12


class AnswerKind(Enum):
    """Whether somebody has lived the answer, or had the idea on the day."""

    TRIED = "tried"
    CONSIDERED = "considered"

    @property
    def label(self) -> str:
        """The word people read: « éprouvée » or « envisagée »."""
        return "éprouvée" if self is AnswerKind.TRIED else "envisagée"


class VersionReason(StrEnum):
    """Why a text was kept as a version. Saving as one types keeps none."""

    PROPOSED = "proposed"
    RESTORED = "restored"
    AUTHOR = "author"
    PAUSE = "pause"
    CONFLICT = "conflict"

    @property
    def label(self) -> str:
        """The words of the list of versions."""
        return {
            "proposed": "proposée au collectif",
            "restored": "gardée avant d’en reprendre une autre",
            "author": "avant qu’une autre personne continue",
            "pause": "avant une pause de dix minutes",
            "conflict": "écrite dans une autre fenêtre",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as typed; `kind` is None until somebody has said which it is."""

    text: str
    kind: AnswerKind | None = None
    condition: str = ""

    @property
    def is_blank(self) -> bool:
        """Nothing was typed in it yet."""
        return not (self.text.strip() or self.condition.strip())


@dataclass(frozen=True, slots=True)
class SheetContent:
    """The two headings of the sheet, exactly as typed; `tags`: what it was filed under, of closed lists."""

    question: str = ""
    answers: tuple[Answer, ...] = ()
    tags: Tags = NO_TAGS

    @property
    def is_blank(self) -> bool:
        """Nothing was typed at all."""
        return not self.question.strip() and all(answer.is_blank for answer in self.answers)

    @property
    def is_closed(self) -> bool:
        """It stands for a text that is there and does not open: to be read, never to be proposed or sent."""
        return self.question == CLOSED

    def without_blanks(self) -> Self:
        """The same sheet without the answers that nobody filled in."""
        return replace(self, answers=tuple(answer for answer in self.answers if not answer.is_blank))

    def texts(self) -> tuple[str, ...]:
        """Every text of the sheet, in reading order (what the guard of anonymity looks through)."""
        return (self.question, *(text for answer in self.answers for text in (answer.text, answer.condition)))

    def to_dict(self) -> dict[str, object]:
        """Plain values, as the editor sends and receives them."""
        return {
            "question": self.question,
            "answers": [
                {"text": answer.text, "kind": answer.kind.value if answer.kind else None, "condition": answer.condition}
                for answer in self.answers
            ],
            "tags": self.tags.to_dict(),
        }

    def to_json(self) -> str:
        """One spelling for one content: what is sealed, and what `digest` is made from.

        Without tags, or resources chosen by hand, it is spelled as it was before there were any.
        """
        tags = {name: codes for name, codes in self.tags.to_dict().items() if codes or name != "resource"}
        data = self.to_dict() | {"tags": tags}
        if not self.tags:
            del data["tags"]
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_dict(cls, data: object) -> Self:
        """Read what an editor sent; RuleBroken when it is no sheet."""
        answers = data.get("answers", []) if isinstance(data, dict) else None
        if not isinstance(data, dict) or not isinstance(answers, list):
            raise _no_sheet()
        return cls(_typed(data.get("question", "")), tuple(_answer(item) for item in answers), _tags(data.get("tags")))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The content that `to_json` wrote; RuleBroken when it is no sheet."""
        return cls.from_dict(_read(text))

    @staticmethod
    def question_of(text: str) -> str:
        """The question alone of what `to_json` wrote, for lists of many; RuleBroken when it is no sheet."""
        data = _read(text)
        if not isinstance(data, dict):
            raise _no_sheet()
        return _typed(data.get("question", ""))

    def digest(self) -> str:
        """SHA-256 of the content: agreement is given to this, never to « the sheet »."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()


CLOSED_SHEET = SheetContent(CLOSED)


def why_no_text(content: SheetContent | None) -> str:
    """Why nothing can be done with the text of a sheet, as it was opened: it does not open, or was erased."""
    if content is not None and content.is_closed:
        return "Le texte de cette fiche ne s’ouvre plus. Rien n’a été changé ; dites-le à qui administre le service."
    return "Le texte de cette fiche a été effacé : son délai de conservation est passé."


def check_limits(content: SheetContent) -> None:
    """No text longer than a page can carry, and at most twelve answers."""
    _check_length(content.question, QUESTION_LIMIT, "La problématique", "question")
    if len(content.answers) > MOST_ANSWERS:
        most, too_many = number_in_words(MOST_ANSWERS), len(content.answers) - MOST_ANSWERS
        excess = number_in_words(too_many, feminine=True)
        raise RuleBroken(f"Une fiche porte au plus {most} réponses : retirez-en {excess}.", "answers")
    for number, answer in enumerate(content.answers, 1):
        _check_length(answer.text, ANSWER_LIMIT, f"La réponse {number}", f"answers-{number - 1}-text")
        _check_length(
            answer.condition, CONDITION_LIMIT, f"La condition de la réponse {number}", f"answers-{number - 1}-condition"
        )
    for axis in Axis:
        if len(content.tags.of(axis)) > MOST_OF_EACH:
            raise RuleBroken(f"{axis.label} : {number_in_words(MOST_OF_EACH)} au plus, les plus proches.", "tags")
    if len(content.tags.resource) > MOST_OF_EACH:
        raise RuleBroken("Ressources : trois au plus, les plus utiles à qui lira.", "tags")


def check_complete(content: SheetContent) -> None:
    """Before it is proposed: a question, at least one answer, and each answer says which kind it is."""
    if content.is_closed or not content.question.strip():
        raise RuleBroken("Écrivez d’abord la problématique : « Comment … alors que … ? »", "question")
    if all(answer.is_blank for answer in content.answers):
        raise RuleBroken("Écrivez au moins une réponse, éprouvée ou envisagée.", "answers")
    for number, answer in enumerate(content.answers, 1):
        if answer.is_blank:
            continue
        if not answer.text.strip():
            raise RuleBroken(f"La réponse {number} n’a qu’une condition : écrivez la réponse.", "answers")
        if answer.kind is None:
            raise RuleBroken(f"Dites si la réponse {number} est éprouvée ou envisagée.", "answers")


def check_fits_one_page(pages: int, lines_left: int) -> None:
    """The rendered sheet holds on one page."""
    if pages > 1:
        over = of(count(max(1, -lines_left), "ligne", feminine=True))
        raise RuleBroken(f"La page déborde {over} : raccourcissez une réponse, ou retirez-en une.")


def room_sentence(pages: int, lines_left: int) -> str:
    """What the gauge says: « Une page. Il reste de la place pour 4 lignes. », « Sept lignes de trop. »"""
    if pages > 1:
        return sentence_case(f"{count(max(1, -lines_left), 'ligne', feminine=True)} de trop.")
    if lines_left <= 0:
        return "Une page, remplie."
    return f"Une page. Il reste de la place pour {lines_left}{NBSP}ligne{'s' if lines_left > 1 else ''}."


def signs_sentence(signs: Sequence[str]) -> str:
    """« Un signe ne s’imprime pas : 😀. »; empty when all of them do."""
    if not signs:
        return ""
    which = "Un signe ne s’imprime pas" if len(signs) == 1 else "Des signes ne s’impriment pas"
    return f"{which} : {' '.join(signs)} Sur le papier, un carré en prend la place."


def _check_length(text: str, limit: int, what: str, field: str) -> None:
    if (over := len(text) - limit) > 0:
        signs = of(count(over, "caractère"))
        raise RuleBroken(f"{what} est trop longue {signs} : {limit} au plus.", field)


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise _no_sheet() from None


def _answer(data: object) -> Answer:
    if not isinstance(data, dict):
        raise _no_sheet()
    kind = data.get("kind") or None
    try:
        chosen = AnswerKind(kind) if kind else None
    except ValueError:
        raise _no_sheet() from None
    return Answer(_typed(data.get("text", "")), chosen, _typed(data.get("condition", "")))


def _tags(data: object) -> Tags:
    return Tags.chosen(data) if isinstance(data, dict) else NO_TAGS


def _typed(value: object) -> str:
    """A typed text; half characters, which no file can hold, are shown as lost."""
    if not isinstance(value, str):
        raise _no_sheet()
    return whole(value)


def _no_sheet() -> RuleBroken:
    return RuleBroken("Cette fiche n’a pas pu être lue : rechargez la page, rien de ce qui est enregistré n’est perdu.")
