"""Where one may go from every page, and the demonstration's banner."""

from datetime import timedelta

import pytest

from collectifs.kernel.config import set_demo_offset
from collectifs.people.domain.person import Role
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
    assert links(visit(maud).open("/aide")) == ["Les Tilleuls", "Mes regroupements", "Qui voit quoi"]


def test_whoever_left_still_finds_their_meetings(visit):
    maud = factories.user("Maud")
    factories.membership(maud, factories.collective(), ends_at=factories.NOVEMBER + timedelta(days=30))
    assert links(visit(maud).open("/aide")) == ["Mes regroupements", "Qui voit quoi"]


@pytest.mark.parametrize(
    ("role", "places"),
    [
        (Role.MANAGER, ["Collectifs", "Appels", "Journées", "Annuaire", "Pilotes", "Composition", "Bilan", "Recueil"]),
        (Role.INSPECTOR, ["Fiches transmises", "Bilan", "Recueil"]),
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


def current(page):
    return [link.get_text() for link in page.soup.select("nav a[aria-current]")]


def test_a_page_under_a_list_marks_its_list(visit):
    who, where = factories.user(), factories.territory()
    factories.grant(who, Role.MANAGER, where)
    collective = factories.collective(where, name="Les Tilleuls")
    assert current(visit(who).open(f"/collectifs/{collective.id}/gestion")) == ["Collectifs"]
    assert current(visit(who).open("/pilotes/nouveau")) == ["Pilotes"]
    assert current(visit(who).open("/aide")) == []


def test_a_page_of_one_s_own_collective_marks_it_and_not_the_list(visit):
    who, where = factories.user(), factories.territory()
    factories.grant(who, Role.MANAGER, factories.territory())
    collective = factories.collective(where, members=[who], name="Les Tilleuls")
    assert current(visit(who).open(f"/collectifs/{collective.id}/charte")) == ["Les Tilleuls"]


def test_the_banner_says_that_this_is_a_demonstration_and_when(demo, visit):
    page = visit().open("/aide")
    assert page.says("Démonstration : nous sommes le mercredi 13 janvier 2027, il est 13 h 50.")
    page = page.press("+ 3 jours")
    assert page.path == "/aide"
    assert page.says("nous sommes le samedi 16 janvier 2027, il est 13 h 50.")
    assert page.follow("Courriels").heading == "Courriels"


def test_elsewhere_there_is_no_banner(visit):
    assert not visit().open("/aide").says("Démonstration")
