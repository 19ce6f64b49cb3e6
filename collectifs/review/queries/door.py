"""The door of a paper: who asks for the PDF of a submitted copy, what they hold where it comes from, whether this
reading is noted, and the paper itself, sealed still. One statement.

An inspector who prints forty sheets asks forty times. The rows are plain; what they mean is said by the rule that the
pages follow too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, exists, or_, select

from collectifs.kernel.extensions import reading
from collectifs.kernel.keeping import Circle
from collectifs.kernel.models import row_of
from collectifs.people.domain.person import Grant, Person
from collectifs.people.models import Device, GrantedRole, Territory, User
from collectifs.people.queries.people import STANDS, hashed
from collectifs.review.domain.pile import same_reading_since
from collectifs.sheets.domain.output import Format
from collectifs.sheets.models import ReadingTrace, SheetRendering, SubmittedSheet
from collectifs.sheets.queries.outputs import opened_output

_PERSON = (User.id, User.given_name, User.family_name, User.address, User.is_demo, Device.id)
_COPY = (
    SubmittedSheet.id,
    SubmittedSheet.territory_id,
    SubmittedSheet.collective_code,
    SubmittedSheet.collective_name,
    SubmittedSheet.month,
    SubmittedSheet.withdrawn_at,
    SubmittedSheet.replaced_at,
)
_PAPER = (SheetRendering.id, SheetRendering.key_id, SheetRendering.body)
_IS_NOTED = exists().where(
    ReadingTrace.submitted_id == SubmittedSheet.id,
    ReadingTrace.reader_id == User.id,
    ReadingTrace.read_at > bindparam("since"),
)
# A grant on the territory of the sheet, or on the one above it.
_COVERS = or_(GrantedRole.territory_id == Territory.id, GrantedRole.territory_id == Territory.parent_id)
_DOOR: Any = (
    select(*_PERSON, *_COPY, _IS_NOTED, *_PAPER, GrantedRole.role)
    .select_from(Device)
    .join(User, User.id == Device.user_id)
    .join(SubmittedSheet, SubmittedSheet.id == bindparam("submitted_id"))
    .join(Territory, Territory.id == SubmittedSheet.territory_id)
    .outerjoin(GrantedRole, and_(GrantedRole.user_id == User.id, STANDS, _COVERS))
    .outerjoin(
        SheetRendering,
        and_(
            SheetRendering.submitted_id == SubmittedSheet.id,
            SheetRendering.circle == Circle.INSTITUTION,
            SheetRendering.format == Format.PDF,
        ),
    )
    .where(
        Device.secret_hash == bindparam("secret_hash"),
        Device.closed_at.is_(None),
        Device.expires_at > bindparam("now"),
    )
    .order_by(GrantedRole.role, GrantedRole.granted_at, GrantedRole.id)
)


@dataclass(frozen=True)
class PaperDoor:
    """Somebody who asks for the paper of a copy, and what its page may say of it.

    `person` holds what is granted to them where the sheet comes from, and nothing else. `is_noted`: this reading of
    theirs is noted already. `rendering` is sealed, and no row of the session; None before the worker came.
    """

    person: Person
    id: UUID
    territory_id: UUID
    collective_code: str
    collective_name: str
    month: date
    withdrawn_at: datetime | None
    replaced_at: datetime | None
    is_noted: bool
    rendering: SheetRendering | None


def paper_door(secret: str, submitted_id: UUID, now: datetime) -> PaperDoor | None:
    """Who comes with this browser's secret to the paper of this copy; None when one of the two is unknown or closed."""
    asked = {
        "secret_hash": hashed(secret),
        "submitted_id": submitted_id,
        "now": now,
        "today": now.date(),
        "since": same_reading_since(now),
    }
    rows = reading().execute(_DOOR, asked).all()
    return _read(rows) if rows else None


def paper_at(door: PaperDoor) -> bytes | None:
    """The paper as it was made when the sheet was submitted; None before that, or when it does not open."""
    return opened_output(door.rendering) if door.rendering else None


def _read(rows: Sequence[Row[Any]]) -> PaperDoor:
    values = tuple(rows[0])
    who, rest = values[: len(_PERSON)], values[len(_PERSON) :]
    copy, (is_noted, rendering_id, key_id, body, _role) = rest[: len(_COPY)], rest[len(_COPY) :]
    user_id, given_name, family_name, address, is_demo, device_id = who
    here = frozenset({copy[1]})
    grants = tuple(Grant(row[-1], here) for row in rows if row[-1] is not None)
    made = {"id": rendering_id, "key_id": key_id, "body": body}
    return PaperDoor(
        Person(user_id, given_name, family_name, address, grants, device_id, is_demo),
        **dict(zip((column.key for column in _COPY), copy, strict=True)),
        is_noted=bool(is_noted),
        rendering=row_of(SheetRendering, made) if rendering_id else None,
    )
