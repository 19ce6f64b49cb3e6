"""The directory of the demonstration: programmes of many kinds, some grey, one that waits for its relay.

Nobody is real, and neither is any programme.
"""

from datetime import datetime, timedelta

from collectifs.demo.rows import Stage, add
from collectifs.kernel.audit import ask
from collectifs.kernel.text.folding import folded
from collectifs.network.domain.directory import Audience
from collectifs.network.domain.work import MailRelayNamed
from collectifs.network.models import Programme, Relay

BEGINNERS, STUDENTS, PUPILS = Audience.BEGINNERS, Audience.STUDENTS, Audience.PUPILS
# Territory, name, for whom, what, where, relays, seasons since it was confirmed (None: never).
PROGRAMMES = (
    (
        *("99", "Collectifs de tuteurs de Val-de-Brume", BEGINNERS),
        "Des collectifs de huit, cinq mercredis, de novembre à mars.",
        "1er et 2d degré, tout le département",
        ("Maëlle Aubry", "Noé Petitjean"),
        0,
    ),
    (
        *("99", "Passerelle", PUPILS),
        "Des étudiantes et étudiants aident au travail personnel, deux soirs par semaine.",
        "collèges de Saint-Aubin-des-Prés et de Valombre",
        ("Solène Rocher",),
        0,
    ),
    (
        *("99", "Tutorat de la classe préparatoire du Belvédère", STUDENTS),
        "D’anciens élèves reçoivent, une heure par quinzaine, en petit groupe. Six personnes manquent en physique.",
        "lycée du Belvédère, Castelune",
        ("Théo Morvan",),
        0,
    ),
    (
        *("99", "Premiers pas", BEGINNERS),
        "L’accueil des contractuelles et contractuels à la rentrée.",
        "Pontelis",
        ("Rose Le Goff",),
        1,
    ),
    (
        *("99", "Une grande école, et toi ?", PUPILS),
        "Une séance de tutorat chaque mercredi, des sorties, un stage d’une semaine en février.",
        "lycées de Castelune, avec son école d’ingénieurs",
        ("Camille Ferrand",),
        None,
    ),
    (
        *("98", "L’Estuaire", BEGINNERS),
        "Trois collectifs, surtout en lycée. Ouvert à une quatrième équipe.",
        "2d degré, Port-Aubier",
        ("Hélène Lemoal", "Yann Kerloc’h"),
        0,
    ),
    (
        *("98", "Entraide du Quai", PUPILS),
        "Un tutorat entre apprenties et apprentis, formé et suivi par le lycée professionnel.",
        "lycée professionnel du Quai, Valombre",
        ("Aminata Konaté",),
        0,
    ),
    (
        *("98", "Les Embruns", BEGINNERS),
        "Des visites croisées entre écoles voisines.",
        "1er degré, Saint-Elme",
        ("Paul Delmas",),
        1,
    ),
)
REGION = ("BRU", "Inès Carvalho")


def add_directory(stage: Stage) -> None:
    """Every programme with its relays, and somebody who answers for the whole académie."""
    for where, name, audience, about, places, people, since in PROGRAMMES:
        row = Programme(territory_id=stage.territories[where].id, name=name, about=about, places=places)
        row.audience, row.made_at = audience, stage.now - timedelta(days=900)
        row.season = stage.data.season if since is None else stage.data.season - since
        if since is not None:
            row.confirmed_season = row.season
            row.confirmed_at = _in_june(stage, row.season)
        add(row)
        for who in people:
            _add_relay(stage, who, row.territory_id, row)
    where, who = REGION
    _add_relay(stage, who, stage.territories[where].id, None)


def _add_relay(stage: Stage, name: str, territory_id: object, programme: Programme | None) -> None:
    given, family = name.split(" ", 1)
    row = Relay(territory_id=territory_id, programme_id=programme.id if programme else None)
    row.given_name, row.family_name = given, family
    row.address = f"{folded(given)}.{folded(family)}@ecole.example".replace(" ", "-")
    row.season = programme.season if programme else stage.data.season
    row.named_at = stage.now - timedelta(days=30)
    row.agreed_at = None if programme and programme.confirmed_season is None else _in_june(stage, row.season)
    row.reminded_at = stage.now - timedelta(days=60) if row.season < stage.data.season else None
    add(row)
    if row.agreed_at is None:
        ask(MailRelayNamed(row.id))


def _in_june(stage: Stage, season: int) -> datetime:
    """When relays said yes for a season."""
    return datetime(season, 6, 12, 8, 30, tzinfo=stage.data.tz)
