"""A text that does not open is a line in a page that works; what would be written beside it is refused in words."""

from functools import cache
from typing import Any

import pytest

from collectifs.across.queries.samples import sealed_columns, sealed_samples
from collectifs.kernel.retention import SEALED
from collectifs.kernel.vault import Vault
from tests.access_matrix import MATRIX
from tests.closed import Fault, alter, keys_flipped, texts_altered
from tests.kept_world import KeptWorld
from tests.test_access import address, send

LINE = "Ce texte ne s’ouvre plus"
PAPERS = (".pdf", ".png", ".csv", ".ods")  # slow to press; those of a sheet hold sealed texts, and one is pressed


def answers(kept: KeptWorld, method: str) -> list[tuple[str, Any]]:
    """What every address answers to the first of those who are let in."""
    found = []
    for endpoint, line in MATRIX.items():
        url = address(kept.app, endpoint, kept.here, line)
        if url.endswith(PAPERS) and endpoint != "sheets.pdf":
            continue
        for role in (line.get if method == "GET" else line.post)[:1]:
            answer = send(kept.reader(role), method, url)
            found.append((f"{role} {method} {endpoint} {answer.status_code}", answer))
    return found


def says_so(answer: Any) -> bool:
    return answer.mimetype == "text/html" and LINE in answer.get_data(as_text=True)


@pytest.mark.parametrize("fault", [keys_flipped, texts_altered])
def test_every_page_still_answers(kept: KeptWorld, fault: Fault) -> None:
    with fault(kept.app):
        found = answers(kept, "GET")
    assert [name for name, answer in found if answer.status_code >= 400] == []
    assert sum(says_so(answer) for _, answer in found) > 5


def test_no_act_breaks_and_one_that_cannot_be_done_says_why(kept: KeptWorld) -> None:
    with keys_flipped(kept.app):
        found = answers(kept, "POST")
    broken = [(name, answer) for name, answer in found if answer.status_code >= 500]
    assert [name for name, answer in broken if answer.status_code != 503] == []
    assert all(LINE in answer.get_data(as_text=True) for _, answer in broken)


PAGES = ("collectives.show", "live.state", "sheets.edit", "sheets.show", "meetings.debrief", "review.show")


def ask(kept: KeptWorld, endpoint: str) -> Any:
    """As the first of those who are let in."""
    line = MATRIX[endpoint]
    return send(kept.reader(line.get[0]), "GET", address(kept.app, endpoint, kept.here, line))


@cache
def opened_by(kept: KeptWorld, endpoint: str) -> set[str]:
    """The columns whose texts a page opens, in the world as it was built."""
    usual, places = Vault.open_sealed, list[str]()

    def noting(vault: Vault, sealed: bytes, key_id: str, place: str) -> str:
        places.append(place)
        return usual(vault, sealed, key_id, place)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Vault, "open_sealed", noting)
        assert ask(kept, endpoint).status_code == 200, endpoint
    return {f"{table}.{column}" for table, _row, column, _key in (place.split("/") for place in places)}


@pytest.mark.parametrize("endpoint", PAGES)
def test_each_of_these_pages_opens_texts(kept: KeptWorld, endpoint: str) -> None:
    assert opened_by(kept, endpoint) <= {name_of(column) for column in sealed_columns()}
    assert opened_by(kept, endpoint) != set()


def name_of(column: Any) -> str:
    return f"{column.class_.__tablename__}.{column.key}"


@pytest.mark.parametrize("column", sealed_columns(), ids=str)
def test_one_column_alone_that_does_not_open_breaks_no_page(kept: KeptWorld, column: Any) -> None:
    """A page that opens none of its texts is not asked again."""
    concerned = [endpoint for endpoint in PAGES if name_of(column) in opened_by(kept, endpoint)]
    alter([column])
    for endpoint in concerned:
        answer = ask(kept, endpoint)
        assert answer.status_code in (200, 302), f"{endpoint} {answer.status_code}"


def test_every_sealed_table_is_tried(kept: KeptWorld) -> None:
    tables = {column.class_.__tablename__ for column in sealed_columns()}
    tried = {name.partition(".")[0] for name, opens in sealed_samples().items() if opens}
    assert len(tried) == len(tables)
    assert tables <= {place for row in SEALED for place in row.covers}


def gesture(kept: KeptWorld, visitor: Any, kind: str, body: dict[str, object]) -> Any:
    event = {"id": "7f2ab3b6-4d0f-4a55-8d38-0d2b8a4b1d5e", "kind": kind, "hand": 0, "body": body}
    event["happened_at"] = "2027-01-13T13:00:00.000Z"
    return visitor.client.post(
        address(kept.app, "live.gestures", kept.here, MATRIX["live.gestures"]),
        json={"device": "appareil", "person": str(kept.here.people["pilot"].id), "events": [event]},
        headers={"X-CSRFToken": visitor.token()},
    )


def test_a_gesture_under_a_broken_key_gets_a_sentence_and_stays_on_its_device(kept: KeptWorld) -> None:
    """Not 410: a device that reads 410 forgets what it could not send."""
    with keys_flipped(kept.app):
        answer = gesture(kept, kept.reader("pilot"), "parked", {"text": "CanariTardif"})
    assert answer.status_code == 503
    assert answer.json["closed"] is True
    assert answer.json["why"].startswith(LINE)
