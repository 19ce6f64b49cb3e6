"""The drafts of the demonstration's campaign: two orders side by side, and what a manager changed by hand in one."""

from datetime import timedelta
from uuid import UUID

from collectifs.campaign.domain.drafting import DraftState, Hand
from collectifs.campaign.models.calls import Call
from collectifs.campaign.models.drafts import Draft, DraftMove, DraftPlace
from collectifs.campaign.queries.drafts import composable, digest_for, reckoned_minutes
from collectifs.campaign.services.drafting import settle_draft
from collectifs.composition.domain.aims import MIXED_FIRST, NEAR_FIRST, Aim, weights_of
from collectifs.composition.domain.annealing import compose
from collectifs.composition.domain.moving import Effect, Standing, effects
from collectifs.composition.domain.people import LEAST
from collectifs.composition.domain.wording import letters
from collectifs.demo.rows import Stage, add, note
from collectifs.kernel.extensions import db
from collectifs.people.models import User

MOVES_A_PERSON = 300  # a tenth, or less, of what the worker does: the demonstration opens at once


def add_drafts(stage: Stage, call: Call, by: User | None) -> None:
    """« Trajets courts d’abord », then « personne de seul d’abord », in which somebody was moved and pinned."""
    _add_draft(stage, call, 1, NEAR_FIRST, by)
    row, standing = _add_draft(stage, call, 2, MIXED_FIRST, by)
    _move_somebody(stage, row, standing, by)


def _add_draft(
    stage: Stage, call: Call, number: int, order: tuple[Aim, ...], by: User | None
) -> tuple[Draft, Standing]:
    minutes = reckoned_minutes(composable(call.id), call.id)
    found = composable(call.id, minutes)
    moves, at = MOVES_A_PERSON * len(found.territory.people), stage.now - timedelta(hours=30 - number)
    groups = compose(found.territory, moves=moves, weights=weights_of(order)).groups
    row = add(
        Draft(
            call_id=call.id,
            number=number,
            state=DraftState.READY,
            aims=[each.value for each in order],
            moves=moves,
            asked_at=at,
            asked_by_id=by.id if by else None,
            digest=digest_for(found, call.id),
            codes=minutes.codes,
            minutes=minutes.kept(),
        )
    )
    settle_draft(row, groups, now=at + timedelta(seconds=20))
    note("draft_asked", row, by=by, at=at)
    return row, Standing(found.territory, {letters(place): group.ids for place, group in enumerate(groups)})


def _movable(standing: Standing) -> tuple[str, Effect] | None:
    """The longest journey that may change collective, and both can still be published; with where it goes."""
    for who in sorted(standing.minutes, key=lambda each: (-standing.minutes[each], each)):
        for effect in effects(standing, who, weights_of(MIXED_FIRST)):
            left = effect.leaves
            if left is None or effect.refused or len(left.ids) < LEAST:
                continue
            if left.may_pilot and effect.enters.may_pilot:
                return who, effect
    return None


def _move_somebody(stage: Stage, row: Draft, standing: Standing, by: User | None) -> None:
    """Of those with a long journey, somebody goes where it costs the least, and is pinned there."""
    found = _movable(standing)
    if found is None:
        return
    who, best = found
    place = db.session.get_one(DraftPlace, (row.id, UUID(who)))
    here, place.code, place.is_pinned, row.sequence = place.code, best.code, True, 2
    at = stage.now - timedelta(hours=2)
    acts = ((1, Hand.MOVE, here), (2, Hand.PIN, best.code))
    for sequence, hand, from_code in acts:
        add(
            DraftMove(
                draft_id=row.id,
                sequence=sequence,
                hand=hand,
                candidacy_id=UUID(who),
                from_code=from_code,
                to_code=best.code,
                moved_at=at + timedelta(minutes=sequence),
                moved_by_id=by.id if by else None,
            )
        )
