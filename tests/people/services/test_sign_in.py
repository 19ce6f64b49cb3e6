"""Links, devices, passwords tried, failures counted."""

from datetime import timedelta

import pytest
from argon2 import extract_parameters, profiles

from collectifs.collectives.queries.collectives import get_collective_facts
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.kernel.work import Work
from collectifs.people.domain.sign_in import LinkPurpose, LinkState
from collectifs.people.domain.work import MailSecondDevice, MailSignInLink
from collectifs.people.models import Device, PersonalLink
from collectifs.people.queries.people import get_user, link_for_token, open_devices, person_for_device
from collectifs.people.services import sign_in as passwords
from collectifs.people.services import sign_in as services
from tests import factories
from tests.asked import asked, rows_of, told

HERE = {"label": "iPhone, Safari"}


def link(user, purpose=LinkPurpose.PERSONAL, collective=None) -> PersonalLink:
    token = services.mint_link(user, purpose=purpose, now=clock.now(), collective=collective)
    db.session.flush()
    return link_for_token(token)


def asker(address: str) -> dict[str, bytes]:
    """What stands for an address, from anywhere and from one network."""
    return {kind: f"{kind} {address}".encode().ljust(32)[:32] for kind in ("anywhere", "here")}


def enter(row: PersonalLink, by=None):
    return services.enter_with_link(row, now=clock.now(), by=by, **HERE)


def test_a_token_is_random_long_and_kept_only_as_a_hash(app):
    maud = factories.user("Maud")
    tokens = {services.mint_link(maud, purpose=LinkPurpose.SIGN_IN, now=clock.now()) for _ in range(5)}
    assert len(tokens) == 5
    assert all(len(token) >= 43 for token in tokens)  # 256 bits
    db.session.flush()
    stored = b"".join(row.token_hash for row in db.session.query(PersonalLink))
    assert not any(token.encode() in stored for token in tokens)


def test_an_invitation_lives_until_the_end_of_the_collective_s_season(app):
    collective = get_collective_facts(factories.collective(season=2026).id)
    row = link(factories.user(), collective=collective)
    assert row.expires_at.isoformat() == "2027-08-31T21:59:59+00:00"
    assert row.collective_id == collective.id


def test_the_first_gesture_binds_the_device_for_180_days(app):
    maud = factories.user("Maud")
    kept = enter(link(maud))
    person = person_for_device(kept.secret, clock.now())
    assert person.id == maud.id
    assert kept.expires_at == clock.now() + timedelta(days=180)
    assert [row.kind for row in db.session.query(AuditEvent).order_by(AuditEvent.at, AuditEvent.kind)] == [
        "device_opened",
        "link_minted",
    ]


def test_the_secret_of_a_device_is_kept_only_as_a_hash(app):
    kept = enter(link(factories.user()))
    assert kept.secret.encode() not in db.session.query(Device).one().secret_hash


def test_a_device_dies_with_the_season(app, moment):
    moment.move_to(clock.now() + timedelta(days=120))
    kept = enter(link(factories.user()))
    assert kept.expires_at.isoformat() == "2027-08-31T21:59:59+00:00"
    moment.move_to(kept.expires_at)
    assert person_for_device(kept.secret, clock.now()) is None


def test_a_personal_link_serves_one_device_only(app):
    row = link(factories.user())
    enter(row)
    assert services.state_of(row, clock.now()) is LinkState.ELSEWHERE
    with pytest.raises(RuleBroken):
        enter(row)
    assert db.session.query(Device).count() == 1


def test_a_link_by_mail_serves_once_for_an_hour_and_closes_its_like(app, moment):
    maud = factories.user("Maud")
    first, second = link(maud, LinkPurpose.SIGN_IN), link(maud, LinkPurpose.SIGN_IN)
    enter(first)
    assert services.state_of(first, clock.now()) is LinkState.DEAD
    assert services.state_of(second, clock.now()) is LinkState.DEAD
    third = link(maud, LinkPurpose.SIGN_IN)
    moment.shift(timedelta(hours=1))
    assert services.state_of(third, clock.now()) is LinkState.DEAD
    with pytest.raises(RuleBroken):
        enter(third)


def test_a_new_invitation_closes_the_former_one_that_nobody_opened(app):
    maud = factories.user("Maud")
    here, there = (get_collective_facts(factories.collective().id) for _ in range(2))
    former, elsewhere = link(maud, collective=here), link(maud, collective=there)
    opened = link(maud, collective=here)
    enter(opened)
    token = services.mint_link(maud, purpose=LinkPurpose.PERSONAL, now=clock.now(), collective=here)
    db.session.flush()
    services.revoke_former_links(maud, token=token, collective=here, now=clock.now())
    states = [services.state_of(row, clock.now()) for row in (former, elsewhere, opened, link_for_token(token))]
    assert states == [LinkState.DEAD, LinkState.READY, LinkState.ELSEWHERE, LinkState.READY]


def test_a_token_that_nobody_minted_is_as_dead_as_a_used_one(app):
    assert services.state_of(link_for_token("x" * 43), clock.now()) is LinkState.DEAD


def test_a_second_device_is_told_and_the_first_is_not(app):
    maud = factories.user("Maud")
    enter(link(maud))
    assert asked(Work) == []
    enter(link(maud, LinkPurpose.SIGN_IN))
    (mail,) = asked(Work)
    assert isinstance(mail, MailSecondDevice)
    assert db.session.get_one(Device, mail.device_id).user_id == maud.id


def test_the_owner_already_here_keeps_the_same_device(app):
    maud = factories.user("Maud")
    kept = enter(link(maud))
    row = link(maud)
    assert enter(row, by=person_for_device(kept.secret, clock.now())) is None
    assert row.used_at == clock.now()
    assert len(open_devices(maud.id, clock.now())) == 1


def test_a_device_is_listed_as_long_as_it_opens(app):
    maud = factories.user("Maud")
    entered = enter(link(maud))
    (device,) = open_devices(maud.id, clock.now())
    assert len(open_devices(maud.id, device.expires_at - timedelta(seconds=1))) == 1
    assert open_devices(maud.id, device.expires_at) == []
    assert person_for_device(entered.secret, device.expires_at) is None


def test_somebody_else_s_visit_is_closed_first(app):
    maud, odile = factories.user("Maud"), factories.user("Odile")
    kept = enter(link(maud))
    enter(link(odile), by=person_for_device(kept.secret, clock.now()))
    assert person_for_device(kept.secret, clock.now()) is None
    assert len(open_devices(odile.id, clock.now())) == 1


def test_asking_for_a_link_writes_the_same_rows_whether_somebody_is_known_or_not(app):
    maud = factories.user("Maud", address="maud@academie.example")
    for address in (" MAUD@academie.example ", "personne@academie.example"):
        services.ask_link(address=address, asked_by=asker(address), now=clock.now())
    known, unknown = rows_of(MailSignInLink)
    assert set(known.args) == set(unknown.args)
    assert known.args["because"] == unknown.args["because"]
    assert {get_user(user_id) for user_id in told(MailSignInLink)} == {maud, None}


def test_asking_again_and_again_mails_no_more_and_does_not_say_so(app, moment):
    factories.user(address="maud@academie.example")
    for _ in range(8):
        services.ask_link(address="maud@academie.example", asked_by=asker("maud"), now=clock.now())
    assert len(asked(Work)) == 5
    moment.shift(timedelta(minutes=16))
    services.ask_link(address="maud@academie.example", asked_by=asker("maud"), now=clock.now())
    assert len(asked(Work)) == 6


def test_sixty_links_a_day_at_most_go_to_one_address_wherever_they_are_asked_for(app, moment):
    factories.user(address="maud@academie.example")
    for number in range(80):
        by = asker("maud") | {"here": f"network {number}".encode().ljust(32)}
        services.ask_link(address="maud@academie.example", asked_by=by, now=clock.now())
        moment.shift(timedelta(minutes=5))
    assert len(asked(Work)) == 60


def try_password(address: str, password: str):
    return services.enter_with_password(address=address, password=password, now=clock.now(), by=None, **HERE)


def test_one_hash_is_computed_whether_the_account_exists_has_a_password_or_not(app, costly_hashes, monkeypatch):
    """Time would tell what words do not: every refusal goes through the same costly computation, once."""
    factories.user(address="sans@academie.example")
    factories.user(address="avec@academie.example", password_hash=passwords.hash_password("Tr0ub4d&r"))
    computed = []

    class Spy:
        def verify(self, kept, password):
            computed.append(extract_parameters(kept))
            return passwords.PasswordHasher().verify(kept, password)

    monkeypatch.setattr(passwords, "HASHER", Spy())
    said = set()
    for address in ("sans@academie.example", "avec@academie.example", "personne@academie.example"):
        computed.clear()
        with pytest.raises(RuleBroken) as refusal:
            try_password(address, "un autre, faux")
        said.add(refusal.value.sentence)
        assert computed == [profiles.RFC_9106_LOW_MEMORY]
    assert len(said) == 1


def test_the_right_password_enters_whatever_the_keyboard(app):
    ines = factories.user("Inès", address="ines@academie.example", password_hash=passwords.hash_password("été-Ça 12!"))
    decomposed = "e\u0301te\u0301-C\u0327a 12!"
    kept = try_password("Ines@academie.example", decomposed)
    assert person_for_device(kept.secret, clock.now()).id == ines.id


def test_nobody_s_hash_opens_nothing(app, costly_hashes):
    assert not passwords.is_right("", None)
    assert not passwords.is_right("anything", "not a hash")


def test_leaving_closes_this_device_and_no_other(app):
    maud = factories.user("Maud")
    first, second = enter(link(maud)), enter(link(maud, LinkPurpose.SIGN_IN))
    services.sign_out(now=clock.now(), by=person_for_device(second.secret, clock.now()))
    assert person_for_device(second.secret, clock.now()) is None
    assert person_for_device(first.secret, clock.now()).id == maud.id


def test_failures_are_counted_for_a_quarter_of_an_hour(app, moment):
    subject = {"account": b"a" * 32, "network": b"n" * 32}
    for _ in range(9):
        services.note_failure(subject.values(), now=clock.now())
    assert not services.is_slowed(subject, clock.now())
    services.note_failure(subject.values(), now=clock.now())
    assert services.is_slowed(subject, clock.now())
    assert not services.is_slowed({"network": b"n" * 32}, clock.now())
    moment.shift(timedelta(minutes=15, seconds=1))
    assert not services.is_slowed(subject, clock.now())


def test_only_people_of_the_demonstration_enter_with_one_click(app):
    with pytest.raises(RuleBroken):
        services.enter_demo(factories.user(), now=clock.now(), by=None, **HERE)
    kept = services.enter_demo(factories.user(is_demo=True), now=clock.now(), by=None, **HERE)
    assert person_for_device(kept.secret, clock.now())
