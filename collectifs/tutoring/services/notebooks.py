"""What a tutor does in a notebook: codes, interviews, who was told. No audit: its instants would tell of a pupil."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID, uuid4

from collectifs.kernel.audit import ask
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.text.typography import join_names
from collectifs.kernel.vault import make_key
from collectifs.kernel.vault.texts import seal_text
from collectifs.kernel.work import DestroyKey
from collectifs.tutoring.domain.guarding import doubts_in
from collectifs.tutoring.domain.interviews import (
    InterviewBody,
    check_interview,
    check_may_write,
    check_told_on,
    code_of,
)
from collectifs.tutoring.models import Interview, TutoredCode
from collectifs.tutoring.queries.notebooks import (
    CodeAccess,
    InterviewAccess,
    NotebookAccess,
    get_code,
    guarded_names,
    opened_code,
    opened_codes,
)


def add_code(access: NotebookAccess, typed: str) -> TutoredCode:
    """Somebody more, by a code of the tutor's own: a shape in which no name fits."""
    _check_may_write(access)
    code = code_of(typed, [each.code for each in opened_codes(access.id)])
    row = TutoredCode(id=uuid4(), notebook_id=access.id, code=code)
    db.session.add(row)
    db.session.flush()
    return row


def code_in(access: NotebookAccess, code_id: UUID) -> CodeAccess:
    """A code of this very notebook."""
    found = get_code(code_id)
    if found is None or found.access.id != access.id:
        raise RuleBroken("Ce code n’est plus dans votre carnet.", "code")
    return found


def note_interview(
    access: CodeAccess, held_on: date, body: InterviewBody, *, kept_words: Collection[str], now: datetime
) -> Interview:
    """Seal an interview under a key of its own. `kept_words`: what was asked about and is no person.

    The guard reads the note first, here as in the page: what it refuses is kept nowhere.
    """
    _check_may_write(access.access)
    today = now.astimezone(access.access.programme.zone).date()
    check_interview(held_on, body, season_began=_began(access), today=today)
    _check_note(access, body.note, kept_words)
    row = Interview(id=uuid4(), code_id=access.id, held_on=held_on, written_at=now, key_id=make_key())
    seal_text(row, Interview.body, body.to_json())
    db.session.add(row)
    db.session.flush()
    return row


def _check_note(access: CodeAccess, note: str, kept_words: Collection[str]) -> None:
    codes = [each.code for each in opened_codes(access.access.id)]
    found = doubts_in(note, guarded_names(access.access), codes)
    left = [each.words for each in found if each.is_refused or each.words not in kept_words]
    if left:
        raise RuleBroken(f"Ici, personne n’a de nom : {join_names([f'« {words} »' for words in left])}.", "note")


def note_told(access: CodeAccess, told_on: date | None, *, now: datetime) -> None:
    """When the guardians were told of the tutoring; an empty day takes it back."""
    _check_may_write(access.access)
    if told_on is not None:
        today = now.astimezone(access.access.programme.zone).date()
        check_told_on(told_on, season_began=_began(access), today=today)
    access.code.told_on = told_on


def remove_interview(access: InterviewAccess) -> None:
    """One interview goes, with its key."""
    ask(DestroyKey(access.interview.key_id))
    db.session.delete(access.interview)


def remove_code(access: CodeAccess) -> None:
    """A code goes, with its interviews and their keys."""
    for each in opened_code(access).interviews:
        row = db.session.get_one(Interview, each.id)
        ask(DestroyKey(row.key_id))
        db.session.delete(row)
    db.session.flush()
    db.session.delete(access.code)


def _began(access: CodeAccess) -> date:
    return date(access.access.programme.programme.season, 9, 1)


def _check_may_write(access: NotebookAccess) -> None:
    check_may_write(is_open=access.programme.is_open, has_left=access.has_left)
