"""The form of some questions of the end of a season: one field a question, then a sentence."""

from collections.abc import Mapping, Sequence
from typing import cast

from wtforms import BooleanField

from collectifs.report.domain.questionnaire import SENTENCE_LIMIT
from collectifs.report.domain.questions import Answer, Question
from collectifs.web.choices import pick_one, pick_several
from collectifs.web.forms import BaseForm, text


class QuestionnaireForm(BaseForm):
    """One field a question, by its key; nothing is required."""

    questions: Sequence[Question] = ()
    sentence = text("Une phrase, si vous voulez", most=SENTENCE_LIMIT)
    nobody_told = BooleanField("Ces mots ne feront reconnaître personne")

    def ticked(self) -> Mapping[str, Sequence[Answer]]:
        """What was ticked, question by question."""
        found = {}
        for question in self.questions:
            data = self[question.key].data
            chosen = data if question.several else [data]
            found[question.key] = [Answer(each) for each in chosen or () if each]
        return found


def questions_form(questions: Sequence[Question]) -> QuestionnaireForm:
    """The form, with a field for each of these questions."""
    fields = {each.key: _field(each) for each in questions}
    made = type("QuestionnaireFormOfSeason", (QuestionnaireForm,), fields | {"questions": questions})
    return cast(QuestionnaireForm, made())


def _field(question: Question) -> object:
    pick = pick_several if question.several else pick_one
    return pick(question.text, choices={each.value: each.label for each in question.answers})
