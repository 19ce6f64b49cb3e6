"""Canaries: a marked word in every confidential field, looked for wherever it must not be."""

import base64
import re
from pathlib import Path

import pytest
import structlog
from bs4 import BeautifulSoup
from flask import Flask

from collectifs.extensions import db
from collectifs.models import Job
from tests import world
from tests.access_matrix import MATRIX
from tests.test_access import address, visitor_for

MARK = re.compile(r"Canari[A-Z][a-z]+")


def forbidden_to(role: str) -> set[str]:
    return {word for word, readers in world.CANARIES.items() if role not in readers}


def words_of(answer: object) -> set[str]:
    """The marked words in an answer: body, headers, the text of a PDF."""
    body = answer.get_data()
    text = body.decode("utf-8", "replace") + str(answer.headers)
    if answer.mimetype == "application/pdf":
        import pypdfium2

        document = pypdfium2.PdfDocument(body)
        text += "".join(page.get_textpage().get_text_range() for page in document) + str(document.get_metadata_dict())
    return set(MARK.findall(text))


@pytest.mark.parametrize("role", world.ROLES)
def test_nobody_reads_what_is_not_theirs(app: Flask, role: str) -> None:
    here = world.build()
    db.session.commit()
    visitor = visitor_for(app, here, role)
    for name, line in MATRIX.items():
        for sheet in here.sheets:
            if "sheet_id" not in str(app.url_map._rules_by_endpoint[name][0]) and sheet != "proposed":
                continue
            moved = type(line)(line.rule, line.get, line.post, line.why, sheet)
            answer = visitor.client.get(address(app, name, here, moved))
            leaked = words_of(answer) & forbidden_to(role)
            assert not leaked, f"{role} reads {leaked} at {name} ({sheet})"


@pytest.mark.parametrize("role", ["pilot", "member", "inspector", "manager"])
def test_titles_and_file_names_carry_no_typed_word(app: Flask, role: str) -> None:
    here = world.build()
    db.session.commit()
    visitor = visitor_for(app, here, role)
    for name, line in MATRIX.items():
        answer = visitor.client.get(address(app, name, here, line))
        if answer.mimetype == "text/html":
            title = BeautifulSoup(answer.get_data(as_text=True), "html.parser").title
            assert not MARK.search(title.get_text() if title else ""), name
        assert not MARK.search(str(answer.headers)), name


def test_every_word_that_is_theirs_can_be_read_somewhere(app: Flask) -> None:
    """The canaries sing: a test that looks for words nobody shows would prove nothing."""
    here = world.build()
    db.session.commit()
    read: dict[str, set[str]] = {}
    for role in ("pilot", "presenter", "inspector", "manager"):
        visitor = visitor_for(app, here, role)
        for name, line in MATRIX.items():
            for sheet in ("proposed", "submitted", "draft"):
                moved = type(line)(line.rule, line.get, line.post, line.why, sheet)
                read.setdefault(role, set()).update(words_of(visitor.client.get(address(app, name, here, moved))))
    assert {"CanariTitre", "CanariNote", "CanariIntime", "CanariBrouillon", "CanariProposee"} <= read["pilot"]
    assert {"CanariTitre", "CanariProposee", "CanariFamille"} <= read["presenter"]
    assert {"CanariTransmise", "CanariRemarque"} <= read["inspector"]
    assert {"CanariCollectif", "CanariLieu", "CanariFamille"} <= read["manager"]


SEALED = {
    word for word in world.CANARIES if word not in ("CanariCollectif", "CanariFamille", "CanariLieu", "CanariAcces")
}


def test_the_database_holds_no_confidential_word_in_clear(app: Flask) -> None:
    world.build()
    db.session.commit()
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(table.select()):
            for value in row:
                text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
                assert not set(MARK.findall(text)) & SEALED, table.name
                assert not any(base64.b64encode(word.encode()).decode()[:-4] in text for word in SEALED)


def test_a_database_error_does_not_print_the_row(app: Flask) -> None:
    from sqlalchemy.exc import IntegrityError

    from collectifs.models import User

    here = world.build()
    db.session.commit()
    twin = User(given_name="CanariProposee", family_name="x", address=here.people["pilot"].address)
    twin.created_at = here.people["pilot"].created_at
    db.session.add(twin)
    with pytest.raises(IntegrityError) as caught:
        db.session.commit()
    db.session.rollback()
    assert "CanariProposee" not in str(caught.value)


def test_logs_carry_neither_words_nor_names_nor_tokens(app: Flask) -> None:
    here = world.build()
    db.session.commit()
    with structlog.testing.capture_logs() as lines:
        for role in world.ROLES:
            visitor = visitor_for(app, here, role)
            for name, line in MATRIX.items():
                visitor.client.get(address(app, name, here, line))
    logged = repr(lines)
    assert "request" in logged
    assert not MARK.findall(logged)
    assert world.TOKEN not in logged


def test_the_log_does_not_say_who_objected(app: Flask) -> None:
    here = world.build()
    db.session.commit()
    visitor = visitor_for(app, here, "member")
    with structlog.testing.capture_logs() as lines:
        visitor.client.get(f"/fiches/{here.sheets['proposed'].id}/opposition")
    assert [line["person"] for line in lines] == [None]


def test_jobs_hold_ids_only(app: Flask) -> None:
    for job in db.session.query(Job):
        assert all(isinstance(value, (int, type(None))) or len(str(value)) == 36 for value in job.args.values())


def test_every_sealed_table_has_its_retention(app: Flask) -> None:
    from sqlalchemy import LargeBinary

    from collectifs.domain.retention import TABLE

    sealed = {
        table.name
        for table in db.metadata.sorted_tables
        if "key_id" in table.columns or any(isinstance(column.type, LargeBinary) for column in table.columns)
    }
    not_texts = {"devices", "personal_links", "sign_in_failures", "meetings"}
    assert sealed - not_texts == set(TABLE)


def test_no_page_calls_a_third_party(app: Flask) -> None:
    templates = Path(app.root_path, "templates")
    for path in templates.rglob("*.html"):
        for found in re.findall(r"(?:src|action|<link[^>]*href)=\"(https?:[^\"]+)", path.read_text(encoding="utf-8")):
            raise AssertionError(f"{path.name} calls {found}")
