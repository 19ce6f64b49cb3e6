"""Letting what a sheet held perish: the bytes are emptied at once, the key is destroyed once that is committed."""

from collectifs.kernel.audit import ask, record
from collectifs.kernel.models import ERASED
from collectifs.kernel.work import DestroyKey
from collectifs.meetings.models import SynthesisSheet
from collectifs.sheets.models import Remark, SubmittedSheet
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
    for objection in objections_to(sheet.id):
        objection.member = objection.sentence = ERASED
    record("drafts_perished", sheet, by=None)
    ask(DestroyKey(sheet.key_id))


def erase_copy(copy: SubmittedSheet) -> None:
    """The institution's copy: that it was submitted stays, its words go."""
    copy.body = ERASED
    ask(DestroyKey(copy.key_id))


def erase_remark(remark: Remark) -> None:
    """A remark or an answer; the key is that of the whole thread."""
    remark.body = ERASED
    ask(DestroyKey(remark.key_id))
