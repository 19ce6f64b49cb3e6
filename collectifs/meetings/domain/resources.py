"""Resources « pour approfondir » (source 004, § 4): who made each, what it is for, the way there; no text of theirs.

One TOML file, in `meetings/library/resources/`. Whoever opens an address writes the date; until then it is unverified.
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import short_date
from collectifs.meetings.domain.cards import cards

FILE = Path(__file__).resolve().parent.parent / "library" / "resources" / "resources.toml"
BEGINNING = "debuter-comme-formateur"  # what the founding text names for a first meeting
OPTIONAL = {"address", "checked_on"}
ADDRESS_LIMIT = 400
MOST_PROPOSED = 2
WEB = ("http", "https")


class ResourceError(ValueError):
    """A resource that cannot be used: which one, what is wrong."""


class Use(StrEnum):
    """When a resource serves."""

    BEGIN = "begin"
    WORD = "word"
    LOOK = "look"
    DEEPEN = "deepen"


class Concern(StrEnum):
    """The five concerns of the multi-agenda (Bucheton & Soulé, 2009)."""

    STEERING = "steering"
    ATMOSPHERE = "atmosphere"
    WEAVING = "weaving"
    SCAFFOLDING = "scaffolding"
    KNOWLEDGE = "knowledge"

    @property
    def label(self) -> str:
        return CONCERNS[self]


CONCERNS = {
    Concern.STEERING: "pilotage",
    Concern.ATMOSPHERE: "atmosphère",
    Concern.WEAVING: "tissage",
    Concern.SCAFFOLDING: "étayage",
    Concern.KNOWLEDGE: "savoirs visés",
}
USES = {
    Use.BEGIN: "Pour commencer",
    Use.WORD: "Pour formuler la problématique",
    Use.LOOK: "Pour regarder le travail",
    Use.DEEPEN: "Pour approfondir",
}


@dataclass(frozen=True, slots=True)
class Resource:
    """What it is, what it serves for, by dilemma card and by concern; `checked_on`: when somebody last opened it."""

    id: str
    use: Use
    title: str
    made_by: str
    words: str
    serves: str
    dilemmas: tuple[str, ...]
    concerns: tuple[Concern, ...]
    address: str = ""
    checked_on: date | None = None

    @property
    def site(self) -> str:
        """« journals.openedition.org »: where the link leads, as one reads it."""
        return urlsplit(self.address).hostname or ""

    @property
    def written(self) -> str:
        """« journals.openedition.org/educationdidactique/543 »: the address as paper shows it, to be typed."""
        return self.address.partition("://")[2].rstrip("/")

    @property
    def checked(self) -> str:
        """« vérifié le 2 novembre 2026 », « non vérifié »."""
        return f"vérifié le {short_date(self.checked_on)}" if self.checked_on else "non vérifié"

    @property
    def tags(self) -> tuple[str, ...]:
        """What it is found by: dilemmas as they stand on the cards, then concerns."""
        return (*self.dilemmas, *(each.label for each in self.concerns))


@dataclass(frozen=True, slots=True)
class Amendment:
    """What the administration says of a resource since it came: where it is now, who saw it when, whether it shows."""

    address: str = ""
    checked_on: date | None = None
    is_hidden: bool = False


def amended(found: Iterable[Resource], said: Mapping[str, Amendment]) -> list[Resource]:
    """The resources as the administration keeps them; those that it hides are left out."""
    kept = [each for each in found if each.id not in said or not said[each.id].is_hidden]
    return [with_amendment(each, said.get(each.id)) for each in kept]


def with_amendment(found: Resource, said: Amendment | None) -> Resource:
    """One of them, hidden or not."""
    return replace(found, address=said.address, checked_on=said.checked_on) if said else found


def check_amendment(said: Amendment, today: date) -> None:
    """An address of the web or none; a date on which somebody opened it, never one to come."""
    if said.address and (urlsplit(said.address).scheme not in WEB or not urlsplit(said.address).hostname):
        raise RuleBroken("Écrivez l’adresse entière, qui commence par https://.", "address")
    if said.checked_on and not said.address:
        raise RuleBroken("Sans adresse, rien à vérifier : effacez la date, ou écrivez l’adresse.", "checked_on")
    if said.checked_on and said.checked_on > today:
        raise RuleBroken("Cette date est à venir : dites quand vous avez ouvert l’adresse.", "checked_on")


def proposed(words: Iterable[str], among: Iterable[Resource]) -> tuple[Resource, ...]:
    """The two that answer best to some dilemmas and concerns; none when nothing is said."""
    wanted = set(words)
    scored = [(len(wanted & set(each.dilemmas)) * 2 + len(wanted & set(each.tags)), each) for each in among]
    best = sorted(((score, each) for score, each in scored if score), key=lambda pair: -pair[0])
    return tuple(each for _, each in best[:MOST_PROPOSED])


@cache
def resources() -> Mapping[str, Resource]:
    """Every resource that comes with the software, by id, in the order of the file."""
    return {each.id: each for each in load_resources(FILE.read_text(encoding="utf-8"))}


def by_use(found: Iterable[Resource]) -> list[tuple[Use, list[Resource]]]:
    """The resources by what they serve for, in the order of the work; a use without any is left out."""
    all_of = list(found)
    groups = [(use, [each for each in all_of if each.use == use]) for use in Use]
    return [(use, members) for use, members in groups if members]


def tagged(tag: str, among: Iterable[Resource]) -> list[Resource]:
    """The resources of a dilemma or of a concern, in its own words; none for a word that is neither."""
    return [each for each in among if tag in each.tags]


def tags(among: Collection[Resource]) -> list[tuple[str, int]]:
    """Each dilemma and each concern that has resources, with how many, in the order of the cards and of the agenda."""
    wanted = [*(card.title for card in cards()), *CONCERNS.values()]
    return [(tag, number) for tag in wanted if (number := len(tagged(tag, among)))]


def load_resources(text: str) -> tuple[Resource, ...]:
    """The resources of a file; `ResourceError` says which one is wrong."""
    try:
        found = tomllib.loads(text).get("resources", [])
    except tomllib.TOMLDecodeError as problem:
        raise ResourceError(str(problem)) from None
    loaded = tuple(_resource(data) for data in found)
    if len({each.id for each in loaded}) != len(loaded):
        raise ResourceError("two resources have the same id")
    return loaded


def _resource(data: dict[str, Any]) -> Resource:
    name = data.get("id", "?")
    wanted = {each.name for each in fields(Resource)}
    if strange := (wanted ^ set(data)) - OPTIONAL:
        raise ResourceError(f"{name}: unknown or missing keys: {', '.join(sorted(strange))}")
    if empty := [key for key, value in data.items() if value in ("", None)]:
        raise ResourceError(f"{name}: empty: {', '.join(sorted(empty))}")
    if unknown := set(data["dilemmas"]) - {card.title for card in cards()}:
        raise ResourceError(f"{name}: no such dilemma: {', '.join(sorted(unknown))}")
    if urlsplit(data.get("address", "https:")).scheme not in WEB:
        raise ResourceError(f"{name}: the address is not one of the web")
    try:
        closed = {"use": Use(data["use"]), "concerns": tuple(Concern(each) for each in data["concerns"])}
    except ValueError as problem:
        raise ResourceError(f"{name}: {problem}") from None
    return Resource(**{**data, **closed, "dilemmas": tuple(data["dilemmas"])})
