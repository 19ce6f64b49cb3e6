"""What the directory of programmes keeps of people, for test_retention.py."""

import json
from datetime import timedelta
from uuid import uuid4

from collectifs.kernel import clock, vault
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED
from collectifs.kernel.vault.texts import seal_text
from collectifs.network.models import FormerYes, Relay, RelayMessage
from tests import directing, factories
from tests.across.services.lasting import YEAR_AFTER, Case, any_row
from tests.circle import Circle


def relays(circle: Circle, moment) -> Case:
    directing.relay(directing.programme(circle.territory))
    return (lambda: any_row(Relay)), YEAR_AFTER


def relay_messages(circle: Circle, moment) -> Case:
    who = directing.relay(circle.territory)
    row = RelayMessage(id=uuid4(), relay_id=who.id, key_id=vault.make_key(), written_at=clock.now())
    seal_text(row, RelayMessage.body, json.dumps({"name": "M", "address": "m@e.example", "text": "Un mot."}))
    message_id = factories.add(row).id
    return (lambda: db.session.get_one(RelayMessage, message_id).body != ERASED), clock.now() + timedelta(days=7)


def former_yeses(circle: Circle, moment) -> Case:
    who, now = circle.maud, clock.now()
    factories.add(FormerYes(user_id=who.id, territory_id=circle.territory.id, season=2027, wishes=[], said_at=now))
    return (lambda: any_row(FormerYes)), YEAR_AFTER


DIRECTORY = (relays, relay_messages, former_yeses)
