"""The administration keeps the library of resources up: addresses, dates, what is hidden."""

from datetime import date

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.meetings.domain.resources import Amendment, resources
from collectifs.meetings.domain.tags import Tags
from collectifs.meetings.queries.resources import get_resource, kept_resources, shelf
from collectifs.meetings.services.resources import amend_resource, restore_resource
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.queries.links import links_of
from tests import factories

TODAY = date(2026, 11, 29)
ABOUT = SheetContent("Comment ?", (), Tags(concern=("weaving",)))


def amend(name: str, **said) -> None:
    person = factories.person(factories.user("Florence", "Achard"))
    amend_resource(get_resource(name), Amendment(**said), today=TODAY, by=person)
    db.session.flush()


def test_a_new_address_is_shown_everywhere_with_the_day_it_was_seen(app):
    amend("multi-agenda", address="https://ailleurs.example/543", checked_on=TODAY)
    (shown,) = [each for each in shelf() if each.id == "multi-agenda"]
    assert (shown.site, shown.checked) == ("ailleurs.example", "vérifié le 29\u00a0novembre 2026")
    assert links_of(ABOUT)[0].address == "https://ailleurs.example/543"
    assert [event.kind for event in db.session.query(AuditEvent)] == ["resource_amended"]


def test_what_is_hidden_is_proposed_to_nobody_and_stays_in_the_administrations_list(app):
    amend("multi-agenda", is_hidden=True)
    assert "multi-agenda" not in {each.id for each in shelf()}
    assert links_of(ABOUT) == ()
    assert [each.said.is_hidden for each in kept_resources() if each.resource.id == "multi-agenda"] == [True]


def test_as_at_the_start_the_file_holds_again(app):
    amend("multi-agenda", is_hidden=True)
    restore_resource(get_resource("multi-agenda"), by=factories.person(factories.user()))
    db.session.flush()
    assert shelf() == list(resources().values())


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"address": "javascript:alert(1)"}, "address", "https://"),
        ({"address": "ens-lyon.fr"}, "address", "https://"),
        ({"checked_on": TODAY}, "checked_on", "rien à vérifier"),
        ({"address": "https://a.example", "checked_on": date(2026, 11, 30)}, "checked_on", "à venir"),
    ],
)
def test_what_is_no_address_and_a_day_to_come_are_refused(app, said, field, words):
    with pytest.raises(RuleBroken, match=words) as broken:
        amend("multi-agenda", **said)
    assert broken.value.field == field
    assert shelf() == list(resources().values())


def test_a_sheet_without_tags_sends_nowhere_and_one_with_many_to_two_at_most(app):
    assert links_of(SheetContent("Comment ?")) == ()
    everything = Tags(
        dilemma=("accompagner-evaluer", "dire-chercher"), concern=("steering", "atmosphere", "scaffolding")
    )
    links = links_of(SheetContent("Comment ?", (), everything))
    assert len(links) == 2
    assert links[0].id == "dilemmes-du-formateur", "what answers to both dilemmas comes first"
