"""What a sheet says on paper, for its collective and for the institution; and its outputs, kept sealed."""

import base64
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID, uuid4

from sqlalchemy import delete

from collectifs.kernel.audit import ask
from collectifs.kernel.endings import submitted_ends_on
from collectifs.kernel.extensions import db
from collectifs.kernel.keeping import Circle
from collectifs.kernel.text.typography import long_date, month_year, of, short_date
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.domain.person import Degree
from collectifs.people.queries.roles import inspectors_count
from collectifs.sheets.documents.sheet import SheetPaper
from collectifs.sheets.domain.output import Format
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.domain.work import RenderCopy
from collectifs.sheets.models import SheetRendering, SheetVersion, SubmittedSheet
from collectifs.sheets.queries.links import links_of
from collectifs.sheets.queries.outputs import copies_to_render
from collectifs.sheets.queries.sheets import SheetAccess

BOTH_DEGREES = "1er et 2d degrés"
MOST_ASKED = 20  # a minute: old sheets leave the worker free for what is asked today
ASKED_AGAIN = timedelta(days=1)


class CopyFacts(Protocol):
    """What is known outside of a submitted copy, as its row or the institution's view of it says it."""

    @property
    def territory_id(self) -> UUID: ...
    @property
    def collective_code(self) -> str: ...
    @property
    def collective_name(self) -> str: ...
    @property
    def month(self) -> date: ...
    @property
    def degree(self) -> Degree | None: ...
    @property
    def submitted_at(self) -> datetime: ...


def day_of(sheet: SheetAccess) -> date:
    """The day of the meeting, where the collective lives."""
    return sheet.meeting.starts_at.astimezone(sheet.access.zone).date()


def people_count(number: int) -> str:
    """« 8 personnes »."""
    return f"{number} personne{'s' if number > 1 else ''}"


def collective_paper(sheet: SheetAccess, content: SheetContent) -> SheetPaper:
    """The collective's copy: its name and the date, nobody's."""
    day, degree = long_date(day_of(sheet)), sheet.collective.degree
    return SheetPaper(
        content=content,
        title=f"Fiche synthèse, regroupement {sheet.meeting.number}, {day}",
        collective_label=sheet.collective.name,
        occasion=f"{degree.label} · {day}" if degree else day,
        circle="collective",
        readers=f"le collectif ({people_count(len(sheet.access.member_ids))})",
        kept_until=_kept_until(sheet),
        links=links_of(content),
    )


def institution_paper(copy: CopyFacts, territory_name: str, content: SheetContent, today: date) -> SheetPaper:
    """The institution's copy: a code or the name that was agreed to, a month, a degree."""
    month = month_year(copy.month)
    whose = "" if copy.collective_name else f"collectif {copy.collective_code}, "  # no typed word in a title
    readers = people_count(inspectors_count(copy.territory_id, today))
    return SheetPaper(
        content=content,
        title=f"Fiche synthèse, {whose}{month}",
        collective_label=copy.collective_name or f"Collectif {copy.collective_code}",
        occasion=f"{copy.degree.label if copy.degree else BOTH_DEGREES} · {month}",
        circle="institution",
        readers=f"l’inspection {of(territory_name)} ({readers})",
        kept_until=_until_withdrawn(copy.submitted_at),
        links=links_of(content),
    )


def _kept_until(sheet: SheetAccess) -> str:
    """What follows « effacée » at the foot: once transmitted, the institution's copy is what lasts."""
    if sheet.life.submitted_at:
        return _until_withdrawn(sheet.life.submitted_at)
    return f"le {short_date(sheet.drafts_end_at.astimezone(sheet.access.zone).date())}"


def _until_withdrawn(submitted_at: datetime) -> str:
    return f"au retrait par le collectif, au plus tard {month_year(submitted_ends_on(submitted_at))}"


def keep_outputs(
    source: SheetVersion | SubmittedSheet, circle: Circle, outputs: Mapping[Format, bytes], *, sheet_id: UUID
) -> None:
    """Seal them under the key of what they render; those that were there give way."""
    own = source.id if isinstance(source, SheetVersion) else None
    copied = source.id if isinstance(source, SubmittedSheet) else None
    here = (SheetRendering.version_id == own) if own else (SheetRendering.submitted_id == copied)
    db.session.execute(delete(SheetRendering).where(here, SheetRendering.circle == circle))
    for kind, made in outputs.items():
        row = SheetRendering(
            id=uuid4(),
            sheet_id=sheet_id,
            version_id=own,
            submitted_id=copied,
            circle=circle,
            format=kind,
            key_id=source.key_id,
        )
        seal_text(row, SheetRendering.body, base64.b64encode(made).decode())
        db.session.add(row)


def ask_for_outputs(*, now: datetime) -> None:
    """Sheets that were transmitted before outputs were kept, or whose work was lost: it is done, some at a time."""
    for submitted_id in copies_to_render(now - ASKED_AGAIN, MOST_ASKED):
        ask(RenderCopy(submitted_id))
