"""Where the roles of the institution's people lead from the first page: never a content."""

from collections.abc import Iterable
from typing import Any

from flask import url_for

from collectifs.people.domain.person import Person, Role
from collectifs.tutoring.queries.own import OwnTutoring

PLACES = (
    (Role.INSPECTOR, "Fiches transmises", "celles que les collectifs décident de faire sortir", "review.index"),
    (Role.MANAGER, "Collectifs", "dates, lieux, présences", "collectives.index"),
    (Role.MANAGER, "Appels", "les candidatures, et l’appel de la saison", "campaign.calls"),
    (Role.MANAGER, "Journées", "les ateliers, qui s’y inscrit, qui est venu", "events.index"),
    (Role.MANAGER, "Tutorat d’élèves", "fermé tant que vous ne l’ouvrez pas", "tutoring.index"),
    (Role.INSPECTOR, "Recueil", "les pages à relire, celles que l’on demande, les éditions", "book.index"),
    (Role.MANAGER, "Recueil", "l’ouvrir, sa licence, où il en est en nombres", "book.index"),
    (Role.MANAGER, "Annuaire", "les programmes, qui en répond", "directory.kept"),
    (Role.MANAGER, "Pilotes", "le vivier de votre territoire", "pilots.index"),
    (Role.ADMINISTRATOR, "Administration", "nommer au service de formation et à l’inspection", "admin.index"),
)


def entrusted_places(
    person: Person, own: Iterable[OwnTutoring] = (), *, has_left: bool, is_after: bool
) -> list[dict[str, Any]]:
    """The lists that the person's roles open, what they left in a collective, what comes after, their account."""
    places = [
        {"title": title, "text": text, "url": url_for(endpoint)}
        for role, title, text, endpoint in PLACES
        if person.has(role)
    ]
    account = {"title": "Mon compte", "text": "vos appareils, votre adresse", "url": url_for("account.show")}
    return [*map(_tutoring, own), *places, *([_left()] if has_left else []), *([_after()] if is_after else []), account]


def _tutoring(each: OwnTutoring) -> dict[str, Any]:
    """The programme that one heads, or the notebook that one keeps in it."""
    if each.is_head:
        text, url = "le programme que vous dirigez, en nombres", url_for("tutoring.programme", programme_id=each.id)
        return {"title": each.name, "text": text, "url": url}
    text, url = f"{each.name}, personne d’autre que vous", url_for("tutoring.notebook", notebook_id=each.id)
    return {"title": "Mon carnet d’entretiens", "text": text, "url": url}


def _left() -> dict[str, Any]:
    text = "vos situations et vos fiches d’un collectif quitté, à retirer si vous voulez"
    return {"title": "Ce que j’ai laissé", "text": text, "url": url_for("account.left")}


def _after() -> dict[str, Any]:
    return {"title": "Et après ?", "text": "un oui par an, si vous voulez", "url": url_for("directory.after")}
