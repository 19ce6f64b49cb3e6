"""The mails of a candidacy: its link, its receipt, the answer, the end that comes near. Links are minted as they go."""

from typing import Any
from uuid import UUID

from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.domain.freed import PlaceState
from collectifs.campaign.domain.work import (
    MailCandidacyAddress,
    MailCandidacyAnswered,
    MailCandidacyLink,
    MailCandidacyPlace,
    MailCandidacyReceived,
    MailCandidacyWaits,
    MailCandidacyWithdrawn,
)
from collectifs.campaign.models.calls import Candidacy
from collectifs.campaign.queries.calls import CallAccess, get_call
from collectifs.campaign.queries.candidacies import get_candidacy
from collectifs.campaign.queries.freed import get_freed_place, get_offer, offer_from
from collectifs.campaign.services.candidacies import forget_withdrawn, mint_candidacy_link
from collectifs.kernel import clock
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.mail.subject import subject_with
from collectifs.kernel.text.typography import clock_time, long_date
from collectifs.people.mails.letters import Addressee, answers_on, page_url, send_letter

SUBJECTS = {
    CandidacyState.RETAINED: "{name} : votre candidature est retenue",
    CandidacyState.WAITING: "{name} : votre candidature est sur la liste d’attente",
    CandidacyState.DECLINED: "{name} : la réponse à votre candidature",
}


@does
def candidacy_link(mail: MailCandidacyLink) -> None:
    """The link that proves the address, or leads back to what was already answered."""
    found = _found(mail.candidacy_id)
    if found is not None:
        row, access = found
        _send(
            "candidacy_link", row, access, "{name} : votre candidature", url=_url(row), is_known=bool(row.confirmed_at)
        )


@does
def candidacy_received(mail: MailCandidacyReceived) -> None:
    """« Merci, c’est reçu », and what happens when."""
    found = _found(mail.candidacy_id)
    if found is not None:
        row, access = found
        is_late = row.state is CandidacyState.WAITING
        _send("candidacy_received", row, access, "{name} : candidature reçue", url=_url(row), is_late=is_late)


@does
def candidacy_answered(mail: MailCandidacyAnswered) -> None:
    """What was decided; nothing when it was taken back, or withdrawn, meanwhile."""
    found = _found(mail.candidacy_id)
    if found is not None and found[0].state in SUBJECTS:
        row, access = found
        _send(
            "candidacy_answered",
            row,
            access,
            SUBJECTS[row.state],
            url=_url(row),
            state=row.state.value,
            said=row.answer,
        )


@does
def candidacy_waits(mail: MailCandidacyWaits) -> None:
    """The call closes soon; nothing to whoever sent it meanwhile."""
    found = _found(mail.candidacy_id)
    if found is not None and found[0].state is CandidacyState.CONFIRMED:
        row, access = found
        _send("candidacy_waits", row, access, "{name} : l’appel se ferme bientôt", url=_url(row))


@does
def candidacy_place(mail: MailCandidacyPlace) -> None:
    """A place that freed: theirs if they say yes; nothing once it was stopped, or they left the list."""
    offer, now = get_offer(mail.offer_id), clock.now()
    place = get_freed_place(offer.freed_id, now) if offer else None
    found = _found(offer.candidacy_id) if offer else None
    if offer is None or place is None or found is None or place.state is not PlaceState.OFFERED:
        return
    row, access = found
    if offer_from(offer, row.state).is_open(now):
        until = offer.expires_at.astimezone(access.zone)
        words = {"url": _url(row), "collective": place.collective, "until": f"{long_date(until)} à {clock_time(until)}"}
        _send("candidacy_place", row, access, "{name} : une place vous est proposée", **words)


@does
def candidacy_withdrawn(mail: MailCandidacyWithdrawn) -> None:
    """The last mail: then the address is forgotten too."""
    row = get_candidacy(mail.candidacy_id)
    access = get_call(row.call_id) if row else None
    if row is None or access is None or not row.address:
        return
    _send("candidacy_withdrawn", row, access, "{name} : votre candidature est retirée")
    forget_withdrawn(row)


@does
def candidacy_address(mail: MailCandidacyAddress) -> None:
    """To the new address its proof; to the present one, that another was asked."""
    found = _found(mail.candidacy_id)
    if found is None or not found[0].new_address:
        return
    row, access = found
    words: dict[str, Any] = {"url": "", "to_new": mail.to_new}
    if mail.to_new:
        words |= {"url": _url(row, proves=row.new_address), "to": row.new_address}
    _send("candidacy_address", row, access, "{name} : une autre adresse", **words)


def _found(candidacy_id: UUID) -> tuple[Candidacy, CallAccess] | None:
    row = get_candidacy(candidacy_id)
    access = get_call(row.call_id) if row else None
    if row is None or access is None or row.state is CandidacyState.WITHDRAWN:
        return None
    return row, access


def _url(row: Candidacy, proves: str = "") -> str:
    token = mint_candidacy_link(row, now=clock.now(), proves=proves)
    return page_url("campaign.own", token=token)


def _send(kind: str, row: Candidacy, access: CallAccess, subject: str, **words: Any) -> None:
    call, territory = access.call, access.territory
    send_letter(
        kind,
        Addressee(row.id, row.given_name, row.family_name, row.address),
        subject_with(subject, f"{'Collectifs' if call.kind.composes else 'Tutorat'}, {territory.name}"),
        territory=territory.name,
        asks=call.kind,
        closes=long_date(call.closes_on),
        answered_on=long_date(call.answers_on),
        answers=answers_on(territory.id),
        **words,
    )
