"""Letting what a sheet held perish: the bytes are emptied at once, the key is destroyed once that is committed."""

from uuid import UUID

from sqlalchemy import delete

from collectifs.collectives.models import Meeting
from collectifs.kernel import clock
from collectifs.kernel.audit import ask, note_erasure, record
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED, Erased
from collectifs.kernel.work import DestroyKey
from collectifs.meetings.models import SynthesisSheet
from collectifs.sheets.models import Remark, SheetRendering, SubmittedSheet, SubmittedTag
from collectifs.sheets.queries.consent import objections_to
from collectifs.sheets.queries.versions import versions_of


def erase_drafts(sheet: SynthesisSheet) -> None:
    """The working copy, the versions, who presented, who objected, what was kept, the words: all under one key."""
    sheet.draft = ERASED
    if sheet.presenter:
        sheet.presenter = ERASED
    if sheet.kept_words:
        sheet.kept_words = ERASED
    for version in versions_of(sheet.id):
        version.body = ERASED
    erase_outputs_of_drafts(sheet.id)
    for objection in objections_to(sheet.id):
        objection.member = objection.sentence = ERASED
    note_erasure(Erased.DRAFTS, _collective_of(sheet.id), now=clock.now())
    record("drafts_perished", sheet, by=None)
    ask(DestroyKey(sheet.key_id))


def erase_outputs_of_drafts(sheet_id: UUID) -> None:
    """What was rendered of its versions; the versions themselves stay as long as the drafts do."""
    db.session.execute(
        delete(SheetRendering).where(SheetRendering.sheet_id == sheet_id, SheetRendering.version_id.is_not(None))
    )


def erase_copy(copy: SubmittedSheet) -> None:
    """The institution's copy: that it was submitted stays, its words go, what was rendered of them, their tags."""
    copy.body = ERASED
    db.session.execute(delete(SubmittedTag).where(SubmittedTag.submitted_id == copy.id))
    db.session.execute(delete(SheetRendering).where(SheetRendering.submitted_id == copy.id))
    note_erasure(Erased.COPY, _collective_of(copy.sheet_id), now=clock.now())
    ask(DestroyKey(copy.key_id))


def erase_remark(remark: Remark) -> None:
    """A remark or an answer; the key is that of the whole thread."""
    remark.body = ERASED
    sheet_id = db.session.get_one(SubmittedSheet, remark.submitted_id).sheet_id
    note_erasure(Erased.REMARK, _collective_of(sheet_id), now=clock.now())
    ask(DestroyKey(remark.key_id))


def _collective_of(sheet_id: UUID) -> UUID:
    sheet = db.session.get_one(SynthesisSheet, sheet_id)
    return db.session.get_one(Meeting, sheet.meeting_id).collective_id
