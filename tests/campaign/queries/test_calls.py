"""What a page receives of a call, of who passes it on, of who answered once."""

from uuid import uuid4

import pytest
from flask import Flask

from collectifs.campaign.domain.call import PartnerKind
from collectifs.campaign.models.calls import CallPartner
from collectifs.campaign.queries.again import get_call_again
from collectifs.campaign.queries.calls import get_partner
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from tests import factories
from tests.campaigning import Campaign


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return Campaign(number=0)


def test_a_call_knows_who_was_a_member_on_its_territory_before(campaign: Campaign) -> None:
    season = campaign.call.season
    former, elsewhere, present = (factories.user(name) for name in ("Maud", "Samir", "Inès"))
    pilot = factories.user("Hélène")
    factories.collective(campaign.territory, season=season - 1, pilot=pilot, members=[former])
    factories.collective(factories.territory("Landes"), season=season - 1, members=[elsewhere])
    factories.collective(campaign.territory, season=season, members=[present])
    db.session.commit()
    found = get_call_again(campaign.call.id)
    assert found is not None
    assert found.access.call is campaign.call
    assert found.former_ids == {pilot.id, former.id}


def test_a_partner_is_found_with_its_call(campaign: Campaign) -> None:
    row = CallPartner(call_id=campaign.call.id, name="INSPÉ", kind=PartnerKind.INSPE, slug="inspe", made_at=clock.now())
    db.session.add(row)
    db.session.commit()
    found = get_partner(row.id)
    assert found is not None
    assert (found.partner.id, found.access.call.id) == (row.id, campaign.call.id)


def test_nothing_is_found_by_an_unknown_id(campaign: Campaign) -> None:
    assert get_call_again(uuid4()) is None
    assert get_partner(uuid4()) is None
