"""The inspection reads what the collectives let out: under a code, each reading noted."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.review import away, exports
from collectifs.blueprints.review.area import bp
from collectifs.blueprints.review.desk import before_page, institution_copy, next_to_read, pile_page, sheet_page
from collectifs.blueprints.review.forms import FilterForm, RemarkForm
from collectifs.blueprints.review.wanted import args_to_keep, asked_of_pile
from collectifs.kernel import clock
from collectifs.meetings.queries.resources import shelf
from collectifs.people.permissions import can_inspect
from collectifs.review.models import SavedFilter
from collectifs.review.permissions import can_drop_filter, can_review
from collectifs.review.queries.copies import SubmittedFacts, get_submitted, is_just_noted
from collectifs.review.queries.door import PaperDoor, paper_door
from collectifs.review.queries.filters import get_filter
from collectifs.review.services import (
    drop_filter,
    keep_filter,
    mark_as_read,
    record_reading,
    send_remark,
    settle_exchange,
)
from collectifs.web.access import access, at_the_door, me
from collectifs.web.gone import gone
from collectifs.web.perform import perform
from collectifs.web.refusals import why_not

MORE_VIEWS = (away, exports)  # modules that hang their own views on the blueprint


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
@access(can_review, traced=record_reading, unless=is_just_noted, submitted=get_submitted)
def show(submitted: SubmittedFacts) -> ResponseReturnValue:
    """One sheet; the collective sees that it was opened."""
    now, library = clock.now(), shelf()
    page = sheet_page(asked_of_pile(me(), now), submitted, library, now)
    return render_template("review/show.html", form=RemarkForm().offer(library), **page)


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


@bp.post("/fiches-transmises/<uuid:submitted_id>/clore")
@access(can_review, submitted=get_submitted)
def settle(submitted: SubmittedFacts) -> ResponseReturnValue:
    """Nothing more is expected of an exchange."""
    refused = why_not(lambda: settle_exchange(submitted, now=clock.now(), by=me()))
    flash(refused or "L’échange est clos. Une nouvelle remarque le rouvre.")
    return redirect(url_for(".show", submitted_id=submitted.id, **asked_of_pile(me(), clock.now()).args))


@bp.post("/fiches-transmises/filtres")
@access(can_inspect)
def keep() -> ResponseReturnValue:
    """Keep the filter of the address by name, for oneself."""
    form, args = FilterForm(), asked_of_pile(me(), clock.now()).args
    form.validate()
    kept = args_to_keep(args)
    refused = why_not(lambda: keep_filter(form.name.data or "", kept, now=clock.now(), by=me()))
    flash(refused or f"Le filtre « {form.name.data} » est gardé.")
    return redirect(url_for(".index", **args))


@bp.post("/fiches-transmises/filtres/<uuid:kept_id>/retirer")
@access(can_drop_filter, kept=get_filter)
def drop(kept: SavedFilter) -> ResponseReturnValue:
    """Keep it no more."""
    drop_filter(kept)
    return redirect(url_for(".index"))


@bp.post("/fiches-transmises/<uuid:submitted_id>/remarque")
@access(can_review, submitted=get_submitted)
def remark(submitted: SubmittedFacts) -> ResponseReturnValue:
    """A word to the collective. Shown again, the page holds the remark alone: the sheet is read where it is traced."""
    form = RemarkForm().offer(shelf())
    return perform(
        form,
        lambda: send_remark(
            submitted,
            text=form.text.data,
            nobody_named=form.nobody_named.data,
            resource=form.suggested,
            now=clock.now(),
            by=me(),
        ),
        then=url_for(".show", submitted_id=submitted.id, _anchor="echange"),
        page="review/remark.html",
        said="Votre remarque est envoyée au collectif.",
        submitted=submitted,
    )


@bp.get("/fiches-transmises/<uuid:submitted_id>/fiche.pdf")
@at_the_door(can_review, traced=record_reading, submitted=paper_door)
def pdf(submitted: PaperDoor) -> Response:
    """The institution's copy on paper."""
    made = institution_copy(submitted, clock.now())
    if made is None:
        return gone("sheet")
    code = "" if submitted.collective_name else f"{submitted.collective_code}-"
    name = f"fiche-{code}{submitted.month:%Y-%m}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(made, mimetype="application/pdf", headers=headers)
