"""What the pilot leaves: a meeting without a sheet, a new version given up for the one that was transmitted."""

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from collectifs.blueprints.sheets.area import WITH_FORM, bp, reading_of, way_to
from collectifs.blueprints.sheets.forms import GiveUpForm
from collectifs.kernel import clock
from collectifs.sheets.permissions import can_write_sheet
from collectifs.sheets.queries.sheets import SheetAccess, get_sheet
from collectifs.sheets.services.consent import give_up_sheet, keep_submitted_version, take_up_sheet_again
from collectifs.web.access import access, me
from collectifs.web.perform import perform


@bp.route("/fiches/<uuid:sheet_id>/sans-fiche", methods=WITH_FORM)
@access(can_write_sheet, sheet=get_sheet)
def give_up(sheet: SheetAccess) -> ResponseReturnValue:
    """« Pas de fiche pour ce regroupement »: what perishes is said before the click."""
    reading = reading_of(sheet)
    return perform(
        GiveUpForm(),
        lambda: give_up_sheet(sheet, now=reading.now, by=reading.person),
        then=way_to("show", sheet),
        page="sheets/give_up.html",
        said="Ce regroupement est sans fiche. Vous pouvez revenir sur ce choix.",
        reading=reading,
        sheet=sheet,
    )


@bp.post("/fiches/<uuid:sheet_id>/une-fiche-finalement")
@access(can_write_sheet, sheet=get_sheet)
def take_up(sheet: SheetAccess) -> ResponseReturnValue:
    """A sheet after all."""
    take_up_sheet_again(sheet, now=clock.now(), by=me())
    return redirect(way_to("edit", sheet))


@bp.post("/fiches/<uuid:sheet_id>/garder-la-version-transmise")
@access(can_write_sheet, sheet=get_sheet)
def keep(sheet: SheetAccess) -> ResponseReturnValue:
    """The new version is left; the institution keeps what it reads."""
    keep_submitted_version(sheet, now=clock.now(), by=me())
    flash("La version transmise reste la seule. Ce que vous aviez écrit est gardé parmi les versions.")
    return redirect(way_to("show", sheet))
