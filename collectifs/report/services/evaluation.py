"""A tutor says what the modalities of tutoring were: added to what the others of the territory say, without a name."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from collectifs.kernel.errors import RuleBroken
from collectifs.report.domain.questions import MODALITIES, Answer
from collectifs.report.models import EvaluationBox, EvaluationReturn
from collectifs.report.queries.evaluation import may_evaluate
from collectifs.report.services.adding import add_answers, refuse_names
from collectifs.tutoring.domain.guarding import doubts_in
from collectifs.tutoring.queries.notebooks import NotebookAccess, guarded_names


def send_evaluation(
    access: NotebookAccess,
    *,
    ticked: Mapping[str, Sequence[Answer]],
    sentence: str,
    nobody_told: bool,
    now: datetime,
) -> None:
    """Add a tutor's answers. The guard is at its strictest, as for a notebook: no pupil is named, no class."""
    if not may_evaluate(access, now):
        raise RuleBroken("Ces questions ne sont pas ouvertes.")
    doubts = doubts_in(sentence, guarded_names(access), ())
    certain = [each.words for each in doubts if each.is_refused]
    refuse_names(certain, [each.words for each in doubts], nobody_told=nobody_told)
    where = (access.programme.territory.id, access.programme.programme.season)
    add_answers((EvaluationBox, EvaluationReturn), where, MODALITIES, ticked, sentence, access.user_id)
