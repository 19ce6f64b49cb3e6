"""What other engines make of a territory, for tools/bench_peers.py; run by the Python of requirements-bench.txt.

Reads one territory as JSON and prints what the engine named as argument finds: `kmeans` its groups (k-means with a
least and a most size), `bound` a proven least score (HiGHS), where wishes and hierarchy are left aside: people go to
venues, each venue holds a whole number of collectives, mix and pilots are counted venue by venue.
"""

import json
import sys
from typing import Any

LEAST, MOST = 6, 10
ALONE, ONE_SIDED, NO_PILOT = 1_500, 2_400, 50_000
PATIENCE_S = 600.0


def kmeans(land: dict[str, Any]) -> dict[str, Any]:
    """Groups by their places alone, in kilometres around."""
    import numpy  # noqa: PLC0415  only the bench's own Python has it
    from k_means_constrained import KMeansConstrained  # type: ignore[import-not-found]  # noqa: PLC0415

    points = numpy.array([[lat * 111.2, lon * 78.0] for lat, lon in land["points"]])
    model = KMeansConstrained(n_clusters=land["groups"], size_min=LEAST, size_max=MOST, random_state=0, n_init=10)
    found: list[list[int]] = [[] for _ in range(land["groups"])]
    for person, label in enumerate(model.fit_predict(points)):
        found[int(label)].append(person)
    return {"groups": found}


def bound(land: dict[str, Any]) -> dict[str, Any]:
    """The least that any draft costs: the dual bound of the relaxed programme, and how far it was from a solution."""
    import highspy  # type: ignore[import-not-found]  # noqa: PLC0415

    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("time_limit", PATIENCE_S)
    _write(model, land)
    model.run()
    info = model.getInfo()
    return {"bound": info.mip_dual_bound, "gap": info.mip_gap}


def _write(model: Any, land: dict[str, Any]) -> None:
    minutes, commune = land["minutes"], land["commune"]
    people, venues = range(len(commune)), range(len(minutes))
    near = [[venue for venue in venues if minutes[commune[each]][venue] <= land["farthest"]] for each in people]
    stands = {
        (each, venue): model.addVariable(lb=0, ub=1, obj=minutes[commune[each]][venue] ** 2)
        for each in people
        for venue in near[each]
    }
    number = [model.addIntegral(lb=0, ub=land["groups"]) for _ in venues]
    model.addConstr(sum(number) == land["groups"])
    for each in people:
        model.addConstr(sum(stands[each, venue] for venue in near[each]) == 1)
    for venue in venues:
        _write_venue(model, land, number[venue], {each: stands[each, venue] for each in people if venue in near[each]})


def _write_venue(model: Any, land: dict[str, Any], number: Any, here: dict[int, Any]) -> None:
    total = sum(here.values()) if here else 0 * number
    model.addConstr(total - LEAST * number >= 0)
    model.addConstr(total - MOST * number <= 0)
    for side in (land["first"], [not each for each in land["first"]], land["new"], [not each for each in land["new"]]):
        alone, none = model.addVariable(lb=0, obj=ALONE), model.addVariable(lb=0, obj=ONE_SIDED)
        model.addConstr(sum(var for each, var in here.items() if side[each]) + alone + 2 * none - 2 * number >= 0)
    lacks = model.addVariable(lb=0, obj=NO_PILOT)
    model.addConstr(sum(var for each, var in here.items() if land["pilots"][each]) + lacks - number >= 0)


if __name__ == "__main__":
    print(json.dumps({"kmeans": kmeans, "bound": bound}[sys.argv[1]](json.load(sys.stdin))))
