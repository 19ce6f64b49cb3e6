"""Every mail of the directory, for tests/every_mail.py."""

from datetime import timedelta
from typing import Any

from collectifs.kernel import clock
from collectifs.kernel.work import Mail
from collectifs.network.domain.work import MailFormerReminded, MailRelayAsked, MailRelayMessage, MailRelayNamed
from collectifs.network.models import FormerYes, RelayMessage
from collectifs.network.queries.directory import OpenedMessage, desk_of_programme, unsent_messages
from collectifs.network.services.writing import Sending, write_to_relays
from tests import directing, factories


def about_the_directory(here: Any) -> list[Mail]:
    """Somebody who has not answered, somebody whose season is over, a message."""
    other = directing.programme()
    mine = directing.relay(other)
    former = directing.relay(other, season=mine.season - 1)
    desk = desk_of_programme(other.id, clock.now().date())
    assert desk is not None
    sending = Sending(b"a", b"b", b"c", timedelta(minutes=2))
    words = OpenedMessage("Maëlle Aubry", "maelle@ecole.example", "Bonjour.\nMerci.")
    write_to_relays(desk, words, sending, now=clock.now())
    message = unsent_messages(RelayMessage.relay_id == mine.id)[0]
    maud = here.people["member"]
    yes = factories.add(
        FormerYes(user_id=maud.id, territory_id=other.territory_id, season=2026, wishes=["remind"], said_at=clock.now())
    )
    return [
        MailFormerReminded(maud.id, yes.id),
        MailRelayNamed(here.ids["relay_id"]),
        MailRelayNamed(mine.id),
        MailRelayAsked(former.id),
        MailRelayMessage(message.id),
    ]
