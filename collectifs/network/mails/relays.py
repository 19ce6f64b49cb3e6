"""The mails of a relay: their link, the question of each year, what is written to them. Links are minted as they go."""

from typing import Any
from uuid import UUID

from collectifs.kernel import clock
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.mail.parts import Answering, Mailbox
from collectifs.kernel.mail.subject import subject_with
from collectifs.kernel.seasons import season_label, season_of
from collectifs.kernel.text.typography import long_date
from collectifs.network.domain.directory import leaves_on, season_confirmed
from collectifs.network.domain.work import MailRelayAsked, MailRelayMessage, MailRelayNamed
from collectifs.network.queries.directory import RelayAccess, get_relay, get_relay_message, open_message
from collectifs.network.services.directory import mint_relay_link
from collectifs.network.services.writing import note_sent
from collectifs.people.mails.letters import Addressee, answers_on, page_url, send_letter


@does
def relay_named(mail: MailRelayNamed) -> None:
    """The link, and what a yes makes public; once they said yes, the link alone."""
    found = get_relay(mail.relay_id)
    if found is not None:
        is_known = found.relay.agreed_at is not None
        subject = "{name} : votre lien de relais" if is_known else "{name} : voulez-vous en être relais ?"
        _send("relay_named", subject, found, url=_url(mail.relay_id), is_known=is_known)


@does
def relay_asked(mail: MailRelayAsked) -> None:
    """Is the line right, and do they go on? Nothing once they answered."""
    found, today = get_relay(mail.relay_id), clock.now().date()
    if found is None or found.relay.season >= season_confirmed(today):
        return
    words: dict[str, Any] = {"url": _url(mail.relay_id), "is_late": found.relay.season < season_of(today)}
    words["leaves"] = long_date(leaves_on(found.relay.season))
    _send("relay_asked", "{name} : votre ligne dans l’annuaire est-elle juste ?", found, **words)


@does
def relay_message(mail: MailRelayMessage) -> None:
    """The words, and where the answer goes; they are gone from here once this has left.

    No link of the relay goes with them: whoever answers quotes what they received.
    """
    row = get_relay_message(mail.message_id)
    found = get_relay(row.relay_id) if row is not None and row.sent_at is None and row.body else None
    if row is None or found is None:
        return
    words = open_message(row)
    answers = Answering(Mailbox(words.name, words.address), f"{words.name}, qui vous écrit,")
    said = {"name": words.name, "text": words.text}
    _send("relay_message", "{name} : un message depuis l’annuaire", found, answers=answers, **said)
    note_sent(row, now=clock.now())


def _url(relay_id: UUID) -> str:
    return page_url("directory.own", token=mint_relay_link(relay_id, now=clock.now()))


def _send(kind: str, subject: str, found: RelayAccess, *, answers: Answering | None = None, **words: Any) -> None:
    row = found.relay
    about = found.programme.name if found.programme else found.territory.name
    send_letter(
        kind,
        Addressee(row.id, row.given_name, row.family_name, row.address),
        subject_with(subject, about),
        programme=about if found.programme else "",
        territory=found.territory.name,
        season=season_label(season_confirmed(clock.now().date())),
        answers=answers or answers_on(found.territory_id),
        **words,
    )
