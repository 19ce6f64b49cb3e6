"""Every page of the demonstration, as its people find them by following links: read once for all that looks at them."""

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from flask import Flask
from lxml.etree import HTML

from collectifs.people.models import User
from collectifs.people.queries.people import demo_people
from tests import factories
from tests.pages import Visitor

NOBODY = "personne"
# One for each way to be somebody there.
PEOPLE = (
    "Hélène Marchadier",  # pilots Les Tilleuls, about to meet
    "Corinne Lestrade",  # pilots, a sheet still being written
    "Yann Prigent",  # pilots, an objection in the way
    "Karim Ouadah",  # a member who leads one meeting in the pilot's place
    "Maud Le Bihan",  # a new tutor
    "Jeanne Tissot",  # has sent a situation
    "Rachid Benhaddou",  # has presented one
    "Solène Abgrall",  # has a sheet to read
    "Lucas Pellerin",  # invited, the charter not accepted yet
    "Agnès Roussel",  # inspects
    "Bruno Castaing",  # inspects elsewhere
    "Sylvie Montagnac",  # composes the collectives
    "Aminata Konaté",  # keeps a notebook by codes
    "Claire Aubin",  # heads a programme of tutoring
    "Florence Achard",  # administers
)
BEGIN = ("/", "/plan-du-site", "/entrer")
# The same for whoever is known: read once by somebody, once by nobody.
SAME = ("/canevas/", "/ressources", "/situations-de-secours", "/aide", "/accessibilite", "/vos-donnees", "/annuaire")
SAME += ("/a-qui-ecrire", "/mentions-legales", "/verifier-une-attestation")
PAPERS = (".pdf", ".csv", ".ods", ".ics")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=ordre=)[a-z_,]+")  # and the order of five aims: each is a page
MOST_ALIKE = 5  # as many as a series has meetings; a manager has the same three pages for each member


@dataclass(frozen=True)
class Read:
    """A page that somebody has read: `who`, its address, the status of the answer, its HTML."""

    who: str
    address: str
    status: int
    html: str

    def __str__(self) -> str:
        return f"{self.who} {self.address}"


def pages_of_everybody(app: Flask, whose: Sequence[str] = (NOBODY, *PEOPLE)) -> list[Read]:
    """What each of these people reads, from their first page to the last link that leads on."""
    people: dict[str, User | None] = {f"{user.given_name} {user.family_name}": user for user in demo_people()}
    same: set[str] = set()
    pages: list[Read] = []
    for who in whose:
        pages += _pages_of(_browser(app, people.get(who)), who, same)
    return pages


def _browser(app: Flask, user: User | None) -> Visitor:
    visitor = Visitor(app)
    if user is not None:
        visitor.client.set_cookie("appareil", factories.device(user))
    return visitor


def _pages_of(visitor: Visitor, who: str, same: set[str]) -> Iterator[Read]:
    """Breadth first; `same` remembers the pages that need not be read by the next person."""
    waiting, met, alike = deque(BEGIN), {"", *same}, Counter[str]()
    while waiting:
        address = waiting.popleft()
        kind = ID.sub("", address)
        if address in met or alike[kind] == MOST_ALIKE:
            continue
        met.add(address)
        alike[kind] += 1
        answer = visitor.client.get(address)
        if answer.status_code in (301, 302, 303):
            waiting.append(_within(address, answer.location))
        elif answer.mimetype == "text/html":
            html = answer.get_data(as_text=True)
            yield Read(who, address, answer.status_code, html)
            waiting += [_within(address, link) for link in HTML(html).xpath("//a/@href")]
        same |= {address} if who != NOBODY and address.startswith(SAME) else set()


def _within(address: str, link: str) -> str:
    """Where a link leads, if it is a page of ours; else nothing."""
    target = urlsplit(urljoin(f"http://localhost{address}", link))
    ours = target.netloc == "localhost" and target.scheme == "http"
    if not ours or target.path.startswith("/static/") or target.path.endswith(PAPERS):
        return ""
    return target._replace(scheme="", netloc="", fragment="").geturl()
