"""A day of workshops in three slots, and people who register for it."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.vault import make_key
from collectifs.kernel.vault.texts import seal_text
from collectifs.network.domain.event import EventKind
from collectifs.network.domain.registration import RegistrationState
from collectifs.network.models import (
    Event,
    EventSlot,
    PageObjection,
    Registration,
    RegistrationLink,
    SlotChoice,
    Workshop,
    WorkshopPage,
)
from collectifs.network.queries.events import EventAccess, WorkshopAccess, get_event, get_workshop
from collectifs.network.services.registrations import confirm_registration
from collectifs.people.models import Territory
from collectifs.people.queries.people import hashed
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from tests import factories

HOUR = timedelta(hours=1)


def event(where: Territory | None = None, **values: Any) -> Event:
    """A published day, three weeks from now, from 8:30 to 15:30 UTC."""
    starts = (clock.now() + timedelta(days=21)).replace(hour=8, minute=30, second=0, microsecond=0)
    usual = {
        "territory_id": (where or factories.territory()).id,
        "season": 2026,
        "slug": f"journee-{next(factories._counter)}",
        "kind": EventKind.BETWEEN_SCHOOLS,
        "title": "Une journée pour apprendre entre collègues",
        "starts_at": starts,
        "ends_at": starts + 7 * HOUR,
        "place": "collège de la Brume",
        "closes_on": (starts - timedelta(days=3)).date(),
        "published_at": clock.now() - timedelta(days=1),
        "said_at": clock.now() - timedelta(days=2),
    }
    return factories.add(Event(**(usual | values)))


def slot(where: Event, after: int = 0) -> EventSlot:
    """An hour and a half, so many hours after the day begins."""
    starts = where.starts_at + after * HOUR
    return factories.add(EventSlot(event_id=where.id, starts_at=starts, ends_at=starts + 1.5 * HOUR))


def workshop(where: EventSlot, title: str = "Ouvrir un entretien", capacity: int = 2, **values: Any) -> Workshop:
    """A workshop with few places."""
    return factories.add(Workshop(slot_id=where.id, title=title, capacity=capacity, **values))


def registration(where: Event, given: str = "Solène", **values: Any) -> Registration:
    """Somebody who confirmed, and asked for nothing yet."""
    number = next(factories._counter)
    usual = {
        "event_id": where.id,
        "state": RegistrationState.CONFIRMED,
        "given_name": given,
        "family_name": f"Inscrite{number}",
        "address": f"i{number}@academie.example",
        "started_at": clock.now(),
        "confirmed_at": clock.now(),
    }
    return factories.add(Registration(**(usual | values)))


def link(row: Registration, token: str) -> str:
    """The address of the page that a link opens."""
    factories.add(RegistrationLink(registration_id=row.id, token_hash=hashed(token), minted_at=clock.now()))
    return f"/inscription/{token}"


def page(where: Workshop, question: str = "Comment ouvrir ?", **values: Any) -> WorkshopPage:
    """A page that was proposed ten days ago, and agreed to since; with `proposed_at=None`, a draft."""
    ago = clock.now() - timedelta(days=10)
    usual = {"proposed_at": ago, "deadline_at": ago + timedelta(days=5), "proposal_id": uuid4(), "saved_at": ago}
    row = WorkshopPage(id=uuid4(), workshop_id=where.id, key_id=make_key(), revision=1, **(usual | values))
    content = SheetContent(question, (Answer("Se taire.", AnswerKind.CONSIDERED),))
    row.digest = content.digest()
    seal_text(row, WorkshopPage.body, content.to_json())
    return factories.add(row)


def objection(to: WorkshopPage, sentence: str) -> PageObjection:
    """Somebody holds it back."""
    row = PageObjection(id=uuid4(), page_id=to.id, key_id=to.key_id, raised_at=clock.now())
    seal_text(row, PageObjection.member, str(uuid4()))
    seal_text(row, PageObjection.sentence, sentence)
    return factories.add(row)


class Day:
    """A day with one slot and two workshops, « entretien » and « visite », of two places each unless told otherwise."""

    def __init__(self, where: Territory | None = None, *, first: int = 2, second: int = 2) -> None:
        self.came = 0
        self.event = event(where)
        self.slot = slot(self.event, 1)
        self.first = workshop(self.slot, "Ouvrir un entretien", first)
        self.second = workshop(self.slot, "Une visite, trois faits", second)
        db.session.commit()

    @property
    def access(self) -> EventAccess:
        """The day as a page receives it."""
        found = get_event(self.event.id)
        assert found is not None
        return found

    def workshop(self, row: Workshop) -> WorkshopAccess:
        """A workshop as a page receives it."""
        found = get_workshop(row.id)
        assert found is not None
        return found

    def asks(
        self, first: Workshop | None = None, second: Workshop | None = None, given: str = "Solène"
    ) -> Registration:
        """Somebody who wrote their wishes and has not confirmed."""
        row = registration(self.event, given, state=RegistrationState.STARTED, confirmed_at=None)
        now = clock.now()
        factories.add(
            SlotChoice(
                registration_id=row.id,
                slot_id=self.slot.id,
                first_id=(first or self.first).id,
                second_id=second.id if second else None,
                first_at=now,
                second_at=now,
            )
        )
        db.session.commit()
        return row

    def comes(
        self,
        first: Workshop | None = None,
        second: Workshop | None = None,
        given: str = "Solène",
    ) -> Registration:
        """Somebody who wrote their wishes and confirmed, after those before them."""
        row = self.asks(first, second, given)
        self.came += 1
        confirm_registration(row, self.access, now=clock.now() + self.came * timedelta(milliseconds=1))
        db.session.commit()
        return row

    def saw(self, *rows: Registration) -> None:
        """The door saw them."""
        for row in rows:
            self.choice(row).came_at = clock.now()
        db.session.commit()

    def choice(self, row: Registration) -> SlotChoice:
        """What they asked for and have, as the database knows it now."""
        db.session.flush()
        db.session.expire_all()
        found = db.session.get(SlotChoice, (row.id, self.slot.id))
        assert found is not None
        return found

    def seat(self, row: Registration) -> str:
        """The title of the workshop where they sit, or ""."""
        return self._title(self.choice(row).seat_id)

    def offer(self, row: Registration) -> str:
        """The title of the workshop that they are offered, or ""."""
        return self._title(self.choice(row).offer_id)

    def _title(self, workshop_id: UUID | None) -> str:
        return db.session.get_one(Workshop, workshop_id).title if workshop_id else ""
