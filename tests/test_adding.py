"""Rows that tests add (tests/adding.py) stand in the session and in the database as a flush leaves them."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, inspect
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from collectifs.kernel.extensions import Base, db
from collectifs.people.models import Territory, User
from tests import factories
from tests.adding import add_to
from tests.databases import references_unseen
from tests.kept_world import KeptWorld


def flushed(session: Session, row: Any) -> None:
    session.add(row)
    session.flush()


def left_by(add: Any, session: Session, kind: type[Any], values: dict[str, Any]) -> tuple[Any, ...]:
    """What the database and the session have of a row, the only one of its table, once it is added."""
    table = kind.__table__
    session.execute(table.delete())
    row = kind(**values)
    add(session, row)
    state = inspect(row)
    kept = session.connection().exec_driver_sql(f'SELECT * FROM "{table.name}"').mappings().one()
    left = (dict(kept), dict(state.dict) | {"_sa_instance_state": None}, state.key, state.persistent, state.modified)
    session.expunge(row)
    return left


def test_each_row_of_the_world_is_added_as_a_flush_writes_it(kept: KeptWorld) -> None:
    tried, otherwise = set(), {}
    with references_unseen(db.engine) as connection, Session(connection) as session:
        for mapper in Base.registry.mappers:
            for values in kept._rows[mapper.local_table][:1]:
                names = {key: mapper.get_property_by_column(mapper.local_table.c[key]).key for key in values}
                named = {names[key]: value for key, value in values.items() if value is not None}
                one, two = (left_by(add, session, mapper.class_, named) for add in (flushed, add_to))
                tried.add(mapper.class_.__name__)
                if one != two:
                    otherwise[mapper.class_.__name__] = (one, two)
        connection.rollback()
    assert not otherwise
    assert {"User", "Meeting", "MeetingEvent", "SynthesisSheet", "Candidacy", "Draft"} <= tried


def test_what_a_row_does_not_say_is_its_default(app: Flask) -> None:
    who = User(given_name="Maud", family_name="Le Bihan", address="m@academie.example", created_at=factories.NOVEMBER)
    add_to(db.session(), who)
    assert inspect(who).persistent
    identity = who.id
    db.session.expunge_all()
    assert db.session.get_one(User, identity).given_name == "Maud"


def test_what_waits_is_written_too(app: Flask) -> None:
    waiting, changed = Territory(code="T1", name="Brume", timezone="Europe/Paris", zone="A"), factories.user("Maud")
    changed.given_name = "Odile"
    db.session.add(waiting)
    factories.territory()
    assert inspect(waiting).persistent
    assert not inspect(changed).modified


def test_whoever_looks_at_what_is_flushed_looks_at_it_too(app: Flask) -> None:
    seen = []
    look = lambda session, *_: seen.extend(session.new)  # noqa: E731
    event.listen(db.session, "before_flush", look)
    try:
        who = factories.user()
    finally:
        event.remove(db.session, "before_flush", look)
    assert seen == [who]


def test_one_that_is_taken_back_is_no_more_of_the_session(app: Flask) -> None:
    who = factories.user()
    db.session.rollback()
    assert inspect(who).transient


def test_what_a_column_or_the_database_refuses_is_refused(app: Flask) -> None:
    with pytest.raises(StatementError, match="naive datetime"):
        factories.user(created_at=factories.NOVEMBER.replace(tzinfo=None))
    factories.territory(code="T1")
    with pytest.raises(IntegrityError):
        factories.territory(code="T1")
    assert not db.session.new
    assert factories.user() in db.session
