"""Five questions about the modalities of tutoring, for each tutor once; what they say, in July, in numbers."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.report.area import bp
from collectifs.blueprints.report.forms import questions_form
from collectifs.blueprints.report.pages import drawn_results
from collectifs.kernel import clock
from collectifs.kernel.seasons import season_ends_on, season_label
from collectifs.people.permissions import can_manage_territory
from collectifs.report.domain.questionnaire import closes_on, opens_to_tutors_on, results_from, sentences_shown
from collectifs.report.domain.questions import MODALITIES
from collectifs.report.permissions import can_read_evaluation
from collectifs.report.queries.evaluation import EvaluationAccess, get_evaluation, has_evaluated, may_evaluate
from collectifs.report.services.evaluation import send_evaluation
from collectifs.tutoring.permissions import can_keep_notebook
from collectifs.tutoring.queries.notebooks import NotebookAccess, get_notebook
from collectifs.web.access import access, me
from collectifs.web.perform import perform


@bp.route("/carnet/<uuid:notebook_id>/questions", methods=["GET", "POST"])
@access(can_keep_notebook, notebook=get_notebook)
def evaluation(notebook: NotebookAccess) -> ResponseReturnValue:
    """The five questions; once sent, that they are gone. Before or after their time, when that is."""
    told = _told(notebook)
    if told["has_answered"] or not may_evaluate(notebook, clock.now()):
        return render_template("report/no_evaluation.html", **told)
    form = questions_form(MODALITIES)
    return perform(
        form,
        lambda: send_evaluation(
            notebook,
            ticked=form.ticked(),
            sentence=form.sentence.data or "",
            nobody_told=bool(form.nobody_told.data),
            now=clock.now(),
        ),
        then=url_for(".evaluation", notebook_id=notebook.id),
        page="report/evaluation.html",
        questions=MODALITIES,
        **told,
    )


@bp.get("/territoires/<uuid:territory_id>/tutorat/questions")
@access(can_read_evaluation, territory=get_evaluation)
def evaluated(territory: EvaluationAccess) -> ResponseReturnValue:
    """What the tutors of a territory say of the modalities: from July until it perishes; before, when."""
    box = territory.box
    return render_template(
        "report/evaluated.html",
        evaluation=territory,
        label=season_label(territory.season),
        drawn=drawn_results(MODALITIES, box) if box else (),
        sentences=sentences_shown(box) if box else (),
        returns=box.returns if box else 0,
        can_manage=can_manage_territory(me(), territory.territory),
        **_days(territory.season),
    )


def _told(notebook: NotebookAccess) -> dict[str, Any]:
    season = notebook.programme.programme.season
    return {"access": notebook, "has_answered": has_evaluated(notebook), **_days(season)}


def _days(season: int) -> dict[str, Any]:
    return {
        "opens_on": opens_to_tutors_on(season),
        "closes_on": closes_on(season),
        "results_from": results_from(season),
        "ends_on": season_ends_on(season),
    }
