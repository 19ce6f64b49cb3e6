"""Letting words perish: the sealed bytes are emptied at once, the key is destroyed once that is committed.

An emptied column is what tells that a text is gone; the key's destruction holds for the backups too.
"""

from datetime import datetime

from sqlalchemy import delete

from collectifs.extensions import db
from collectifs.models import Collective, Meeting, MeetingEvent, Remark, Situation, SubmittedSheet, SynthesisSheet
from collectifs.queries.consent import objections_to
from collectifs.queries.follow_ups import follow_ups_in
from collectifs.queries.versions import versions_of
from collectifs.services.audit import ask_job, record
from collectifs.vault import destroy_key

NOTE_KINDS = ("note_written", "note_edited", "note_removed", "note_copied_to_sheet", "parked", "situation_chosen")


def let_notes_perish(meeting: Meeting, *, now: datetime) -> None:
    """From now on nobody reads the notes of a meeting; a job destroys them."""
    if meeting.notes_perished_at is not None:
        return
    meeting.notes_perished_at = now
    record("notes_perished", meeting, by=None)
    ask_job("perish_notes", meeting_id=meeting.id)


def destroy_notes(meeting: Meeting, *, now: datetime) -> None:
    """The job itself: no word is left, neither here nor under the key. When it was held and who came stay."""
    meeting.notes_perished_at = meeting.notes_perished_at or now
    db.session.execute(
        delete(MeetingEvent).where(MeetingEvent.meeting_id == meeting.id, MeetingEvent.kind.in_(NOTE_KINDS))
    )
    destroy_key(meeting.key_id)


def erase_drafts(sheet: SynthesisSheet) -> None:
    """The working copy, the versions, who presented, the words of objections: all under the sheet's key."""
    sheet.draft = b""
    if sheet.presenter:
        sheet.presenter = b""
    for version in versions_of(sheet.id):
        version.body = b""
    for objection in objections_to(sheet.id):
        objection.sentence = b""
    record("drafts_perished", sheet, by=None)
    ask_job("destroy_key", key_id=sheet.key_id)


def erase_copy(copy: SubmittedSheet) -> None:
    """The institution's copy: that it was submitted stays, its words go."""
    copy.body = b""
    ask_job("destroy_key", key_id=copy.key_id)


def erase_remark(remark: Remark) -> None:
    """A remark or an answer; the key is that of the whole thread."""
    remark.body = b""
    ask_job("destroy_key", key_id=remark.key_id)


def erase_situation(situation: Situation) -> None:
    """A situation whose season is over."""
    ask_job("destroy_key", key_id=situation.key_id)
    db.session.delete(situation)


def erase_series(collective: Collective) -> None:
    """The debriefs of a season that is over."""
    for follow_up in follow_ups_in(collective.id):
        db.session.delete(follow_up)
    ask_job("destroy_key", key_id=collective.series_key_id)
    collective.series_key_id = None
