"""Situations: proposed by a member to whoever pilots, changed until a meeting chooses them, withdrawn at any time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from collectifs.collectives.models import Meeting
from collectifs.collectives.queries.collectives import CollectiveAccess
from collectifs.kernel import clock
from collectifs.kernel.audit import ask, note_erasure, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import Erased
from collectifs.kernel.vault import Perished, make_key
from collectifs.kernel.vault.texts import seal_text
from collectifs.kernel.work import DestroyKey
from collectifs.meetings.models import Situation
from collectifs.meetings.queries.situations import NO_MEETING, WORDS, chosen_for, situation_rows, situations_by
from collectifs.people.domain.person import Person

TWICE = timedelta(minutes=2)


@dataclass(frozen=True)
class SituationWords:
    """What a member writes: three lines, and a story if wished."""

    title: str
    sentence: str
    question: str
    story: str = ""


def propose_situation(
    collective: CollectiveAccess, *, words: SituationWords, shows_title: bool, now: datetime, by: Person
) -> Situation:
    """Seal a situation under a key of its own and give it to the pilot to read. Sent twice, it is one."""
    already = _sent_just_now(collective.collective.id, words, now, by)
    if already is not None:
        return already
    situation = Situation(
        id=uuid4(),
        collective_id=collective.collective.id,
        author_id=by.id,
        key_id=make_key(),
        shows_title=shows_title,
        sent_at=now,
    )
    _write(situation, words)
    _write_choice(situation, None)
    db.session.add(situation)
    db.session.flush()
    record("situation_proposed", situation, by=by)
    return situation


def _sent_just_now(collective_id: UUID, words: SituationWords, now: datetime, by: Person) -> Situation | None:
    """The same words of the same person, a moment ago: a button pressed twice where no script holds it."""
    for own in situations_by(by.id, collective_id):
        same = (own.title, own.sentence, own.question, own.story) == (
            words.title,
            words.sentence,
            words.question,
            words.story,
        )
        if same and now - own.sent_at < TWICE:
            return db.session.get(Situation, own.id)
    return None


def edit_situation(situation: Situation, *, words: SituationWords, shows_title: bool, by: Person) -> None:
    """Its author writes it again, until a meeting has chosen it."""
    if chosen_for(situation) is not None:
        raise RuleBroken("Le collectif a choisi cette situation : elle ne se modifie plus, vous pouvez la retirer.")
    _write(situation, words)
    situation.shows_title = shows_title
    record("situation_edited", situation, by=by)


def withdraw_situation(situation: Situation, *, now: datetime, by: Person) -> None:
    """At once for readers; its key is destroyed as soon as this is committed."""
    situation.withdrawn_at = now
    record("situation_withdrawn", situation, by=by)
    ask(DestroyKey(situation.key_id))


def choose_situation(meeting: Meeting, situation_id: UUID | None) -> None:
    """Note which situation a meeting works on (None: a spare one, or none any more); sealed, no audit event.

    The live meeting records the gesture; who presents is nobody else's business.
    """
    for situation in situation_rows(meeting.collective_id):
        try:
            former = chosen_for(situation)
        except Perished:
            continue
        if situation.id == situation_id and former != meeting.id:
            _write_choice(situation, meeting.id)
        elif situation.id != situation_id and former == meeting.id:
            _write_choice(situation, None)


def _write(situation: Situation, words: SituationWords) -> None:
    for column in WORDS:
        seal_text(situation, column, getattr(words, column.key))


def _write_choice(situation: Situation, meeting_id: UUID | None) -> None:
    """Chosen or not, the sealed column has one length: nobody counts the bytes."""
    seal_text(situation, Situation.chosen, str(meeting_id or NO_MEETING))


def erase_situation(situation: Situation) -> None:
    """A situation whose season is over."""
    note_erasure(Erased.SITUATION, situation.collective_id, now=clock.now())
    ask(DestroyKey(situation.key_id))
    db.session.delete(situation)
