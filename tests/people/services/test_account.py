"""One's own account: the password, the address; and the first account of all."""

from datetime import timedelta

import pytest

from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.kernel.work import Work
from collectifs.people.domain.sign_in import LinkPurpose, LinkState
from collectifs.people.domain.work import MailAddressChanged, MailNewAddress, MailPasswordChanged, Side
from collectifs.people.models import PersonalLink
from collectifs.people.queries.people import has_password, user_by_address
from collectifs.people.services import account as services
from collectifs.people.services.sign_in import is_right, mint_link, state_of
from tests import factories
from tests.asked import asked


def confirming(user, address="nouvelle@academie.example") -> PersonalLink:
    services.ask_new_address(address=address, now=clock.now(), by=factories.person(user))
    db.session.flush()
    links = db.session.query(PersonalLink).filter_by(purpose=LinkPurpose.NEW_ADDRESS, revoked_at=None, used_at=None)
    return links.one()


def test_a_password_is_kept_as_argon2id_and_told(app, costly_hashes):
    maud = factories.user("Maud")
    services.set_password(password="Tr0ub4d&r", by=factories.person(maud))
    assert maud.password_hash.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert is_right("Tr0ub4d&r", maud.password_hash)
    assert asked(Work) == [MailPasswordChanged(maud.id)]
    assert db.session.query(AuditEvent).one().kind == "password_set"


@pytest.mark.parametrize("password", ["court", "Marchadier-12!", "helene.marchadier 7A!"])
def test_a_weak_password_or_one_s_own_name_is_refused(app, password):
    helene = factories.user("Hélène", "Marchadier", address="helene.marchadier@academie.example")
    with pytest.raises(RuleBroken):
        services.set_password(password=password, by=factories.person(helene))
    assert not has_password(helene.id)


def test_a_password_is_removed(app):
    maud = factories.user("Maud", password_hash="x")
    services.remove_password(by=factories.person(maud))
    services.remove_password(by=factories.person(maud))
    assert maud.password_hash is None
    assert asked(Work) == [MailPasswordChanged(maud.id)]


def test_asking_for_an_address_says_nothing_of_who_has_it(app):
    maud = factories.user("Maud")
    odile = factories.user("Odile")
    for address in (odile.address, "libre@academie.example"):
        services.ask_new_address(address=address, now=clock.now(), by=factories.person(maud))
    assert [type(work) for work in asked(Work)] == [MailNewAddress] * 2


@pytest.mark.parametrize(("address", "why"), [("mal écrite", "mal écrite"), (" MAUD@academie.example", "déjà votre")])
def test_an_address_that_cannot_be_is_refused_beside_its_field(app, address, why):
    maud = factories.user("Maud", address="maud@academie.example")
    with pytest.raises(RuleBroken) as refusal:
        services.ask_new_address(address=address, now=clock.now(), by=factories.person(maud))
    assert why in refusal.value.sentence
    assert refusal.value.field == "address"


def test_a_later_demand_replaces_the_former_and_five_a_day_are_enough(app):
    maud = factories.user("Maud")
    first = confirming(maud)
    for number in range(4):
        confirming(maud, f"n{number}@academie.example")
    assert state_of(first, clock.now()) is LinkState.DEAD
    with pytest.raises(RuleBroken):
        confirming(maud, "encore@academie.example")


def test_confirming_changes_the_address_and_tells_both(app):
    maud = factories.user("Maud", address="maud@academie.example")
    mint_link(maud, purpose=LinkPurpose.SIGN_IN, now=clock.now())
    link = confirming(maud, "Nouvelle@academie.example")
    services.confirm_new_address(link, now=clock.now())
    db.session.flush()
    assert user_by_address("nouvelle@academie.example") is maud
    assert (link.former_address, link.new_address) == ("maud@academie.example", "nouvelle@academie.example")
    assert {mail.to for mail in asked(MailAddressChanged)} == set(Side)
    # Links that wait in the former mailbox open nothing any more.
    sign_in = db.session.query(PersonalLink).filter_by(purpose=LinkPurpose.SIGN_IN).one()
    assert state_of(sign_in, clock.now()) is LinkState.DEAD


def test_a_taken_address_is_refused_at_the_last_step_only(app):
    maud, odile = factories.user("Maud"), factories.user("Odile")
    link = confirming(maud, odile.address)
    before = maud.address
    with pytest.raises(RuleBroken):
        services.confirm_new_address(link, now=clock.now())
    assert maud.address == before


def test_a_day_later_or_a_second_time_it_confirms_nothing(app, moment):
    maud = factories.user("Maud")
    link = confirming(maud)
    moment.shift(timedelta(hours=24))
    with pytest.raises(RuleBroken):
        services.confirm_new_address(link, now=clock.now())
    other = confirming(maud, "autre@academie.example")
    services.confirm_new_address(other, now=clock.now())
    with pytest.raises(RuleBroken):
        services.confirm_new_address(other, now=clock.now())
