"""The outputs of a sheet that were made already, opened."""

import base64
from uuid import UUID

from sqlalchemy import ColumnElement, select

from collectifs.kernel.extensions import db
from collectifs.kernel.retention import Circle
from collectifs.kernel.vault import Perished, Tampered
from collectifs.kernel.vault.texts import open_text
from collectifs.sheets.domain.output import Format
from collectifs.sheets.models import SheetRendering


def output_of_version(version_id: UUID, kind: Format) -> bytes | None:
    """What the collective is handed of a version; None when it is not made yet, or does not open."""
    return _opened(SheetRendering.version_id == version_id, SheetRendering.format == kind)


def output_of_copy(submitted_id: UUID, circle: Circle, kind: Format) -> bytes | None:
    """What the institution, or the collective, is handed of a submitted copy; None likewise."""
    return _opened(
        SheetRendering.submitted_id == submitted_id, SheetRendering.circle == circle, SheetRendering.format == kind
    )


def _opened(*conditions: ColumnElement[bool]) -> bytes | None:
    row = db.session.scalars(select(SheetRendering).where(*conditions).order_by(SheetRendering.id)).first()
    if row is None:
        return None
    try:
        return base64.b64decode(open_text(row, SheetRendering.body))
    except (Perished, Tampered):
        return None
