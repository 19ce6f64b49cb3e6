"""Debriefs: what one person says became of the answers, kept, changed, erased at once. Nobody is asked for one."""

from datetime import datetime
from uuid import uuid4

from collectifs.collectives.models import Meeting
from collectifs.collectives.queries.collectives import locked_collective
from collectifs.collectives.services.frame import series_key
from collectifs.kernel.audit import record
from collectifs.kernel.endings import series_ends_on
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.domain.person import Person
from collectifs.sheets.domain.follow_up import FollowUpBody, check_follow_up
from collectifs.sheets.models import FollowUp
from collectifs.sheets.queries.follow_ups import follow_up_row


def save_follow_up(meeting: Meeting, *, body: FollowUpBody, now: datetime, by: Person) -> bool:
    """Keep what a person says, sealed under the series; emptied, it is erased. Tells whether something is kept."""
    said = body.without_blanks()
    check_follow_up(said)
    collective = locked_collective(meeting.collective_id)
    if series_ends_on(collective.season) < now.date():
        raise RuleBroken("La saison est finie : ce que l’on en disait est effacé, et rien ne s’y ajoute.")
    if said.is_blank:
        erase_follow_up(meeting, by=by)
        return False
    row = follow_up_row(meeting.id, by.id) or FollowUp(id=uuid4(), meeting_id=meeting.id, user_id=by.id)
    row.key_id = series_key(collective)
    seal_text(row, FollowUp.body, said.to_json())
    row.saved_at = now
    db.session.add(row)
    db.session.flush()
    record("follow_up_saved", row, by=None)
    return True


def erase_follow_up(meeting: Meeting, *, by: Person) -> None:
    """A person takes back everything they said of the answers of a meeting."""
    row = follow_up_row(meeting.id, by.id)
    if row is not None:
        record("follow_up_erased", row, by=None)
        db.session.delete(row)
