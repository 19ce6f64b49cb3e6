"""The day of workshops of the demonstration: three slots, twelve workshops, sixty people, some of whom wait.

Nobody is real. Places are given by the rules of a day, one person after another, as they confirmed.
"""

from datetime import date, datetime, time, timedelta
from random import Random
from uuid import uuid4

from sqlalchemy import delete

from collectifs.demo.campaign import FAMILY, GIVEN
from collectifs.demo.rows import Stage, add, note
from collectifs.kernel.audit import ask
from collectifs.kernel.extensions import db
from collectifs.kernel.text.folding import folded
from collectifs.meetings.domain.canvas import DEFAULT_CANVAS
from collectifs.network.domain.event import EventKind
from collectifs.network.domain.registration import RegistrationState
from collectifs.network.domain.work import MailRegistrationReceived
from collectifs.network.models import Event, EventPartner, EventSlot, Registration, SlotChoice, Workshop
from collectifs.network.queries.events import EventAccess, SlotFacts, programme_of
from collectifs.network.services.placing import offer_places, seat
from collectifs.people.domain.person import Role
from collectifs.people.models import User

PEOPLE = 60
WHERE = "99"
DAY = (4, 3)
SLOTS = ((time(10), time(11, 30)), (time(11, 45), time(13)), (time(14, 15), time(15, 45)))
SCHOOL = "collège de la Brume, Saint-Aubin-des-Prés"
# Title, what one does there, host, room, places: four a slot, in the order of how much they draw.
WORKSHOPS = (
    (
        (
            "Ouvrir un entretien sans donner la réponse",
            "À trois, vous jouez les cinq premières minutes d’un entretien, puis vous les rejouez.",
            "Maëlle Aubry",
            "salle B 12",
            16,
        ),
        (
            "Une visite, trois faits datés",
            "Vous regardez dix minutes de classe filmée, vous n’écrivez que des faits, vous comparez.",
            "Karim Benali",
            "salle B 14",
            20,
        ),
        (
            "Premier regroupement : tenir le cadre",
            "Vous vivez un regroupement entier en accéléré, comme pilote puis comme collègue.",
            "Inès Carvalho",
            "salle des maîtres",
            12,
        ),
        (
            "Écouter trois minutes",
            "Vous écoutez sans répondre, puis vous redites ce qui fut dit.",
            "",
            "A 1",
            16,
        ),
    ),
    (
        (
            "Que faire quand rien ne se passe comme prévu",
            "Chacun apporte un moment qui a dérapé. On cherche ce qu’il disait, pas ce qu’il aurait fallu faire.",
            "Annick Guillou",
            "salle A 2",
            14,
        ),
        (
            "Le carnet d’observation",
            "Vous fabriquez une page de carnet qui tient dans la poche, et vous l’essayez sur une courte vidéo.",
            "Théo Morvan",
            "salle C 3",
            24,
        ),
        ("La première semaine", "Vous dressez, à six, le calendrier d’un accueil qui aide.", "Lise Ferrand", "C 4", 20),
        ("Parler de la voix", "Vous posez votre voix, et vous apprenez à le faire apprendre.", "", "gymnase", 16),
    ),
    (
        (
            "Dire non, et rester en lien",
            "Vous écrivez la phrase que vous n’arrivez pas à dire, les autres vous en prêtent, vous choisissez.",
            "Odile Vasseur",
            "salle B 12",
            16,
        ),
        (
            "Écrire un rapport que l’on peut relire ensemble",
            "Vous transformez dix lignes d’un rapport en dix lignes dont on peut parler.",
            "Paul Delmas",
            "salle B 14",
            20,
        ),
        ("Deux degrés, une question", "Vous cherchez à deux ce qui change entre l’école et le collège.", "", "C 3", 20),
        ("Un atelier clés en main", "Vous repartez avec de quoi l’animer chez vous.", "Rose Le Goff", "A 2", 16),
    ),
)
CANVASES = {"Premier regroupement : tenir le cadre": DEFAULT_CANVAS}
PARTNERS = (("Programme des Embruns", "mbr7qk"), ("Tutorat du lycée du Port", "prt4mt"))


def add_event(stage: Stage) -> None:
    """A day that is published, its workshops, and who is registered."""
    event = _add_day(stage)
    for (starts, ends), told in zip(SLOTS, WORKSHOPS, strict=True):
        slot = add(EventSlot(event_id=event.id, starts_at=_at(stage, starts), ends_at=_at(stage, ends)))
        for title, about, host, room, capacity in told:
            words = {"title": title, "summary": about, "host": host, "room": room}
            add(Workshop(slot_id=slot.id, capacity=capacity, canvas_id=CANVASES.get(title, ""), **words))
    partners = [
        add(EventPartner(event_id=event.id, name=name, slug=slug, made_at=stage.now - timedelta(days=30)))
        for name, slug in PARTNERS
    ]
    slots, chance = programme_of(event.id), Random(PEOPLE)  # noqa: S311  the same people each time
    rows = [_add_person(stage, event, rank, chance.choice([*partners, None])) for rank in range(PEOPLE)]
    for row in rows:
        for facts, told in zip(slots, WORKSHOPS, strict=True):
            _ask(row, facts, [title for title, *_ in told], chance)
    ask(MailRegistrationReceived(rows[-1].id))
    gone = rows[0]  # somebody withdrew a moment ago: their places are offered
    db.session.execute(delete(SlotChoice).where(SlotChoice.registration_id == gone.id))
    gone.state, gone.withdrawn_at = RegistrationState.WITHDRAWN, stage.now
    gone.given_name = gone.family_name = gone.address = gone.comes_from = ""
    offer_places(EventAccess(event, stage.territories[WHERE]), now=stage.now)


def _add_day(stage: Stage) -> Event:
    published = stage.now - timedelta(days=31)
    day = date(stage.data.season + 1, *DAY)
    row = Event(
        territory_id=stage.territories[WHERE].id,
        season=stage.data.season,
        slug="apprendre-entre-collegues",
        kind=EventKind.BETWEEN_SCHOOLS,
        title="Une journée pour apprendre entre collègues",
        invitation="Trois temps, douze ateliers, avec celles et ceux qui accompagnent ailleurs.",
        starts_at=datetime.combine(day, time(9, 30), stage.data.tz),
        ends_at=datetime.combine(day, time(16, 30), stage.data.tz),
        place=SCHOOL,
        closes_on=day - timedelta(days=3),
        published_at=published,
        said_at=published,
    )
    note("event_published", add(row), by=_manager(stage), at=published)
    return row


def _at(stage: Stage, hour: time) -> datetime:
    return datetime.combine(date(stage.data.season + 1, *DAY), hour, stage.data.tz)


def _manager(stage: Stage) -> User | None:
    people = stage.data.people.items()
    return next(
        (stage.people[who] for who, each in people if each.role is Role.MANAGER and each.territory == WHERE), None
    )


def _add_person(stage: Stage, event: Event, rank: int, partner: EventPartner | None) -> Registration:
    """Somebody who confirmed some days ago."""
    at = stage.now - timedelta(days=28) + rank * timedelta(hours=11)
    given, family = GIVEN[(rank * 5 + 2) % len(GIVEN)], FAMILY[(rank * 11 + 3) % len(FAMILY)]
    row = Registration(id=uuid4(), event_id=event.id, state=RegistrationState.CONFIRMED, started_at=at, confirmed_at=at)
    row.given_name, row.family_name = given, family
    row.address = f"{folded(given)}.{folded(family)}.{rank}@val-de-brume.example".replace(" ", "-")
    row.partner_id, row.comes_from = (partner.id, partner.name) if partner else (None, "")
    return add(row)


def _ask(row: Registration, slot: SlotFacts, titles: list[str], chance: Random) -> None:
    """Two wishes: early ones have their first, late ones wait for some. The first workshops draw more."""
    known = sorted(slot.held, key=lambda each: titles.index(each.title))
    first = chance.choices(known, range(len(known), 0, -1))[0]
    second = chance.choice([each for each in known if each is not first])
    choice = SlotChoice(registration_id=row.id, slot_id=slot.slot.id, first_id=first.id, second_id=second.id)
    choice.first_at = choice.second_at = row.started_at
    seat(add(choice), slot)
