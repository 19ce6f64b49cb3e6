"""What an address asks of the pile: a filter that is kept from sheet to sheet, and that may be shared."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import request

from collectifs.kernel.retention import SEASONS_KEPT
from collectifs.kernel.seasons import season_label, season_of
from collectifs.people.domain.person import Degree, Person, Role
from collectifs.people.models import Territory
from collectifs.people.queries.roles import departments_among
from collectifs.review.domain.pile import PAGE, PileFilter, Reading

DEGREES = {"1": Degree.FIRST, "2": Degree.SECOND}


@dataclass(frozen=True)
class Asked:
    """The filter of an address. `args`: what is not as usual in it, as addresses carry it on."""

    wanted: PileFilter
    page: int
    territories: list[Territory]
    args: dict[str, Any]

    def at(self, place: int) -> "Asked":
        """The same, on the page where a place of the pile stands (counted from 0)."""
        return replace(self, page=place // PAGE + 1)

    def args_with(self, **others: str) -> dict[str, Any]:
        """The address of the same filter with something else in it; an empty value takes it off."""
        return {name: value for name, value in (self.args | others).items() if value}


def asked_of_pile(person: Person, now: datetime) -> Asked:
    """Read the address. What it does not know is left aside: an old address still opens the pile."""
    args = {name: value for name, value in request.args.items() if value}
    territories = departments_among(person.territories(Role.INSPECTOR))
    chosen = [each for each in territories if each.code == args.get("territoire")]
    season = season_of(now.date())
    told = args.get("saison", "")
    kept = {str(each) for each in seasons(now)}
    reading = next((each for each in Reading if each.value == args.get("lecture")), Reading.ANY)
    wanted = PileFilter(
        frozenset(each.id for each in chosen or territories),
        int(told) if told in kept else season,
        person.id,
        degree=DEGREES.get(args.get("degre", "")),
        reading=reading,
    )
    page = args.get("page", "")
    return Asked(wanted, max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1, territories, _carried(args))


def _carried(args: dict[str, str]) -> dict[str, Any]:
    return {name: args[name] for name in ("lecture", "degre", "territoire", "saison") if name in args}


def seasons(now: datetime) -> list[int]:
    """The seasons of which sheets may be left, the present one first."""
    newest = season_of(now.date())
    return list(range(newest, newest - SEASONS_KEPT - 1, -1))


def choices(asked: Asked, now: datetime) -> list[dict[str, Any]]:
    """The lists of the filter: {name, label, options: [(value, words)], chosen}."""
    territories = [(each.code, each.name) for each in asked.territories]
    found = [
        _choice(asked, "degre", "Degré", [("", "Tous"), *((value, each.label) for value, each in DEGREES.items())]),
        _choice(asked, "saison", "Saison", [(str(each), season_label(each)) for each in seasons(now)]),
    ]
    if len(territories) > 1:
        found.append(_choice(asked, "territoire", "Territoire", [("", "Tous"), *territories]))
    return found


def _choice(asked: Asked, name: str, label: str, options: list[tuple[str, str]]) -> dict[str, Any]:
    return {"name": name, "label": label, "options": options, "chosen": asked.args.get(name, options[0][0])}
