"""The library: canvases, what each produces, its steps, its minutes, its source; resources to go further."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from collectifs.meetings.domain.canvas import MINUTES_FROM, PRODUCES, Canvas, by_what_they_produce, library
from collectifs.meetings.domain.resources import USES, by_use, tagged
from collectifs.meetings.domain.resources import tags as tags_among
from collectifs.meetings.queries.resources import shelf
from collectifs.web.access import access, anyone, signed_in

bp = Blueprint("canvases", __name__)

TITLES = {
    "answers": "Pour trouver des réponses",
    "understanding": "Pour comprendre",
    "action_plan": "Pour décider d’un plan d’action",
}


@bp.get("/canevas")
@access(signed_in)
def index() -> ResponseReturnValue:
    """Every canvas that comes with the software, by what it produces."""
    groups = [
        (kind, TITLES[kind], f"Ils produisent {PRODUCES[kind]}.", canvases) for kind, canvases in by_what_they_produce()
    ]
    return render_template("canvases/index.html", groups=groups)


@bp.get("/canevas/<canvas_id>")
@access(signed_in, canvas=library().get)
def show(canvas: Canvas) -> ResponseReturnValue:
    """One canvas, step by step."""
    return render_template(
        "canvases/show.html",
        canvas=canvas,
        produces=PRODUCES[canvas.produces],
        minutes_from=MINUTES_FROM[canvas.minutes_from],
        agendas=_agendas(canvas),
    )


def _agendas(canvas: Canvas) -> list[tuple[str, str, list[int]]]:
    """What the first meeting and the later ones have in common or apart: id, title, minutes."""
    first, later = canvas.agenda(1), canvas.agenda(2)
    if first == later:
        return [("etapes", "Les étapes", [step.minutes for step in later])]
    return [
        ("premier", "Au premier regroupement", [step.minutes for step in first]),
        ("suivants", "Aux regroupements suivants", [step.minutes for step in later]),
    ]


@bp.get("/ressources")
@access(anyone)
def resources() -> ResponseReturnValue:
    """Every resource by what it serves for; first, where one is chosen (`pour`), those of a dilemma or a concern."""
    shown = shelf()
    tags = tags_among(shown)
    chosen = next((words for words, _ in tags if words == request.args.get("pour")), "")
    found = tagged(chosen, shown) if chosen else []
    groups = [(USES[use], members) for use, members in by_use(each for each in shown if each not in found)]
    return render_template("canvases/resources.html", tags=tags, chosen=chosen, found=found, groups=groups)
