"""The outputs of a sheet that were made already, opened."""

import base64
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from collectifs.kernel.extensions import db
from collectifs.kernel.keeping import Circle
from collectifs.kernel.models import ERASED, Job
from collectifs.kernel.vault import Perished, Tampered
from collectifs.kernel.vault.texts import open_text
from collectifs.sheets.domain.output import Format
from collectifs.sheets.domain.work import RenderCopy
from collectifs.sheets.models import SheetRendering, SubmittedSheet

_OF_VERSION = select(SheetRendering).where(
    SheetRendering.version_id == bindparam("version_id"), SheetRendering.format == bindparam("kind")
)
_OF_COPY = select(SheetRendering).where(
    SheetRendering.submitted_id == bindparam("submitted_id"),
    SheetRendering.circle == bindparam("circle"),
    SheetRendering.format == bindparam("kind"),
)


def output_of_version(version_id: UUID, kind: Format) -> bytes | None:
    """What the collective is handed of a version; None when it is not made yet, or does not open."""
    return _opened(_OF_VERSION, version_id=version_id, kind=kind)


def output_of_copy(submitted_id: UUID, circle: Circle, kind: Format) -> bytes | None:
    """What the institution, or the collective, is handed of a submitted copy; None likewise."""
    return _opened(_OF_COPY, submitted_id=submitted_id, circle=circle, kind=kind)


def copies_to_render(since: datetime, most: int) -> list[UUID]:
    """Copies that stand and of which nothing is made yet, the latest first; not those that were asked for since."""
    made = select(SheetRendering.id).where(SheetRendering.submitted_id == SubmittedSheet.id).correlate(SubmittedSheet)
    stands = (
        SubmittedSheet.withdrawn_at.is_(None),
        SubmittedSheet.replaced_at.is_(None),
        SubmittedSheet.body != ERASED,
    )
    asked = select(Job.args).where(Job.kind == RenderCopy.kind(), Job.created_at >= since)
    known = {UUID(args["submitted_id"]) for args in db.session.scalars(asked)}
    query = select(SubmittedSheet.id).where(*stands, ~made.exists()).order_by(SubmittedSheet.submitted_at.desc())
    return [each for each in db.session.scalars(query.limit(most + len(known))) if each not in known][:most]


def _opened(asked: Select[SheetRendering], **values: object) -> bytes | None:
    row = db.session.scalars(asked, values).first()
    return opened_output(row) if row else None


def opened_output(row: SheetRendering) -> bytes | None:
    """An output in clear, of a row that was read already; None when it does not open."""
    try:
        return base64.b64decode(open_text(row, SheetRendering.body))
    except (Perished, Tampered):
        return None
