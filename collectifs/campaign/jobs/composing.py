"""Composing, a few slices a job: what was found is committed with each, and the next job goes on from there.

No transaction is open while one looks. When somebody came, left or changed an answer meanwhile, one begins again.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from collectifs.campaign.domain.drafting import DraftState
from collectifs.campaign.domain.work import ComposeDraft
from collectifs.campaign.models.drafts import Draft
from collectifs.campaign.queries.drafts import (
    composable,
    digest_for,
    draft_row,
    groups_of,
    minutes_kept,
    places_of,
    reckoned_minutes,
)
from collectifs.campaign.services.drafting import settle_draft
from collectifs.composition.domain.aims import order_read, weights_of
from collectifs.composition.domain.annealing import SLICES, Search, Sought, Walk
from collectifs.composition.domain.moving import welcomed
from collectifs.composition.domain.people import CannotCompose, Territory
from collectifs.kernel import clock
from collectifs.kernel.audit import ask
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import does

SLICES_A_JOB = 4


@dataclass(frozen=True)
class Task:
    """What one job looks for, and from where it goes on; the draft as it was then."""

    draft_id: UUID
    digest: str
    search: Search
    walk: Walk


@does
def compose_draft(work: ComposeDraft) -> None:
    """Some slices more; then the places, or the next job."""
    row = draft_row(work.draft_id)
    if row is None or row.state is not DraftState.COMPOSING:
        return
    try:
        task = _task(row)
    except CannotCompose as problem:
        row.state, row.problem, row.walk = DraftState.IMPOSSIBLE, str(problem), None
        return
    db.session.commit()
    walk = task.walk
    for _ in range(SLICES_A_JOB):
        if not walk.is_over:
            walk = task.search.go_on(walk)
    _keep(task, walk)


def _task(row: Draft) -> Task:
    """Read what is to be composed; the minutes between communes are reckoned once. Raises CannotCompose."""
    found = composable(row.call_id, minutes_kept(row))
    territory, digest = found.territory, digest_for(found, row.call_id)
    if digest != row.digest or not row.codes:
        minutes = reckoned_minutes(found, row.call_id)
        row.codes, row.minutes, row.digest, row.walk = minutes.codes, minutes.kept(), digest, None
        territory = replace(territory, travel=minutes.between)
    begun, pinned = _begun(row, territory) if row.begun_from_id else ((), frozenset[str]())
    sought = Sought(row.seed, row.moves, weights_of(order_read(row.aims)), begun, pinned)
    search = Search(territory, sought)
    return Task(row.id, digest, search, Walk(**row.walk) if row.walk else search.begin())


def _begun(row: Draft, territory: Territory) -> tuple[tuple[tuple[str, ...], ...], frozenset[str]]:
    """The collectives of the draft around which one composes, newcomers put where they cost the least."""
    assert row.begun_from_id is not None  # noqa: S101  for mypy: the caller asked
    known = {each.id for each in territory.people}
    places = [each for each in places_of(row.begun_from_id) if str(each.candidacy_id) in known]
    groups: dict[str, list[str]] = {each.code: [] for each in groups_of(row.begun_from_id)}
    for each in places:
        groups[each.code].append(str(each.candidacy_id))
    filled = welcomed(territory, groups)
    return tuple(map(tuple, filled)), frozenset(str(each.candidacy_id) for each in places if each.is_pinned)


def _keep(task: Task, walk: Walk) -> None:
    """Write where one stands, unless the draft is gone or is another's since."""
    row = draft_row(task.draft_id)
    if row is None or row.state is not DraftState.COMPOSING:
        return
    if walk.is_over or row.stop_asked_at is not None:
        settle_draft(row, task.search.draft(walk).groups, now=clock.now())
        return
    row.walk, row.progress = vars(walk), 100 * walk.slice // SLICES
    ask(ComposeDraft(row.id))
