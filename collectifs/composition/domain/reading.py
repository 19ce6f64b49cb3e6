"""A territory as JSON tells it, and a draft as JSON: for the bench, and for other installations."""

from collections.abc import Callable, Mapping
from typing import Any

from collectifs.composition.domain.annealing import Draft
from collectifs.composition.domain.people import Candidate, CannotCompose, Territory, Wishes
from collectifs.composition.domain.score import Group, Weights
from collectifs.composition.domain.travel import Place
from collectifs.people.domain.person import Degree

DEGREES = {1: Degree.FIRST, 2: Degree.SECOND, "1": Degree.FIRST, "2": Degree.SECOND}
Finder = Callable[[str], Place | None]


def territory_read(data: object, place_of: Finder) -> tuple[Territory, dict[str, Any]]:
    """{"people": [{id, insee, degree, new, pilot, supervises}], "apart", "together"}; and the ids as they were given.

    A person may say `lat` and `lon`, which are then taken; `circonscription` is that of their school. Raises
    CannotCompose with a sentence that names the line.
    """
    people = data.get("people") if isinstance(data, Mapping) else None
    if not isinstance(data, Mapping) or not isinstance(people, list):
        raise CannotCompose("« people » manque, ou n’est pas une liste.")
    read = [_candidate(number, each, place_of) for number, each in enumerate(people, 1)]
    wishes = Wishes(_pairs(data, "together"), _pairs(data, "apart"))
    return Territory(tuple(read), wishes), {str(each["id"]): each["id"] for each in people}


def _candidate(number: int, data: object, place_of: Finder) -> Candidate:
    if not isinstance(data, Mapping) or not isinstance(data.get("id"), str | int):
        raise CannotCompose(f"Personne {number} : « id » manque.")
    degree = DEGREES.get(data.get("degree"))
    if degree is None:
        raise CannotCompose(f"Personne {number} : « degree » est 1 ou 2.")
    return Candidate(
        str(data["id"]),
        _place(number, data, place_of),
        degree,
        bool(data.get("new")),
        bool(data.get("pilot")),
        str(data.get("circonscription") or ""),
        str(data.get("supervises") or ""),
    )


def _place(number: int, data: Mapping[str, Any], place_of: Finder) -> Place:
    insee, lat, lon = str(data.get("insee") or ""), data.get("lat"), data.get("lon")
    if isinstance(lat, int | float) and isinstance(lon, int | float):
        return Place(insee or f"{lat},{lon}", float(lat), float(lon))
    found = place_of(insee)
    if found is None:
        raise CannotCompose(f"Personne {number} : la commune « {insee} » n’est pas connue.")
    return found


def _pairs(data: Mapping[str, Any], name: str) -> frozenset[frozenset[str]]:
    found = data.get(name) or []
    if not isinstance(found, list) or not all(isinstance(pair, list) for pair in found):
        raise CannotCompose(f"« {name} » est une liste de paires.")
    return frozenset(frozenset(map(str, pair)) for pair in found)


def draft_written(draft: Draft, ids: Mapping[str, Any], weights: Weights) -> dict[str, Any]:
    """The groups, the score with its parts, and the minutes: mean, the 95th centile, the longest."""
    minutes = sorted(minute for group in draft.groups for minute in group.minutes)
    return {
        "groups": [_group(group, ids) for group in draft.groups],
        "score": {"total": round(draft.parts.total(weights), 1), **vars(draft.parts)},
        "minutes": {
            "mean": round(sum(minutes) / len(minutes), 1),
            "p95": round(minutes[int(len(minutes) * 0.95)], 1),
            "worst": round(minutes[-1], 1),
        },
        "moves": draft.moves,
    }


def _group(group: Group, ids: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "people": [ids[each] for each in group.ids],
        "venue": group.venue.insee,
        "minutes": [round(each, 1) for each in group.minutes],
        "may_pilot": [ids[each] for each in group.may_pilot],
    }
