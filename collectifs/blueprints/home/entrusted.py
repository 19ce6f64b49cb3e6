"""Where the roles of the institution's people lead from the first page: never a content."""

from typing import Any

from flask import url_for

from collectifs.people.domain.person import Person, Role

PLACES = (
    (Role.INSPECTOR, "Fiches transmises", "celles que les collectifs décident de faire sortir", "review.index"),
    (Role.MANAGER, "Collectifs", "dates, lieux, présences", "collectives.index"),
    (Role.MANAGER, "Appels", "les candidatures, et l’appel de la saison", "campaign.calls"),
    (Role.MANAGER, "Journées", "les ateliers, qui s’y inscrit, qui est venu", "events.index"),
    (Role.MANAGER, "Pilotes", "le vivier de votre territoire", "pilots.index"),
    (Role.ADMINISTRATOR, "Administration", "nommer au service de formation et à l’inspection", "admin.index"),
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
