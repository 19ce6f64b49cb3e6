"""Sheets in one file, made outside of the request that asked for it; another worker begins again what one has lost."""

from zoneinfo import ZoneInfo

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.text.typography import month_year
from collectifs.people.queries.people import get_user, person_from
from collectifs.review.documents.selection import Chosen, selection_file
from collectifs.review.domain.work import MakeSheetExport
from collectifs.review.models import SheetExport
from collectifs.review.permissions import can_review
from collectifs.review.queries.copies import get_submitted
from collectifs.review.queries.exports import export_row, exported_ids
from collectifs.review.services import fill_export
from collectifs.sheets.queries.sheets import open_submitted

STEP = 10  # sheets between two looks at how far it is


@does
def make_sheet_export(work: MakeSheetExport) -> None:
    """How much is done is committed on the way; what was withdrawn or is no longer theirs to read is left out.

    It is laid out outside of any transaction, so that nobody waits to write.
    """
    row = export_row(work.export_id)
    user = get_user(row.user_id) if row else None
    if row is None or user is None or row.ready_at is not None:
        return
    person, ids = person_from(user, clock.now().date()), exported_ids(row.id)
    chosen = []
    for place, submitted_id in enumerate(ids):
        facts = get_submitted(submitted_id)
        content = open_submitted(submitted_id) if facts and can_review(person, facts) else None
        if facts and content:
            day = facts.submitted_at.astimezone(ZoneInfo(facts.timezone)).date()
            degree = facts.degree.label if facts.degree else "1er et 2d degrés"
            month = month_year(facts.month)
            chosen.append((submitted_id, Chosen(facts.label, facts.territory_name, degree, month, day, content)))
        if place % STEP == 0:
            _tell(row, 90 * place // len(ids))
    now, form = clock.now(), row.form
    db.session.commit()
    content_of_file = selection_file(form.value, [each for _, each in chosen], now.date())
    row = export_row(work.export_id)
    if row is not None and row.ready_at is None:
        fill_export(row, content_of_file, [id_ for id_, _ in chosen], now=now)


def _tell(row: SheetExport, progress: int) -> None:
    row.progress = progress
    db.session.commit()
