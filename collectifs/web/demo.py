"""The demonstration, as pages see it: whether this is one, the sentence of its banner, its people at the door."""

from collections.abc import Iterable
from typing import Any

from flask import abort, current_app, request, url_for

from collectifs.kernel import clock
from collectifs.kernel.config import Settings, is_loopback
from collectifs.kernel.seasons import PARIS
from collectifs.kernel.text.typography import clock_time, long_date

CIRCLES = {"collective": "Dans un collectif", "institution": "Dans l’institution"}


def settings() -> Settings:
    """The settings of this application."""
    found: Settings = current_app.extensions["settings"]
    return found


def in_demo() -> bool:
    """Whether this is the demonstration, and reached from this very machine."""
    here = settings()
    return here.is_demo and is_loopback(here.bind) and is_loopback(request.remote_addr or "")


def only_in_demo() -> None:
    """Elsewhere the page does not exist."""
    if not in_demo():
        abort(404)


def banner() -> dict[str, Any] | None:
    """What the top of each page says in the demonstration; None elsewhere."""
    if not in_demo():
        return None
    now = clock.now().astimezone(PARIS)
    sentence = (
        f"Démonstration : nous sommes le {long_date(now.date())}, il est {clock_time(now)}. "
        "Personnes, lieux et situations sont imaginaires."
    )
    return {"sentence": sentence, "can_move": True}


def cast(people: Iterable[Any]) -> list[dict[str, Any]]:
    """The people of the demonstration by circle, as components/entrance.html shows them."""
    groups: dict[str, list[dict[str, Any]]] = {circle: [] for circle in CIRCLES}
    for person in people:
        face = {
            "name": f"{person.given_name} {person.family_name}",
            "role": person.demo_line or "",
            "url": url_for("auth.demo", user_id=person.id),
        }
        groups.setdefault(person.demo_circle or "collective", []).append(face)
    named = ({"kind": circle, "title": title, "people": groups[circle]} for circle, title in CIRCLES.items())
    return [group for group in named if group["people"]]
