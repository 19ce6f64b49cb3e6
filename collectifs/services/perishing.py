"""Letting words perish: the sealed bytes are emptied at once, the key is destroyed once that is committed.

An emptied column is what tells that a text is gone; the key's destruction holds for the backups too.
"""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete

from collectifs.collectives.models import Collective, Meeting
from collectifs.domain.gestures import NOTES, TRANSIENT
from collectifs.kernel.audit import ask_job, record
from collectifs.kernel.extensions import db
from collectifs.kernel.vault import destroy_key, place, seal
from collectifs.meetings.models import MeetingEvent, Situation, SynthesisSheet
from collectifs.models import HandOffer, PreparedDevice, Remark, SubmittedSheet
from collectifs.queries.consent import objections_to
from collectifs.queries.follow_ups import follow_ups_in
from collectifs.queries.parking import parked_rows
from collectifs.queries.versions import versions_of

NOTE_KINDS = (*NOTES, *TRANSIENT, "parked", "unparked", "situation_chosen")


def empty_words(meeting: Meeting, event: MeetingEvent, body: Mapping[str, object]) -> None:
    """A gesture stays, without its words."""
    aad = place("meeting_events", event.id, "body", meeting.key_id)
    event.body = seal(json.dumps({**body, "text": ""}), meeting.key_id, aad)


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
    for left in (PreparedDevice, HandOffer):
        db.session.execute(delete(left).where(left.meeting_id == meeting.id))
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
    """The debriefs of a season that is over, and what it had set aside."""
    for row in (*follow_ups_in(collective.id), *parked_rows(collective.id)):
        db.session.delete(row)
    ask_job("destroy_key", key_id=collective.series_key_id)
    collective.series_key_id = None
