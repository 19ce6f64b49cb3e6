"""A notebook, for the tutor alone: who by a code, when, what was worked on; its paper before it perishes."""

from datetime import date, datetime

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.tutoring.area import bp
from collectifs.blueprints.tutoring.forms import CodeForm, InterviewForm, ToldForm, interview_form
from collectifs.kernel import clock
from collectifs.kernel.seasons import season_label
from collectifs.report.queries.evaluation import asks_evaluation
from collectifs.tutoring.documents.notebook import NotebookPaper, PaperCode, PaperInterview, notebook_pdf
from collectifs.tutoring.permissions import can_keep_notebook
from collectifs.tutoring.queries.notebooks import (
    CodeAccess,
    InterviewAccess,
    NotebookAccess,
    OpenedCode,
    get_code,
    get_interview,
    get_notebook,
    guarded_names,
    opened_code,
    opened_codes,
)
from collectifs.tutoring.services.notebooks import (
    add_code,
    code_in,
    note_interview,
    note_told,
    remove_code,
    remove_interview,
)
from collectifs.web.access import access
from collectifs.web.files import pdf_file
from collectifs.web.perform import perform


@bp.route("/carnet/<uuid:notebook_id>", methods=["GET", "POST"])
@access(can_keep_notebook, notebook=get_notebook)
def notebook(notebook: NotebookAccess) -> ResponseReturnValue:
    """Who and when, by codes; noting an interview."""
    codes = opened_codes(notebook.id)
    form = interview_form(codes, guarded_names(notebook), _today(notebook))
    return perform(
        form,
        lambda: _note(form, notebook),
        then=url_for(".notebook", notebook_id=notebook.id),
        page="tutoring/notebook.html",
        said="L’entretien est gardé.",
        access=notebook,
        codes=codes,
        may_write=notebook.programme.is_open and not notebook.has_left,
        today=_today(notebook),
        asks=asks_evaluation(notebook, clock.now()),
    )


def _note(form: InterviewForm, access: NotebookAccess) -> None:
    code = code_in(access, form.code_id())
    body = form.body(access.programme.zone)
    note_interview(code, form.day(), body, kept_words=form.kept_words(), now=clock.now())


@bp.route("/carnet/<uuid:notebook_id>/codes", methods=["GET", "POST"])
@access(can_keep_notebook, notebook=get_notebook)
def new_code(notebook: NotebookAccess) -> ResponseReturnValue:
    """Somebody more, by a letter."""
    form = CodeForm()
    return perform(
        form,
        lambda: add_code(notebook, form.code.data),
        then=url_for(".notebook", notebook_id=notebook.id),
        page="tutoring/new_code.html",
        said="Le code est dans votre carnet.",
        access=notebook,
    )


@bp.route("/codes/<uuid:code_id>", methods=["GET", "POST"])
@access(can_keep_notebook, code=get_code)
def code(code: CodeAccess) -> ResponseReturnValue:
    """Every interview under a code, with its notes; when the guardians were told."""
    form = ToldForm(data={"told_on": code.code.told_on})
    return perform(
        form,
        lambda: note_told(code, form.told_on.data, now=clock.now()),
        then=url_for(".code", code_id=code.id),
        page="tutoring/code.html",
        said="C’est noté.",
        access=code.access,
        opened=opened_code(code),
    )


@bp.post("/codes/<uuid:code_id>/retirer")
@access(can_keep_notebook, code=get_code)
def drop_code(code: CodeAccess) -> ResponseReturnValue:
    """A code and its interviews go."""
    remove_code(code)
    flash("Le code et ses entretiens sont effacés.")
    return redirect(url_for(".notebook", notebook_id=code.access.id))


@bp.post("/entretiens/<uuid:interview_id>/retirer")
@access(can_keep_notebook, interview=get_interview)
def drop_interview(interview: InterviewAccess) -> ResponseReturnValue:
    """One interview goes."""
    remove_interview(interview)
    flash("L’entretien est effacé.")
    return redirect(url_for(".code", code_id=interview.access.id))


@bp.get("/carnet/<uuid:notebook_id>/feuille.pdf")
@access(can_keep_notebook, notebook=get_notebook)
def paper(notebook: NotebookAccess) -> ResponseReturnValue:
    """The paper: codes, days, what was worked on; not the notes."""
    programme = notebook.programme.programme
    codes = tuple(_on_paper(each) for each in opened_codes(notebook.id))
    told = NotebookPaper(programme.name, season_label(programme.season), _today(notebook), codes)
    return pdf_file(notebook_pdf(told).pdf, "carnet-d-entretiens")


def _on_paper(each: OpenedCode) -> PaperCode:
    rows = [(row.held_on, row.body) for row in reversed(each.interviews)]
    told = [PaperInterview(day, body.minutes, tuple(w.label for w in body.worked)) for day, body in rows if body]
    return PaperCode(each.code, each.told_on, tuple(told))


def _today(access: NotebookAccess) -> date:
    now: datetime = clock.now()
    return now.astimezone(access.programme.zone).date()
