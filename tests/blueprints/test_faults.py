"""What goes wrong on an ordinary day: the session ends, the page is old, the disk is full, the paste is hostile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.running import run_job
from collectifs.kernel.models import Job
from collectifs.meetings.models import Situation
from collectifs.people.domain.person import Role
from collectifs.people.models import User
from tests import factories
from tests.access_matrix import MATRIX
from tests.kept_world import KeptWorld
from tests.pages import Page, Visitor, values_of
from tests.strict import NotTaken, as_strict_as_postgresql
from tests.test_access import address

OUR_PAGE = {"Sec-Fetch-Site": "same-origin"}
STORY = "Un récit écrit pendant vingt minutes, sur un téléphone, dans le train."
Visit = Callable[..., Visitor]


def a_member(name: str = "Maud") -> tuple[User, str]:
    who = factories.user(name)
    ours = factories.collective(factories.territory(), pilot=factories.user("Hélène"), members=[who])
    return who, f"/collectifs/{ours.id}/proposer-une-situation"


def words(visitor: Visitor, ours: str) -> dict[str, str]:
    """The form of a situation, filled."""
    page = visitor.open(ours)
    typed = {"title": "Un titre", "sentence": "Une phrase assez longue.", "question": "Que faire ?", "story": STORY}
    return values_of(page.soup.select_one("main form")) | typed


def situations() -> int:
    db.session.rollback()
    return db.session.query(Situation).count()


def send(visitor: Visitor, ours: str, data: dict[str, str], **headers: str) -> Page:
    return Page(visitor, visitor.raw(ours, method="POST", data=data, headers=headers or OUR_PAGE))


def test_when_the_session_ends_while_writing_the_words_come_back_and_leave_after_a_new_sign_in(
    visit: Visit,
) -> None:
    who, ours = a_member()
    visitor = visit(who)
    data = words(visitor, ours)
    visitor.client.delete_cookie("appareil")
    page = send(visitor, ours, data)
    assert page.status == 401
    assert page.says("Votre texte est encore là")
    assert page.says(STORY)
    assert page.soup.find("a", string="Entrez dans un autre onglet")["target"] == "_blank"
    assert situations() == 0
    visitor.client.set_cookie("appareil", factories.device(who))
    page.press("Envoyer de nouveau")
    assert situations() == 1


def test_when_the_page_was_too_old_the_words_come_back_with_a_fresh_token(visit: Visit) -> None:
    who, ours = a_member()
    visitor = visit(who)
    data = words(visitor, ours) | {"csrf_token": "ancien"}
    page = send(visitor, ours, data)
    assert page.status == 403
    assert page.says(STORY)
    page.press("Envoyer de nouveau")
    assert situations() == 1


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_another_site_cannot_have_its_words_sent_again(visit: Visit, site: str) -> None:
    who, ours = a_member()
    visitor = visit(who)
    data = words(visitor, ours) | {"csrf_token": "forgé"}
    page = send(visitor, ours, data, **{"Sec-Fetch-Site": site})
    assert page.status == 403
    assert not page.has_button("Envoyer de nouveau")
    assert not page.says(STORY)


def test_a_password_never_comes_back(visit: Visit) -> None:
    who, _ours = a_member()
    visitor = visit(who)
    data = {"password": "une phrase de passe bien longue", "story": STORY, "csrf_token": "ancien"}
    page = Page(visitor, visitor.raw("/mon-compte/mot-de-passe", method="POST", data=data, headers=OUR_PAGE))
    assert page.says(STORY)
    assert "phrase de passe bien longue" not in page.response.get_data(as_text=True)


@contextmanager
def full_disk() -> Iterator[None]:
    """No page more than those that the database has."""
    db.session.remove()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("COMMIT") if driver.in_transaction else None
        driver.execute("VACUUM")
        pages = driver.execute("PRAGMA page_count").fetchone()[0]

    def limit(connection: Any) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    event.listen(db.engine, "begin", limit)
    try:
        yield
    finally:
        event.remove(db.engine, "begin", limit)
        db.session.remove()
        db.engine.dispose()  # the limit is each connection's own, and the pool may hold several


def test_when_the_disk_is_full_nothing_is_half_saved_and_the_words_come_back(visit: Visit, app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's disk cannot be filled from here; the answer is the same handler")
    who, ours = a_member()
    visitor = visit(who)
    data = words(visitor, ours) | {"story": STORY * 50}
    db.session.commit()
    with full_disk():
        page = send(visitor, ours, data)
        assert page.status == 503
        assert page.says("rien n’est à moitié enregistré")
    assert situations() == 0
    page.press("Envoyer de nouveau")
    assert situations() == 1


HOSTILE = {
    "nothing": "",
    "spaces": "   \t  ",
    "too long": "à" + "a" * 59_999,
    "ten thousand lines": "Une ligne, puis une autre\n" + "l\n" * 9_999,
    "control characters": "av\x00an\x07t\x1b[31m",
    "right-to-left": "\u202egnp.exe\u202c\u200f",
    "emoji": "👩🏽‍🏫 et 🇫🇷",
    "a name of eighty letters": "Abcdefghij" * 8,
    "mark-up": "<script>alert(1)</script> & « {{ 7*7 }} » ' or 1=1 --",
    "a formula": '=HYPERLINK("https://exemple.example";"x")',
}
TEXTS = """.//textarea[@name]
    | .//input[@name and (not(@type) or @type='text' or @type='email' or @type='search')]"""
FORMS = sorted(name for name, line in MATRIX.items() if line.get and line.post and "password" not in name)


@pytest.fixture
def strict(kept: KeptWorld) -> Iterator[None]:
    """What is kept can be kept by either database."""
    with as_strict_as_postgresql(db.engine):
        yield


MAUD = {"given_name": "Maud", "family_name": "Le Bihan", "address": "maud@academie.example"}


@pytest.mark.parametrize(
    "given", [{"family_name": "Le\x00Bihan"}, {"family_name": "a" * 81}, {"demo_line": "a" * 2_000}]
)
def test_what_one_of_the_databases_would_not_hold_is_seen_on_either(strict: None, given: dict[str, str]) -> None:
    db.session.add(User(created_at=factories.NOVEMBER, **(MAUD | given)))
    with pytest.raises(NotTaken):
        db.session.flush()
    db.session.rollback()
    assert factories.user("Maud", "Le Bihan")


@pytest.mark.parametrize("endpoint", FORMS)
def test_whatever_is_typed_is_answered_in_words_and_stays_in_its_field(
    kept: KeptWorld, strict: None, endpoint: str
) -> None:
    line = MATRIX[endpoint]
    role = next((role for role in line.post if role in line.get), None)
    if role is None:
        return
    url, visitor = address(kept.app, endpoint, kept.here, line), kept.visitor(role)
    names, values = own_form(visitor.open(url))
    for why, typed in HOSTILE.items():
        if not names:
            return
        answer = visitor.open(url, method="POST", data=values | dict.fromkeys(names, typed))
        assert answer.status in (200, 403, 404, 410, 413, 422), f"{why}: {answer.status}"
        if answer.status == 422:
            assert answer.errors or answer.soup.select(".notice"), f"{why}: no word about it"
            check_kept(answer, names, typed, why)
        else:  # it did something: the next form is that of another day
            names, values = own_form(visitor.open(url))


def own_form(page: Page) -> tuple[list[str], dict[str, Any]]:
    """Of the form of the page that posts to it: the fields that hold text, and what it would send as it stands."""
    for around in page.tree.xpath("//main//form"):
        if around.get("method", "").lower() == "post" and around.get("action", "") in ("", page.path):
            return [field.get("name") for field in around.xpath(TEXTS)], values_of(around)
    return [], {}


def check_kept(answer: Page, names: list[str], typed: str, why: str) -> None:
    """What was typed stands in the fields of the page shown again (but for control characters and ends)."""
    fields = (field for form in answer.tree.iter("form") for field in form.xpath(TEXTS))
    kept = {field.get("name"): field.get("value") or field.text or "" for field in fields}
    expected = typed.strip()[:30]
    for name in names:
        if why in ("control characters", "right-to-left") or name not in kept:
            continue
        assert expected[:20] in kept[name], f"{why}: {name} lost its words"


HELD = "Les courriels ne partent pas en ce moment"


def invite(visit: Visit) -> Page:
    manager, pilot, here = factories.user("Sylvie"), factories.user("Hélène"), factories.territory()
    factories.grant(manager, Role.MANAGER, here)
    ours = factories.collective(here, pilot=pilot)
    factories.membership(factories.user("Maud"), ours, consents=False)
    return visit(manager).open(f"/collectifs/{ours.id}/gestion").press("Relancer cette personne")


def test_when_the_mail_server_is_down_the_page_that_sends_says_that_mails_wait(visit: Visit, moment: Any) -> None:
    assert not invite(visit).says(HELD)
    job = db.session.query(Job).one()
    assert run_job(job.id) is False  # no mail server: the mail waits
    page = invite(visit)
    assert page.says("L’invitation") or page.says("Les invitations")
    assert page.says(HELD)


def test_when_nobody_comes_for_the_mails_the_page_says_so_too(visit: Visit, moment: Any) -> None:
    invite(visit)
    moment.shift(400)
    assert invite(visit).says(HELD)
