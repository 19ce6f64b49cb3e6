"""Writing the demonstration into an empty database: everybody, their collectives, five meetings each, every sheet.

Rows carry the instants of the past; what would have perished by the first day has perished here too.
"""

from datetime import datetime

from collectifs.collectives.domain.work import MailInvitation
from collectifs.collectives.models import Meeting
from collectifs.collectives.queries.collectives import accesses_to
from collectifs.demo.book import add_books
from collectifs.demo.campaign import USUAL, add_campaign
from collectifs.demo.data import load
from collectifs.demo.dates import add_dates
from collectifs.demo.directory import add_directory
from collectifs.demo.events import add_event
from collectifs.demo.former import add_former
from collectifs.demo.gestures import Room, add_gestures
from collectifs.demo.kept import add_debrief
from collectifs.demo.neighbours import add_neighbours
from collectifs.demo.past_day import add_past_day
from collectifs.demo.people import add_people
from collectifs.demo.records import DemoMeeting
from collectifs.demo.rows import Stage, note
from collectifs.demo.series import Series, add_meeting, add_series, add_situations
from collectifs.demo.sheets import add_sheet
from collectifs.demo.tutoring import add_tutoring
from collectifs.kernel.audit import ask
from collectifs.kernel.endings import draft_ends_at, notes_end_at
from collectifs.kernel.extensions import db
from collectifs.live.services.perishing import destroy_notes
from collectifs.meetings.models import SynthesisSheet
from collectifs.sheets.domain.work import MailSheetProposed
from collectifs.sheets.queries.sheets import copies_of, life_at, sheets_of
from collectifs.sheets.services.perishing import erase_copy, erase_drafts

LAST = 3  # seconds: the invitation comes after the other mails, and stands first in the outbox


def build_demo(candidates: int = USUAL) -> None:
    """Add every row of the demonstration to the session; the caller commits."""
    stage = add_people(load())
    for told in stage.data.collectives:
        series = add_series(stage, told)
        for meeting in told.meetings:
            _add_meeting(stage, series, meeting)
        add_dates(stage, series, told.asked)
        _ask_mails(stage, series)
    add_campaign(stage, candidates)
    add_event(stage)
    add_past_day(stage)
    add_books(stage)
    add_tutoring(stage)
    add_directory(stage)
    add_former(stage)
    add_neighbours(stage)  # after the books, which take up what the others let out
    db.session.flush()


def _add_meeting(stage: Stage, series: Series, told: DemoMeeting) -> None:
    """One meeting with its situations, its sheet and its gestures."""
    meeting = add_meeting(stage, series, told)
    situations = add_situations(stage, series, told, meeting)
    sheet = add_sheet(stage, series, told, meeting)
    meeting.notes_perished_at = _notes_perished_at(stage, meeting, told)
    add_debrief(stage, series, told, meeting)
    add_gestures(Room(stage, series, told, meeting, situations))
    _let_perish(stage, meeting, sheet)


def _notes_perished_at(stage: Stage, meeting: Meeting, told: DemoMeeting) -> datetime | None:
    """When the collective agreed to the sheet or did without; at most 30 days after the meeting.

    What it agreed to before it wrote a new version counts: its instants stand in the data alone by now.
    """
    life, sheet = life_at(meeting.id), told.sheet
    agreed_at = life.agreed_at(stage.now) if life else None
    if sheet is not None and (sheet.given_up_at or sheet.again):
        agreed_at = sheet.given_up_at or sheet.submitted_at
    ends = [at for at in (agreed_at, notes_end_at(meeting.ends_at)) if at is not None and at <= stage.now]
    return min(ends, default=None)


def _let_perish(stage: Stage, meeting: Meeting, sheet: SynthesisSheet) -> None:
    """Notes, drafts and withdrawn copies whose time is over by the rules of retention."""
    copies = copies_of(sheet.id)
    copy = copies[-1] if copies else None
    if meeting.notes_perished_at is not None:
        destroy_notes(meeting, now=meeting.notes_perished_at)
        note("notes_perished", meeting, by=None, at=meeting.notes_perished_at)
    if draft_ends_at(meeting.ends_at, copy.submitted_at if copy else None) <= stage.now:
        erase_drafts(sheet)
    if copy is not None and copy.withdrawn_at:
        erase_copy(copy)


def _ask_mails(stage: Stage, series: Series) -> None:
    """Mails for the outbox: the worker sends them at the first start, and mints the link of the invitation."""
    for sheet in sheets_of(accesses_to([series.row.id])[series.row.id]):
        if sheet.life.deadline_at and sheet.life.deadline_at > stage.now:
            for user_id in sorted(sheet.reader_ids - {series.pilot.id}):
                ask(MailSheetProposed(user_id, sheet.sheet.id))
    for who in series.told.members:
        if stage.data.people[who].charter_at is None:
            ask(MailInvitation(stage.people[who].id, series.row.id), after_s=LAST)
