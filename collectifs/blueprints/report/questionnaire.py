"""Six questions at the end of the season: each member answers once, and no answer bears a name."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.report.area import bp
from collectifs.blueprints.report.forms import questions_form
from collectifs.collectives.permissions import can_take_part
from collectifs.collectives.queries.collectives import CollectiveAccess, get_collective
from collectifs.kernel import clock
from collectifs.report.domain.questionnaire import closes_on, results_from
from collectifs.report.domain.questions import QUESTIONS
from collectifs.report.queries.questionnaire import has_answered, may_be_answered
from collectifs.report.services.questionnaire import send_answers
from collectifs.web.access import access, me
from collectifs.web.perform import perform


@bp.route("/collectifs/<uuid:collective_id>/questionnaire", methods=["GET", "POST"])
@access(can_take_part, collective=get_collective)
def questionnaire(collective: CollectiveAccess) -> ResponseReturnValue:
    """The six questions; once sent, that they are gone. Before or after its time, when that is."""
    told = _told(collective)
    if told["has_answered"] or not may_be_answered(collective, clock.now()):
        return render_template("report/no_questionnaire.html", **told)
    form = questions_form(QUESTIONS)
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
