"""The sheet leaves the collective: who will read, under which words, and what could tell who is spoken of."""

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from collectifs.blueprints.sheets.area import WITH_FORM, bp, reading_of, way_to
from collectifs.blueprints.sheets.forms import BOTH_DEGREES, SubmitForm
from collectifs.kernel import clock
from collectifs.sheets.models import SubmittedSheet
from collectifs.sheets.permissions import can_write_sheet
from collectifs.sheets.queries.sheets import SheetAccess, get_sheet
from collectifs.sheets.services.sheets import replace_what_is_certain, submit_sheet
from collectifs.web.access import access, me
from collectifs.web.perform import perform

CHANGED = "Les mots sont changés. Proposez la fiche de nouveau : votre collectif lira ce qui a changé."


@bp.route("/fiches/<uuid:sheet_id>/transmettre", methods=WITH_FORM)
@access(can_write_sheet, sheet=get_sheet)
def submit(sheet: SheetAccess) -> ResponseReturnValue:
    """The crossing: who reads today, who will read, under which words; words that change take it back to writing."""
    reading = reading_of(sheet)
    own = sheet.collective.degree
    form = SubmitForm(degree=own.value if own else BOTH_DEGREES)

    def next_page(copy: SubmittedSheet | None) -> str:
        flash(CHANGED if copy is None else "La fiche est transmise à l’inspection.")
        return way_to("edit" if copy is None else "show", sheet)

    return perform(
        form,
        lambda: submit_sheet(
            sheet, degree=form.chosen_degree, decisions=form.decisions, now=reading.now, by=reading.person
        ),
        then=next_page,
        page="sheets/submit.html",
        reading=reading,
        sheet=sheet,
    )


@bp.post("/fiches/<uuid:sheet_id>/remplacer-les-noms")
@access(can_write_sheet, sheet=get_sheet)
def replace_names(sheet: SheetAccess) -> ResponseReturnValue:
    """What blocks gives way to what is proposed for it; the sheet is written again."""
    replace_what_is_certain(sheet, now=clock.now(), by=me())
    flash(CHANGED)
    return redirect(way_to("edit", sheet))
