"""To whom a sheet is put, and who reads it: members under the charter, whoever was there, those who came later."""

from datetime import datetime
from uuid import UUID

from collectifs.sheets.domain.life import SheetLife, SheetStatus

SETTLED = (SheetStatus.AGREED, SheetStatus.SUBMITTED, SheetStatus.REVIEWED)


def is_settled(seen: SheetLife, now: datetime) -> bool:
    """Whether the collective agreed to it, as its life is shown: what somebody who came later may read too."""
    return seen.institution_since is not None or seen.status(now) in SETTLED


def objectors(members: frozenset[UUID], knew: frozenset[UUID], were_there: frozenset[UUID]) -> frozenset[UUID]:
    """To whom it is put: the members under the charter who knew the meeting, and whoever was there, gone or not."""
    return (members & knew) | were_there


def readers(asked: frozenset[UUID], members: frozenset[UUID], *, settled: bool) -> frozenset[UUID]:
    """Those to whom it is put; once the collective agreed to it, the members who came later as well."""
    return asked | members if settled else asked
