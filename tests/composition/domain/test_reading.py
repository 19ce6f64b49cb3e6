"""A territory as JSON tells it, each thing that may be wrong with it; and a draft as JSON says it."""

from typing import Any

import pytest

from collectifs.composition.domain.annealing import Draft
from collectifs.composition.domain.people import Candidate, CannotCompose
from collectifs.composition.domain.reading import draft_written, territory_read
from collectifs.composition.domain.score import Weights, described, parts_of
from collectifs.composition.domain.travel import Place
from collectifs.people.domain.person import Degree

AGEN = Place("47001", 44.2, 0.62)
PERSON: dict[str, Any] = {"id": 7, "insee": "47001", "degree": 1}


def place_of(insee: str) -> Place | None:
    return AGEN if insee == AGEN.insee else None


def read(*people: object, **data: object) -> Any:
    return territory_read({"people": list(people), **data}, place_of)


@pytest.mark.parametrize(
    ("said", "candidate"),
    [
        ({}, Candidate("7", AGEN, Degree.FIRST, is_new=False)),
        ({"degree": "2", "new": True}, Candidate("7", AGEN, Degree.SECOND, is_new=True)),
        ({"degree": 2, "pilot": 1}, Candidate("7", AGEN, Degree.SECOND, is_new=False, pilots=True)),
        ({"degree": "1", "supervises": "C1", "circonscription": 3},
         Candidate("7", AGEN, Degree.FIRST, is_new=False, circonscription="3", supervises="C1")),
        ({"lat": 44, "lon": 0.5}, Candidate("7", Place("47001", 44.0, 0.5), Degree.FIRST, is_new=False)),
        ({"insee": "", "lat": 44, "lon": 1}, Candidate("7", Place("44,1", 44.0, 1.0), Degree.FIRST, is_new=False)),
        ({"lat": 44}, Candidate("7", AGEN, Degree.FIRST, is_new=False)),
        ({"lon": 0.5, "lat": "44"}, Candidate("7", AGEN, Degree.FIRST, is_new=False)),
    ],
)  # fmt: skip
def test_a_person_is_read_with_what_is_said_of_them(said: dict[str, object], candidate: Candidate) -> None:
    territory, ids = read(PERSON | said)
    assert territory.people == (candidate,)
    assert ids == {"7": 7}


def test_pairs_are_read_by_ids_of_any_kind() -> None:
    two = [PERSON, PERSON | {"id": "b"}, PERSON | {"id": 9}]
    territory, ids = read(*two, together=[[7, "b"]], apart=[["b", "9"]])
    assert territory.wishes.together == {frozenset({"7", "b"})}
    assert territory.wishes.apart == {frozenset({"b", "9"})}
    assert ids == {"7": 7, "b": "b", "9": 9}


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        ([], "« people » manque"),
        ({}, "« people » manque"),
        ({"people": {}}, "« people » manque, ou n’est pas une liste"),
        ({"people": [PERSON, "b"]}, "Personne 2 : « id » manque"),
        ({"people": [PERSON, {"insee": "47001", "degree": 1}]}, "Personne 2 : « id » manque"),
        ({"people": [PERSON | {"id": 1.5}]}, "Personne 1 : « id » manque"),
        ({"people": [PERSON | {"degree": 3}]}, "Personne 1 : « degree » est 1 ou 2"),
        ({"people": [PERSON | {"insee": "99"}]}, "Personne 1 : la commune « 99 » n’est pas connue"),
        ({"people": [{"id": 1, "degree": 1}]}, "Personne 1 : la commune «  » n’est pas connue"),
        ({"people": [PERSON], "apart": {}}, ""),
        ({"people": [PERSON], "apart": {"a": 1}}, "« apart » est une liste de paires"),
        ({"people": [PERSON], "together": ["ab"]}, "« together » est une liste de paires"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(data: object, refused: str) -> None:
    if not refused:
        territory_read(data, place_of)
        return
    with pytest.raises(CannotCompose, match=refused):
        territory_read(data, place_of)


def test_a_draft_says_its_groups_its_score_and_its_minutes() -> None:
    far = [
        PERSON | {"id": each, "insee": "", "lat": 44.2, "lon": 0.62 + each / 100, "pilot": each == 3}
        for each in range(6)
    ]
    territory, ids = read(*far)
    group = described(territory.people)
    parts = parts_of([group], territory)
    said = draft_written(Draft((group,), parts, 40), ids, Weights())
    minutes = sorted(group.minutes)
    assert said["groups"] == [
        {
            "people": list(range(6)),
            "venue": group.venue.insee,
            "minutes": [round(each, 1) for each in group.minutes],
            "may_pilot": [3],
        }
    ]
    assert said["minutes"] == {
        "mean": round(sum(minutes) / 6, 1),
        "p95": round(minutes[5], 1),
        "worst": round(minutes[5], 1),
    }
    assert said["score"] == {
        "total": round(parts.minutes + 2 * 2_400, 1),
        "minutes": parts.minutes, "alone": 0, "one_sided": 2, "split": 0, "apart": 0, "no_pilot": 0, "shut_out": 0,
    }  # fmt: skip
    assert said["moves"] == 40
