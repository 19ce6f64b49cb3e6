"""Who may do what with a programme, a notebook, a note of one's own.

True lets in; anything else does not. No rule begins with « administrators may ».
"""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from collectifs.people.domain.person import Person


class Headed(Protocol):
    """A programme, or what hangs on it."""

    @property
    def head_id(self) -> UUID | None:
        """Who heads it."""


class Staffed(Headed, Protocol):
    """A programme with who tutors in it."""

    @property
    def tutor_ids(self) -> Collection[UUID]:
        """Who tutors in it today."""


class Kept(Protocol):
    """A notebook, what stands in it, or a note."""

    @property
    def user_id(self) -> UUID:
        """Whose it is."""


def can_head_programme(user: Person, programme: Headed) -> bool:
    """The person who heads it, and nobody above: its tutors, its counts; never a notebook."""
    return user.id == programme.head_id


def can_hand_out(user: Person, programme: Staffed) -> bool:
    """Whoever heads the programme or tutors in it today: its letter and its poster, which name nobody."""
    return can_head_programme(user, programme) or user.id in programme.tutor_ids


def can_keep_notebook(user: Person, kept: Kept) -> bool:
    """The tutor whose notebook it is: the head, the territory and the administration never."""
    return user.id == kept.user_id


def can_keep_note(user: Person, kept: Kept) -> bool:
    """Whoever wrote the note on their own practice."""
    return user.id == kept.user_id
