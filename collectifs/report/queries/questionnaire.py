"""The questionnaire of a season: what was answered, who answered, whether one may."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from collectifs.collectives.models import Collective, Meeting
from collectifs.collectives.queries.collectives import CollectiveAccess
from collectifs.kernel.extensions import db
from collectifs.kernel.queries.short_lines import ShortLine, short_line
from collectifs.kernel.seasons import season_of
from collectifs.report.domain.questionnaire import Box, is_open, together
from collectifs.report.domain.questions import QUESTIONS
from collectifs.report.models import QuestionnaireBox, QuestionnaireReturn
from collectifs.report.queries.boxes import boxes_on, has_returned


def box_of(territory_ids: Collection[UUID], season: int) -> Box:
    """What the members of some territories answered, added up. One that perished is left out."""
    return together(QUESTIONS, boxes_on(QuestionnaireBox, territory_ids, season))


def to_ask(now: datetime) -> list[Collective]:
    """The collectives of this season that have met and whose members were not told of the questionnaire yet."""
    query = (
        select(Collective)
        .where(
            Collective.season == season_of(now.date()),
            Collective.questionnaire_asked_at.is_(None),
            select(Meeting.id)
            .where(Meeting.collective_id == Collective.id, Meeting.cancelled_at.is_(None), Meeting.ends_at <= now)
            .exists(),
        )
        .order_by(Collective.id)
    )
    return list(db.session.scalars(query))


def has_answered(user_id: UUID, access: CollectiveAccess) -> bool:
    """Whether somebody answered for the season of a collective, in this one or in another of the territory."""
    return has_returned(QuestionnaireReturn, user_id, access.territory.id, access.collective.season)


ANSWERED = "questionnaire"


# The territories and seasons for which somebody answered, to be read beside other short lists.
RETURNS_LINES: tuple[Select[Any], ...] = (
    short_line(ANSWERED, QuestionnaireReturn.territory_id, number=QuestionnaireReturn.season).where(
        QuestionnaireReturn.user_id == bindparam("user_id")
    ),
)


def returns_among(lines: Iterable[ShortLine]) -> frozenset[tuple[UUID, int]]:
    """Of these lines, the territories and seasons that were answered for."""
    return frozenset((each.id, each.number or 0) for each in lines if each.kind == ANSWERED)


def may_be_answered(access: CollectiveAccess, now: datetime) -> bool:
    """Whether the questionnaire of this collective is open."""
    query = select(Meeting.starts_at, Meeting.ends_at).where(
        Meeting.collective_id == access.collective.id, Meeting.cancelled_at.is_(None)
    )
    spans = [(row.starts_at, row.ends_at) for row in db.session.execute(query)]
    return is_open(access.collective.season, spans, now, now.astimezone(access.zone).date())
