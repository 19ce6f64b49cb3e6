"""What tutors of pupils and students say of its modalities: whether one may answer, what is read of it, by whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_of
from collectifs.people.models import Territory
from collectifs.report.domain.questionnaire import Box, is_open_to_tutors, is_read_by_heads, together
from collectifs.report.domain.questions import MODALITIES
from collectifs.report.models import EvaluationBox, EvaluationReturn
from collectifs.report.queries.boxes import boxes_on, has_returned
from collectifs.tutoring.models import TutoringProgramme
from collectifs.tutoring.queries.notebooks import NotebookAccess


@dataclass(frozen=True)
class EvaluationAccess:
    """What the tutors of a territory say of a season, for those who head a programme there or manage it.

    `box` is None out of its time: while people may still answer, and once it has perished.
    """

    territory: Territory
    season: int
    head_ids: Collection[UUID]
    box: Box | None


def get_evaluation(territory_id: UUID) -> EvaluationAccess | None:
    """Of the season that runs, all programmes of the territory together: a small one is never read apart."""
    territory = db.session.get(Territory, territory_id)
    if territory is None:
        return None
    today = clock.now().astimezone(ZoneInfo(territory.timezone)).date()
    season = season_of(today)
    heads = select(TutoringProgramme.head_id).where(
        TutoringProgramme.territory_id == territory_id,
        TutoringProgramme.season == season,
        TutoringProgramme.head_id.is_not(None),
    )
    is_read = is_read_by_heads(season, today)
    box = together(MODALITIES, boxes_on(EvaluationBox, [territory_id], season)) if is_read else None
    return EvaluationAccess(territory, season, frozenset(each for each in db.session.scalars(heads) if each), box)


def has_evaluated(access: NotebookAccess) -> bool:
    """Whether the tutor of a notebook answered for its season, by this one or by another of the territory."""
    programme = access.programme
    return has_returned(EvaluationReturn, access.user_id, programme.territory.id, programme.programme.season)


def may_evaluate(access: NotebookAccess, now: datetime) -> bool:
    """Whether the questions are open where a notebook is kept."""
    return is_open_to_tutors(access.programme.programme.season, now.astimezone(access.programme.zone).date())


def asks_evaluation(access: NotebookAccess, now: datetime) -> bool:
    """Whether the tutor of a notebook may answer, and did not yet."""
    return may_evaluate(access, now) and not has_evaluated(access)
