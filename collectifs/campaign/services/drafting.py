"""Drafts of collectives: asked for, filled by the worker, changed by hand, undone, kept apart."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete

from collectifs.campaign.domain.drafting import (
    DraftState,
    Hand,
    check_can_change,
    check_nothing_came_between,
)
from collectifs.campaign.domain.work import ComposeDraft
from collectifs.campaign.models.drafts import CallTravel, Draft, DraftGroup, DraftMove, DraftPlace
from collectifs.campaign.queries.drafts import (
    CallFacts,
    DraftFacts,
    OpenedDraft,
    draft_row,
    groups_of,
    holding_moves,
    last_move,
    next_number,
    open_draft,
    places_of,
    travel_of,
)
from collectifs.composition.domain.aims import Aim
from collectifs.composition.domain.moving import why_not
from collectifs.composition.domain.score import Group
from collectifs.composition.domain.wording import letters
from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Person


def ask_draft(
    call: CallFacts,
    aims: Sequence[Aim],
    *,
    now: datetime,
    by: Person,
    around: DraftFacts | None = None,
    seed: int = 0,
) -> Draft:
    """Ask for collectives in this order of aims; `around` a draft: whoever is pinned there does not move."""
    row = Draft(
        id=uuid4(),
        call_id=call.id,
        number=next_number(call.id),
        aims=[each.value for each in aims],
        seed=seed,
        begun_from_id=around.id if around else None,
        asked_at=now,
        asked_by_id=by.id,
    )
    db.session.add(row)
    db.session.flush()
    record("draft_asked", row, by=by)
    ask(ComposeDraft(row.id))
    return row


def stop_composing(draft: DraftFacts, *, now: datetime) -> None:
    """Keep what was found so far: the worker ends at its next slice."""
    row = draft_row(draft.id)
    if row is not None and row.state is DraftState.COMPOSING:
        row.stop_asked_at = now


def settle_draft(row: Draft, groups: Sequence[Group], *, now: datetime) -> None:
    """The collectives that the worker found take their places, and their letters."""
    kept = (
        {each.candidacy_id for each in places_of(row.begun_from_id) if each.is_pinned} if row.begun_from_id else set()
    )
    _empty(row.id)
    for number, group in enumerate(groups):
        db.session.add(DraftGroup(draft_id=row.id, code=letters(number)))
        for each in map(UUID, group.ids):
            db.session.add(DraftPlace(draft_id=row.id, candidacy_id=each, code=letters(number), is_pinned=each in kept))
    row.state, row.progress, row.walk, row.ready_at = DraftState.READY, 100, None, now
    db.session.flush()


def _empty(draft_id: UUID) -> None:
    for table in (DraftPlace, DraftGroup):
        db.session.execute(delete(table).where(table.draft_id == draft_id))


def _to_change(draft: DraftFacts, seen: int) -> Draft:
    """The row, once nothing forbids changing it. Raises RuleBroken, DraftChanged among them."""
    row = draft_row(draft.id)
    if row is None:
        raise RuleBroken("Ce brouillon n’existe plus.")
    check_can_change(row.state, row.publishes_at)
    check_nothing_came_between(seen, row.sequence)
    return row


def move_by_hand(draft: OpenedDraft, who: UUID, code: str, *, seen: int, now: datetime, by: Person) -> None:
    """Put somebody in another collective of the draft; whoever stands in none may be put in one."""
    row = _to_change(draft.facts, seen)
    standing, id_ = draft.standing, str(who)
    if id_ not in standing.people or code not in standing.groups:
        raise RuleBroken("Cette personne ou ce collectif n’est plus dans ce brouillon.")
    here = standing.group_of.get(id_, "")
    if here == code:
        return
    refused = why_not(standing, id_, code)
    if refused:
        raise RuleBroken(refused)
    _write_place(row.id, who, code)
    _note(row, Hand.MOVE, who, here, code, now, by)


def _write_place(draft_id: UUID, who: UUID, code: str) -> None:
    place = db.session.get(DraftPlace, (draft_id, who))
    if place is None:
        db.session.add(DraftPlace(draft_id=draft_id, candidacy_id=who, code=code))
    elif code:
        place.code = code
    else:
        db.session.delete(place)


def pin(draft: OpenedDraft, who: UUID, *, stays: bool, seen: int, now: datetime, by: Person) -> None:
    """Whoever composes around them leaves them there; or no more."""
    row = _to_change(draft.facts, seen)
    place = db.session.get(DraftPlace, (row.id, who))
    if place is None:
        raise RuleBroken("Cette personne n’est dans aucun collectif de ce brouillon.")
    if place.is_pinned != stays:
        place.is_pinned = stays
        _note(row, Hand.PIN if stays else Hand.UNPIN, who, place.code, place.code, now, by)


def _note(row: Draft, hand: Hand, who: UUID, here: str, there: str, now: datetime, by: Person) -> None:
    row.sequence += 1
    db.session.add(
        DraftMove(
            draft_id=row.id,
            sequence=row.sequence,
            hand=hand,
            candidacy_id=who,
            from_code=here,
            to_code=there,
            moved_at=now,
            moved_by_id=by.id,
        )
    )
    db.session.flush()


def undo(draft: DraftFacts, *, seen: int, now: datetime) -> None:
    """Take back the last thing that was changed by hand, then the one before it, as far as one likes.

    The count goes on: whoever had the page open is told that something changed.
    """
    row = _to_change(draft, seen)
    last = last_move(draft.id)
    if last is None:
        raise RuleBroken("Il n’y a plus rien à annuler.")
    if last.hand is Hand.MOVE:
        _write_place(row.id, last.candidacy_id, last.from_code)
    else:
        place = db.session.get(DraftPlace, (row.id, last.candidacy_id))
        if place is not None:
            place.is_pinned = last.hand is Hand.UNPIN
    last.undone_at = now
    row.sequence += 1
    db.session.flush()


def keep_apart(draft: OpenedDraft, who: UUID, code: str, *, seen: int, now: datetime, by: Person) -> Draft:
    """One's own change, on the draft as one saw it, as a draft of its own: what others changed stays in theirs."""
    row = draft_row(draft.facts.id)
    if row is None:
        raise RuleBroken("Ce brouillon n’existe plus.")
    copy = _copied(row, now, by)
    for each in holding_moves(row.id, seen):
        if each.hand is Hand.MOVE:
            _write_place(copy.id, each.candidacy_id, each.from_code)
    db.session.flush()
    facts = draft.facts
    opened = open_draft(DraftFacts(**{**vars(facts), "id": copy.id, "sequence": 0}))
    move_by_hand(opened, who, code, seen=0, now=now, by=by)
    return copy


def _copied(row: Draft, now: datetime, by: Person) -> Draft:
    same = ("call_id", "aims", "seed", "moves", "begun_from_id", "digest", "codes", "minutes", "ready_at", "progress")
    copy = Draft(
        id=uuid4(),
        number=next_number(row.call_id),
        state=DraftState.READY,
        asked_at=now,
        asked_by_id=by.id,
        **{name: getattr(row, name) for name in same},
    )
    db.session.add(copy)
    db.session.flush()
    for group in groups_of(row.id):
        db.session.add(DraftGroup(draft_id=copy.id, code=group.code, name=group.name, pilot_id=group.pilot_id))
    for place in places_of(row.id):
        values = {"candidacy_id": place.candidacy_id, "code": place.code, "is_pinned": place.is_pinned}
        db.session.add(DraftPlace(draft_id=copy.id, **values))
    db.session.flush()
    record("draft_copied", copy, by=by)
    return copy


def set_travel(
    call: CallFacts, *, barriers: list[list[list[str]]] | None = None, measured: list[list[object]] | None = None
) -> None:
    """What the territory knows of its roads; drafts composed from now on follow it."""
    row = travel_of(call.id)
    if row is None:
        row = CallTravel(call_id=call.id, barriers=[], measured=[])
        db.session.add(row)
    if barriers is not None:
        row.barriers = barriers
    if measured is not None:
        row.measured = measured
    db.session.flush()
