"""The navigation of every page: one's own collectives, then what was entrusted, then what is everybody's.

The query is handed in; it runs only if the page shows a navigation.
"""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_login import current_user

from collectifs.people.domain.person import Person, Role
from collectifs.web.access import me

Query = Callable[[UUID], Any]
ENTRUSTED = (
    (Role.MANAGER, "Collectifs", "collectives.index"),
    (Role.MANAGER, "Appels", "campaign.calls"),
    (Role.MANAGER, "Journées", "events.index"),
    (Role.MANAGER, "Annuaire", "directory.kept"),
    (Role.MANAGER, "Pilotes", "pilots.index"),
    (Role.MANAGER, "Composition", "composing.index"),
    (Role.MANAGER, "Bilan", "report.index"),
    (Role.INSPECTOR, "Fiches transmises", "review.index"),
    (Role.INSPECTOR, "Bilan", "report.index"),
    (Role.MANAGER, "Recueil", "book.index"),
    (Role.INSPECTOR, "Recueil", "book.index"),
    (Role.ADMINISTRATOR, "Administration", "admin.index"),
)


class Navigation:
    """A list of {label, url, current}, made when a template first looks at it."""

    def __init__(self, own_things: Query) -> None:
        self._own_things = own_things
        self._entries: list[dict[str, Any]] | None = None

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._made())

    def __bool__(self) -> bool:
        return bool(self._made())

    def _made(self) -> list[dict[str, Any]]:
        if self._entries is None:
            lines = [*self._lines(me() if current_user.is_authenticated else None)]
            here = _nearest([url for _, url in lines], request.path)
            self._entries = [{"label": label, "url": url, "current": url == here} for label, url in lines]
        return self._entries

    def _lines(self, person: Person | None) -> Iterator[tuple[str, str]]:
        """Label and address, in order; whoever has not entered has only what is open to everybody."""
        if person is not None:
            own = self._own_things(person.id)
            yield from ((name, url_for("collectives.show", collective_id=id_)) for id_, name in own.collectives)
            if own.has_meetings:
                yield "Mes regroupements", url_for("meetings.mine")
            roles = {grant.role for grant in person.grants}
            entrusted = dict.fromkeys((label, endpoint) for role, label, endpoint in ENTRUSTED if role in roles)
            yield from ((label, url_for(endpoint)) for label, endpoint in entrusted)
        yield "Qui voit quoi", url_for("home.who_sees_what")


def navigation(own_things: Query) -> Callable[[], Navigation]:
    """What `assemble.give_context` wants, from a query that receives the id of the signed-in person."""
    return lambda: Navigation(own_things)


def _nearest(urls: list[str], path: str) -> str:
    """The entry that is this page, or the one that it stands under: a collective, then the list of collectives."""
    above = [url for url in urls if path == url or path.startswith(f"{url}/")]
    return max(above, key=len, default="")
