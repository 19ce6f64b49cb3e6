"""What an address asks of the pile: a filter that is kept from sheet to sheet, and that may be shared."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import current_app, request

from collectifs.kernel.keeping import SEASONS_KEPT
from collectifs.kernel.paging import PAGE
from collectifs.kernel.seasons import season_label, season_of
from collectifs.kernel.word_index import WordIndex
from collectifs.meetings.domain.tags import Axis
from collectifs.people.domain.person import Degree, Person, Role
from collectifs.people.models import Territory
from collectifs.people.queries.roles import departments_among
from collectifs.review.domain.pile import PileFilter, Reading, State
from collectifs.review.domain.search import Search
from collectifs.review.queries.search import found_by

AXES = {"dilemme": Axis.DILEMMA, "preoccupation": Axis.CONCERN, "domaine": Axis.DOMAIN}
KEPT = ("lecture", "degre", *AXES, "etat", "territoire", "saison")
CARRIED = ("mots", *KEPT)
NO_INDEX = "La recherche n’est pas prête en ce moment. Voici toute la liste ; les filtres, eux, marchent."
NO_WORD = "Écrivez au moins un mot à chercher : voici toute la liste."
DEGREES = {"1": Degree.FIRST, "2": Degree.SECOND}


@dataclass(frozen=True)
class Asked:
    """The filter of an address. `args`: what is not as usual in it, as addresses carry it on.

    `search`: what is looked for, if anything is; `cannot_search` says why the whole list is shown all the same.
    """

    wanted: PileFilter
    page: int
    territories: list[Territory]
    args: dict[str, Any]
    search: Search | None = None
    cannot_search: str = ""

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
        state=next((each for each in State if each.value == args.get("etat")), State.ANY),
        tags=tuple((axis, args[name]) for name, axis in AXES.items() if args.get(name) in axis.choices),
    )
    page = args.get("page", "")
    number = max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1
    return _searched(Asked(wanted, number, territories, {name: args[name] for name in CARRIED if name in args}))


def _searched(asked: Asked) -> Asked:
    """With what answers the search; without an index the list stays whole, and says so."""
    search = Search.of(asked.args.get("mots", ""))
    if not search.typed.strip():
        return asked
    index: WordIndex | None = current_app.extensions["word_index"]
    if index is None or not index.is_whole:
        return replace(asked, cannot_search=NO_INDEX)
    if not search.wanted:
        return replace(asked, cannot_search=NO_WORD)
    found = found_by(index, search, asked.wanted.territory_ids, asked.wanted.season)
    return replace(asked, search=search, wanted=replace(asked.wanted, found=found))


def seasons(now: datetime) -> list[int]:
    """The seasons of which sheets may be left, the present one first."""
    newest = season_of(now.date())
    return list(range(newest, newest - SEASONS_KEPT - 1, -1))


def choices(asked: Asked, now: datetime) -> list[dict[str, Any]]:
    """The lists of the filter: {name, label, options: [(value, words)], chosen}."""
    territories = [(each.code, each.name) for each in asked.territories]
    found = [
        _choice(asked, "degre", "Degré", [("", "Tous"), *((value, each.label) for value, each in DEGREES.items())]),
        *(_choice(asked, name, axis.label, [("", "Tous"), *axis.choices.items()]) for name, axis in AXES.items()),
        _choice(asked, "etat", "État", [(each.value, each.label) for each in State]),
        _choice(asked, "saison", "Saison", [(str(each), season_label(each)) for each in seasons(now)]),
    ]
    if len(territories) > 1:
        found.append(_choice(asked, "territoire", "Territoire", [("", "Tous"), *territories]))
    return found


def _choice(asked: Asked, name: str, label: str, options: list[tuple[str, str]]) -> dict[str, Any]:
    return {"name": name, "label": label, "options": options, "chosen": asked.args.get(name, options[0][0])}


def args_to_keep(args: dict[str, Any]) -> dict[str, Any]:
    """Of what an address asks, what may be kept by name: closed lists, never words."""
    return {name: str(args[name]) for name in KEPT if args.get(name)}
