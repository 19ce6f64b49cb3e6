"""A questionnaire of the end of the season: some questions (questions.py), one free sentence, and no name.

What people answer is never a row of theirs: it is added to the counts of the territory, and nothing tells who said
what, nor in which order. Under five answers nothing is shown, and what fewer than five people say is put together.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.seasons import season_ends_on
from collectifs.report.domain.questions import Answer, Question

FEWEST = 5
SENTENCE_LIMIT = 280
MEETINGS_OF_A_SERIES = 4
EVERYBODY_FROM = (5, 1)  # 1 May: series that were cut short answer too
LAST_DAY = (6, 30)


@dataclass(frozen=True)
class Box:
    """What people of a territory answered, added up: how many of them, each answer of each question, the sentences.

    The sentences are kept in the order of their letters: none tells when it came.
    """

    returns: int = 0
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    sentences: tuple[str, ...] = ()

    def with_(self, questions: Sequence[Question], ticked: Mapping[str, Sequence[Answer]], sentence: str = "") -> "Box":
        """One person's answers added. Raises RuleBroken when nothing was answered, or an answer is of no question."""
        if not any(ticked.values()) and not sentence:
            raise RuleBroken("Répondez à une question au moins, ou laissez cette page.")
        counts = {key: dict(found) for key, found in self.counts.items()}
        for question in questions:
            for answer in _checked(question, ticked.get(question.key, ())):
                of = counts.setdefault(question.key, {})
                of[answer.value] = of.get(answer.value, 0) + 1
        sentences = sorted([*self.sentences, sentence]) if sentence else self.sentences
        return Box(self.returns + 1, counts, tuple(sentences))

    def count(self, question: Question, answer: Answer) -> int:
        """How many people ticked this."""
        return self.counts.get(question.key, {}).get(answer.value, 0)

    def written(self) -> str:
        """As it is sealed."""
        return json.dumps({"returns": self.returns, "counts": self.counts, "sentences": self.sentences})

    @classmethod
    def read(cls, text: str) -> "Box":
        """As it was sealed."""
        found = json.loads(text)
        return cls(found["returns"], found["counts"], tuple(found["sentences"]))


def together(questions: Sequence[Question], boxes: Iterable[Box]) -> Box:
    """The answers of several territories."""
    found = list(boxes)
    counts = {
        question.key: {answer.value: sum(box.count(question, answer) for box in found) for answer in question.answers}
        for question in questions
    }
    return Box(
        sum(box.returns for box in found), counts, tuple(sorted(words for box in found for words in box.sentences))
    )


@dataclass(frozen=True)
class Said:
    """What some people said of one question. `number` is None where fewer than five ticked one of several boxes."""

    label: str
    number: int | None


@dataclass(frozen=True)
class Result:
    """One question with what was said; empty when too few answered it, or when every answer is rare."""

    question: Question
    said: tuple[Said, ...]


def results(questions: Sequence[Question], box: Box) -> tuple[Result, ...]:
    """What may be shown: nothing under five answers; what fewer than five people say is put with its neighbour."""
    if box.returns < FEWEST:
        return ()
    return tuple(Result(each, _said(each, box)) for each in questions)


def sentences_shown(box: Box) -> tuple[str, ...]:
    """The free sentences, under the same condition as the numbers."""
    return box.sentences if box.returns >= FEWEST else ()


def _said(question: Question, box: Box) -> tuple[Said, ...]:
    numbers = [(answer.label, box.count(question, answer)) for answer in question.answers]
    if not any(number for _, number in numbers):
        return ()
    if question.several:
        found = sorted(numbers, key=lambda each: -each[1])
        shown = [Said(label, number if number >= FEWEST or number == 0 else None) for label, number in found]
        return tuple(shown) if any(each.number for each in shown) else ()
    groups = _grouped(numbers)
    return tuple(Said(label, number) for label, number in groups) if len(groups) > 1 else ()


def _grouped(numbers: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Neighbours put together until each group is five people or more, or nobody. One group alone says nothing."""
    groups: list[tuple[list[str], int]] = [([label], number) for label, number in numbers]
    while len(groups) > 1 and (rare := _first_rare(groups)) is not None:
        beside = rare + 1 if rare + 1 < len(groups) else rare - 1
        first, last = min(rare, beside), max(rare, beside)
        groups[first : last + 1] = [(groups[first][0] + groups[last][0], groups[first][1] + groups[last][1])]
    return [(_joined(labels), number) for labels, number in groups]


def _first_rare(groups: Sequence[tuple[list[str], int]]) -> int | None:
    return next((place for place, (_, number) in enumerate(groups) if 0 < number < FEWEST), None)


def _joined(labels: Sequence[str]) -> str:
    """« Plutôt non, ou non »."""
    first, *others = labels
    return ", ou ".join([first, *(each[:1].lower() + each[1:] for each in others)])


def _checked(question: Question, ticked: Sequence[Answer]) -> Sequence[Answer]:
    known = all(answer in question.answers for answer in ticked) and len(set(ticked)) == len(ticked)
    if not known or (len(ticked) > 1 and not question.several):
        raise RuleBroken("Choisissez parmi les réponses proposées.", question.key)
    if question.alone and question.alone in ticked and len(ticked) > 1:
        raise RuleBroken(f"« {question.alone.label} » et autre chose à la fois : gardez l’un ou l’autre.", question.key)
    return ticked


def closes_on(season: int) -> date:
    """The last day to answer: 30 June."""
    return date(season + 1, *LAST_DAY)


def opens_to_tutors_on(season: int) -> date:
    """When tutors of pupils and students may answer: 1 May."""
    return date(season + 1, *EVERYBODY_FROM)


def is_open_to_tutors(season: int, today: date) -> bool:
    """Whether the tutors of a season may say what its modalities were: from 1 May to 30 June, where they live."""
    return opens_to_tutors_on(season) <= today <= closes_on(season)


def is_read_by_heads(season: int, today: date) -> bool:
    """Whether what they said is shown: from 1 July until it perishes, on 31 August."""
    return results_from(season) <= today <= season_ends_on(season)


def is_open(season: int, meetings: Iterable[tuple[datetime, datetime]], now: datetime, today: date) -> bool:
    """Whether a collective may answer: it has met, and its series is over, or it is May; until 30 June.

    `meetings`: when each that was not cancelled starts and ends; `today`: the day where it lives.
    """
    spans = list(meetings)
    held = sum(1 for _, ends_at in spans if ends_at <= now)
    is_over = held >= MEETINGS_OF_A_SERIES and held == len(spans)
    return bool(held) and today <= closes_on(season) and (is_over or today >= opens_to_tutors_on(season))


def results_from(season: int) -> date:
    """When the numbers may be read: once nobody can answer any more, so that no answer is seen to arrive."""
    return date(season + 1, 7, 1)
