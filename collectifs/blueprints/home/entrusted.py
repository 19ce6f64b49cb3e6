"""What the institution's people find on the first page: never a content."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import url_for

from collectifs.blueprints.home.offers import Offer, action
from collectifs.domain.person import Person, Role, season_label, season_of
from collectifs.domain.sign_in import PARIS
from collectifs.domain.typography import count, sentence_case
from collectifs.queries.overview import CollectiveSummary, summaries_on
from collectifs.queries.review import SubmittedFacts, submitted_on

PLACES = (
    (Role.INSPECTOR, "Fiches transmises", "celles que les collectifs décident de faire sortir", "review.index"),
    (Role.MANAGER, "Collectifs", "dates, lieux, présences", "collectives.index"),
    (Role.MANAGER, "Pilotes", "le vivier de votre territoire", "pilots.index"),
    (Role.ADMINISTRATOR, "Administration", "nommer la gestion et l’inspection", "admin.index"),
)


def entrusted_places(person: Person) -> list[dict[str, Any]]:
    """The lists that the person's roles open, then their account."""
    places = [
        {"title": title, "text": text, "url": url_for(endpoint)}
        for role, title, text, endpoint in PLACES
        if person.has(role)
    ]
    account = {"title": "Mon compte", "text": "vos appareils, votre adresse", "url": url_for("account.show")}
    return [*places, account]


def entrusted_offers(person: Person, now: datetime) -> Iterator[Offer]:
    """The one thing to do for each role."""
    season = season_of(now.astimezone(PARIS).date())
    if person.has(Role.INSPECTOR):
        waiting = _to_read(submitted_on(person.territories(Role.INSPECTOR), season))
        if waiting:
            yield _reading(len(waiting))
    if person.has(Role.MANAGER):
        yield _managing(summaries_on(person.territories(Role.MANAGER), season, now), season)


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
