"""The working copy of a sheet and its versions: what is typed is saved over; some texts are kept on the way.

A version is cut when the sheet is proposed, when another one is restored, when somebody else goes on writing,
after ten minutes' pause, and when two windows wrote different things. Saving alone cuts none.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.vault import Perished
from collectifs.kernel.vault.texts import seal_text
from collectifs.meetings.domain.devices import DeviceKind
from collectifs.meetings.models import SynthesisSheet
from collectifs.people.domain.person import Person
from collectifs.sheets.domain.life import check_can_be_written
from collectifs.sheets.domain.sheet import SheetContent, VersionReason, check_limits, why_no_text
from collectifs.sheets.models import SheetVersion
from collectifs.sheets.queries.sheets import SheetAccess, VersionAccess, open_draft
from collectifs.sheets.queries.versions import last_version, open_version

PAUSE = timedelta(minutes=10)


class DraftConflict(RuleBroken):
    """Somebody saved in between: nothing is overwritten, the person chooses."""


def save_draft(
    access: SheetAccess,
    *,
    revision: int,
    content: SheetContent,
    now: datetime,
    by: Person,
    on: DeviceKind | None = None,
) -> None:
    """Keep what the pilot has typed, and on what. Raises DraftConflict when the draft is not the one they read."""
    sheet = access.sheet
    check_draft_is_open(access, now)
    check_limits(content)
    present = open_draft(sheet)
    if revision != sheet.revision:
        if content.without_blanks() == present.without_blanks():
            return
        raise DraftConflict("Cette fiche a changé entre-temps. Rien n’a été écrasé.")
    if content.without_blanks() != present.without_blanks():
        _keep_what_was_left(sheet, present, now, by)
    write_draft(sheet, content, now, by.id, on)


def settle_conflict(
    access: SheetAccess,
    *,
    revision: int,
    mine: SheetContent,
    keeps_mine: bool,
    now: datetime,
    by: Person,
    on: DeviceKind | None = None,
) -> None:
    """Between two windows: one text stays in hand, the other is kept among the versions; no typed word is lost."""
    sheet = access.sheet
    check_draft_is_open(access, now)
    if revision != sheet.revision:
        raise DraftConflict("Cette fiche a encore changé. Rien n’a été écrasé.")
    if not keeps_mine:
        cut_version(sheet, mine, VersionReason.CONFLICT, at=now, by_id=by.id)
        return
    check_limits(mine)
    _cut_present(sheet, open_draft(sheet), VersionReason.CONFLICT, now, by)
    write_draft(sheet, mine, now, by.id, on)


def restore_version(found: VersionAccess, *, now: datetime, by: Person) -> None:
    """An earlier text becomes the working copy again; the present one is kept as a version first."""
    sheet = found.access.sheet
    check_draft_is_open(found.access, now)
    try:
        content = open_version(found.version)
    except Perished:
        raise RuleBroken("Le texte de cette version a été effacé : son délai de conservation est passé.") from None
    if content.is_closed:
        raise RuleBroken(why_no_text(content))
    present = open_draft(sheet)
    if content.without_blanks() == present.without_blanks():
        return
    _cut_present(sheet, present, VersionReason.RESTORED, now, by)
    write_draft(sheet, content, now, by.id)
    record("sheet_restored", sheet, by=by)


def check_draft_is_open(access: SheetAccess, now: datetime) -> None:
    """A draft that may be written and has not perished."""
    check_can_be_written(access.life, now)
    if not access.sheet.draft or now >= access.drafts_end_at:
        raise RuleBroken("Le brouillon de cette fiche a été effacé : son délai de conservation est passé.")


def write_draft(
    sheet: SynthesisSheet,
    content: SheetContent,
    now: datetime,
    by_id: UUID | None = None,
    on: DeviceKind | None = None,
) -> None:
    """The working copy, sealed; each writing counts. `by_id` None: the room wrote it, by a note."""
    seal_text(sheet, SynthesisSheet.draft, content.to_json())
    sheet.revision += 1
    sheet.saved_at = now
    sheet.saved_by_id = by_id or sheet.saved_by_id
    sheet.saved_on = on


def cut_version(
    sheet: SynthesisSheet, content: SheetContent, reason: VersionReason, *, at: datetime, by_id: UUID
) -> SheetVersion:
    """Freeze a text under the next number."""
    former = last_version(sheet.id)
    version = SheetVersion(
        id=uuid4(),
        sheet_id=sheet.id,
        number=former.number + 1 if former else 1,
        key_id=sheet.key_id,
        digest=content.digest(),
        cut_at=at,
        cut_by_id=by_id,
        reason=reason,
    )
    seal_text(version, SheetVersion.body, content.to_json())
    db.session.add(version)
    db.session.flush()
    return version


def _keep_what_was_left(sheet: SynthesisSheet, present: SheetContent, now: datetime, by: Person) -> None:
    """Before somebody else goes on, or after a pause: the text as it stood."""
    if sheet.saved_by_id is not None and sheet.saved_by_id != by.id:
        _cut_present(sheet, present, VersionReason.AUTHOR, now, by)
    elif sheet.saved_at is not None and now - sheet.saved_at >= PAUSE:
        _cut_present(sheet, present, VersionReason.PAUSE, now, by)


def _cut_present(
    sheet: SynthesisSheet, present: SheetContent, reason: VersionReason, now: datetime, by: Person
) -> None:
    """The present text under its own author and instant, unless it is blank or the latest version already."""
    former = last_version(sheet.id)
    content = present.without_blanks()
    if content.is_blank or content.is_closed or (former is not None and former.digest == content.digest()):
        return
    cut_version(sheet, content, reason, at=sheet.saved_at or now, by_id=sheet.saved_by_id or by.id)
