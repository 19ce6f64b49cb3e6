"""A sealed text is bound to its row, its column and its key, by the words that always said it, and to nothing else."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy.exc import StatementError

from collectifs.across.queries.samples import sealed_columns
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED, HasKey, SealedText
from collectifs.kernel.retention import SEALED
from collectifs.kernel.vault import Perished, Tampered, current_vault, destroy_key, make_key
from collectifs.kernel.vault.texts import open_text, seal_text
from collectifs.live.models import ParkedItem
from collectifs.meetings.models import MeetingEvent, Situation
from collectifs.sheets.models import Remark
from tests import factories

ROW = UUID("6f2ab3b6-4d0f-4a55-8d38-0d2b8a4b1d5e")


def name_of(column: Any) -> str:
    return f"{column.class_.__tablename__}.{column.key}"


def test_all_sealed_tables_are_tried_here() -> None:
    sealed = {column.class_.__tablename__ for column in sealed_columns()}
    assert sealed <= {place for row in SEALED for place in row.covers}


@pytest.fixture
def situation(app: Flask) -> Situation:
    return factories.situation(factories.collective(), factories.user(), story="Trois semaines.")


@pytest.mark.parametrize("column", sealed_columns(), ids=name_of)
def test_what_was_sealed_before_opens(app: Flask, column: Any) -> None:
    """The formula of the first version, written out: table, row, column of the database, key."""
    key_id = make_key()
    place = f"{column.class_.__tablename__}/{ROW}/{column.property.columns[0].name}/{key_id}"
    row = column.class_(id=ROW, key_id=key_id) if issubclass(column.class_, HasKey) else column.class_(id=ROW)
    setattr(row, column.key, SealedText(current_vault().seal("mot", key_id, place)))
    if isinstance(row, HasKey):
        assert open_text(row, column) == "mot"
    else:
        assert open_text(row, column, under=Situation(key_id=key_id)) == "mot"


def test_the_place_is_written_as_it_always_was(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    places: list[str] = []
    monkeypatch.setattr(current_vault(), "seal", lambda text, key_id, place: places.append(place) or b"sealed")
    seal_text(Situation(id=ROW, key_id="0" * 32), Situation.story, "mot")
    assert places == ["situations/6f2ab3b6-4d0f-4a55-8d38-0d2b8a4b1d5e/story/00000000000000000000000000000000"]


def test_it_comes_back_from_the_database(situation: Situation) -> None:
    db.session.expire(situation)
    assert open_text(situation, Situation.story) == "Trois semaines."


def test_two_columns_exchanged_do_not_open(situation: Situation) -> None:
    situation.title, situation.story = situation.story, situation.title
    db.session.flush()
    db.session.expire(situation)
    for column in (Situation.title, Situation.story):
        with pytest.raises(Tampered):
            open_text(situation, column)


def test_a_text_of_another_row_does_not_open_even_under_the_same_key(situation: Situation) -> None:
    other = Situation(id=uuid4(), key_id=situation.key_id, title=situation.title)
    with pytest.raises(Tampered):
        open_text(other, Situation.title)


def test_a_text_does_not_open_under_another_key(situation: Situation) -> None:
    situation.key_id = make_key()
    with pytest.raises(Tampered):
        open_text(situation, Situation.title)


def test_a_gesture_of_another_meeting_does_not_open(app: Flask) -> None:
    where = factories.collective()
    ours, theirs = factories.meeting(where), factories.meeting(where, number=2)
    event = factories.event(ours, "meeting_started")
    with pytest.raises(Tampered):
        open_text(event, MeetingEvent.body, under=theirs)


def test_an_erased_text_has_perished_and_so_has_one_without_its_key(situation: Situation) -> None:
    situation.title = ERASED
    with pytest.raises(Perished):
        open_text(situation, Situation.title)
    destroy_key(situation.key_id)
    with pytest.raises(Perished):
        open_text(situation, Situation.story)


def test_a_sealed_column_takes_no_text_in_clear(situation: Situation) -> None:
    situation.title = "Elle dit oui à tout".encode()
    with pytest.raises(StatementError, match="seal_text"):
        db.session.flush()
    db.session.rollback()


def test_a_column_of_another_table_is_refused(situation: Situation) -> None:
    for act in (lambda: open_text(situation, Remark.body), lambda: seal_text(situation, ParkedItem.text, "mot")):
        with pytest.raises(TypeError, match="no column of Situation"):
            act()


def test_a_row_is_given_its_id_and_its_key_before(app: Flask) -> None:
    for row in (Situation(key_id=make_key()), Situation(id=ROW)):
        with pytest.raises(ValueError, match="its id and its key"):
            seal_text(row, Situation.title, "mot")


def test_one_row_names_the_key(situation: Situation) -> None:
    meeting = factories.meeting(factories.collective())
    with pytest.raises(TypeError, match="one row names the key"):
        open_text(situation, Situation.title, under=meeting)
    with pytest.raises(TypeError, match="one row names the key"):
        open_text(factories.event(meeting, "paused"), MeetingEvent.body)  # type: ignore[call-overload]
