"""Many ids in one value: the same rows on both databases, and one statement however many they are."""

from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from collectifs.kernel.extensions import db
from collectifs.kernel.queries.among import among
from collectifs.people.models import User
from tests import factories
from tools.bench_pages import counted


@pytest.mark.parametrize("wanted", [0, 1, 3])
def test_it_finds_those_that_are_named_and_no_other(app: Flask, wanted: int) -> None:
    people = [factories.user() for _ in range(4)]
    ids = [each.id for each in people[:wanted]]
    found = db.session.scalars(select(User.id).where(among(User.id, "these")), {"these": [*ids, uuid4()]}).all()
    assert set(found) == set(ids)


def test_the_statement_is_the_same_whatever_their_number(app: Flask) -> None:
    with counted() as seen:
        for number in (2, 700):
            query = select(User.id).where(among(User.id, "these"))
            db.session.scalars(query, {"these": [uuid4() for _ in range(number)]}).all()
    assert len(set(seen)) == 1
