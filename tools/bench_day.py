"""A day of workshops: three hundred people confirm at once, for twelve workshops in three slots, and the last place of
one is asked for by fifty. Used by `make bench` and by the tests.
"""

import statistics
import threading
import time
from collections import Counter
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from flask import Flask

from collectifs.kernel.extensions import db
from collectifs.network.domain.event import EventKind
from collectifs.network.domain.registration import RegistrationState
from collectifs.network.models import Event, EventSlot, Registration, RegistrationLink, SlotChoice, Workshop
from collectifs.people.queries.people import hashed
from tools.bench_app import timed

PEOPLE, SLOTS, WORKSHOPS, CAPACITY, BROWSERS, LONGEST_MS = 300, 3, 4, 24, 4, 80


def add_day(territory_id: UUID, now: datetime, *, slug: str = "journee", slots: int = SLOTS) -> list[UUID]:
    """A published day; its slots, by id. Each has `WORKSHOPS` workshops once `add_workshops` has made them."""
    starts = now + timedelta(days=20)
    event = Event(id=uuid4(), territory_id=territory_id, season=now.year, slug=slug, title="Journée", place="collège")
    event.kind, event.said_at, event.published_at = EventKind.BETWEEN_SCHOOLS, now, now
    event.starts_at, event.ends_at, event.closes_on = starts, starts + timedelta(hours=8), starts.date()
    db.session.add(event)
    db.session.flush()
    rows = [
        EventSlot(
            id=uuid4(),
            event_id=event.id,
            starts_at=starts + timedelta(hours=2 * each),
            ends_at=starts + timedelta(hours=2 * each + 1),
        )
        for each in range(slots)
    ]
    db.session.add_all(rows)
    db.session.flush()
    return [each.id for each in rows]


def add_workshops(slot_id: UUID, number: int, capacity: int) -> list[UUID]:
    """Workshops of so many places in a slot, by id."""
    rows = [
        Workshop(id=uuid4(), slot_id=slot_id, title=f"Atelier {each + 1}", capacity=capacity) for each in range(number)
    ]
    db.session.add_all(rows)
    db.session.flush()
    return [each.id for each in rows]


def add_people(slots: dict[UUID, list[UUID]], now: datetime, number: int) -> list[str]:
    """So many people who wrote their wishes and have not confirmed; their tokens. Some workshops draw more."""
    event_id = db.session.get_one(EventSlot, next(iter(slots))).event_id
    chance, tokens = Random(number), []  # noqa: S311  the same wishes each time
    for rank in range(number):
        row = Registration(id=uuid4(), event_id=event_id, state=RegistrationState.STARTED, started_at=now)
        row.given_name, row.family_name, row.address = "Camille", f"Rang {rank}", f"rang.{rank}@academie.example"
        tokens.append(f"jeton-{event_id}-{rank}")
        link = RegistrationLink(id=uuid4(), registration_id=row.id, token_hash=hashed(tokens[-1]), minted_at=now)
        db.session.add(row)
        db.session.flush()
        db.session.add(link)
        for slot_id, workshops in slots.items():
            wished = sorted(workshops, key=lambda each: chance.random() * (1 + workshops.index(each)))
            choice = SlotChoice(registration_id=row.id, slot_id=slot_id, first_at=now, second_at=now)
            choice.first_id, choice.second_id = wished[0], wished[1] if len(wished) > 1 else None
            db.session.add(choice)
    db.session.commit()
    return tokens


def confirm_all(app: Flask, tokens: list[str], browsers: int = BROWSERS) -> list[float]:
    """Each presses « Oui, je m’inscris », so many at the same instant; how many milliseconds each waited."""
    took: list[float] = []
    ready = threading.Barrier(browsers)

    def press(mine: list[str]) -> None:
        client = app.test_client()
        ready.wait()
        took.extend(timed(lambda token=token: _press(client, token)) for token in mine)  # type: ignore[misc]

    def _press(client: object, token: str) -> None:
        with app.app_context():
            answer = client.post(f"/inscription/{token}")  # type: ignore[attr-defined]
            if answer.status_code != 302:
                raise RuntimeError(f"{token}: {answer.status_code}")

    threads = [threading.Thread(target=press, args=(tokens[place::browsers],)) for place in range(browsers)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return took


def seats() -> Counter[UUID | None]:
    """How many sit in each workshop; None: those who have no place in a slot."""
    db.session.expire_all()
    return Counter(each.seat_id for each in db.session.query(SlotChoice))


def measure_day(app: Flask, territory_id: UUID, now: datetime) -> list[str]:
    """The crowd, then the page of the day by itself; returns what passes a limit."""
    slots = {each: add_workshops(each, WORKSHOPS, CAPACITY) for each in add_day(territory_id, now)}
    tokens = add_people(slots, now, PEOPLE)
    app.config["WTF_CSRF_ENABLED"] = False  # what a page would have handed to its form
    try:
        began = time.perf_counter()
        took = confirm_all(app, tokens)
        lasted = time.perf_counter() - began
    finally:
        app.config["WTF_CSRF_ENABLED"] = True
    found = seats()
    db.session.rollback()
    client = app.test_client()
    pages = [timed(lambda: client.get("/journee/journee")) for _ in range(40)]
    most = max(number for each, number in found.items() if each)
    given = sum(number for each, number in found.items() if each)
    print(f"\n{PEOPLE} people confirm at once for {SLOTS * WORKSHOPS} workshops of {CAPACITY}: {lasted:.0f} s")
    print(f"  {given} places given, {most} at most in one; {found[None]} wait without a place in a slot")
    print(f"  each {statistics.median(took):.0f} ms, the 95th of a hundred {_p95(took):.0f} ms")
    print(f"  page of the day: {statistics.median(pages):.0f} ms, the 95th of a hundred {_p95(pages):.0f} ms")
    wrong = ["a workshop has too many people"] if most > CAPACITY else []
    wrong += ["confirmations lost"] if len(took) < PEOPLE else []
    return wrong + (["the page of the day"] if statistics.median(pages) > LONGEST_MS else [])


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
