"""Pages withdrawn from a book until few collectives are left: its themes go together, then it leaves the site."""

import pytest

from collectifs.book.domain.edition import Theme
from collectifs.book.domain.work import MailBookUnpublished
from collectifs.book.models import BookEdition, BookEntry, BookRendering, BookTheme
from collectifs.book.queries.books import BookAccess, get_book
from collectifs.book.queries.editions import is_unpublished, published
from collectifs.book.queries.pages import get_page
from collectifs.book.services import answering, publishing
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED
from collectifs.people.domain.person import Role
from collectifs.sheets.models import SubmittedSheet
from tests import booking, factories
from tests.asked import told

NAMES = ("Ajoncs", "Bruyères", "Callunes", "Droséras", "Érables", "Fougères")

OLDER = ("Genêts", "Houx", "Iris", "Joncs", "Lierres", "Mauves")


class Shelf:
    """A book of three collectives under each of its two themes, printed, and its editor."""

    def __init__(self, place, *names: str, season: int = 2026) -> None:
        self.place = place
        self.editor = factories.user("Agnès")
        factories.grant(self.editor, Role.INSPECTOR, place)
        self.book = booking.book(place, season)
        self.pages: dict[str, BookEntry] = {}
        speaking, time = booking.theme(self.book), booking.theme(self.book, "Trouver le temps", 2)
        for number, name in enumerate(names or NAMES):
            self.agrees(name, speaking if number < 3 else time, number)

    def agrees(self, name: str, under: BookTheme, position: int) -> None:
        copy = booking.copy_of_another(self.place, name, by=self.editor)
        said = booking.text(f"Comment faire, quand {name[0]} se tait ?")
        row = booking.page(self.book, said, copy.id, theme_id=under.id, position=position)
        booking.asked(row, self.editor, answer="oui")
        self.pages[name] = row

    @property
    def access(self) -> BookAccess:
        db.session.flush()
        db.session.expire_all()
        return get_book(self.book.id)

    def publish(self) -> None:
        edition = publishing.edition_of(self.access, now=clock.now())
        by = factories.person(self.editor)
        publishing.publish_edition(self.access, digest=edition.digest(), now=clock.now(), by=by)

    def loses(self, *names: str) -> None:
        for name in names:
            db.session.flush()
            answering.take_out(get_page(self.pages[name].id), now=clock.now())

    @property
    def read(self) -> list[tuple[str, list[int]]]:
        found = published(self.access)
        return told_of(found.edition.themes) if found else []


def told_of(themes: tuple[Theme, ...]) -> list[tuple[str, list[int]]]:
    return [(each.title, [entry.number for entry in each.entries]) for each in themes]


@pytest.fixture
def shelf(place) -> Shelf:
    shelf = Shelf(place)
    shelf.publish()
    return shelf


def test_a_theme_that_a_withdrawal_leaves_with_two_collectives_goes_with_the_others(shelf: Shelf):
    assert shelf.read == [("Parler, se taire", [1, 2, 3]), ("Trouver le temps", [4, 5, 6])]
    shelf.loses("Bruyères")
    assert shelf.read == [("Trouver le temps", [4, 5, 6, 1, 2, 3])], "each page keeps its number"
    edition = published(shelf.access).edition
    assert (edition.number, edition.collectives) == (2, 5)
    assert [each.number for each in edition.entries() if each.is_withdrawn] == [2]
    shelf.loses("Érables")
    shelf.agrees("Genêts", db.session.query(BookTheme).filter_by(position=1).one(), 9)
    shelf.publish()
    shelf.loses("Droséras", "Érables")
    assert [title for title, _ in shelf.read] == ["Parler, se taire"], "under the one that still stands"
    shelf.loses("Ajoncs")
    assert [title for title, _ in shelf.read] == ["Parler, se taire"], "three are left under it"


def test_an_edition_made_by_hand_counts_nobody_of_a_page_that_was_withdrawn(shelf: Shelf):
    shelf.loses("Bruyères")
    edition = publishing.edition_of(shelf.access, now=clock.now())
    assert [each.title for each in edition.themes] == ["Trouver le temps"]


def test_a_sheet_taken_back_regroups_the_site_before_anything_is_printed_again(shelf: Shelf):
    copies = db.session.query(SubmittedSheet).order_by(SubmittedSheet.collective_code).all()
    for copy in copies[:4]:
        copy.withdrawn_at = clock.now()
        if copy is copies[1]:
            assert shelf.read == [("Trouver le temps", [4, 5, 6, 1, 2, 3])]
    assert shelf.read == []
    answering.follow_withdrawals(now=clock.now())
    assert is_unpublished(shelf.access)


def test_a_book_of_two_collectives_leaves_the_site_its_editor_is_told_and_another_edition_may_follow(shelf: Shelf):
    shelf.loses(*NAMES[:3])
    assert shelf.read
    assert not told(MailBookUnpublished)
    shelf.loses("Droséras")
    assert is_unpublished(shelf.access)
    assert told(MailBookUnpublished) == {shelf.editor.id}
    assert {each.body for each in db.session.query(BookEdition)} == {ERASED}
    assert db.session.query(BookRendering).count() == 0
    with pytest.raises(RuleBroken, match="Moins de trois collectifs"):
        publishing.edition_of(shelf.access, now=clock.now())
    shelf.loses("Érables")
    assert len(told(MailBookUnpublished)) == 1, "it is told once"
    for number, name in enumerate(("Genêts", "Houx"), 7):
        shelf.agrees(name, db.session.query(BookTheme).first(), number)
    shelf.publish()
    assert not is_unpublished(shelf.access)
    assert published(shelf.access).edition.number == 5


def test_the_address_of_a_theme_that_went_with_others_leads_to_the_book(shelf: Shelf, visit):
    time, others = f"/recueils/theme/{shelf.pages['Érables'].theme_id}", f"/recueils/{shelf.book.slug}/autres"
    db.session.commit()
    assert visit().open(time).says("Trouver le temps")
    assert visit().raw(others).status_code == 302, "nothing ever stood there"
    shelf.loses("Droséras")
    db.session.commit()
    for address in (time, others):
        gone = visit().open(address)
        assert gone.status == 410, address
        assert gone.says("Ce thème n’est plus dans le recueil")
        assert gone.follow("Lire le sommaire du recueil").says("Ce que nous avons cherché")


def test_the_book_of_the_year_after_says_nothing_of_one_that_left_the_site(place):
    former = Shelf(place, *OLDER, season=2025)
    former.publish()
    shelf = Shelf(place, season=2026)
    taken_up = shelf.pages["Ajoncs"]
    taken_up.continues_id, taken_up.change = former.pages[OLDER[0]].id, "Deux réponses de plus"
    shelf.publish()
    assert published(shelf.access).edition.changes
    former.loses(*OLDER[:4])
    after = published(shelf.access).edition
    assert after.changes is None
    assert "Deux réponses de plus" not in after.to_json()


def test_its_address_says_that_it_is_no_longer_published_and_why(shelf: Shelf, visit):
    db.session.commit()
    address = f"/recueils/{shelf.book.slug}"
    assert visit().open(address).says("Ce que nous avons cherché")
    page_of = shelf.pages["Fougères"].id
    shelf.loses(*NAMES[:4])
    db.session.commit()
    gone = visit().open(address)
    assert gone.status == 410
    assert gone.says("Ce recueil n’est plus publié")
    assert gone.says("il en reste de moins de trois collectifs")
    assert "Set-Cookie" not in visit().raw(address).headers
    theme_of = shelf.pages["Fougères"].theme_id
    for path in (f"fiche/{page_of}", f"theme/{theme_of}"):
        assert visit().open(f"/recueils/{path}").says("Ce recueil n’est plus publié")
    assert not visit().open("/recueils").says("Ce que nous avons cherché")
    editor = visit(shelf.editor)
    assert editor.open(f"/recueil/{shelf.book.id}").says("Ce recueil n’est plus publié")
    assert editor.open(f"/pages-du-recueil/{page_of}").says("le recueil ne l’est plus")
