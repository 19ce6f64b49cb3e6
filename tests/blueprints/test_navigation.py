"""Where one may go from every page, and the demonstration's banner."""

import pytest

from collectifs.config import set_demo_offset
from collectifs.domain.person import Role
from tests import factories


@pytest.fixture
def demo(app):
    """The mark of the demonstration, its clock standing at the first day."""
    mark = app.extensions["settings"].demo_mark
    set_demo_offset(mark, 0)
    yield
    mark.unlink()


def links(page) -> list[str]:
    return [link.get_text() for link in page.soup.select("nav[aria-label='Navigation principale'] a")]


def test_signed_out_only_what_is_everybody_s(visit):
    assert links(visit().open("/aide")) == ["Qui voit quoi"]


def test_a_member_finds_their_collectives_and_no_other(visit):
    maud = factories.user("Maud")
    factories.collective(members=[maud], name="Les Tilleuls")
    factories.collective(name="L’Estuaire")
    assert links(visit(maud).open("/aide")) == ["Les Tilleuls", "Qui voit quoi"]


@pytest.mark.parametrize(
    ("role", "places"),
    [
        (Role.MANAGER, ["Collectifs", "Pilotes"]),
        (Role.INSPECTOR, ["Fiches transmises"]),
        (Role.ADMINISTRATOR, ["Administration"]),
        (Role.PILOT, []),
    ],
)
def test_what_was_entrusted_opens_its_lists(visit, role, places):
    who = factories.user()
    factories.grant(who, role, None if role is Role.ADMINISTRATOR else factories.territory())
    assert links(visit(who).open("/aide")) == [*places, "Qui voit quoi"]


def test_the_present_page_is_marked(visit):
    page = visit().open("/qui-voit-quoi")
    assert [link.get_text() for link in page.soup.select("nav a[aria-current=page]")] == ["Qui voit quoi"]


def test_the_banner_says_that_this_is_a_demonstration_and_when(demo, visit):
    page = visit().open("/aide")
    assert page.says("Démonstration : nous sommes le mercredi 13 janvier 2027, il est 13 h 50.")
    page = page.press("+ 3 jours")
    assert page.path == "/aide"
    assert page.says("nous sommes le samedi 16 janvier 2027, il est 13 h 50.")
    assert page.follow("Courriels").heading == "Courriels"


def test_elsewhere_there_is_no_banner(visit):
    assert not visit().open("/aide").says("Démonstration")
