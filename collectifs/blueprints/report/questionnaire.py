"""Six questions at the end of the season: each member answers once, and no answer bears a name."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from collectifs.blueprints.report.area import bp
from collectifs.collectives.permissions import can_take_part
from collectifs.collectives.queries.collectives import CollectiveAccess, get_collective
from collectifs.kernel import clock
from collectifs.report.domain.questionnaire import QUESTIONS, SENTENCE_LIMIT, Answer, Question, closes_on, results_from
from collectifs.report.queries.questionnaire import has_answered, may_be_answered
from collectifs.report.services.questionnaire import send_answers
from collectifs.web.access import access, me
from collectifs.web.choices import pick_one, pick_several
from collectifs.web.forms import BaseForm, text
from collectifs.web.perform import perform


class QuestionnaireForm(BaseForm):
    """One field a question, by its key; nothing is required."""

    sentence = text("Une phrase, si vous voulez", most=SENTENCE_LIMIT)
    nobody_told = BooleanField("Ces mots ne feront reconnaître personne")

    def ticked(self) -> Mapping[str, Sequence[Answer]]:
        """What was ticked, question by question."""
        found = {}
        for question in QUESTIONS:
            data = self[question.key].data
            chosen = data if question.several else [data]
            found[question.key] = [Answer(each) for each in chosen or () if each]
        return found


def _field(question: Question) -> object:
    pick = pick_several if question.several else pick_one
    return pick(question.text, choices={each.value: each.label for each in question.answers})


def questionnaire_form() -> QuestionnaireForm:
    """The form, with a field for each question of the rule."""
    fields = {each.key: _field(each) for each in QUESTIONS}
    return cast(QuestionnaireForm, type("QuestionnaireFormOfSeason", (QuestionnaireForm,), fields)())


@bp.route("/collectifs/<uuid:collective_id>/questionnaire", methods=["GET", "POST"])
@access(can_take_part, collective=get_collective)
def questionnaire(collective: CollectiveAccess) -> ResponseReturnValue:
    """The six questions; once sent, that they are gone. Before or after its time, when that is."""
    told = _told(collective)
    if told["has_answered"] or not may_be_answered(collective, clock.now()):
        return render_template("report/no_questionnaire.html", **told)
    form = questionnaire_form()
    return perform(
        form,
        lambda: send_answers(
            collective,
            ticked=form.ticked(),
            sentence=form.sentence.data or "",
            nobody_told=bool(form.nobody_told.data),
            now=clock.now(),
            by=me(),
        ),
        then=url_for(".questionnaire", collective_id=collective.collective.id),
        page="report/questionnaire.html",
        questions=QUESTIONS,
        **told,
    )


def _told(collective: CollectiveAccess) -> dict[str, Any]:
    season = collective.collective.season
    return {
        "access": collective,
        "closes_on": closes_on(season),
        "results_from": results_from(season),
        "has_answered": has_answered(me().id, collective),
    }
