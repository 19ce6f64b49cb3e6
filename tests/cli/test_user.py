"""`flask user …`: the first administrator, made where nobody can be asked; a link, an end."""

import sys
from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.people.domain.person import Role
from collectifs.people.models import GrantedRole, PersonalLink, User
from collectifs.people.permissions import can_administer, can_inspect, can_manage_somewhere
from collectifs.people.queries.people import person_from
from collectifs.people.services.sign_in import is_right
from tests import factories
from tests.pages import Visitor

Visit = Callable[..., Visitor]
GOOD = "six chevaux bleus au quai"


def create(app: Flask, *arguments: str, typed: str | None = None) -> Result:
    return app.test_cli_runner().invoke(args=["user", "create", *arguments], input=typed)


def only_user() -> User:
    db.session.expire_all()
    return db.session.scalars(select(User)).one()


def test_an_administrator_enters_by_a_link(app: Flask) -> None:
    result = create(app, "Florence", "Achard", " Florence.Achard@Academie.example ")
    assert result.exit_code == 0, result.output
    assert "florence.achard@academie.example" in result.output
    user = only_user()
    assert (user.given_name, user.family_name) == ("Florence", "Achard")
    assert user.address == "florence.achard@academie.example"
    assert user.password_hash is None
    assert not user.is_demo
    person = person_from(user, clock.now().date())
    assert can_administer(person)
    assert not can_manage_somewhere(person)
    assert not can_inspect(person)
    grant = db.session.scalars(select(GrantedRole)).one()
    assert (grant.role, grant.territory_id, grant.ends_on.isoformat()) == (Role.ADMINISTRATOR, None, "2027-08-31")
    kinds = {event.kind: event.actor_id for event in db.session.scalars(select(AuditEvent))}
    assert kinds == {"person_added": None, "role_granted": None}


def test_a_password_can_be_typed_twice_and_is_kept_hashed(app: Flask) -> None:
    result = create(app, "Florence", "Achard", "f@academie.example", "--with-password", typed=f"{GOOD}\n{GOOD}\n")
    assert result.exit_code == 0, result.output
    assert GOOD not in result.output
    assert is_right(GOOD, only_user().password_hash)


def test_a_weak_password_or_one_mistyped_creates_nobody(app: Flask) -> None:
    weak = create(app, "Florence", "Achard", "f@academie.example", "--with-password", typed="azerty\nazerty\n")
    assert weak.exit_code == 1
    assert "mot de passe" in weak.output
    assert "Traceback" not in weak.output
    mistyped = create(app, "Florence", "Achard", "f@academie.example", "--with-password", typed=f"{GOOD}\nother\n")
    assert mistyped.exit_code == 1
    db.session.expire_all()
    assert db.session.scalars(select(User)).all() == []


def test_an_address_must_be_one(app: Flask) -> None:
    result = create(app, "Florence", "Achard", "florence")
    assert result.exit_code == 1
    assert "n'est pas une adresse" in result.output


def test_the_same_person_is_not_made_twice(app: Flask) -> None:
    create(app, "Florence", "Achard", "f@academie.example")
    again = create(app, "Florence", "Achard", "F@academie.example")
    assert again.exit_code == 1
    assert "administre déjà" in again.output
    assert only_user()


def test_somebody_already_known_keeps_their_name_and_is_asked_for_nothing_else(app: Flask) -> None:
    factories.user("Maud", "Le Bihan", address="maud@academie.example")
    db.session.commit()
    assert create(app, "M.", "LB", "maud@academie.example").exit_code == 0
    assert only_user().family_name == "Le Bihan"
    assert can_administer(person_from(only_user(), clock.now().date()))


def test_last_season_s_administrator_can_be_made_again(app: Flask) -> None:
    create(app, "Florence", "Achard", "f@academie.example")
    grant = db.session.scalars(select(GrantedRole)).one()
    grant.ends_on = clock.now().date().replace(year=2026)
    db.session.commit()
    assert create(app, "Florence", "Achard", "f@academie.example").exit_code == 0
    db.session.expire_all()
    open_ones = [each for each in db.session.scalars(select(GrantedRole)) if each.revoked_at is None]
    assert [each.ends_on.isoformat() for each in open_ones] == ["2027-08-31"]


def test_a_command_that_met_another_transaction_does_it_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL refuses one of two that wrote at once: nobody sees it."""
    commands = sys.modules["collectifs.cli.user"]
    usual, refused = commands.create_administrator, [Met("40001"), Met("40P01")]

    def meets(*what: object, **how: object) -> User:
        made = usual(*what, **how)
        if refused:
            raise DBAPIError("COMMIT", None, refused.pop())
        return made

    monkeypatch.setattr(commands, "create_administrator", meets)
    result = create(app, "Florence", "Achard", "f@academie.example")
    assert (result.exit_code, refused) == (0, [])
    assert only_user().address == "f@academie.example"


class Met(Exception):
    def __init__(self, code: str) -> None:
        self.sqlstate = code


# ---------- Who administers, when mails do not arrive or somebody left ----------


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["user", *arguments])


def test_who_administers_is_listed_and_nobody_else(app: Flask) -> None:
    assert "flask user create" in run(app, "list").output
    create(app, "Florence", "Achard", "f@academie.example")
    factories.user("Maud", "Le Bihan", address="maud@academie.example")
    db.session.commit()
    assert run(app, "list").output.splitlines() == ["f@academie.example  Florence Achard, jusqu’au 2027-08-31"]


def test_an_administrator_without_mail_enters_once_by_a_link_that_is_printed(app: Flask, visit: Visit) -> None:
    create(app, "Florence", "Achard", "f@academie.example")
    printed = run(app, "link", "F@academie.example").output.strip()
    assert printed.startswith("http://localhost/lien/")
    page = visit().open(printed.removeprefix("http://localhost"))
    assert page.press("Entrer").status == 200
    assert visit().open(printed.removeprefix("http://localhost")).status == 410


def test_no_link_is_printed_for_somebody_who_does_not_administer(app: Flask) -> None:
    factories.user("Maud", "Le Bihan", address="maud@academie.example")
    db.session.commit()
    for address in ("maud@academie.example", "nobody@academie.example"):
        refused = run(app, "link", address)
        assert refused.exit_code == 1
        assert f"Personne n’administre avec l’adresse {address}." in refused.output
        assert run(app, "revoke", address).exit_code == 1
    assert db.session.scalars(select(PersonalLink)).all() == []


def test_an_administration_that_is_ended_signs_out_everywhere(app: Flask, visit: Visit) -> None:
    create(app, "Florence", "Achard", "f@academie.example")
    inside = visit(only_user())
    assert inside.open("/administration").status == 200
    assert run(app, "revoke", "f@academie.example").exit_code == 0
    assert inside.raw("/administration").status_code == 302
    assert "Personne n’administre" in run(app, "list").output
    kinds = [event.kind for event in db.session.scalars(select(AuditEvent).order_by(AuditEvent.at))]
    assert {"role_revoked", "device_closed"} <= set(kinds)
