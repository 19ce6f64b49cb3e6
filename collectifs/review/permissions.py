"""Who may do what about what was transmitted.

True lets in; anything else does not. No rule begins with « administrators may ».
"""

from collectifs.people.domain.person import Person, Role
from collectifs.review.models import SavedFilter
from collectifs.review.queries.copies import Copy
from collectifs.review.queries.exports import ExportFacts


def can_review(user: Person, submitted: Copy) -> bool:
    """An inspector of the sheet's territory, while it is neither withdrawn nor replaced by a newer copy."""
    is_there = submitted.withdrawn_at is None and submitted.replaced_at is None
    return is_there and user.has(Role.INSPECTOR, submitted.territory_id)


def can_drop_filter(user: Person, kept: SavedFilter) -> bool:
    """Whoever keeps it."""
    return kept.user_id == user.id


def can_open_export(user: Person, export: ExportFacts) -> bool:
    """Whoever asked for it, while they inspect where its sheets come from and none of these was withdrawn."""
    inspects = all(user.has(Role.INSPECTOR, each) for each in export.territory_ids)
    return export.user_id == user.id and export.is_whole and inspects
