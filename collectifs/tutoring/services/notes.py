"""Notes on one's own practice: opened by oneself, written, taken away. No audit: they are nobody else's."""

from datetime import datetime
from uuid import uuid4

from collectifs.kernel.audit import ask
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_of
from collectifs.kernel.vault import make_key
from collectifs.kernel.vault.texts import seal_text
from collectifs.kernel.work import DestroyKey
from collectifs.people.domain.person import Person
from collectifs.tutoring.models import PracticeBook, PracticeNote
from collectifs.tutoring.queries.own import NoteAccess, note_rows_of, practice_book

MOST_NOTES = 200


def open_notes(*, now: datetime, by: Person) -> None:
    """From now on one may write; done twice, nothing more happens."""
    if practice_book(by.id) is None:
        _forget_book(by)
        db.session.add(PracticeBook(user_id=by.id, season=season_of(now.date()), opened_at=now))


def close_notes(*, by: Person) -> None:
    """Every note goes, with its key."""
    for row in note_rows_of(by.id):
        erase_note(row)
    _forget_book(by)


def _forget_book(by: Person) -> None:
    row = db.session.get(PracticeBook, by.id)
    if row is not None:
        db.session.delete(row)
        db.session.flush()


def write_note(text: str, *, now: datetime, by: Person) -> PracticeNote:
    """Seal a note under a key of its own."""
    if practice_book(by.id) is None:
        raise RuleBroken("Ouvrez d’abord vos notes : elles sont fermées tant que vous ne le demandez pas.")
    if len(note_rows_of(by.id)) >= MOST_NOTES:
        raise RuleBroken(f"Vous gardez déjà {MOST_NOTES} notes : retirez-en avant d’en écrire d’autres.", "text")
    row = PracticeNote(id=uuid4(), user_id=by.id, season=season_of(now.date()), written_at=now, key_id=make_key())
    seal_text(row, PracticeNote.body, text)
    db.session.add(row)
    db.session.flush()
    return row


def remove_note(access: NoteAccess) -> None:
    """One note goes."""
    erase_note(access.note)


def erase_note(row: PracticeNote) -> None:
    """A note and its key."""
    ask(DestroyKey(row.key_id))
    db.session.delete(row)
