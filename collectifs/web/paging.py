"""The pages of a long list, as a page of the web leads to them."""

from typing import Any

from flask import url_for

from collectifs.kernel.paging import Place


def pages_of(place: Place, endpoint: str, **args: Any) -> dict[str, str | int]:
    """The addresses of the page before and of the page after, how many lines each has, and where one stands; empty
    for a list of one page."""
    found: dict[str, str | int] = {"words": place.words, "size": place.size} if place.words else {}
    if place.page > 1:
        found["before"] = url_for(endpoint, **args, page=place.page - 1)
    if place.page < place.last:
        found["after"] = url_for(endpoint, **args, page=place.page + 1)
    return found
