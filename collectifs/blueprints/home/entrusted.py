"""What the institution's people find on the first page: never a content."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import url_for

from collectifs.across.queries.summaries import CollectiveSummary, summaries_on
from collectifs.blueprints.home.offers import Offer, action
from collectifs.kernel.seasons import PARIS, season_label, season_of
from collectifs.kernel.text.typography import count, sentence_case
from collectifs.people.domain.person import Person, Role
from collectifs.people.queries.roles import TerritoryFacts, territories_with_roles
from collectifs.review.queries import SubmittedFacts, submitted_on

PLACES = (
    (Role.INSPECTOR, "Fiches transmises", "celles que les collectifs décident de faire sortir", "review.index"),
    (Role.MANAGER, "Collectifs", "dates, lieux, présences", "collectives.index"),
    (Role.MANAGER, "Pilotes", "le vivier de votre territoire", "pilots.index"),
    (Role.ADMINISTRATOR, "Administration", "nommer la gestion et l’inspection", "admin.index"),
)


def entrusted_places(person: Person, *, has_left: bool) -> list[dict[str, Any]]:
    """The lists that the person's roles open, what they left behind in a collective, their account."""
    places = [
        {"title": title, "text": text, "url": url_for(endpoint)}
        for role, title, text, endpoint in PLACES
        if person.has(role)
    ]
    account = {"title": "Mon compte", "text": "vos appareils, votre adresse", "url": url_for("account.show")}
    return [*places, *([_left()] if has_left else []), account]


def _left() -> dict[str, Any]:
    text = "vos situations et vos fiches d’un collectif quitté, à retirer si vous voulez"
    return {"title": "Ce que j’ai laissé", "text": text, "url": url_for("account.left")}


def entrusted_offers(person: Person, now: datetime) -> Iterator[Offer]:
    """The one thing to do for each role."""
    season = season_of(now.astimezone(PARIS).date())
    if person.has(Role.INSPECTOR):
        waiting = _to_read(submitted_on(person.territories(Role.INSPECTOR), season))
        if waiting:
            yield _reading(len(waiting))
    if person.has(Role.MANAGER):
        yield _managing(summaries_on(person.territories(Role.MANAGER), season, now), season)
    if person.has(Role.ADMINISTRATOR):
        yield from _administering(territories_with_roles(now.date()))


def _administering(territories: list[TerritoryFacts]) -> Iterator[Offer]:
    """Only while nobody else can begin: no territory, or nobody who manages one."""
    if not territories:
        add = action(url_for("admin.add_territory"), "Ajouter un territoire", "primary")
        text = "Une académie, puis ses départements. Ensuite, vous nommez qui les gère."
        yield Offer(5, "Pour commencer", "Aucun territoire pour l’instant", text, [add])
    elif not any(territory.managers for territory in territories):
        name = action(url_for("admin.appoint"), "Nommer la gestion", "primary")
        text = "La personne nommée compose les collectifs et nomme les pilotes. Vous n’avez plus rien à faire ensuite."
        yield Offer(5, "Pour commencer", "Personne ne gère encore ces territoires", text, [name])


def _to_read(sheets: list[SubmittedFacts]) -> list[SubmittedFacts]:
    return [sheet for sheet in sheets if sheet.reviewed_at is None and sheet.withdrawn_at is None]


def _reading(number: int) -> Offer:
    title = sentence_case(count(number, "fiche", feminine=True)) + (" attend" if number == 1 else " attendent")
    text = "Chaque lecture est notée, et le collectif le sait."
    actions = [action(url_for("review.index"), "Lire les fiches", "primary")]
    return Offer(2, "À lire", f"{title} votre lecture", text, actions)


def _managing(collectives: list[CollectiveSummary], season: int) -> Offer:
    margin = f"Saison {season_label(season)}"
    create = url_for("collectives.create")
    if not collectives:
        text = "Un nom, une personne qui pilote, des membres : les invitations partent ensuite d’elles-mêmes."
        title = "Aucun collectif pour l’instant"
        return Offer(5, margin, title, text, [action(create, "Créer un collectif", "primary")])
    title = sentence_case(count(len(collectives), "collectif"))
    see = action(url_for("collectives.index"), "Voir les collectifs", "primary")
    actions = [see, action(create, "Créer un collectif")]
    return Offer(5, margin, title, _acceptances(sum(len(row.waiting) for row in collectives)), actions)


def _acceptances(waiting: int) -> str:
    if not waiting:
        return "Toutes les personnes invitées ont accepté la charte."
    people = sentence_case(count(waiting, "personne", feminine=True))
    return f"{people} {'n’a' if waiting == 1 else 'n’ont'} pas encore accepté la charte."
