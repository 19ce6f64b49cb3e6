"""What somebody does with their own candidacy: begin, prove the address, answer, send, change, withdraw."""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete

from collectifs.campaign.domain.answers import (
    WANTED,
    Facts,
    check_is_complete,
    check_may_change,
    check_may_start,
    facts_of,
)
from collectifs.campaign.domain.candidacy import CandidacyState, WishKind
from collectifs.campaign.domain.work import (
    MailCandidacyAddress,
    MailCandidacyLink,
    MailCandidacyReceived,
    MailCandidacyWithdrawn,
    OfferPlaces,
)
from collectifs.campaign.models.calls import Candidacy, CandidacyLink, CandidacyStatus, Wish
from collectifs.campaign.queries.again import last_membership
from collectifs.campaign.queries.calls import CallAccess
from collectifs.campaign.queries.candidacies import kind_of, same_candidacy
from collectifs.collectives.models import Membership
from collectifs.kernel.audit import ask
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.vault import make_key
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.domain.people import check_name, normal_address
from collectifs.people.domain.person import Person
from collectifs.people.queries.people import hashed

MOST_WISHES = 6
EMPTY: dict[str, Any] = {
    **dict.fromkeys(("new_address", "work_insee", "home_insee", "school", "uai"), ""),
    **dict.fromkeys(("district", "supervises", "answer"), ""),
    **dict.fromkeys(("degree", "tutoring_years", "would_pilot"), None),
}


def start_candidacy(
    access: CallAccess,
    *,
    given_name: str,
    family_name: str,
    address: str,
    partner_id: UUID | None,
    now: datetime,
) -> None:
    """Keep a name and an address, and mail the link that proves it. The same person again gets the same candidacy."""
    today = now.astimezone(access.zone).date()
    check_may_start(access.state(today), meets_on=access.call.meets_on, today=today)
    check_name(given_name, family_name)
    address = normal_address(address)
    row = same_candidacy(access.id, address, f"{given_name} {family_name}")
    if row is None:
        row = _begun(access.id, partner_id, now)
        row.given_name, row.family_name, row.address = given_name, family_name, address
        db.session.add(row)
        db.session.flush()
    ask(MailCandidacyLink(row.id))


def volunteer_again(access: CallAccess, *, now: datetime, by: Person) -> str:
    """A former member begins with what they said last time, their address being that of their account; a link to it.

    Half-days and whom they accompany are asked anew.
    """
    today = now.astimezone(access.zone).date()
    check_may_start(access.state(today), meets_on=access.call.meets_on, today=today)
    row = same_candidacy(access.id, by.address, by.name)
    if row is None:
        row = _begun(access.id, None, now)
        row.given_name, row.family_name, row.address = by.given_name, by.family_name, by.address
        row.state, row.confirmed_at = CandidacyState.CONFIRMED, now
        if (last := last_membership(access.call, by.id)) is not None:
            _say_again(row, *last, season=access.call.season)
        db.session.add(row)
        db.session.flush()
    confirm_candidacy(row, now=now)
    return mint_candidacy_link(row, now=now)


def _say_again(row: Candidacy, last: Membership, former: int, *, season: int) -> None:
    row.degree, row.school, row.uai = last.degree, last.school, last.uai
    row.work_insee, row.home_insee = last.work_insee, last.home_insee
    if last.tutoring_years is not None:
        row.tutoring_years = last.tutoring_years + season - former


def _begun(call_id: UUID, partner_id: UUID | None, now: datetime) -> Candidacy:
    return Candidacy(
        id=uuid4(),
        call_id=call_id,
        partner_id=partner_id,
        state=CandidacyState.STARTED,
        half_days=[],
        qualifications=[],
        started_at=now,
    )


def mint_candidacy_link(row: Candidacy, *, now: datetime, proves: str = "") -> str:
    """A token for one mail; the worker asks for it as the mail goes."""
    token = secrets.token_urlsafe(32)
    minted = CandidacyLink(id=uuid4(), candidacy_id=row.id, token_hash=hashed(token), proves=proves, minted_at=now)
    db.session.add(minted)
    return token


def confirm_candidacy(row: Candidacy, *, now: datetime) -> None:
    """Whoever reads the mail says: this is me. Done twice, nothing more happens."""
    if row.state is CandidacyState.STARTED:
        row.state, row.confirmed_at = CandidacyState.CONFIRMED, now


def save_answers(row: Candidacy, answers: Mapping[str, Any], *, now: datetime) -> Facts:
    """Keep the answers that were given; one that is sent stays complete. Returns what is there then."""
    check_may_change(row.state)
    is_sent = row.state is not CandidacyState.CONFIRMED
    for name, value in answers.items():
        if is_sent and name in WANTED and value in (None, ""):
            raise RuleBroken(f"Gardez une réponse : il manquerait {WANTED[name]}.", name)
        if name == "statuses":
            _keep_statuses(row, value)
        else:
            setattr(row, name, value)
    row.saved_at = now
    return facts(row)


def facts(row: Candidacy) -> Facts:
    """The facts of a candidacy, for the rules."""
    answers = {name: getattr(row, name) for name in WANTED} | {"school": row.school or row.uai}
    return facts_of(row.state, answers, kind_of(row))


def _keep_statuses(row: Candidacy, ids: Sequence[UUID]) -> None:
    db.session.execute(delete(CandidacyStatus).where(CandidacyStatus.candidacy_id == row.id))
    for status_id in dict.fromkeys(ids):
        db.session.add(CandidacyStatus(candidacy_id=row.id, status_id=status_id))


def send_candidacy(row: Candidacy, access: CallAccess, *, now: datetime, today: date) -> None:
    """Complete: the training service reads it, its person gets a receipt. A late one goes to the waiting list."""
    check_may_change(row.state)
    check_is_complete(facts(row))
    if row.state is not CandidacyState.CONFIRMED:
        return
    check_may_start(access.state(today), meets_on=access.call.meets_on, today=today)
    row.state, row.completed_at = CandidacyState.COMPLETE, now
    if access.takes_late_ones(today):
        row.state, row.answered_at, row.told_at = CandidacyState.WAITING, now, now
        ask(OfferPlaces(row.call_id))
    ask(MailCandidacyReceived(row.id))


def withdraw_candidacy(row: Candidacy, *, now: datetime) -> None:
    """No reason is asked. The answers go at once; the name and the address once the mail that says so has left."""
    if row.state is CandidacyState.WITHDRAWN:
        return
    if row.state is CandidacyState.PLACED:
        raise RuleBroken("Vous êtes dans un collectif : vous pouvez le quitter depuis sa page.")
    _empty(row)
    for table in (CandidacyStatus, Wish):
        db.session.execute(delete(table).where(table.candidacy_id == row.id))
    if row.state is CandidacyState.RETAINED and row.told_at is not None:
        row.freed_at = now
    if row.state in (CandidacyState.RETAINED, CandidacyState.WAITING):
        ask(OfferPlaces(row.call_id))
    row.state, row.withdrawn_at, row.tells_at = CandidacyState.WITHDRAWN, now, None
    ask(MailCandidacyWithdrawn(row.id))


def _empty(row: Candidacy) -> None:
    for name, value in EMPTY.items():
        setattr(row, name, value)
    row.half_days, row.qualifications = [], []


def leave_empty(row: Candidacy, *, now: datetime) -> None:
    """Of somebody who is erased: that there was a place, and when it was left. No mail says so."""
    _empty(row)
    row.state, row.withdrawn_at, row.tells_at = CandidacyState.WITHDRAWN, row.withdrawn_at or now, None
    forget_withdrawn(row)


def forget_withdrawn(row: Candidacy) -> None:
    """The last mail has left: neither the name nor the address are kept, and no link opens any more."""
    row.given_name = row.family_name = row.address = ""
    db.session.execute(delete(CandidacyLink).where(CandidacyLink.candidacy_id == row.id))


def ask_candidacy_address(row: Candidacy, address: str) -> None:
    """Another address: it counts once a mail sent there was opened; the present one is told."""
    check_may_change(row.state)
    row.new_address = normal_address(address)
    if row.new_address == row.address:
        raise RuleBroken("C’est déjà votre adresse.", "address")
    for to_new in (True, False):
        ask(MailCandidacyAddress(row.id, to_new=to_new))


def prove_candidacy_address(row: Candidacy, link: CandidacyLink) -> None:
    """The mail sent to another address was opened: it is the one that counts."""
    if not link.proves or link.proves != row.new_address:
        raise RuleBroken("Ce lien ne sert plus : une autre adresse a été demandée depuis.")
    row.address, row.new_address, link.proves = row.new_address, "", ""


def keep_wishes(row: Candidacy, access: CallAccess, wishes: Sequence[tuple[WishKind, str]]) -> None:
    """With whom, and without whom, by their addresses: sealed, read by the composer alone."""
    check_may_change(row.state)
    if len(wishes) > MOST_WISHES:
        raise RuleBroken(f"Pas plus de {MOST_WISHES} adresses.")
    db.session.execute(delete(Wish).where(Wish.candidacy_id == row.id))
    if wishes and access.call.wishes_key_id is None:
        access.call.wishes_key_id = make_key()
    for kind, address in wishes:
        wish = Wish(id=uuid4(), candidacy_id=row.id, key_id=access.call.wishes_key_id)
        seal_text(wish, Wish.body, json.dumps({"kind": kind.value, "address": normal_address(address)}))
        db.session.add(wish)
