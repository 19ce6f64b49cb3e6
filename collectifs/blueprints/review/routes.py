"""The inspection reads what the collectives let out: under a code, each reading noted."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.review.desk import before_page, institution_copy, next_to_read, pile_page, sheet_page
from collectifs.blueprints.review.forms import RemarkForm
from collectifs.blueprints.review.wanted import asked_of_pile
from collectifs.kernel import clock
from collectifs.people.permissions import can_inspect
from collectifs.review.permissions import can_review
from collectifs.review.queries.copies import SubmittedFacts, get_submitted
from collectifs.review.services import mark_as_read, record_reading, send_remark
from collectifs.sheets.queries.sheets import open_submitted
from collectifs.web.access import access, me
from collectifs.web.gone import gone
from collectifs.web.perform import perform

bp = Blueprint("review", __name__)


@bp.get("/fiches-transmises")
@access(can_inspect)
def index() -> ResponseReturnValue:
    """The pile that the address asks for."""
    now = clock.now()
    return render_template("review/index.html", **pile_page(asked_of_pile(me(), now), now))


@bp.get("/fiches-transmises/<uuid:submitted_id>/avant")
@access(can_review, submitted=get_submitted)
def before(submitted: SubmittedFacts) -> ResponseReturnValue:
    """Before the first sheet of a season: that opening is noted. Nothing is open yet."""
    now = clock.now()
    return render_template("review/before.html", **before_page(asked_of_pile(me(), now), submitted, now))


@bp.get("/fiches-transmises/<uuid:submitted_id>")
@access(can_review, traced=record_reading, submitted=get_submitted)
def show(submitted: SubmittedFacts) -> ResponseReturnValue:
    """One sheet; the collective sees that it was opened."""
    now = clock.now()
    page = sheet_page(asked_of_pile(me(), now), submitted, now)
    return render_template("review/show.html", form=RemarkForm(), **page)


@bp.post("/fiches-transmises/<uuid:submitted_id>/relue")
@access(can_review, submitted=get_submitted)
def mark(submitted: SubmittedFacts) -> ResponseReturnValue:
    """Read by oneself: a mark, no value. `then=next` goes on, in the pile that the address asks for."""
    now = clock.now()
    asked = asked_of_pile(me(), now)
    mark_as_read(submitted, now=now, by=me())
    if request.form.get("then") != "next":
        return redirect(url_for(".show", submitted_id=submitted.id, **asked.args))
    following = next_to_read(asked, submitted)
    if following is None:
        flash("Tout est lu.")
        return redirect(url_for(".index", **asked.args))
    return redirect(url_for(".show", submitted_id=following, **asked.args))


@bp.post("/fiches-transmises/<uuid:submitted_id>/remarque")
@access(can_review, submitted=get_submitted)
def remark(submitted: SubmittedFacts) -> ResponseReturnValue:
    """A word to the collective. Shown again, the page holds the remark alone: the sheet is read where it is traced."""
    form = RemarkForm()
    return perform(
        form,
        lambda: send_remark(
            submitted, text=form.text.data, nobody_named=form.nobody_named.data, now=clock.now(), by=me()
        ),
        then=url_for(".show", submitted_id=submitted.id, _anchor="echange"),
        page="review/remark.html",
        said="Votre remarque est envoyée au collectif.",
        submitted=submitted,
    )


@bp.get("/fiches-transmises/<uuid:submitted_id>/fiche.pdf")
@access(can_review, traced=record_reading, submitted=get_submitted)
def pdf(submitted: SubmittedFacts) -> Response:
    """The institution's copy on paper."""
    content = open_submitted(submitted.id)
    if content is None:
        return gone("sheet")
    code = "" if submitted.collective_name else f"{submitted.collective_code}-"
    name = f"fiche-{code}{submitted.month:%Y-%m}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(institution_copy(submitted, content, clock.now()), mimetype="application/pdf", headers=headers)
