"""The page that a workshop leaves: two headings as a sheet has, under the same life. Pure rules.

It is put to those who were there for three school days; one objection holds it back, and silence agrees: as a sheet.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from collectifs.guard.domain.context import Context, context_of
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import number_in_words
from collectifs.sheets.domain.anonymity import Passage, namings, passages
from collectifs.sheets.domain.doubts import doubts
from collectifs.sheets.domain.life import SheetLife, SheetStatus
from collectifs.sheets.domain.sheet import MOST_ANSWERS, Answer, AnswerKind, SheetContent, check_limits

LONGEST_SENTENCE = 500


def page_typed(question: str, answers: str) -> SheetContent:
    """What somebody typed in two fields: one answer a paragraph, of those that were thought of in the room."""
    lines = [line.strip() for line in answers.splitlines()]
    return SheetContent(question.strip(), tuple(Answer(line, AnswerKind.CONSIDERED) for line in lines if line))


def answers_typed(content: SheetContent) -> str:
    """The answers as the field shows them again."""
    return "\n".join(answer.text for answer in content.answers)


def check_page_limits(content: SheetContent) -> None:
    """As a sheet: twelve answers, none longer than it may be there. The field is « question » or « answers »."""
    if len(content.answers) > MOST_ANSWERS:
        most = number_in_words(MOST_ANSWERS)
        raise RuleBroken(f"{most.capitalize()} réponses au plus, une par ligne : regroupez-en.", "answers")
    try:
        check_limits(content)
    except RuleBroken as refusal:
        raise RuleBroken(refusal.sentence, "question" if refusal.field == "question" else "answers") from None


def check_page_opens(starts_at: datetime, now: datetime, *, is_held: bool) -> None:
    """It is written once the workshop has begun."""
    if not is_held:
        raise RuleBroken("Cet atelier est annulé : il n’a pas de page.")
    if now < starts_at:
        raise RuleBroken("La page s’écrit à partir du début de l’atelier.")


def check_page_can_be_written(life: SheetLife, now: datetime) -> None:
    """A draft alone changes: what was put to people stays as they read it."""
    status = life.status(now)
    if status is SheetStatus.WITHDRAWN:
        raise RuleBroken("Cette page a été retirée : elle ne peut plus être modifiée.")
    if status is not SheetStatus.DRAFT:
        raise RuleBroken("Cette page est proposée à celles et ceux qui étaient là : reprenez d’abord l’écriture.")


def check_page_can_be_proposed(life: SheetLife, content: SheetContent, came: int, now: datetime) -> None:
    """Both headings, and somebody to ask: those whose presence was noted."""
    check_page_can_be_written(life, now)
    if not content.question.strip():
        raise RuleBroken("Écrivez la problématique avant de proposer la page.", "question")
    if not content.answers:
        raise RuleBroken("Écrivez au moins une réponse avant de proposer la page.", "answers")
    if not came:
        raise RuleBroken("Notez d’abord les présences : la page est proposée à celles et ceux qui étaient là.")


def guarded_people(people: Iterable[tuple[str, str]], host: str, place: str, addresses: Iterable[str]) -> Context:
    """What the guard must know of a workshop: who had a place in it, who led it, where it was.

    A place is a school, then perhaps its commune, after a comma.
    """
    given, _, family = host.partition(" ")
    school, *communes = place.split(",")
    return context_of([*people, (given, family)], [school], communes, addresses)


def check_names_nobody(content: SheetContent, context: Context) -> None:
    """What tells for certain who is spoken of is refused, beside its field."""
    for found in namings(content, context):
        raise RuleBroken(found.sentence, "question" if found.field == "question" else "answers")


def page_doubts(content: SheetContent, context: Context) -> list[Passage]:
    """The passages that may tell who is spoken of: a question for whoever proposes the page."""
    return doubts(passages(content, context), ())


def check_page_can_be_taken_up(life: SheetLife, now: datetime) -> None:
    """« Reprendre l’écriture »: what was proposed, or agreed to."""
    status = life.status(now)
    if status is SheetStatus.WITHDRAWN:
        raise RuleBroken("Cette page a été retirée : elle ne peut plus être modifiée.")
    if status is SheetStatus.DRAFT:
        raise RuleBroken("Cette page est déjà en cours d’écriture.")


def check_page_can_be_objected_to(life: SheetLife, now: datetime) -> None:
    """While it is proposed; once the delay is over with no objection open, it can only be withdrawn."""
    if life.status(now) is SheetStatus.AGREED:
        raise RuleBroken("Le délai pour s’opposer est passé. Vous pouvez toujours retirer la page.")
    if life.status(now) is not SheetStatus.PROPOSED:
        raise RuleBroken("Cette page n’est plus proposée.")


def check_page_can_be_withdrawn(life: SheetLife, now: datetime) -> None:
    """What those who were there agreed to, at any time afterwards; an objection takes nothing from that right."""
    status = replace(life, text_objections=0).status(now)
    if status is SheetStatus.WITHDRAWN:
        raise RuleBroken("Cette page est déjà retirée.")
    if status is not SheetStatus.AGREED:
        raise RuleBroken("Il n’y a rien à retirer : opposez-vous, elle ne partira pas.")


def check_sentence(sentence: str) -> None:
    """A few words at most, and none are needed."""
    if len(sentence) > LONGEST_SENTENCE:
        raise RuleBroken(f"{LONGEST_SENTENCE} caractères au plus : raccourcissez, rien n’est coupé.", "sentence")
