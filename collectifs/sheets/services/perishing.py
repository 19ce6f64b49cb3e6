"""Letting what a sheet held perish: the bytes are emptied at once, the key is destroyed once that is committed."""

from collectifs.kernel.audit import ask_job, record
from collectifs.kernel.models import ERASED
from collectifs.meetings.models import SynthesisSheet
from collectifs.sheets.models import Remark, SubmittedSheet
from collectifs.sheets.queries.consent import objections_to
from collectifs.sheets.queries.versions import versions_of


def erase_drafts(sheet: SynthesisSheet) -> None:
    """The working copy, the versions, who presented, the words of objections: all under the sheet's key."""
    sheet.draft = ERASED
    if sheet.presenter:
        sheet.presenter = ERASED
    for version in versions_of(sheet.id):
        version.body = ERASED
    for objection in objections_to(sheet.id):
        objection.sentence = ERASED
    record("drafts_perished", sheet, by=None)
    ask_job("destroy_key", key_id=sheet.key_id)


def erase_copy(copy: SubmittedSheet) -> None:
    """The institution's copy: that it was submitted stays, its words go."""
    copy.body = ERASED
    ask_job("destroy_key", key_id=copy.key_id)


def erase_remark(remark: Remark) -> None:
    """A remark or an answer; the key is that of the whole thread."""
    remark.body = ERASED
    ask_job("destroy_key", key_id=remark.key_id)
