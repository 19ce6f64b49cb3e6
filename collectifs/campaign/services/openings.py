"""« Me prévenir à l’ouverture »: an address is left, confirmed, written to once, and erased."""

import secrets
from datetime import datetime, time
from uuid import uuid4

from sqlalchemy import delete

from collectifs.campaign.domain.opening import UNCONFIRMED_KEPT, check_may_be_told, told_from
from collectifs.campaign.domain.work import MailCallOpens, MailOpeningLink
from collectifs.campaign.models.calls import Call
from collectifs.campaign.models.openings import OpeningNotice
from collectifs.campaign.queries.calls import CallAccess, open_calls
from collectifs.campaign.queries.openings import is_awaited, notice_at, notices_over, notices_to_tell
from collectifs.kernel.audit import ask
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_of
from collectifs.people.domain.people import normal_address
from collectifs.people.queries.people import hashed


def ask_to_be_told(access: CallAccess, *, address: str, now: datetime) -> None:
    """Keep an address, and mail the link that confirms it. The same address again gets its link again."""
    check_may_be_told(access.state(now.astimezone(access.zone).date()))
    address = normal_address(address)
    row = notice_at(access.id, address)
    if row is None:
        row = OpeningNotice(id=uuid4(), call_id=access.id, address=address, asked_at=now)
        db.session.add(row)
        db.session.flush()
    ask(MailOpeningLink(row.id))


def mint_opening_link(row: OpeningNotice) -> str:
    """A token for one mail; the link of an earlier one serves no more."""
    token = secrets.token_urlsafe(32)
    row.token_hash = hashed(token)
    return token


def confirm_opening(row: OpeningNotice, access: CallAccess, *, now: datetime) -> None:
    """Whoever reads the mail says: this is me. Done twice, nothing more happens."""
    check_may_be_told(access.state(now.astimezone(access.zone).date()))
    row.confirmed_at = row.confirmed_at or now


def forget_opening(row: OpeningNotice) -> None:
    """They no longer wish it, or were told: the address is gone at once."""
    db.session.delete(row)


def tell_openings(*, now: datetime) -> None:
    """Ask for the one mail of each address that was confirmed, once its call is open where the territory is."""
    for access in open_calls(now.date(), Call.id.in_(is_awaited())):
        if now < told_from(access.call.opens_on, access.zone):
            continue
        for row in notices_to_tell(access.id):
            row.told_at = now
            ask(MailCallOpens(row.id))


def forget_openings(*, now: datetime) -> None:
    """Addresses unconfirmed for a week, those whose mail could not leave in a day, those of calls that ended."""
    morning = datetime.combine(now.date(), time(), now.tzinfo)
    over = notices_over(unconfirmed_since=now - UNCONFIRMED_KEPT, told_before=morning, season=season_of(now.date()))
    db.session.execute(delete(OpeningNotice).where(OpeningNotice.id.in_(over)))


def forget_openings_at(address: str) -> None:
    """Somebody erases their account: what they left at its address goes with it."""
    db.session.execute(delete(OpeningNotice).where(OpeningNotice.address == address))
