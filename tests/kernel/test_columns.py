"""What every table's columns give back: ids that are ids, instants that are aware, on either database."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from collectifs.kernel.extensions import db
from collectifs.people.models import Territory, User
from tests import factories

PARIS = timezone(timedelta(hours=1))


def test_an_instant_comes_back_as_it_was_in_utc(app: Flask):
    who = factories.user("Maud")
    for written in (datetime(2027, 1, 13, 14, 0, 0, 250, tzinfo=PARIS), datetime(2027, 7, 1, tzinfo=UTC)):
        who.created_at = written
        db.session.commit()
        read = db.session.scalars(select(User.created_at)).one()
        assert (read, read.tzinfo) == (written, UTC)
    who.created_at = datetime(2027, 7, 1)
    with pytest.raises(StatementError, match="naive datetime"):
        db.session.commit()


def test_what_is_missing_is_missing(app: Flask):
    factories.user("Maud")
    factories.territory()
    db.session.commit()
    assert db.session.scalars(select(User.erased_at)).one() is None
    assert db.session.scalars(select(Territory.parent_id)).one() is None


def test_an_id_comes_back_as_it_was_and_is_found_however_often_it_is_read(app: Flask):
    who = factories.user("Maud")
    db.session.commit()
    known = {who.id: "Maud"}
    for _ in range(2):
        read = db.session.scalars(select(User.id)).one()
        assert isinstance(read, UUID)
        assert known[read] == "Maud"
