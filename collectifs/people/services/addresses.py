"""Whether mail reaches an address: what a mail server said of it, noted and cleared."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from collectifs.kernel.audit import record
from collectifs.kernel.extensions import db
from collectifs.people.domain.people import normal_address
from collectifs.people.models import User
from collectifs.people.queries.people import get_user, users_by_address


def note_refusal(user_id: UUID, address: str, *, code: str, now: datetime) -> bool:
    """A mail server said for good that nobody is there; True when it is still the address of that person."""
    user = get_user(user_id)
    if user is None or user.address != normal_address(address):
        return False
    _mark(user, code, now)
    return True


def note_returns(returned: Iterable[tuple[str, str]], *, now: datetime) -> int:
    """Mails that came back because nobody is there, as (address, status): returns how many people they were for."""
    codes = {normal_address(address): status for address, status in returned}
    users = users_by_address(codes)
    for address, user in users.items():
        _mark(user, codes[address], now)
    return len(users)


def note_delays(returned: Iterable[tuple[str, str]], *, now: datetime) -> int:
    """Mails that came back for another reason than the address (a full box): noted as that, no address is doubted."""
    codes = {normal_address(address): status for address, status in returned}
    users = users_by_address(codes)
    for address, user in users.items():
        user.mail_delayed_at, user.mail_delay = now, codes[address][:16]
    return len(users)


def _mark(user: User, code: str, now: datetime) -> None:
    if user.address_refused_at is None:
        record("address_refused", user, by=None)
    user.address_refused_at, user.address_refusal = now, code[:16]


def note_delivery(user_id: UUID, address: str) -> None:
    """A mail server took a mail for this address: what such a server refused before is no longer true.

    What came back afterwards (a status alone, like 5.1.1, without the number of an answer) stays noted: servers often
    accept first and return later.
    """
    user = get_user(user_id)
    was_returned = user is not None and user.address_refusal[1:2] == "."
    if user is not None and user.address == normal_address(address) and not was_returned:
        clear_refusal(user)


def clear_refusal(user: User) -> None:
    """The address works, or is another one: a link that it received was opened, or it was changed."""
    user.mail_delayed_at, user.mail_delay = None, ""
    if user.address_refused_at is not None:
        user.address_refused_at, user.address_refusal = None, ""
        record("address_reached", user, by=None)
        db.session.flush()
