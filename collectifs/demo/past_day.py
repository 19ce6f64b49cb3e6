"""The morning of workshops that is over in the demonstration: who came, the page that each workshop left.

One page was agreed to before the holidays; the other waits to be read. Nobody is real.
"""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

from collectifs.demo.campaign import FAMILY, GIVEN
from collectifs.demo.events import WHERE
from collectifs.demo.rows import Stage, add
from collectifs.kernel.audit import ask
from collectifs.kernel.text.folding import folded
from collectifs.kernel.vault import make_key
from collectifs.kernel.vault.texts import seal_text
from collectifs.meetings.queries.calendar import calendar_at
from collectifs.network.domain.event import EventKind
from collectifs.network.domain.page import page_typed
from collectifs.network.domain.registration import RegistrationState
from collectifs.network.domain.work import MailHostLink, MailPageProposed
from collectifs.network.models import Event, EventSlot, Registration, SlotChoice, Workshop, WorkshopPage
from collectifs.sheets.domain.life import deadline_for

DAY = date(2026, 12, 12)
WORKSHOPS = (
    (
        "Oser ne pas répondre tout de suite",
        "Maëlle Aubry",
        "Comment laisser chercher alors que l’on connaît la réponse ?",
        (
            "Compter jusqu’à dix avant de parler.\n"
            "Redire la question avec les mots de l’autre.\n"
            "Écrire sa réponse pour soi, et la garder."
        ),
    ),
    (
        "Quand la classe observe aussi",
        "Karim Benali",
        "Comment être au fond de la classe alors que les élèves se tournent vers nous ?",
        "Se présenter comme quelqu’un qui apprend.\nS’asseoir parmi eux plutôt que derrière.",
    ),
)
PEOPLE = 9


def add_past_day(stage: Stage) -> None:
    """The day, its two workshops at one time, who came, their pages."""
    event = _add_day(stage)
    slot = add(EventSlot(event_id=event.id, starts_at=_at(stage, time(10)), ends_at=_at(stage, time(11, 30))))
    rows = [_add_person(stage, event, rank) for rank in range(PEOPLE)]
    for number, (title, host, question, answers) in enumerate(WORKSHOPS):
        workshop = add(Workshop(slot_id=slot.id, title=title, host=host, room=f"salle {number + 1}", capacity=12))
        workshop.host_address = f"{folded(host).replace(' ', '.')}@val-de-brume.example"
        here = [row for rank, row in enumerate(rows) if rank % 2 == number]
        for row in here:
            _sits(stage, row, slot, workshop)
        page = _add_page(stage, workshop, number, question, answers)
        if number and page.proposal_id:
            ask(MailHostLink(workshop.id))
            ask(MailPageProposed(here[-1].id, workshop.id, page.proposal_id))


def _add_day(stage: Stage) -> Event:
    published = stage.now - timedelta(days=70)
    return add(
        Event(
            territory_id=stage.territories[WHERE].id,
            season=stage.data.season,
            slug="une-matinee-pour-debuter",
            kind=EventKind.TRAINING,
            title="Une matinée pour débuter",
            invitation="Deux ateliers pour celles et ceux qui accompagnent pour la première fois.",
            starts_at=_at(stage, time(9, 30)),
            ends_at=_at(stage, time(12)),
            place="lycée du Port, Sainte-Aure",
            closes_on=DAY - timedelta(days=2),
            published_at=published,
            said_at=published,
        )
    )


def _at(stage: Stage, hour: time) -> datetime:
    return datetime.combine(DAY, hour, stage.data.tz)


def _add_person(stage: Stage, event: Event, rank: int) -> Registration:
    at = stage.now - timedelta(days=60) + rank * timedelta(hours=7)
    given, family = GIVEN[(rank * 7 + 4) % len(GIVEN)], FAMILY[(rank * 13 + 6) % len(FAMILY)]
    row = Registration(id=uuid4(), event_id=event.id, state=RegistrationState.CONFIRMED, started_at=at, confirmed_at=at)
    row.given_name, row.family_name, row.comes_from = given, family, "Programme des Embruns" if rank % 3 else ""
    row.address = f"{folded(given)}.{folded(family)}.m{rank}@val-de-brume.example".replace(" ", "-")
    return add(row)


def _sits(stage: Stage, row: Registration, slot: EventSlot, workshop: Workshop) -> None:
    asked = {"first_id": workshop.id, "first_at": row.started_at, "second_at": row.started_at}
    came = slot.starts_at + timedelta(minutes=4)
    add(SlotChoice(registration_id=row.id, slot_id=slot.id, seat_id=workshop.id, came_at=came, **asked))


def _add_page(stage: Stage, workshop: Workshop, number: int, question: str, answers: str) -> WorkshopPage:
    content, territory = page_typed(question, answers), stage.territories[WHERE]
    put = stage.now - timedelta(hours=20) if number else _at(stage, time(18)) + timedelta(days=2)
    row = WorkshopPage(id=uuid4(), workshop_id=workshop.id, key_id=make_key(), revision=1, saved_at=put)
    seal_text(row, WorkshopPage.body, content.to_json())
    row.digest, row.proposal_id, row.proposed_at = content.digest(), uuid4(), put
    row.deadline_at = deadline_for(put, stage.data.tz, calendar_at(territory))
    return add(row)
