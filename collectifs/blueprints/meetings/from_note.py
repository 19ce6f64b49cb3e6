"""A situation begun from a note on one's own practice: its author alone reads the note, and sends what they decide."""

from uuid import UUID

from collectifs.blueprints.meetings.forms import SituationForm
from collectifs.people.domain.person import Person
from collectifs.tutoring.permissions import can_keep_note
from collectifs.tutoring.queries.own import get_note, text_of_note


def begins_with_note(form: SituationForm, person: Person) -> bool:
    """Put the note that was asked for in the story: nothing is sent. False when none was asked for."""
    asked = form.from_note.data
    if not form.is_posted() or not asked:
        return False
    try:
        note = get_note(UUID(asked))
    except ValueError:
        note = None
    if note is not None and can_keep_note(person, note):
        form.story.data = text_of_note(note)
    return True
