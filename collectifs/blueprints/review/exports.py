"""Sheets in one file: asking, how far it is, what was asked before and by whom."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.review.area import bp
from collectifs.blueprints.review.wanted import asked_of_pile
from collectifs.kernel import clock
from collectifs.people.domain.person import Role
from collectifs.people.permissions import can_inspect
from collectifs.review.models import ExportForm
from collectifs.review.permissions import can_open_export
from collectifs.review.queries.exports import ExportFacts, export_bytes, exports_on, get_export
from collectifs.review.queries.pile import ids_of, number_of
from collectifs.review.services import ask_export
from collectifs.web.access import access, me
from collectifs.web.files import kept_file
from collectifs.web.refusals import why_not


@bp.get("/fiches-transmises/fichiers")
@access(can_inspect)
def exports() -> ResponseReturnValue:
    """What was asked on one's territories, by whom, until when; and asking for what the address shows."""
    now, person = clock.now(), me()
    asked = asked_of_pile(person, now)
    found = exports_on(person.territories(Role.INSPECTOR), now)
    return render_template(
        "review/exports.html",
        exports=[(each, can_open_export(person, each)) for each in found],
        number=number_of(asked.wanted),
        filter=asked.args,
        forms=list(ExportForm),
    )


@bp.post("/fiches-transmises/fichiers/demander")
@access(can_inspect)
def ask_for_export() -> ResponseReturnValue:
    """Ask for the sheets of the filter in one file."""
    now = clock.now()
    form = next((each for each in ExportForm if each.value == request.form.get("form")), ExportForm.PDF)
    ids = ids_of(asked_of_pile(me(), now).wanted)
    refused = why_not(lambda: ask_export(ids, form, now=now, by=me()))
    flash(refused or "Le fichier se prépare. Un courriel vous dira qu’il est prêt.")
    return redirect(url_for(".exports"))


@bp.get("/fiches-transmises/fichiers/<uuid:export_id>")
@access(can_open_export, export=get_export)
def export_file(export: ExportFacts) -> ResponseReturnValue:
    """The file, to whoever asked for it."""
    content = export_bytes(export) if export.until > clock.now() else None
    if content is None:
        flash("Ce fichier n’est pas prêt, ou il est déjà effacé.")
        return redirect(url_for(".exports"))
    answer: Response = kept_file(content, f"fiches-{export.asked_at:%Y-%m-%d}", export.form.value)
    return answer
