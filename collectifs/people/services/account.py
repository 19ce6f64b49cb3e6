"""One's own account: the password, the address; and the first account of all."""

import re
import secrets
from datetime import datetime
from uuid import UUID, uuid4

from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.people.domain.people import PastedPerson, check_name, is_address, normal_address
from collectifs.people.domain.person import Person
from collectifs.people.domain.sign_in import (
    LINK_LIVES,
    LinkPurpose,
    LinkState,
    check_password,
)
from collectifs.people.domain.work import MailAddressChanged, MailNewAddress, MailPasswordChanged, Side
from collectifs.people.models import PersonalLink, User
from collectifs.people.queries.people import (
    get_user,
    hashed,
    links_minted_since,
    open_links,
    person_from,
    user_by_address,
)
from collectifs.people.services.addresses import clear_refusal
from collectifs.people.services.sign_in import hash_password, state_of

MOST_CHANGES_A_DAY = 5


def set_password(*, password: str, by: Person) -> None:
    """Choose a password, or another one; the person is told by mail."""
    user = _own(by)
    check_password(password, about=_names(user))
    user.password_hash = hash_password(password)
    record("password_set", user, by=by)
    ask(MailPasswordChanged(user.id))


def remove_password(*, by: Person) -> None:
    """Go back to links alone; the person is told by mail."""
    user = _own(by)
    if user.password_hash is None:
        return
    user.password_hash = None
    record("password_removed", user, by=by)
    ask(MailPasswordChanged(user.id))


def correct_name(user_id: UUID, *, given_name: str, family_name: str, by: Person) -> None:
    """Another spelling of a name: one's own, or that of somebody whom a manager invited."""
    user = get_user(user_id)
    if user is None:
        raise RuleBroken("Ce compte n’existe plus.")
    check_name(given_name, family_name)
    if (user.given_name, user.family_name) != (given_name, family_name):
        user.given_name, user.family_name = given_name, family_name
        record("name_corrected", user, by=by)


def ask_new_address(*, address: str, now: datetime, by: Person) -> None:
    """Ask the present address whether another may take its place.

    Whether the new one is taken by somebody else is not looked up here: nobody learns it by asking.
    """
    user, wanted = _own(by), normal_address(address)
    if not is_address(wanted):
        raise RuleBroken("Cette adresse est mal écrite.", "address")
    if wanted == user.address:
        raise RuleBroken("C’est déjà votre adresse.", "address")
    since = now - LINK_LIVES[LinkPurpose.NEW_ADDRESS]
    if links_minted_since(user.id, LinkPurpose.NEW_ADDRESS, since) >= MOST_CHANGES_A_DAY:
        raise RuleBroken("Vous l’avez déjà demandé plusieurs fois aujourd’hui : réessayez demain.", "address")
    for former in open_links(user.id, LinkPurpose.NEW_ADDRESS):
        former.revoked_at = now
    link = PersonalLink(
        id=uuid4(),
        user_id=user.id,
        purpose=LinkPurpose.NEW_ADDRESS,
        token_hash=hashed(secrets.token_urlsafe(32)),  # nobody's: the worker mints the one that it mails
        new_address=wanted,
        minted_at=now,
        expires_at=now + LINK_LIVES[LinkPurpose.NEW_ADDRESS],
    )
    db.session.add(link)
    record("address_asked", user, by=by)
    ask(MailNewAddress(link.id))


def mint_address_token(link: PersonalLink) -> str:
    """Give the link of an asked change the token that the mail carries. The worker calls this when the mail goes."""
    token = secrets.token_urlsafe(32)
    link.token_hash = hashed(token)
    return token


def confirm_new_address(link: PersonalLink, *, now: datetime) -> None:
    """Whoever reads the present address said yes: it changes, and both addresses are told."""
    user = get_user(link.user_id)
    if state_of(link, now) is not LinkState.READY or link.purpose is not LinkPurpose.NEW_ADDRESS or user is None:
        raise RuleBroken("Ce lien ne sert plus.")
    if not link.new_address or user_by_address(link.new_address) is not None:
        raise RuleBroken("Cette adresse sert déjà ici. Écrivez au service de formation : votre adresse reste la même.")
    link.former_address, user.address, link.used_at = user.address, link.new_address, now
    clear_refusal(user)
    for purpose in LinkPurpose:
        for other in open_links(user.id, purpose):
            other.revoked_at = now
    record("address_changed", user, by=person_from(user, now.date()))
    ask(MailAddressChanged(link.id, Side.FORMER))
    ask(MailAddressChanged(link.id, Side.PRESENT))


def forget_addresses(link: PersonalLink, *, which: Side) -> None:
    """An address of a change was told: the link need not carry it any longer."""
    if which is Side.FORMER:
        link.former_address = None
    else:
        link.new_address = None


def _names(user: User) -> tuple[str, ...]:
    """What a password must not be made of: each word of the name and of the address."""
    return tuple(re.split(r"[\W_]+", f"{user.given_name} {user.family_name} {user.address}"))


def _own(person: Person) -> User:
    user = get_user(person.id)
    if user is None:
        raise RuleBroken("Ce compte n’existe plus.")
    return user


def person_at(person: PastedPerson, *, now: datetime, by: Person) -> User:
    """The person whose address this is; somebody new when nobody is known by it. A known name is kept."""
    user = user_by_address(person.address)
    if user is None:
        user = User(
            given_name=person.given_name, family_name=person.family_name, address=person.address, created_at=now
        )
        db.session.add(user)
        db.session.flush()
        record("person_added", user, by=by)
    return user
