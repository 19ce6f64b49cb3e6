"""The navigation of every page. The query is handed in; it runs only if the page shows a navigation."""

from collections.abc import Callable, Iterator
from typing import Any

from flask import request, url_for
from flask_login import current_user

from collectifs.web.access import me

Query = Callable[[Any], list[Any]]


class Navigation:
    """A list of {label, url, current}, made when a template first looks at it."""

    def __init__(self, places_of: Query) -> None:
        self._places_of = places_of
        self._entries: list[dict[str, Any]] | None = None

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._made())

    def __bool__(self) -> bool:
        return bool(self._made())

    def _made(self) -> list[dict[str, Any]]:
        if self._entries is None:
            places = self._places_of(me() if current_user.is_authenticated else None)
            urls = [url_for(place.endpoint, **place.ids) for place in places]
            here = _nearest(urls, request.path)
            self._entries = [
                {"label": place.label, "url": url, "current": url == here}
                for place, url in zip(places, urls, strict=True)
            ]
        return self._entries


def navigation(places_of: Query) -> Callable[[], Navigation]:
    """What `assemble.give_context` wants, from a query that receives the signed-in person, or None."""
    return lambda: Navigation(places_of)


def _nearest(urls: list[str], path: str) -> str:
    """The entry that is this page, or the one that it stands under: a collective, then the list of collectives."""
    above = [url for url in urls if path == url or path.startswith(f"{url}/")]
    return max(above, key=len, default="")
