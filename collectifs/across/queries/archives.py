"""What the archives may be given of submitted sheets, while their words still open."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select, tuple_

from collectifs.across.domain.archives import ArchivedCounts, ArchivedSheet
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import PARIS
from collectifs.people.models import Territory
from collectifs.sheets.models import SubmittedSheet
from collectifs.sheets.queries.sheets import opened_copies


def archived_sheets(copies: Sequence[SubmittedSheet]) -> list[ArchivedSheet]:
    """Those that a collective has not taken back, and whose words open."""
    opened, names = opened_copies([each.id for each in copies]), _names({each.territory_id for each in copies})
    found = []
    for each in copies:
        content = opened[each.id]
        if content is None or content.is_closed:
            continue
        found.append(
            ArchivedSheet(
                each.id,
                names[each.territory_id],
                each.season,
                each.collective_name or f"Collectif {each.collective_code}",
                each.month,
                each.degree.label if each.degree else "",
                each.version_number,
                each.submitted_at.astimezone(PARIS).date(),
                each.reviewed_at.astimezone(PARIS).date() if each.reviewed_at else None,
                content.to_dict(),
            )
        )
    return found


def archived_counts(copies: Sequence[SubmittedSheet]) -> list[ArchivedCounts]:
    """For the territories and seasons of these copies: how many ever left, were read, taken back, replaced."""
    places = {(each.territory_id, each.season) for each in copies}
    key = tuple_(SubmittedSheet.territory_id, SubmittedSheet.season)
    rows = db.session.execute(
        select(
            Territory.name,
            SubmittedSheet.season,
            func.count(),
            func.count(SubmittedSheet.reviewed_at),
            func.count(SubmittedSheet.withdrawn_at),
            func.count(SubmittedSheet.replaced_at),
        )
        .join(Territory, Territory.id == SubmittedSheet.territory_id)
        .where(key.in_(places))
        .group_by(Territory.name, SubmittedSheet.season)
        .order_by(Territory.name, SubmittedSheet.season)
    )
    return [ArchivedCounts(*row) for row in rows]


def _names(territory_ids: Collection[object]) -> dict[object, str]:
    rows = db.session.execute(
        select(Territory.id, Territory.name).where(Territory.id.in_(territory_ids)).order_by(Territory.id)
    )
    return {row.id: row.name for row in rows}
