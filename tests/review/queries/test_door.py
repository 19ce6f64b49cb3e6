"""The door of a paper and the page of its sheet say the same: who reads it, whether it is noted; in one statement."""

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.keeping import Circle as Readers
from collectifs.kernel.models import SealedText
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.domain.person import Role
from collectifs.people.models import Device, GrantedRole, User
from collectifs.people.queries.people import person_for_device
from collectifs.review.permissions import can_review
from collectifs.review.queries.copies import get_submitted, is_just_noted
from collectifs.review.queries.door import PaperDoor, paper_at, paper_door
from collectifs.review.services import record_reading
from collectifs.sheets.domain.output import Format
from collectifs.sheets.models import SheetRendering
from tests import factories
from tests.circle import DAY, HOUR, Circle
from tools.bench_pages import counted

MADE = b"%PDF made when it was submitted"


@pytest.fixture
def circle(app: Flask, moment: Any) -> Circle:
    circle = Circle()
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    return circle


def render(circle: Circle, kind: Format = Format.PDF, readers: Readers = Readers.INSTITUTION) -> SheetRendering:
    copy = circle.copy
    row = SheetRendering(
        id=uuid4(), key_id=copy.key_id, sheet_id=circle.sheet_id, submitted_id=copy.id, circle=readers, format=kind
    )
    seal_text(row, SheetRendering.body, base64.b64encode(MADE).decode())
    return factories.add(row)


def at_the_door(circle: Circle, who: User) -> PaperDoor | None:
    secret = factories.device(who)
    db.session.flush()
    return paper_door(secret, circle.copy.id, clock.now())


def beside(circle: Circle) -> User:
    return grant(factories.user("Diane"), Role.INSPECTOR, factories.territory("Ailleurs"))


def above(circle: Circle) -> User:
    top = factories.territory("Académie")
    circle.territory.parent_id = top.id
    return grant(factories.user("Chloé"), Role.INSPECTOR, top)


def over(circle: Circle) -> User:
    db.session.query(GrantedRole).update({"ends_on": clock.now().date() - timedelta(days=1)})
    return circle.inspector


def revoked(circle: Circle) -> User:
    db.session.query(GrantedRole).update({"revoked_at": clock.now()})
    return circle.inspector


def of_what_was_withdrawn(circle: Circle) -> User:
    circle.copy.withdrawn_at = clock.now()
    return circle.inspector


def of_what_was_replaced(circle: Circle) -> User:
    circle.copy.replaced_at = clock.now()
    return circle.inspector


def manager(circle: Circle) -> User:
    return grant(factories.user("Sylvie"), Role.MANAGER, circle.territory)


def both(circle: Circle) -> User:
    return grant(circle.inspector, Role.MANAGER, circle.territory)


def grant(who: User, role: Role, where: Any) -> User:
    factories.grant(who, role, where)
    return who


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        (lambda circle: circle.inspector, True),
        (above, True),
        (both, True),
        (beside, False),
        (over, False),
        (revoked, False),
        (of_what_was_withdrawn, False),
        (of_what_was_replaced, False),
        (manager, False),
        (lambda circle: circle.pilot, False),
    ],
)
def test_the_door_lets_in_whom_the_page_lets_in(circle: Circle, who: Callable[[Circle], User], reads: bool) -> None:
    copy_id, person = circle.copy.id, who(circle)
    secret = factories.device(person)
    db.session.flush()
    door, facts, known = (
        paper_door(secret, copy_id, clock.now()), get_submitted(copy_id), person_for_device(secret, clock.now())
    )  # fmt: skip
    assert (can_review(door.person, door), can_review(known, facts)) == (reads, reads)
    assert (door.person.id, door.person.device_id, door.person.name) == (known.id, known.device_id, known.name)
    shared = {name: getattr(facts, name) for name in ("id", "territory_id", "collective_code", "month", "withdrawn_at")}
    assert {name: getattr(door, name) for name in shared} == shared


def test_nobody_comes_by_a_browser_that_was_closed_nor_to_a_copy_that_is_not_there(circle: Circle, moment: Any) -> None:
    secret = factories.device(circle.inspector)
    assert paper_door("autre", circle.copy.id, clock.now()) is None
    assert paper_door(secret, uuid4(), clock.now()) is None
    device = db.session.query(Device).filter_by(user_id=circle.inspector.id).one()
    device.closed_at = clock.now()
    db.session.flush()
    assert paper_door(secret, circle.copy.id, clock.now()) is None
    device.closed_at, device.expires_at = None, clock.now()
    db.session.flush()
    assert paper_door(secret, circle.copy.id, clock.now()) is None


def test_a_reading_is_noted_for_whoever_reads_and_for_an_hour(circle: Circle, moment: Any) -> None:
    other = grant(factories.user("Bruno"), Role.INSPECTOR, circle.territory)
    record_reading(circle.facts, by=circle.person(circle.inspector))
    for who, is_noted in ((circle.inspector, True), (other, False)):
        assert at_the_door(circle, who).is_noted is is_noted
        assert is_just_noted(circle.facts, by=circle.person(who)) is is_noted
    moment.shift(HOUR + timedelta(minutes=1))
    assert not at_the_door(circle, circle.inspector).is_noted


def test_the_paper_is_that_of_the_institution_and_comes_with_the_door(circle: Circle) -> None:
    assert paper_at(at_the_door(circle, circle.inspector)) is None, "nothing is made yet"
    render(circle, Format.TEXT)
    render(circle, readers=Readers.COLLECTIVE)
    assert paper_at(at_the_door(circle, circle.inspector)) is None, "only what others are handed"
    row = render(circle)
    secret, copy_id = factories.device(circle.inspector), circle.copy.id
    db.session.flush()
    with counted() as seen:
        assert paper_at(paper_door(secret, copy_id, clock.now())) == MADE
    assert len(seen) == 1
    row.body = SealedText(row.body[:-1] + bytes([row.body[-1] ^ 1]))
    assert paper_at(at_the_door(circle, circle.inspector)) is None, "altered, it does not open"
