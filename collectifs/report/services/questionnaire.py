"""Answering the questionnaire: the answers go into the box of the territory, and nothing tells whose they are."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from collectifs.collectives.queries.collectives import CollectiveAccess
from collectifs.guard.domain.guard import marks
from collectifs.kernel.errors import RuleBroken
from collectifs.people.domain.person import Person
from collectifs.report.domain.questions import QUESTIONS, Answer
from collectifs.report.models import QuestionnaireBox, QuestionnaireReturn
from collectifs.report.queries.questionnaire import may_be_answered
from collectifs.report.services.adding import add_answers, refuse_names


def send_answers(
    access: CollectiveAccess,
    *,
    ticked: Mapping[str, Sequence[Answer]],
    sentence: str,
    nobody_told: bool,
    now: datetime,
    by: Person,
) -> None:
    """Add one person's answers. `nobody_told`: they looked again at the words that may tell who is spoken of."""
    if not may_be_answered(access, now):
        raise RuleBroken("Ce questionnaire n’est pas ouvert.")
    found = marks(sentence, access.guarded)
    certain = [sentence[mark.start : mark.end] for mark in found if mark.blocks]
    refuse_names(certain, [sentence[mark.start : mark.end] for mark in found], nobody_told=nobody_told)
    where = (access.territory.id, access.collective.season)
    add_answers((QuestionnaireBox, QuestionnaireReturn), where, QUESTIONS, ticked, sentence, by.id)
