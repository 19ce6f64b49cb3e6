"""Who is or was in some collectives, as the database brings it: the statement of nearly each page, written once."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, bindparam, select

from collectifs.collectives.models import CharterConsent, Membership
from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Degree
from collectifs.people.models import User


class Known(NamedTuple):
    """Somebody who belongs or belonged: what the pages of their collective say of them, and whether mails arrive."""

    id: UUID
    given_name: str
    family_name: str
    address: str
    address_refused_at: datetime | None
    address_refusal: str
    mail_delayed_at: datetime | None
    mail_delay: str


class Given(NamedTuple):
    """An acceptance of the charter: what tells whether it counts."""

    version: int
    accepted_at: datetime


class Stay(NamedTuple):
    """A membership, ended or not, with its person, and what they accepted, the oldest first."""

    id: UUID
    starts_at: datetime
    ends_at: datetime | None
    degree: Degree | None
    tutoring_years: int | None
    setting: str
    school: str
    work_commune: str
    phone: str
    user: Known
    consents: list[Given]

    @property
    def user_id(self) -> UUID:
        """Whose it is."""
        return self.user.id


_S, _U, _G = Membership.__table__, User.__table__, CharterConsent.__table__
_OF_PERSON: Sequence[Any] = [_U.c[name] for name in Known._fields]
_OF_STAY: Sequence[Any] = [_S.c[name] for name in Stay._fields[:-2]]
_STAYS: Any = (
    select(_S.c.collective_id, _G.c.version, _G.c.accepted_at, *_OF_PERSON, *_OF_STAY)
    .select_from(_S)
    .join(_U, _U.c.id == _S.c.user_id)
    .outerjoin(_G, and_(_G.c.user_id == _S.c.user_id, _G.c.collective_id == _S.c.collective_id))
    .where(_S.c.collective_id.in_(bindparam("collective_ids", expanding=True)))
    .order_by(_S.c.collective_id, _U.c.family_name, _U.c.given_name, _S.c.starts_at, _S.c.id, _G.c.accepted_at)
)


def stays_in(collective_ids: Collection[UUID]) -> dict[UUID, list[Stay]]:
    """Everybody who ever belonged to some collectives, by family name, with what they accepted."""
    found: dict[UUID, list[Stay]] = {each: [] for each in collective_ids}
    for collective_id, version, accepted_at, *told in db.session.execute(_STAYS, {"collective_ids": list(found)}):
        stays, person, stay = found[collective_id], told[: len(_OF_PERSON)], told[len(_OF_PERSON) :]
        if not stays or stays[-1].id != stay[0]:
            stays.append(Stay._make([*stay, Known(*person), []]))
        if version is not None:
            stays[-1].consents.append(Given(version, accepted_at))
    return found
