"""Mails about sheets: which collective, which day, until when. Never a word of what is said."""

from datetime import datetime
from typing import Any

from collectifs.collectives.mails.foot import about_collective
from collectifs.kernel import clock
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.mail.subject import subject_with
from collectifs.kernel.text.typography import day_and_month
from collectifs.meetings.mails.meetings import instant_words, when_words
from collectifs.people.mails.letters import page_url, send_letter
from collectifs.people.models import User
from collectifs.people.queries.people import get_user
from collectifs.sheets.domain.life import SheetStatus
from collectifs.sheets.domain.work import (
    MailOfProposal,
    MailOfSheet,
    MailRemark,
    MailSheetAcceptedInRoom,
    MailSheetProposed,
    MailSheetWithdrawn,
)
from collectifs.sheets.queries.sheets import SheetAccess, get_sheet
from collectifs.sheets.queries.versions import lapsed_proposals
from collectifs.sheets.services.sheets import count_from_sending

_PutTo = tuple[tuple[User, SheetAccess] | None, datetime | None]


@does
def sheet_proposed(mail: MailSheetProposed) -> None:
    """A sheet waits to be read by those whom it is put to, until an hour; or a new version of it."""
    found, deadline = _put_to(mail)
    if found is None or deadline is None:
        return
    user, sheet = found
    is_again = bool(lapsed_proposals(sheet.sheet.id))
    before = day_and_month(deadline.astimezone(sheet.access.zone))
    about_sheet(
        "sheet_proposed",
        user,
        sheet,
        f"fiche du {{day}}{' changée,' if is_again else ''} à relire avant le {before}",
        until=instant_words(deadline, sheet.access.zone),
        is_again=is_again,
        asks_transmission=sheet.life.asks_transmission,
    )


@does
def sheet_accepted_in_room(mail: MailSheetAcceptedInRoom) -> None:
    """A sheet was read and accepted in the room; each may still object until an hour."""
    found, deadline = _put_to(mail)
    if found is not None and deadline is not None:
        about_sheet(
            "sheet_accepted_in_room",
            *found,
            "fiche du {day} acceptée en séance",
            until=instant_words(deadline, found[1].access.zone),
            asks_transmission=found[1].life.asks_transmission,
        )


def _put_to(mail: MailOfProposal) -> _PutTo:
    """Who reads which proposal, while it stands, and until when: the delay counts from this sending."""
    found = _reader(mail)
    proposal = found[1].proposal if found else None
    if found is None or proposal is None or mail.proposal_id not in (None, proposal.id):
        return None, None
    sheet, now = found[1], clock.now()
    if sheet.life.status(now) not in (SheetStatus.PROPOSED, SheetStatus.AGREED):
        return None, None
    deadline = count_from_sending(sheet, now=now) if mail.proposal_id else proposal.deadline_at
    if deadline is None or deadline <= now:
        return None, None
    return found, deadline


@does
def sheet_withdrawn(mail: MailSheetWithdrawn) -> None:
    """A sheet was withdrawn, or the institution's copy alone: by whom is nobody's business."""
    found = _reader(mail)
    if found is None:
        return
    stays = found[1].life.withdrawn_at is None
    if not (stays and found[1].copy):  # transmitted again meanwhile: nothing of it is true any more
        what = "la fiche du {day} reste dans le collectif" if stays else "la fiche du {day} est retirée"
        about_sheet("sheet_withdrawn", *found, what, stays=stays)


@does
def remark(mail: MailRemark) -> None:
    """The inspection wrote to the collective; a sheet that was withdrawn since takes the remark with it."""
    found = _reader(mail)
    if found is not None and found[1].life.status(clock.now()) is not SheetStatus.WITHDRAWN:
        about_sheet("remark", *found, "une remarque sur la fiche du {day}")


def _reader(mail: MailOfSheet) -> tuple[User, SheetAccess] | None:
    """The person and the sheet, while the one may still read the other."""
    user, sheet = get_user(mail.user_id), get_sheet(mail.sheet_id)
    if user is None or sheet is None or not sheet.is_shared:
        return None
    return (user, sheet) if user.id in sheet.access.member_ids | sheet.was_there_ids else None


def about_sheet(kind: str, user: User, sheet: SheetAccess, what: str, **words: Any) -> None:
    """Send somebody a mail about a sheet; `what` says of it what its `{day}` is."""
    meeting, zone, name = sheet.meeting, sheet.access.zone, sheet.collective.name
    day, hours = when_words(meeting.starts_at, meeting.ends_at, zone)
    send_letter(
        kind,
        user,
        subject_with(f"{{name}} : {what.format(day=day_and_month(meeting.starts_at.astimezone(zone)))}", name),
        collective=name,
        number=meeting.number,
        day=day,
        hours=hours,
        place=meeting.place,
        is_pilot=user.id in sheet.access.pilot_ids,
        url=page_url("sheets.show", sheet_id=sheet.sheet.id),
        **about_collective(user.id, sheet.collective.id) | words,
    )
