"""What the pilot leaves: a meeting without a sheet, or a new version given up for the one the institution reads."""

from datetime import datetime

from collectifs.domain.sheet import VersionReason
from collectifs.domain.sheet_life import check_can_be_given_up, check_can_be_kept, check_can_be_taken_up_again
from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.queries.meetings import has_event
from collectifs.people.domain.person import Person
from collectifs.queries.sheets import SheetAccess, open_draft, submitted_copy
from collectifs.queries.versions import lapsed_proposals, open_version, version_numbered
from collectifs.services.perishing import let_notes_perish
from collectifs.services.versions import cut_version, write_draft


def meeting_is_over(access: SheetAccess, now: datetime) -> bool:
    """Whether its hours are over, or its room was closed."""
    return access.meeting.ends_at <= now or has_event(access.meeting.id, "meeting_closed")


def give_up_sheet(access: SheetAccess, *, now: datetime, by: Person) -> None:
    """« Pas de fiche pour ce regroupement »: its notes perish as if a sheet had been agreed to."""
    check_can_be_given_up(access.life, now, meeting_is_over(access, now))
    access.sheet.given_up_at = now
    let_notes_perish(access.meeting, now=now)
    record("sheet_given_up", access.sheet, by=by)


def take_up_sheet_again(access: SheetAccess, *, now: datetime, by: Person) -> None:
    """A sheet after all: what was typed is there still; the notes do not come back."""
    check_can_be_taken_up_again(access.life, now)
    access.sheet.given_up_at = None
    record("sheet_taken_up_again", access.sheet, by=by)


def keep_submitted_version(access: SheetAccess, *, now: datetime, by: Person) -> None:
    """The new draft is left for the version that the institution reads: nothing changes for anybody.

    What was typed stays among the versions.
    """
    sheet = access.sheet
    check_can_be_kept(access.life, now)
    copy = submitted_copy(sheet.id)
    version = version_numbered(sheet.id, copy.version_number) if copy else None
    proposals = [each for each in lapsed_proposals(sheet.id) if version and each.version_id == version.id]
    if version is None or not version.body or not proposals:
        raise RuleBroken("La version transmise ne se retrouve plus parmi les brouillons.")
    present, kept = open_draft(sheet).without_blanks(), open_version(version)
    if present != kept:
        cut_version(
            sheet, present, VersionReason.RESTORED, at=sheet.saved_at or now, by_id=sheet.saved_by_id or by.id
        )
        write_draft(sheet, kept, now, by.id)
    proposals[0].lapsed_at, sheet.reopened_at = None, None
    record("sheet_kept", sheet, by=by)
