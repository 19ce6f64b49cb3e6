"""What an administration keeps up: whom to write to, how papers name the training, the statuses on offer."""

from uuid import uuid4

import pytest
from flask import Flask

from collectifs.kernel import clock
from collectifs.people.domain.scheme import USUAL_TITLE, Scheme
from collectifs.people.models import AccompaniedStatus, Territory
from collectifs.people.queries import contacts
from tests import factories

SYLVIE = {"contact_name": "Sylvie Renaud", "contact_address": "sylvie@a.example"}


@pytest.fixture
def academie(app: Flask) -> Territory:
    return factories.territory("Brume", code="A", contact_name="Rectorat", contact_address="rectorat@a.example")


def test_one_writes_to_the_contact_of_the_territory_else_to_that_of_the_one_above(academie: Territory) -> None:
    with_own = factories.territory("Val-de-Brume", code="B1", parent_id=academie.id, **SYLVIE)
    without = factories.territory("Haute-Brume", code="B0", parent_id=academie.id)
    alone = factories.territory("Ailleurs", code="C")
    found = {each: contacts.contact_for(each.id) for each in (academie, with_own, without, alone)}
    assert {each.name: contact and contact.name for each, contact in found.items()} == {
        "Brume": "Rectorat",
        "Val-de-Brume": "Sylvie Renaud",
        "Haute-Brume": "Rectorat",
        "Ailleurs": None,
    }
    assert contacts.contact_for(uuid4()) is None
    listed = [(each.territory_name, each.above, each.address) for each in contacts.contacts()]
    assert listed == [("Brume", "", "rectorat@a.example"), ("Val-de-Brume", "Brume", "sylvie@a.example")]
    asked = contacts.contacts_on([without.id, with_own.id, alone.id])
    assert [each.territory_name for each in asked] == ["Ailleurs", "Haute-Brume", "Val-de-Brume"]


@pytest.mark.parametrize(
    ("above", "own", "printed"),
    [
        ({}, {}, Scheme(USUAL_TITLE)),
        ({"scheme_title": "Réseau"}, {}, Scheme("Réseau")),
        ({"scheme_title": "Réseau"}, {"scheme_title": "Le nôtre"}, Scheme("Le nôtre")),
        (
            {"organizer": "EAFC", "scheme_number": "26A", "module_number": "1"},
            {"organizer": "DSDEN", "module_number": "2"},
            Scheme(USUAL_TITLE, "DSDEN", "26A", "2"),
        ),
        (None, {"scheme_number": "26B"}, Scheme(USUAL_TITLE, "", "26B")),
    ],
)
def test_papers_name_the_training_in_the_words_of_the_territory_else_of_the_one_above(
    app: Flask, above: dict[str, str] | None, own: dict[str, str], printed: Scheme
) -> None:
    parent = factories.territory("Brume", **above) if above is not None else None
    where = factories.territory(parent_id=parent.id if parent else None, **own)
    assert contacts.scheme_of(where.id) == printed


def test_a_withdrawn_status_is_offered_to_whoever_chose_it(app: Flask) -> None:
    assert contacts.next_position() == 1
    second, first, gone = (
        factories.add(AccompaniedStatus(label=label, position=position, withdrawn_at=clock.now() if late else None))
        for label, position, late in (("LPE", 2, False), ("SOPA", 1, False), ("PES", 7, True))
    )
    assert [(each.label, each.is_withdrawn) for each in contacts.statuses()] == [
        ("SOPA", False),
        ("LPE", False),
        ("PES", True),
    ]
    assert [each.id for each in contacts.statuses_offered()] == [first.id, second.id]
    assert [each.id for each in contacts.statuses_offered([gone.id])] == [first.id, second.id, gone.id]
    assert contacts.next_position() == 8
    found = contacts.get_status(second.id)
    assert found is not None
    assert (found.id, found.label) == (second.id, "LPE")
    assert contacts.status_row(gone.id) is gone
    assert contacts.get_status(uuid4()) is None
