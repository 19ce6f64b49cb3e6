"""Debriefs: what people say became of the answers. Opened for their author; for the room, what is shared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from collectifs.collectives.models import Collective, Meeting
from collectifs.kernel import clock
from collectifs.kernel.endings import series_ends_on
from collectifs.kernel.extensions import db
from collectifs.kernel.vault import Perished, Tampered
from collectifs.kernel.vault.texts import note_closed, open_text
from collectifs.meetings.queries.meetings import MeetingAccess, get_meeting
from collectifs.people.models import User
from collectifs.sheets.domain.follow_up import CLOSED_FOLLOW_UP, FollowUpBody
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.models import FollowUp
from collectifs.sheets.queries.sheets import SheetAccess, open_draft, settled_content


@dataclass(frozen=True)
class OpenedFollowUp:
    """What one person said of the answers of a meeting, in clear."""

    meeting_id: UUID
    user_id: UUID
    saved_at: datetime
    body: FollowUpBody


@dataclass(frozen=True)
class FollowedSheet:
    """The sheet whose answers a debrief opens on. A draft is for the eyes of whoever pilots."""

    sheet: SheetAccess
    content: SheetContent
    is_draft: bool

    @property
    def meeting(self) -> Meeting:
        """The meeting that it comes from."""
        return self.sheet.meeting


@dataclass(frozen=True)
class DebriefAccess:
    """A meeting, and who said what became of the answers that it opened on."""

    meeting: MeetingAccess
    author_ids: frozenset[UUID]


def get_debrief(meeting_id: UUID) -> DebriefAccess | None:
    """A meeting by id, and those who left their words about it; nothing of these is opened."""
    meeting = get_meeting(meeting_id)
    rows = select(FollowUp.user_id).where(FollowUp.meeting_id == meeting_id).order_by(FollowUp.user_id)
    return DebriefAccess(meeting, frozenset(db.session.scalars(rows))) if meeting else None


def follow_up_row(meeting_id: UUID, user_id: UUID) -> FollowUp | None:
    """The row of one person about one meeting; nothing of it is opened."""
    return db.session.scalars(
        select(FollowUp)
        .where(FollowUp.meeting_id == meeting_id, FollowUp.user_id == user_id)
        .order_by(FollowUp.saved_at)
    ).first()


def follow_up_by(meeting_id: UUID, user_id: UUID) -> OpenedFollowUp | None:
    """What one person said of the answers of a meeting, for themselves."""
    return next((each for each in follow_ups_by(user_id) if each.meeting_id == meeting_id), None)


def follow_ups_by(user_id: UUID) -> list[OpenedFollowUp]:
    """Everything that a person said, in all their collectives, for themselves; the latest meeting first."""
    rows = db.session.execute(
        select(FollowUp, Collective.season)
        .join(Meeting, Meeting.id == FollowUp.meeting_id)
        .join(Collective, Collective.id == Meeting.collective_id)
        .where(FollowUp.user_id == user_id)
        .order_by(Meeting.starts_at.desc(), FollowUp.id)
    )
    return [opened for opened in (_opened(row, season) for row, season in rows) if opened]


def follow_ups_in(collective_id: UUID) -> list[FollowUp]:
    """The rows of a collective, unopened: for their destruction."""
    return list(
        db.session.scalars(
            select(FollowUp)
            .join(Meeting, Meeting.id == FollowUp.meeting_id)
            .where(Meeting.collective_id == collective_id)
            .order_by(FollowUp.id)
        )
    )


def shared_follow_ups(sheet: SheetAccess, reader_id: UUID) -> list[tuple[FollowUpBody, str]]:
    """What members let the room hear, with their given name; nothing for whoever came after the meeting."""
    if not sheet.knew_meeting(reader_id):
        return []
    rows = db.session.execute(
        select(FollowUp, Collective.season, User.given_name)
        .join(Meeting, Meeting.id == FollowUp.meeting_id)
        .join(Collective, Collective.id == Meeting.collective_id)
        .join(User, User.id == FollowUp.user_id)
        .where(FollowUp.meeting_id == sheet.meeting.id)
        .order_by(FollowUp.id)
    )
    opened = [(_opened(row, season), name) for row, season, name in rows]
    return [(each.body, name) for each, name in opened if each and each.body.is_shared]


def _opened(row: FollowUp, season: int) -> OpenedFollowUp | None:
    """A row in clear; None once the season is over, tidied up or not yet."""
    if series_ends_on(season) < clock.now().date():
        return None
    try:
        text = open_text(row, FollowUp.body)
    except Perished:
        return None
    except Tampered:
        note_closed(FollowUp.body)
        return OpenedFollowUp(row.meeting_id, row.user_id, row.saved_at, CLOSED_FOLLOW_UP)
    return OpenedFollowUp(row.meeting_id, row.user_id, row.saved_at, FollowUpBody.from_json(text))


def content_to_follow(sheet: SheetAccess, now: datetime) -> FollowedSheet | None:
    """The answers of a sheet: as the collective received it; a draft, when nothing was put to it yet."""
    content = settled_content(sheet, now)
    if content is not None:
        return FollowedSheet(sheet, content, is_draft=False)
    draft = open_draft(sheet.sheet).without_blanks()
    is_none = sheet.life.withdrawn_at or sheet.life.given_up_at
    if sheet.proposal is not None or is_none or not draft.answers:
        return None
    return FollowedSheet(sheet, draft, is_draft=True)


def sheet_before(meeting: Meeting, sheets: Iterable[SheetAccess], now: datetime) -> FollowedSheet | None:
    """What the debrief of a meeting opens on: the latest sheet shared before it; failing any, the latest draft."""
    before = [each for each in sheets if each.meeting.starts_at < meeting.starts_at]
    draft = None
    for sheet in sorted(before, key=lambda each: each.meeting.starts_at, reverse=True):
        followed = content_to_follow(sheet, now)
        if followed and not followed.is_draft:
            return followed
        draft = draft or followed
    return draft
