"""The directory of the world: a programme with its relay, one for the territory, one who has not answered, a message.

The link that every role tries opens the relay that holds no marked word: whoever holds a link is its person.
"""

import json
from typing import Any
from uuid import uuid4

from collectifs.kernel import clock, vault
from collectifs.kernel.vault.texts import seal_text
from collectifs.network.models import Launch, RelayMessage
from tests import directing, factories

CANARIES: dict[str, tuple[str, ...]] = {
    "CanariRelais": ("manager",),
    "CanariMessage": (),
}


def build(here: Any, token: str) -> dict[str, Any]:
    """The ids that its addresses take."""
    programme = directing.programme(here)
    first = directing.relay(programme)
    waiting = directing.relay(programme, family_name="CanariRelais", agreed_at=None)
    directing.relay(here, "Denis")
    directing.link(first, token)
    row = RelayMessage(id=uuid4(), relay_id=first.id, key_id=vault.make_key(), written_at=clock.now())
    seal_text(row, RelayMessage.body, json.dumps({"name": "Maëlle", "address": "m@e.example", "text": "CanariMessage"}))
    factories.add(row)
    begun = directing.programme(here, "Lancé", confirmed_season=None, confirmed_at=None)
    launch = factories.add(
        Launch(territory_id=here.id, programme_id=begun.id, source_id=here.id, made_at=clock.now(), days=[None] * 4)
    )
    return {"launch_id": launch.id, "listed_id": programme.id, "relay_id": waiting.id}
