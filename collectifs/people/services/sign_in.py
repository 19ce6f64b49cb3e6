"""Entering and leaving: links, passwords, devices, and how often one may try."""

import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerificationError

from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import PARIS, season_of
from collectifs.people.domain.people import normal_address
from collectifs.people.domain.person import Person
from collectifs.people.domain.sign_in import (
    MOST_LINKS_MAILED,
    WINDOW,
    LinkPurpose,
    LinkState,
    device_ends_at,
    is_too_many,
    link_ends_at,
    link_state,
)
from collectifs.people.domain.work import LinkWanted, MailSecondDevice, MailSignInLink
from collectifs.people.models import Device, PersonalLink, SignInFailure, User
from collectifs.people.queries.people import (
    failures_since,
    get_device,
    get_user,
    hashed,
    open_devices,
    open_links,
    person_from,
    user_by_address,
)
from collectifs.people.services.addresses import clear_refusal

HASHER = PasswordHasher.from_parameters(profiles.RFC_9106_LOW_MEMORY)
# The hash of a password that was drawn at random and thrown away: nobody can type it.
NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$YzaWwe5Ohl5smP5V2cw7bw$tgJCOqb/lix1AgO9ZTvVP65UKSVMDJq87wIePD6UPN0"


def hash_password(password: str) -> str:
    """What is kept of a password."""
    return HASHER.hash(_composed(password))


def is_right(password: str, kept: str | None) -> bool:
    """Whether a password is the one that was kept. Without one, a hash is computed all the same."""
    try:
        HASHER.verify(kept or NOBODYS, _composed(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other settings than today's."""
    return HASHER.check_needs_rehash(kept)


def _composed(password: str) -> str:
    """The same letters whatever the keyboard: « é » typed in one or two signs."""
    return unicodedata.normalize("NFC", password)


WRONG = "L’adresse ou le mot de passe ne convient pas. Un lien par courriel suffit pour entrer."


class Scope(Protocol):
    """The collective of an invitation: its link, and the devices that it opens, live as long as its season."""

    @property
    def id(self) -> UUID:
        """Which collective."""

    @property
    def season(self) -> int:
        """Its season, by the year of its September."""

    @property
    def timezone(self) -> str:
        """The clock of its territory."""


@dataclass(frozen=True)
class KeptDevice:
    """What a browser keeps to be known again: a secret, until an instant."""

    secret: str
    expires_at: datetime


def mint_link(
    user: User, *, purpose: LinkPurpose, now: datetime, collective: Scope | None = None, leads_to: str = ""
) -> str:
    """Make a link; its token exists only in the mail that carries it. The worker calls this when the mail goes."""
    token = secrets.token_urlsafe(32)
    link = PersonalLink(
        id=uuid4(),
        user_id=user.id,
        purpose=purpose,
        token_hash=hashed(token),
        collective_id=collective.id if collective else None,
        leads_to=leads_to or None,
        minted_at=now,
        expires_at=link_ends_at(purpose, now, *_season(collective, now)),
    )
    db.session.add(link)
    record("link_minted", link, by=None)
    return token


def revoke_former_links(user: User, *, token: str, collective: Scope | None, now: datetime) -> None:
    """A new invitation has gone: the former ones to the same collective, never opened, open nothing any more."""
    collective_id = collective.id if collective else None
    for link in open_links(user.id, LinkPurpose.PERSONAL):
        if link.collective_id == collective_id and link.token_hash != hashed(token):
            link.revoked_at = now


def state_of(link: PersonalLink | None, now: datetime) -> LinkState:
    """What a link is still good for; a token that nobody minted is as dead as a used one."""
    if link is None:
        return LinkState.DEAD
    return link_state(
        link.purpose, expires_at=link.expires_at, used_at=link.used_at, revoked_at=link.revoked_at, now=now
    )


def ask_link(*, address: str, asked_by: Mapping[str, bytes], now: datetime, leads_to: str = "") -> None:
    """Have a link mailed to an address, if somebody is known there.

    Known or not, the same rows are written: neither the answer nor its time tells which. An address that
    was asked for too often gets no more mail for a while, and the answer does not say so either.
    `leads_to`: where they were going (web/local.py `kept_path`).
    """
    user = user_by_address(normal_address(address))
    if _may_be_mailed(asked_by, now):
        note_failure(asked_by.values(), now=now)
        ask(MailSignInLink(user.id if user else uuid4(), leads_to=leads_to))


def ask_link_elsewhere(link: PersonalLink, *, asked_by: Mapping[str, bytes], now: datetime) -> None:
    """The invitation was opened on another device: its owner is told, with a link that serves once."""
    if _may_be_mailed(asked_by, now):
        note_failure(asked_by.values(), now=now)
        ask(MailSignInLink(link.user_id, LinkWanted.ELSEWHERE))


def _may_be_mailed(asked_by: Mapping[str, bytes], now: datetime) -> bool:
    """Whether one more link may go. Only those that went are counted: asking on and on does not close the door."""
    limits = [(subject, *limit) for kind, subject in asked_by.items() for limit in MOST_LINKS_MAILED[kind]]
    return all(failures_since(subject, now - since) < most for subject, since, most in limits)


def enter_with_link(
    link: PersonalLink, *, label: str, now: datetime, by: Person | None, collective: Scope | None = None
) -> KeptDevice | None:
    """Open the link on this device; None when its owner was already signed in here. `by` is who was, `collective` the
    one of the invitation: the device lives as long as its season."""
    if state_of(link, now) is not LinkState.READY or link.purpose is LinkPurpose.NEW_ADDRESS:
        raise RuleBroken("Ce lien ne sert plus.")
    user = get_user(link.user_id)
    if user is None:
        raise RuleBroken("Ce lien ne sert plus.")
    link.used_at = now
    clear_refusal(user)
    if link.purpose is LinkPurpose.SIGN_IN:
        for other in open_links(user.id, LinkPurpose.SIGN_IN):
            other.revoked_at = now
    return _open_device(user, label=label, now=now, collective=collective, by=by)


def device_would_end_at(collective: Scope | None, now: datetime) -> datetime:
    """Until when a device opened now with a link would be known; `collective` is the one of an invitation."""
    return device_ends_at(now, *_season(collective, now))


def _season(collective: Scope | None, now: datetime) -> tuple[int, ZoneInfo]:
    """The season that links and devices die with, and the clock that says so."""
    if collective is None:
        return season_of(now.astimezone(PARIS).date()), PARIS
    return collective.season, ZoneInfo(collective.timezone)


def enter_with_password(
    *, address: str, password: str, label: str, now: datetime, by: Person | None
) -> KeptDevice | None:
    """Open this device with a password. One refusal for every cause, and one hash computed whatever the cause."""
    user = user_by_address(normal_address(address))
    if not is_right(password, user.password_hash if user else None) or user is None:
        raise RuleBroken(WRONG)
    if user.password_hash and is_outdated(user.password_hash):
        user.password_hash = hash_password(password)
    return _open_device(user, label=label, now=now, by=by)


def enter_demo(user: User, *, label: str, now: datetime, by: Person | None) -> KeptDevice | None:
    """One click, for the people that the demonstration made and for nobody else."""
    if not user.is_demo:
        raise RuleBroken("Cette personne n’est pas de la démonstration.")
    return _open_device(user, label=label, now=now, by=by, told=False)


def _open_device(
    user: User,
    *,
    label: str,
    now: datetime,
    by: Person | None,
    collective: Scope | None = None,
    told: bool = True,
) -> KeptDevice | None:
    """Know this browser from now on. Whoever was signed in here is no longer; other devices' owner is told."""
    if by is not None and by.id == user.id:
        return None
    if by is not None:
        _close(by, now)
    kept = KeptDevice(secrets.token_urlsafe(32), device_ends_at(now, *_season(collective, now)))
    has_others = bool(open_devices(user.id, now))
    device = _device(user, kept, label, now)
    record("device_opened", device, by=person_from(user, now.date()))
    if has_others and told:
        ask(MailSecondDevice(device.id))
    return kept


def _device(user: User, kept: KeptDevice, label: str, now: datetime) -> Device:
    device = Device(
        id=uuid4(),
        user_id=user.id,
        secret_hash=hashed(kept.secret),
        label=label[:80],
        bound_at=now,
        expires_at=kept.expires_at,
    )
    db.session.add(device)
    return device


def close_every_device(user: User, *, now: datetime) -> None:
    """From the command line: somebody is signed in nowhere any more."""
    for each in open_devices(user.id, now):
        device = get_device(each.id)
        if device is not None:
            close_device(device, now=now, by=None)


def close_device(device: Device, *, now: datetime, by: Person | None) -> None:
    """Close a device: whoever holds it must enter again. Closing it twice is no error."""
    if device.closed_at is None:
        device.closed_at = now
        record("device_closed", device, by=by)


def close_other_devices(*, now: datetime, by: Person) -> int:
    """Close every device of somebody but the one that they use; returns how many."""
    others = [each.id for each in open_devices(by.id, now) if each.id != by.device_id]
    for device_id in others:
        device = get_device(device_id)
        if device is not None:
            close_device(device, now=now, by=by)
    return len(others)


def sign_out(*, now: datetime, by: Person) -> None:
    """Leave this device."""
    _close(by, now)


def _close(person: Person, now: datetime) -> None:
    device = get_device(person.device_id) if person.device_id else None
    if device is not None:
        close_device(device, now=now, by=person)


def count_asking(asked_by: Mapping[str, bytes], *, now: datetime) -> bool:
    """Whether one more link may be mailed to an address; it is then counted."""
    if not _may_be_mailed(asked_by, now):
        return False
    note_failure(asked_by.values(), now=now)
    return True


def is_slowed(subjects: Mapping[str, bytes], now: datetime) -> bool:
    """Whether an account, a token or a network failed too often in the last quarter of an hour."""
    return any(is_too_many(kind, failures_since(subject, now - WINDOW)) for kind, subject in subjects.items())


def note_failure(subjects: Iterable[bytes], *, now: datetime) -> None:
    """Count one more attempt against each of these."""
    for subject in subjects:
        db.session.add(SignInFailure(subject=subject, at=now))
