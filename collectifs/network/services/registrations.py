"""What somebody does with their own registration: begin, confirm, choose again, answer an offer, withdraw."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, update

from collectifs.kernel.audit import ask
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.network.domain.placing import check_wishes
from collectifs.network.domain.registration import (
    RegistrationState,
    check_may_choose,
    check_may_register,
    check_offer,
)
from collectifs.network.domain.work import MailRegistrationLink, MailRegistrationReceived, MailRegistrationWithdrawn
from collectifs.network.models import Registration, RegistrationLink, SlotChoice, Workshop
from collectifs.network.queries.events import EventAccess, SlotFacts, programme_of
from collectifs.network.queries.registrations import (
    choice_for,
    choices_of,
    ids_of_workshops_seen_in,
    same_registration,
)
from collectifs.network.services.placing import drop_wish, lock_event, offer_places, seat
from collectifs.people.domain.people import check_name, normal_address
from collectifs.people.queries.people import hashed

Wishes = Mapping[UUID, tuple[UUID | None, UUID | None]]


@dataclass(frozen=True)
class Who:
    """Who registers."""

    given_name: str
    family_name: str
    address: str
    comes_from: str = ""


def register(access: EventAccess, who: Who, wishes: Wishes, *, partner_id: UUID | None, now: datetime) -> None:
    """Keep a name, an address and wishes, and mail the link that proves the address: no place is taken before.

    The same person again gets the same registration; once it is confirmed, only its link changes what is chosen.
    """
    check_may_register(access.state(now))
    check_name(who.given_name, who.family_name)
    _check_wishes(access, wishes)
    address = normal_address(who.address)
    row = same_registration(access.id, address, f"{who.given_name} {who.family_name}")
    if row is None:
        row = Registration(id=uuid4(), event_id=access.id, partner_id=partner_id, started_at=now)
        row.given_name, row.family_name, row.address = who.given_name, who.family_name, address
        row.state = RegistrationState.STARTED
        db.session.add(row)
    if row.state is RegistrationState.STARTED:
        row.comes_from = who.comes_from
        db.session.flush()
        _keep(row, wishes, now)
    ask(MailRegistrationLink(row.id))


def _check_wishes(access: EventAccess, wishes: Wishes) -> None:
    check_wishes(wishes, {each.slot.id: {held.id for held in each.held} for each in programme_of(access.id)})


def _keep(row: Registration, wishes: Wishes, now: datetime) -> None:
    db.session.execute(delete(SlotChoice).where(SlotChoice.registration_id == row.id))
    for slot_id, (first, second) in wishes.items():
        if first is not None:
            choice = SlotChoice(registration_id=row.id, slot_id=slot_id, first_id=first, second_id=second)
            choice.first_at = choice.second_at = now
            db.session.add(choice)


def mint_registration_link(row: Registration, *, now: datetime) -> str:
    """A token for one mail; the worker asks for it as the mail goes."""
    token = secrets.token_urlsafe(32)
    db.session.add(RegistrationLink(id=uuid4(), registration_id=row.id, token_hash=hashed(token), minted_at=now))
    return token


def confirm_registration(row: Registration, access: EventAccess, *, now: datetime) -> None:
    """Whoever reads the mail says: this is me. They have their places then. Done twice, nothing more happens."""
    check_may_register(access.state(now))
    lock_event(access.id)
    db.session.refresh(row)
    if row.state is not RegistrationState.STARTED:
        return
    row.state, row.confirmed_at = RegistrationState.CONFIRMED, now
    programme = {each.slot.id: each for each in programme_of(access.id)}
    for choice in choices_of(row.id):
        choice.first_at = choice.second_at = now
        seat(choice, programme[choice.slot_id])
    ask(MailRegistrationReceived(row.id))


def choose_again(row: Registration, access: EventAccess, wishes: Wishes, *, now: datetime) -> None:
    """Other workshops: a place that is no longer wished for is free at once; a wish that stays keeps its rank."""
    check_may_choose(access.state(now))
    lock_event(access.id)
    _check_wishes(access, wishes)
    known = {each.slot_id: each for each in choices_of(row.id)}
    for slot in programme_of(access.id):
        wished = wishes.get(slot.slot.id, (None, None))
        choice = known.get(slot.slot.id) or SlotChoice(registration_id=row.id, slot_id=slot.slot.id)
        if wished != (choice.first_id, choice.second_id):
            _choose(choice, slot, *wished, now)
    offer_places(access, now=now)


def _choose(choice: SlotChoice, slot: SlotFacts, first: UUID | None, second: UUID | None, now: datetime) -> None:
    if first is None:
        db.session.delete(choice)
        return
    since = {choice.second_id: choice.second_at, choice.first_id: choice.first_at}
    choice.first_at, choice.second_at = since.get(first) or now, since.get(second) or now
    choice.first_id, choice.second_id = first, second
    if choice.seat_id not in (first, second):
        choice.seat_id = None
    db.session.add(choice)
    seat(choice, slot)


def answer_offer(row: Registration, access: EventAccess, slot_id: UUID, *, takes: bool, now: datetime) -> None:
    """Take the place that is kept, or leave it to the next in line."""
    check_may_choose(access.state(now))
    lock_event(access.id)
    choice = choice_for(row.id, slot_id)
    if choice is None or choice.offer_id is None:
        raise RuleBroken("Cette place n’est plus offerte : elle est passée à la personne suivante.")
    if takes:
        check_offer(choice.offered_until, now)
        choice.seat_id, choice.offer_id, choice.offered_until = choice.offer_id, None, None
    else:
        drop_wish(choice, choice.offer_id)
    offer_places(access, now=now)


def withdraw_registration(row: Registration, access: EventAccess, *, now: datetime) -> None:
    """No reason is asked. The places are free at once; name and address go once the mail that says so has left."""
    lock_event(access.id)
    db.session.refresh(row)
    if row.state is RegistrationState.WITHDRAWN:
        return
    note_lost(row.id, now=now)
    db.session.execute(delete(SlotChoice).where(SlotChoice.registration_id == row.id))
    row.state, row.withdrawn_at, row.comes_from = RegistrationState.WITHDRAWN, now, ""
    ask(MailRegistrationWithdrawn(row.id))
    offer_places(access, now=now)


def note_lost(registration_id: UUID, *, now: datetime) -> None:
    """The workshops where somebody was seen who goes: they can be asked about nothing any more, and that is known."""
    lost = Workshop.id.in_(ids_of_workshops_seen_in(registration_id)), Workshop.lost_at.is_(None)
    db.session.execute(update(Workshop).where(*lost).values(lost_at=now))


def forget_registration(row: Registration) -> None:
    """The last mail has left: neither the name nor the address are kept, and no link opens any more."""
    row.given_name = row.family_name = row.address = ""
    db.session.execute(delete(RegistrationLink).where(RegistrationLink.registration_id == row.id))
