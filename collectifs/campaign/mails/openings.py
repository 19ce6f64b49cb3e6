"""The two mails of whoever wishes to know that a call opens: the link that confirms the address, then the one mail."""

from typing import Any

from collectifs.campaign.domain.call import CallState
from collectifs.campaign.domain.work import MailCallOpens, MailOpeningLink
from collectifs.campaign.models.openings import OpeningNotice
from collectifs.campaign.queries.calls import CallAccess, get_call
from collectifs.campaign.queries.openings import get_notice
from collectifs.campaign.services.openings import forget_opening, mint_opening_link
from collectifs.kernel import clock
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.mail.subject import subject_with
from collectifs.kernel.text.typography import long_date
from collectifs.people.mails.letters import Addressee, answers_on, page_url, send_letter


@does
def opening_link(mail: MailOpeningLink) -> None:
    """The link that confirms, or takes back what was confirmed already; nothing once the call has opened."""
    row = get_notice(mail.notice_id)
    access = get_call(row.call_id) if row else None
    if row is not None and access is not None and _state(access) is CallState.SOON:
        url = page_url("campaign.opening", token=mint_opening_link(row))
        _send("opening_link", row, access, "{name} : confirmez votre adresse", url=url, is_known=bool(row.confirmed_at))


@does
def call_opens(mail: MailCallOpens) -> None:
    """The call is open; the address is forgotten as this leaves."""
    row = get_notice(mail.notice_id)
    access = get_call(row.call_id) if row else None
    if row is None or access is None:
        return
    if _state(access) is CallState.OPEN:
        url = page_url("campaign.call", slug=access.call.slug)
        _send("call_opens", row, access, "{name} : l’appel est ouvert", url=url)
    forget_opening(row)


def _state(access: CallAccess) -> CallState:
    return access.state(clock.now().astimezone(access.zone).date())


def _send(kind: str, row: OpeningNotice, access: CallAccess, subject: str, **words: Any) -> None:
    call, territory = access.call, access.territory
    send_letter(
        kind,
        Addressee(row.id, "", "", row.address),
        subject_with(subject, f"{'Collectifs' if call.kind.composes else 'Tutorat'}, {territory.name}"),
        territory=territory.name,
        asks=call.kind,
        opens=long_date(call.opens_on),
        closes=long_date(call.closes_on),
        answers=answers_on(territory.id),
        **words,
    )
