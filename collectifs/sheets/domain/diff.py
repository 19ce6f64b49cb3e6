"""What changed between two versions of a sheet, as a short list that members read beside the new one."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from collectifs.meetings.domain.resources import resources
from collectifs.sheets.domain.sheet import Answer, SheetContent

ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what it is about, the former words and the present ones (empty where there are none)."""

    what: str
    before: str = ""
    after: str = ""


def differences(before: SheetContent, after: SheetContent) -> list[Change]:
    """The question first, then each answer in its present order, then those that were taken out, then the tags."""
    changes = []
    if _plain(before.question) != _plain(after.question):
        changes.append(Change("La problématique a changé", before.question, after.question))
    former = _pairs(before.answers, after.answers)
    for number, (answer, place) in enumerate(zip(after.answers, former, strict=True), 1):
        changes += _about(number, before.answers[place] if place is not None else None, answer)
    kept = [place for place in former if place is not None]
    if kept != sorted(kept):
        changes.append(Change("L’ordre des réponses a changé"))
    gone = [answer for place, answer in enumerate(before.answers) if place not in kept]
    changes += [Change("Une réponse a été retirée", _words(answer)) for answer in gone]
    if before.tags != after.tags:
        changes.append(Change("Les repères ont changé", _tagged(before), _tagged(after)))
    return changes


def _about(number: int, former: Answer | None, answer: Answer) -> list[Change]:
    if former is None:
        return [Change(f"La réponse {number} est nouvelle", after=_words(answer))]
    if _words(former) == _words(answer):
        return []
    return [Change(f"La réponse {number} a changé", _words(former), _words(answer))]


def _pairs(before: tuple[Answer, ...], after: tuple[Answer, ...]) -> list[int | None]:
    """For each present answer, the place of the former one that it continues; the same words first, then alike."""
    pairs: list[int | None] = [None] * len(after)
    free = set(range(len(before)))
    for least in (1.0, ALIKE):
        for place, answer in enumerate(after):
            found = _closest(before, answer, free, least) if pairs[place] is None else None
            if found is not None:
                pairs[place] = found
                free.discard(found)
    return pairs


def _closest(before: tuple[Answer, ...], answer: Answer, free: set[int], least: float) -> int | None:
    """The free former answer whose text is the most like this one, the earliest of equals."""
    likeness = {place: _likeness(before[place].text, answer.text) for place in sorted(free)}
    best = max(likeness, key=lambda place: likeness[place], default=None)
    return best if best is not None and likeness[best] >= least else None


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, _plain(one).casefold().split(), _plain(other).casefold().split()).ratio()


def _words(answer: Answer) -> str:
    """« Écouter. (éprouvée, à deux) »."""
    said = [answer.kind.label] if answer.kind else []
    if answer.condition.strip():
        said.append(_plain(answer.condition))
    return f"{_plain(answer.text)} ({', '.join(said)})" if said else _plain(answer.text)


def _tagged(content: SheetContent) -> str:
    """« Préoccupations : pilotage, atmosphère »."""
    titles = [resources()[each].title for each in content.tags.resource if each in resources()]
    chosen = [("Ressources", ", ".join(titles) or "aucune")] if content.tags.resource else []
    return " · ".join(f"{label} : {words}" for label, words in [*content.tags.lines(), *chosen])


def _plain(text: str) -> str:
    """The words, whatever their spaces and lines."""
    return " ".join(text.split())
