"""The campaign of the demonstration: a second territory calls for volunteers, and most of them are already answered.

Nobody is real. Their communes are, so that journeys can be estimated: those of one département, the larger ones more.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from collectifs.campaign.domain.call import PartnerKind, SaidBy
from collectifs.campaign.domain.candidacy import CandidacyState, HalfDay, WishKind, WouldPilot
from collectifs.campaign.domain.freed import DELAY
from collectifs.campaign.domain.work import MailCandidacyPlace, OfferPlaces
from collectifs.campaign.models.calls import Call, CallPartner, Candidacy, CandidacyStatus, Testimonial, Wish
from collectifs.campaign.models.openings import OpeningNotice
from collectifs.campaign.models.places import PlaceOffer
from collectifs.composition.queries.communes import communes
from collectifs.demo.drafts import add_drafts
from collectifs.demo.preparatory import add_preparatory_call
from collectifs.demo.rows import Stage, add, note
from collectifs.kernel.audit import ask
from collectifs.kernel.text.folding import folded
from collectifs.kernel.vault import make_key
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.domain.person import Degree, Role
from collectifs.people.models import Territory, User
from collectifs.people.queries.contacts import statuses_offered

USUAL, MANY = 60, 300
WHERE, DEPARTMENT = "98", "47"
SOON = "99"
GIVEN = (
    *("Adèle", "Aline", "Anouk", "Baptiste", "Blandine", "Cécile", "Clément", "Damien", "Delphine", "Édouard", "Élise"),
    *("Fanny", "Florian", "Gaëlle", "Gilles", "Inès", "Jules", "Karine", "Léa", "Lucien", "Marc", "Margot", "Nadège"),
    *("Noé", "Olivier", "Pauline", "Quentin", "Rachel", "Samuel", "Solène", "Tanguy", "Valérie", "William", "Zoé"),
)
FAMILY = (
    *("Alric", "Barthe", "Bonnefous", "Cazeneuve", "Delmas", "Escande", "Fabre", "Garrigue", "Hébrard", "Issandou"),
    *("Jaubert", "Labarthe", "Lacoste", "Marzin", "Nouhaud", "Oustric", "Peyrac", "Pruvost", "Rouzaud", "Serres"),
    *("Tissot", "Vaissière", "Viguier", "Ybert"),
)
SCHOOLS = {
    Degree.FIRST: ("École du Lavoir", "École des Tilleuls", "École Jean-Moulin", "École du Bourg", "École des Sternes"),
    Degree.SECOND: ("Collège de la Brume", "Lycée des Embruns", "Collège Lucie-Aubrac", "Lycée professionnel du Port"),
}
DISTRICTS = ("Circonscription de la Garonne", "Circonscription du Plateau")
# Of sixty: where they stand on the first day. Those who are left are to be read.
SHARES = (
    (CandidacyState.RETAINED, 40),
    (CandidacyState.WAITING, 3),
    (CandidacyState.DECLINED, 2),
    (CandidacyState.CONFIRMED, 4),
    (CandidacyState.STARTED, 2),
)
UNSENT = (CandidacyState.CONFIRMED, CandidacyState.STARTED)


@dataclass(frozen=True)
class Campaign:
    """What the candidates are drawn with."""

    stage: Stage
    call: Call
    partners: tuple[CallPartner, ...]
    status_ids: tuple[UUID, ...]
    towns: tuple[str, ...]
    weights: tuple[int, ...]
    chance: Random


def add_campaign(stage: Stage, number: int = USUAL) -> None:
    """A call that is open, its partners, what is said of it, and so many candidacies."""
    territory = stage.territories[WHERE]
    call = _add_call(stage, territory)
    towns = {code: each.population for code, each in communes().items() if each.department == DEPARTMENT}
    campaign = Campaign(
        stage,
        call,
        tuple(_add_partner(stage, call, rank) for rank in range(len(PARTNERS))),
        tuple(each.id for each in statuses_offered(())),
        tuple(towns),
        tuple(towns.values()),
        Random(number),  # noqa: S311  the same people each time
    )
    states = [state for state, share in SHARES for _ in range(share * number // USUAL)]
    states += [CandidacyState.COMPLETE] * (number - len(states))
    people = [_add_candidacy(campaign, rank, state) for rank, state in enumerate(states)]
    _add_wishes(call, [each for each in people if each.state is CandidacyState.RETAINED])
    add_drafts(stage, call, _manager(stage))
    _add_freed_place(stage, call, next(each for each in people if each.state is CandidacyState.WAITING))
    _add_call_to_come(stage)
    add_preparatory_call(stage, territory, _manager(stage))


def _add_freed_place(stage: Stage, call: Call, who: Candidacy) -> None:
    """Somebody who was retained withdrew this morning: nothing is left of them, and the list is asked, one by one."""
    left_at = stage.now - timedelta(hours=2)
    freed = Candidacy(
        call_id=call.id,
        state=CandidacyState.WITHDRAWN,
        **dict.fromkeys(("given_name", "family_name", "address"), ""),
        half_days=[],
        qualifications=[],
        **dict.fromkeys(("started_at", "confirmed_at", "completed_at"), left_at - timedelta(days=12)),
        **dict.fromkeys(("answered_at", "told_at"), left_at - timedelta(days=1)),
        **dict.fromkeys(("withdrawn_at", "freed_at"), left_at),
    )
    add(freed)
    offer = PlaceOffer(freed_id=freed.id, candidacy_id=who.id, asks_at=stage.now, expires_at=stage.now + DELAY)
    add(offer)
    ask(MailCandidacyPlace(offer.id))
    ask(OfferPlaces(call.id), after_s=DELAY.total_seconds() + 1)


def _add_call_to_come(stage: Stage) -> None:
    """The other territory calls too, soon; somebody wishes to be told."""
    territory, season = stage.territories[SOON], stage.data.season
    call = Call(
        territory_id=territory.id,
        season=season,
        slug=folded(territory.name).replace(" ", "-"),
        opens_on=date(season + 1, 2, 1),
        closes_on=date(season + 1, 2, 26),
        answers_on=date(season + 1, 3, 5),
        meets_on=date(season + 1, 3, 29),
        title="Deux collectifs de plus au printemps",
        incitation="Huit collègues des deux degrés, près de chez vous. Deux heures à chaque fois, une situation vécue.",
        published_at=stage.now - timedelta(days=2),
    )
    add(call)
    asked_at = stage.now - timedelta(days=1)
    add(OpeningNotice(call_id=call.id, address="m.carre@ecole.example", asked_at=asked_at, confirmed_at=asked_at))


PARTNERS = (
    ("Circonscription de la Garonne", PartnerKind.DISTRICT, "gar7qk"),
    ("INSPÉ des Brumes", PartnerKind.INSPE, "nsp4mt"),
    ("Affiche de la salle des maîtres", PartnerKind.POSTER, "aff2wz"),
)
SAID = (
    (
        SaidBy.TUTOR,
        "J’arrivais avec un échec. Je suis repartie avec trois façons de m’y prendre.",
        "Tutrice en maternelle",
        "Claire Vidal",
    ),
    (
        SaidBy.ACCOMPANIED,
        "Ma tutrice a changé sa manière de regarder ma classe : plus de questions, moins de conseils.",
        "Professeur stagiaire, accompagné l’an dernier",
        "Hugo Bastide",
    ),
)


def _add_call(stage: Stage, territory: Territory) -> Call:
    season, by = stage.data.season, _manager(stage)
    published = datetime(season, 12, 4, 10, tzinfo=stage.data.tz)
    call = add(
        Call(
            territory_id=territory.id,
            season=season,
            slug=folded(territory.name).replace(" ", "-"),
            opens_on=date(season, 12, 7),
            closes_on=date(season + 1, 1, 22),
            answers_on=date(season + 1, 1, 29),
            meets_on=date(season + 1, 3, 1),
            title="Accompagner quelqu’un qui débute, cela se travaille à plusieurs",
            incitation="Huit collègues des deux degrés, près de chez vous. Des regroupements de deux heures. "
            "Des situations vécues.",
            published_at=published,
        )
    )
    note("call_published", call, by=by, at=published)
    for said_by, text, signed, agreed_by in SAID:
        until = date(season + 1, 8, 31)
        agreed = {"agreed_by": agreed_by, "agreed_on": date(season, 11, 30), "shown_until": until}
        add(Testimonial(call_id=call.id, text=text, said_by=said_by, signed=signed, **agreed))
    return call


def _manager(stage: Stage) -> User | None:
    people = stage.data.people.items()
    return next(
        (stage.people[who] for who, each in people if each.role is Role.MANAGER and each.territory == WHERE), None
    )


def _add_partner(stage: Stage, call: Call, rank: int) -> CallPartner:
    name, kind, slug = PARTNERS[rank]
    made_at = stage.now - timedelta(days=38 - rank)
    return add(CallPartner(call_id=call.id, name=name, kind=kind, slug=slug, made_at=made_at))


def _add_candidacy(campaign: Campaign, rank: int, state: CandidacyState) -> Candidacy:
    chance, started = campaign.chance, campaign.stage.now - timedelta(hours=6 + 13 * (rank % 60), minutes=7 * rank % 60)
    given, family = GIVEN[rank % len(GIVEN)], FAMILY[(rank * 7 + rank // len(GIVEN)) % len(FAMILY)]
    row = Candidacy(
        id=UUID(int=chance.getrandbits(128), version=4),  # the same ones each time, hence the same collectives
        call_id=campaign.call.id,
        partner_id=chance.choice([*(each.id for each in campaign.partners), None]),
        state=state,
        given_name=given,
        family_name=family,
        address=f"{folded(given)}.{folded(family)}.{rank}@hautes-sources.example".replace(" ", "-"),
        half_days=[],
        qualifications=[],
        started_at=started,
        confirmed_at=None if state is CandidacyState.STARTED else started + timedelta(minutes=4),
    )
    if state not in UNSENT:
        _answer(campaign, row)
    return add(row)


def _answer(campaign: Campaign, row: Candidacy) -> None:
    """The eight answers, and what the training service said."""
    chance = campaign.chance
    row.degree = chance.choices((Degree.FIRST, Degree.SECOND), (6, 4))[0]
    row.tutoring_years = chance.choices((0, 1, 2, 4, 7, 12), (45, 15, 10, 10, 10, 10))[0]
    row.work_insee, row.home_insee = chance.choices(campaign.towns, campaign.weights, k=2)
    row.school = chance.choice(SCHOOLS[row.degree])
    row.district = chance.choice(DISTRICTS) if row.degree is Degree.FIRST else ""
    row.half_days = sorted(chance.sample([each.value for each in HalfDay], chance.choice((0, 2, 3, 5))))
    is_seasoned = row.tutoring_years >= 2
    row.would_pilot = chance.choices(tuple(WouldPilot), (5, 2, 3) if is_seasoned else (0, 1, 9))[0]
    row.qualifications = ["CAFIPEMF"] if is_seasoned and row.degree is Degree.FIRST and chance.random() < 0.2 else []
    row.completed_at = row.saved_at = row.started_at + timedelta(minutes=9)
    if row.state is not CandidacyState.COMPLETE:
        row.answered_at = row.tells_at = row.told_at = max(row.completed_at, campaign.stage.now - timedelta(hours=20))
    if row.state is CandidacyState.DECLINED:
        row.answer = "Il n’y a pas encore de collectif à moins d’une heure de votre école."
    add(row)
    if campaign.status_ids:
        add(CandidacyStatus(candidacy_id=row.id, status_id=chance.choice(campaign.status_ids)))


def _add_wishes(call: Call, people: list[Candidacy]) -> None:
    """Two pairs who ask for each other, one who would rather not: sealed, read by nobody."""
    call.wishes_key_id = make_key()
    asked = [(0, 1, WishKind.TOGETHER), (1, 0, WishKind.TOGETHER), (2, 3, WishKind.TOGETHER), (3, 2, WishKind.TOGETHER)]
    for who, whom, kind in [*asked, (4, 5, WishKind.APART)]:
        row = Wish(id=uuid4(), candidacy_id=people[who].id, key_id=call.wishes_key_id)
        seal_text(row, Wish.body, json.dumps({"kind": kind.value, "address": people[whom].address}))
        add(row)
