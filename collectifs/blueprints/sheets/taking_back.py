"""Taking a sheet back, from everybody or from the institution alone: who has it, and who loses it, before the click."""

from dataclasses import dataclass
from typing import Any

from flask.typing import ResponseReturnValue

from collectifs.blueprints.sheets.area import WITH_FORM, bp, reading_of, way_to
from collectifs.blueprints.sheets.forms import WithdrawForm
from collectifs.blueprints.sheets.reading import Reading
from collectifs.kernel.text.typography import count
from collectifs.sheets.domain.life import About, check_can_stay_inside
from collectifs.sheets.permissions import can_withdraw_sheet
from collectifs.sheets.queries.sheets import SheetAccess, get_sheet
from collectifs.sheets.services import consent
from collectifs.web.access import access
from collectifs.web.perform import perform

ONLY_WITHDRAWN = "lira « retirée par le collectif », et rien d’autre"


@dataclass(frozen=True)
class Hold:
    """Who has a sheet today, what they will have of it if it stays inside, and if it is withdrawn."""

    who: str
    today: str
    if_kept: str
    if_withdrawn: str


def holds(reading: Reading) -> list[Hold]:
    """The collective, then the institution once it received a copy, and the exchange with it."""
    found = [Hold(reading.collective_readers, "la lit", "la lira toujours", "ne la lira plus")]
    if reading.copy is None:
        return found
    times = len(reading.readings)
    today = f"lit sa copie, ouverte {count(times, 'fois', 'fois', feminine=True)}" if times else "peut lire sa copie"
    found.append(Hold(reading.institution_readers, today, ONLY_WITHDRAWN, ONLY_WITHDRAWN))
    if remarks := len(reading.remarks):
        said = count(remarks, "message échangé avec l’inspection", "messages échangés avec l’inspection")
        found.append(Hold(said, "lus des deux côtés", "plus montrés à personne", "cachés à l’inspection"))
    return found


def other_way(reading: Reading) -> str:
    """How it may stay in the collective: « keep » (the copy goes), « object » (it never leaves), « stays » already."""
    if reading.allows(check_can_stay_inside, reading.sheet.has_own_text(reading.now)):
        return "keep"
    if reading.copy is not None:
        return ""
    return "object" if About.TRANSMISSION in reading.may_object_to else "stays"


@bp.route("/fiches/<uuid:sheet_id>/retirer", methods=WITH_FORM)
@access(can_withdraw_sheet, sheet=get_sheet)
def withdraw(sheet: SheetAccess) -> ResponseReturnValue:
    """Whoever was there takes it back, at once and without a reason."""
    reading = reading_of(sheet)
    return _on_page(reading, lambda: consent.withdraw_sheet(sheet, now=reading.now), "La fiche est retirée.")


@bp.post("/fiches/<uuid:sheet_id>/garder-dans-le-collectif")
@access(can_withdraw_sheet, sheet=get_sheet)
def keep_inside(sheet: SheetAccess) -> ResponseReturnValue:
    """The institution's copy goes; the collective keeps its sheet."""
    reading = reading_of(sheet)
    said = "La fiche reste dans le collectif. L’inspection ne la lit plus ici."
    return _on_page(reading, lambda: consent.keep_inside(sheet, now=reading.now), said)


def _on_page(reading: Reading, action: Any, said: str) -> ResponseReturnValue:
    return perform(
        WithdrawForm(),
        action,
        then=way_to("show", reading.sheet),
        page="sheets/withdraw.html",
        said=said,
        reading=reading,
        sheet=reading.sheet,
        holds=holds(reading),
        other_way=other_way(reading),
    )
