"""The texts that were kept on the way: their list, one of them read, one of them taken up again."""

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.sheets.area import WITH_FORM, bp, reading_of, way_to
from collectifs.blueprints.sheets.forms import RestoreForm
from collectifs.blueprints.sheets.reading import Reading
from collectifs.kernel import clock
from collectifs.kernel.text.typography import clock_time, day_and_month
from collectifs.people.queries.people import names_of
from collectifs.sheets.domain.diff import differences
from collectifs.sheets.domain.life import SheetStatus
from collectifs.sheets.models import SheetVersion
from collectifs.sheets.permissions import can_read_version, can_write_sheet
from collectifs.sheets.queries.sheets import SheetAccess, VersionAccess, get_sheet, get_version_access, open_draft
from collectifs.sheets.queries.versions import version_content, versions_of
from collectifs.sheets.services.versions import restore_version
from collectifs.web.access import access, me
from collectifs.web.perform import perform


@dataclass(frozen=True)
class Kept:
    """A version as the list says it: number, when, by whom, why."""

    number: int
    when: str
    who: str
    why: str
    url: str


def kept_versions(reading: Reading) -> list[Kept]:
    """The versions of a sheet, the latest first; none of a withdrawn one, which nobody reads any more."""
    rows = [] if reading.status is SheetStatus.WITHDRAWN else versions_of(reading.sheet.sheet.id)
    names = names_of({row.cut_by_id for row in rows})
    return [_kept(row, reading, names.get(row.cut_by_id, "")) for row in reversed(rows)]


def _kept(row: SheetVersion, reading: Reading, name: str) -> Kept:
    local = row.cut_at.astimezone(reading.zone)
    return Kept(
        row.number,
        f"{day_and_month(local.date())}, {clock_time(local)}",
        "vous" if row.cut_by_id == reading.person.id else name,
        row.reason.label,
        url_for("sheets.version", version_id=row.id),
    )


@bp.get("/fiches/<uuid:sheet_id>/versions")
@access(can_write_sheet, sheet=get_sheet)
def versions(sheet: SheetAccess) -> ResponseReturnValue:
    """What was kept while the sheet was written, and why."""
    reading = reading_of(sheet)
    return render_template("sheets/versions.html", reading=reading, sheet=sheet, kept=kept_versions(reading))


@bp.get("/versions-de-fiche/<uuid:version_id>")
@access(can_read_version, version=get_version_access)
def version(version: VersionAccess) -> ResponseReturnValue:
    """One of them, and how the present text differs from it."""
    return render_template("sheets/version.html", **_page_of(version))


def _page_of(version: VersionAccess) -> dict[str, Any]:
    reading = reading_of(version.access)
    content = version_content(version.version)
    present = open_draft(version.access.sheet).without_blanks()
    name = names_of({version.version.cut_by_id}).get(version.version.cut_by_id, "")
    return {
        "reading": reading,
        "sheet": version.access,
        "kept": _kept(version.version, reading, name),
        "version_id": version.version.id,
        "content": content,
        "changes": differences(content, present) if content else [],
        "may_restore": content is not None and reading.status is SheetStatus.DRAFT and content != present,
    }


@bp.route("/versions-de-fiche/<uuid:version_id>/reprendre", methods=WITH_FORM)
@access(can_read_version, version=get_version_access)
def restore(version: VersionAccess) -> ResponseReturnValue:
    """What would change, and the question; then it becomes the draft again, the present text kept as a version."""
    number, page = version.version.number, _page_of(version)
    if request.method == "GET" and not page["may_restore"]:
        return redirect(url_for(".version", version_id=version.version.id))
    return perform(
        RestoreForm(),
        lambda: restore_version(version, now=clock.now(), by=me()),
        then=way_to("edit", version.access),
        page="sheets/restore.html",
        said=f"La version {number} est reprise. Le texte d’avant est gardé parmi les versions.",
        **page,
    )
