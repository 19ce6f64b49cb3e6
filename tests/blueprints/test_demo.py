"""The demonstration: its people, its mails, its clock. Elsewhere none of it exists."""

import base64
import hashlib
from datetime import timedelta
from email.message import EmailMessage
from uuid import uuid4

import pytest

from collectifs.blueprints.demo.reading import page_within, paragraphs
from collectifs.kernel import clock
from collectifs.kernel.config import demo_offset_seconds, set_demo_offset
from collectifs.kernel.extensions import db
from collectifs.kernel.mail import outbox
from collectifs.people.models import Device
from tests import factories
from tests.conftest import NOW


@pytest.fixture
def demo(app):
    """A data folder with the mark of the demonstration, its clock standing at NOW."""
    settings = app.extensions["settings"]
    set_demo_offset(settings.demo_mark, 0)
    yield settings
    settings.demo_mark.unlink()
    for file in settings.outbox.glob("*"):
        file.unlink()


@pytest.fixture
def helene(app):
    return factories.user(
        "Hélène", "Marchadier", is_demo=True, demo_circle="collective", demo_line="pilote des Tilleuls"
    )


def message(subject="Votre lien", text="Bonjour Maud,\n\nVoici :\n\nhttp://localhost/lien/abc\n\n-- \nCollectifs\n"):
    mail = EmailMessage()
    mail["To"], mail["Subject"], mail["Date"] = "Maud <maud@x.example>", subject, "Wed, 13 Jan 2027 12:50:00 +0000"
    mail.set_content(text)
    return mail


def post(visitor, url, **fields):
    token = visitor.open("/aide").soup.select_one("meta[name=csrf-token]")["content"]
    return visitor.raw(url, "POST", data=fields | {"csrf_token": token})


@pytest.mark.parametrize("path", ["/", "/entrer"])
def test_the_people_are_at_the_door_one_click_each(demo, helene, visit, path):
    factories.user("Agnès", "Roussel", is_demo=True, demo_circle="institution", demo_line="lit les fiches transmises")
    page = visit().open(path)
    assert page.says("Entrer comme…")
    assert page.says("Dans un collectif")
    assert page.says("Dans l’institution")
    page = page.press("Hélène Marchadier")
    assert page.path == "/"
    assert page.heading == "Bonjour Hélène"


def test_one_changes_places_and_the_former_visit_is_closed(demo, helene, visit):
    agnes = factories.user("Agnès", is_demo=True, demo_circle="institution", demo_line="inspectrice")
    visitor = visit(agnes)
    page = visitor.open("/entrer").press("Hélène Marchadier")
    assert page.heading == "Bonjour Hélène"
    assert db.session.query(Device).filter_by(user_id=agnes.id).one().closed_at == clock.now()


def test_only_people_of_the_demonstration_enter_so(demo, visit):
    stranger = factories.user("Camille")
    assert not visit().open("/").says("Camille")
    answer = post(visit(), f"/entrer/{stranger.id}/demonstration")
    assert answer.location.startswith("/entrer")
    assert db.session.query(Device).count() == 0


def test_mails_are_read_in_the_browser_the_newest_first(demo, visit):
    outbox.keep(message("Le premier"), demo.outbox)
    outbox.keep(message("Le second"), demo.outbox)
    page = visit().open("/courriels")
    assert [tag.get_text() for tag in page.soup.select(".lines b")] == ["Le second", "Le premier"]
    page = page.follow("Le second")
    assert page.heading == "Le second"
    assert page.says("Maud <maud@x.example>")
    (link,) = page.soup.select("a[href^='/lien/']")
    assert link["href"] == "/lien/abc"
    assert "Le second" not in page.soup.title.get_text()


def test_a_mail_is_shown_as_programs_show_it_without_a_script_and_with_its_own_style_alone(demo, visit):
    mail = message()
    style = "p { color: red; }"
    mail.add_alternative(
        f'<style>{style}</style><p>Voici</p><a href="http://localhost/lien/abc">Entrer</a>', subtype="html"
    )
    outbox.keep(mail, demo.outbox)
    visitor = visit()
    page = visitor.open("/courriels").follow("Votre lien")
    (frame,) = page.soup.select("iframe")
    assert frame["sandbox"] == ["allow-top-navigation-by-user-activation"]
    assert f"<style>{style}</style>" in frame["srcdoc"]
    assert '<a target="_top" href="/lien/abc">Entrer</a>' in frame["srcdoc"]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}'" in visitor.raw(page.path).headers["Content-Security-Policy"]
    assert "style-src" not in visitor.raw("/courriels").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("written", "leads"),
    [
        ("http://localhost:8001/lien/abc", "/lien/abc"),
        ("http://localhost:8001", "/"),
        ("http://localhost.example/lien/abc", None),
        ("http://localhost:80a/lien/abc", None),
    ],
)
def test_a_mail_that_was_written_while_another_port_was_served_leads_here(written, leads):
    [[[(words, address)]]] = paragraphs(written, "http://localhost:8000")
    assert (words, address) == (written, leads)
    page = page_within(f'<a href="{written}/">Entrer</a>', "http://localhost:8000")
    assert ('target="_top" href="/' in page) is bool(leads)


def test_an_empty_outbox_says_what_will_come(demo, visit):
    assert visit().open("/courriels").says("Aucun message pour l’instant.")


def test_mails_are_files_that_only_their_owner_reads(demo):
    mail_id = outbox.keep(message(), demo.outbox)
    file = demo.outbox / f"{mail_id}.eml"
    assert file.stat().st_mode & 0o077 == 0
    assert outbox.kept_mail(uuid4(), demo.outbox) is None


@pytest.mark.parametrize("hours", [1, 24, 72])
def test_the_clock_moves_forward(demo, visit, hours):
    answer = post(visit(), "/demonstration/horloge", hours=hours, next="/aide")
    assert answer.location == "/aide"
    assert clock.now() == NOW + timedelta(hours=hours)


@pytest.mark.parametrize("hours", ["-24", "5000", "", "1.5", "nan"])
def test_the_clock_only_moves_by_its_three_steps(demo, visit, hours):
    assert post(visit(), "/demonstration/horloge", hours=hours, next="//ailleurs.example").location == "/"
    assert demo_offset_seconds(demo.demo_mark) == 0


def test_elsewhere_none_of_it_exists(app, helene, visit):
    settings = app.extensions["settings"]
    outbox.keep(message(), settings.outbox)
    (mail,) = outbox.kept_mails(settings.outbox)
    visitor = visit(factories.user())
    for path in ("/courriels", f"/courriels/{mail.id}"):
        assert visitor.open(path).status == 404
    assert post(visitor, "/demonstration/horloge", hours=1).status_code == 404
    assert post(visitor, f"/entrer/{helene.id}/demonstration").status_code == 404
    assert not settings.demo_mark.exists()
    for file in settings.outbox.glob("*"):
        file.unlink()


def test_from_another_machine_none_of_it_exists(demo, helene, visit):
    visitor = visit(factories.user())
    assert visitor.raw("/courriels", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 404
    page = visit().raw("/", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert "Hélène" not in page.get_data(as_text=True)
