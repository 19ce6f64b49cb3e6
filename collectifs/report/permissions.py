"""Who may do what about the report of a season.

True lets in; anything else does not. No rule begins with « administrators may ».
"""

from collectifs.people.domain.person import Person, Role
from collectifs.people.models import Territory
from collectifs.people.permissions import can_manage_territory
from collectifs.report.queries.evaluation import EvaluationAccess


def can_read_reports(user: Person) -> bool:
    """A manager or an inspector, whatever the territory: a list that shows only their own."""
    return user.has(Role.MANAGER) or user.has(Role.INSPECTOR)


def can_read_themes(user: Person, territory: Territory) -> bool:
    """What the territory works on, in numbers: who manages it, inspects it, or pilots there."""
    return can_read_report(user, territory) or user.has(Role.PILOT, territory.id)


def can_read_report(user: Person, territory: Territory) -> bool:
    """Who manages or inspects the territory. Its collectives read it from July on, from a page of their own."""
    return user.has(Role.MANAGER, territory.id) or user.has(Role.INSPECTOR, territory.id)


def can_read_evaluation(user: Person, evaluation: EvaluationAccess) -> bool:
    """Who heads a programme of tutoring in the territory, or manages it: all its programmes together, in numbers."""
    return user.id in evaluation.head_ids or can_manage_territory(user, evaluation.territory)
