"""The inspector's desk: a pile under codes, each reading noted, a mark, a remark; and nobody else."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select

from collectifs.kernel import clock, vault
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.kernel.paging import Place
from collectifs.kernel.vault.texts import seal_text
from collectifs.kernel.word_index import WordIndex
from collectifs.meetings.domain.tags import Axis
from collectifs.people.domain.person import Degree, Role
from collectifs.people.models import User
from collectifs.review.domain.work import MakeSheetExport
from collectifs.review.jobs.indexing import follow
from collectifs.review.models import ReadingMark, SavedFilter
from collectifs.review.queries import pile
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.domain.work import MailRemark
from collectifs.sheets.models import ReadingTrace, Remark, SubmittedSheet, SubmittedTag
from collectifs.sheets.queries.sheets import submitted_question
from tests import factories
from tests.asked import asked, told
from tests.circle import DAY, HOUR, Circle, fresh
from tests.pages import Visitor, plain

Visit = Callable[..., Visitor]


@pytest.fixture
def circle(app: Flask, moment) -> Circle:
    circle = Circle()
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    circle.copy_id = circle.copy.id
    db.session.commit()
    return circle


def address(circle: Circle, end: str = "") -> str:
    return f"/fiches-transmises/{circle.copy_id}{end}"


def traces() -> int:
    return fresh().query(ReadingTrace).count()


def test_the_pile_shows_codes_and_what_is_to_read(visit: Visit, circle: Circle):
    page = visit(circle.inspector).open("/fiches-transmises")
    assert page.heading == "Fiches transmises"
    assert page.says("Une fiche Elle tient sur une page. La lire")
    assert page.says("Pas lues par moi (1)")
    assert page.says("Collectif B7 janvier Comment dire, alors que tout presse ? 1er degré")
    assert page.says("Lisible par : l’inspection de Val-de-Brume (1 personne)")
    assert not page.says("Les Tilleuls")
    assert traces() == 0


def test_without_any_sheet_the_pile_explains(visit: Visit, app: Flask):
    circle = Circle()
    page = visit(circle.inspector).open("/fiches-transmises")
    assert page.says("Les fiches que les collectifs acceptent de transmettre seront ici")


def test_opening_a_sheet_is_noted_and_said(visit: Visit, circle: Circle):
    before = visit(circle.inspector).open("/fiches-transmises").follow("Collectif B7")
    assert before.says("Ouvrir une fiche se voit.")
    assert traces() == 0, "the first time it is said, and nothing is open yet"
    page = before.follow("Ouvrir la fiche")
    assert page.says("Comment dire, alors que tout presse ?")
    assert page.says("Votre lecture est notée : le collectif voit qu’une personne de l’inspection l’a ouverte")
    assert page.says("le 19 janvier à 13 h 50.")
    assert traces() == 1
    assert page.visitor.open("/fiches-transmises").follow("Collectif B7").path == page.path
    assert not page.says("Tilleuls")
    for who in (circle.pilot, circle.maud, circle.karim, circle.odile):
        assert not page.says(who.family_name)


def test_a_page_then_its_paper_are_one_reading_and_an_hour_later_it_is_another(visit: Visit, circle: Circle, moment):
    visitor = visit(circle.inspector)
    visitor.raw(address(circle, "/fiche.pdf"))
    visitor.raw(address(circle, "/fiche.pdf"))
    visitor.open(address(circle))
    assert traces() == 1
    other = factories.user("Bruno")
    factories.grant(other, Role.INSPECTOR, circle.territory)
    visit(other).raw(address(circle, "/fiche.pdf"))
    assert traces() == 2, "another person is another reading"
    moment.shift(HOUR + timedelta(minutes=1))
    visitor.raw(address(circle, "/fiche.pdf"))
    assert traces() == 3


def test_the_pdf_is_noted_too_and_carries_the_code(visit: Visit, circle: Circle):
    answer = visit(circle.inspector).raw(address(circle, "/fiche.pdf"))
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"] == 'inline; filename="fiche-B7-2027-01.pdf"'
    assert traces() == 1


def test_once_transmitted_the_collectives_own_paper_lasts_until_it_is_withdrawn(visit: Visit, circle: Circle):
    answer = visit(circle.karim).raw(circle.url("/fiche.pdf"))
    with pypdfium2.PdfDocument(answer.get_data()) as document:
        text = plain(document[0].get_textpage().get_text_range())
    assert "copie de ce service effacée au retrait par le collectif, au plus tard janvier 2032" in text


def test_a_prefetch_gets_nothing_and_leaves_no_trace(visit: Visit, circle: Circle):
    answer = visit(circle.inspector).raw(address(circle), headers={"Sec-Purpose": "prefetch"})
    assert answer.status_code == 503
    assert b"Comment dire" not in answer.data
    visit(circle.inspector).raw(address(circle), method="HEAD")
    assert traces() == 0


def test_marked_as_read(visit: Visit, circle: Circle):
    page = visit(circle.inspector).open(address(circle)).press("Marquer comme lue")
    assert page.says("Vous l’avez marquée comme lue.")
    assert page.says("Pas lues par moi (0)")
    assert not page.has_button("Marquer comme lue")
    assert visit(circle.pilot).open(circle.url()).says("Lue le 19 janvier")


@pytest.fixture
def three(circle: Circle) -> list[UUID]:
    """Three sheets wait, the latest first in the pile; their ids in that order."""
    first = circle.copy
    for number in (1, 2):
        copy = SubmittedSheet(
            id=uuid4(),
            sheet_id=first.sheet_id,
            version_number=1 + number,
            territory_id=circle.territory.id,
            season=first.season,
            collective_code=f"C{number}",
            month=first.month,
            degree=first.degree,
            key_id=vault.make_key(),
            submitted_at=first.submitted_at - number * DAY,
            submitted_by_id=circle.pilot.id,
        )
        seal_text(copy, SubmittedSheet.body, SheetContent(f"Comment numéro {number} ?", ()).to_json())
        db.session.add(copy)
    db.session.commit()
    return list(db.session.scalars(select(SubmittedSheet.id).order_by(SubmittedSheet.submitted_at.desc())))


def test_read_and_the_next_until_all_is_read(visit: Visit, circle: Circle, three: list[UUID]):
    page = visit(circle.inspector).open(address(circle))
    for waiting in three[1:]:
        page = page.press("Lue et suivante")
        assert page.path.endswith(str(waiting))
    page = page.press("Lue et suivante")
    assert page.path == "/fiches-transmises"
    assert page.says("Tout est lu.")
    assert traces() == 3, "each sheet that was shown is noted"


def another_inspector(circle: Circle) -> User:
    other = factories.user("Bruno")
    factories.grant(other, Role.INSPECTOR, circle.territory)
    return other


def test_what_one_has_not_read_may_stand_above(visit: Visit, circle: Circle, three: list[UUID]):
    page = visit(circle.inspector).open(f"/fiches-transmises/{three[2]}").press("Lue et suivante")
    assert page.path.endswith(str(three[0]))


def test_read_by_oneself_and_by_others_are_two_things(visit: Visit, circle: Circle, three: list[UUID]):
    other = another_inspector(circle)
    visit(other).open(address(circle)).press("Marquer comme lue")
    mine = visit(circle.inspector)
    page = mine.open("/fiches-transmises")
    assert page.says("Pas lues par moi (3) Que personne n’a lues (2)")
    assert page.says("1er degré · lue par une autre personne")
    page = mine.open(address(circle))
    assert page.says("Marquée comme lue par une autre personne le 19 janvier.")
    page.press("Lue et suivante")
    assert mine.open("/fiches-transmises").says("Pas lues par moi (2) Que personne n’a lues (2)")
    assert {row.reader_id for row in fresh().query(ReadingMark)} == {other.id, circle.inspector.id}
    assert db.session.get_one(SubmittedSheet, three[0]).reviewed_by_id == other.id, "the first keeps its mark"


def test_the_filter_stays_in_the_address_from_sheet_to_sheet(visit: Visit, circle: Circle, three: list[UUID]):
    db.session.get_one(SubmittedSheet, three[1]).degree = Degree.SECOND
    db.session.commit()
    mine = visit(circle.inspector)
    page = mine.open(address(circle) + "?lecture=moi&degre=1")
    assert page.says("1 sur 2")
    page = page.press("Lue et suivante")
    assert page.path.endswith(str(three[2]))
    assert page.response.request.query_string == b"lecture=moi&degre=1"
    assert page.says("1 sur 1")
    assert len(mine.open("/fiches-transmises?lecture=moi&degre=1").soup.select(".pile a")) == 1


@pytest.mark.parametrize("odd", ["?page=9999999999", "?page=-1&degre=7", "?saison=1492&territoire=ZZ", "?lecture=tout"])
def test_an_address_that_asks_for_what_does_not_exist_opens_the_pile(visit: Visit, circle: Circle, odd: str):
    assert visit(circle.inspector).open(f"/fiches-transmises{odd}").says("Collectif B7")


def test_one_goes_from_sheet_to_sheet_without_the_pile(visit: Visit, circle: Circle, three: list[UUID]):
    first = visit(circle.inspector).open(address(circle))
    assert first.soup.select_one("main a[rel=prev]") is None
    last = first.follow("Suivante").follow("Suivante")
    assert last.path.endswith(str(three[2]))
    assert last.soup.select_one("main a[rel=next]") is None
    assert last.follow("Précédente").path.endswith(str(three[1]))
    assert last.follow("Toutes les fiches").path == "/fiches-transmises"


def test_fifty_at_a_time_and_no_other_is_opened(
    visit: Visit, circle: Circle, three: list[UUID], monkeypatch: pytest.MonkeyPatch
):
    opened: list[UUID] = []
    monkeypatch.setattr(pile, "PAGE", 2)
    monkeypatch.setattr("collectifs.blueprints.review.desk.Place", partial(Place, size=2))
    monkeypatch.setattr(pile, "submitted_question", lambda row: opened.append(row.id) or submitted_question(row))
    page = visit(circle.inspector).open("/fiches-transmises")
    assert opened == three[:2]
    opened.clear()
    assert page.follow("Les 2 suivantes").says("Page 2 sur 2")
    assert opened == three[2:]


def test_a_remark_goes_to_the_collective(visit: Visit, circle: Circle):
    page = visit(circle.inspector).open(address(circle)).press("Envoyer la remarque", text="Et ensuite ?")
    assert page.path == address(circle)
    assert page.says("Et ensuite ?")
    fresh()
    assert len(told(MailRemark)) == 4


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Écrivez votre remarque."),
        ("Est-ce Les Tilleuls ?", "« Les Tilleuls »"),
        ("é" * 2001, "2000"),
    ],
)
def test_a_remark_refused_is_kept_and_the_sheet_is_not_read_untraced(
    visit: Visit, circle: Circle, text: str, words: str
):
    page = visit(circle.inspector).open(address(circle)).press("Envoyer la remarque", text=text)
    assert page.status == 422
    assert any(words in error.replace("\u202f", "") for error in page.errors)
    assert page.soup.select_one("#text").get_text().lstrip("\r\n") == text
    assert not page.says("Comment dire, alors que tout presse ?")
    assert fresh().query(Remark).count() == 0


def test_withdrawn_it_is_a_word_in_the_pile_and_nothing_else(visit: Visit, circle: Circle):
    visitor = visit(circle.inspector)
    visitor.open(address(circle)).press("Envoyer la remarque", text="Et ensuite ?")
    fresh()
    circle.withdraw(circle.karim)
    db.session.commit()
    page = visitor.open("/fiches-transmises")
    assert page.says("Retirées par leur collectif (1) Collectif B7, janvier 2027 : retirée le 19 janvier")
    assert not page.says("Comment dire")
    assert page.soup.select_one(".pile a") is None
    for end in ("", "/fiche.pdf"):
        assert visitor.raw(address(circle, end)).status_code == 404


def test_nobody_else_gets_in(visit: Visit, circle: Circle):
    people = [circle.pilot, circle.maud, factories.user("Gestion"), factories.user("Administration")]
    factories.grant(people[2], Role.MANAGER, circle.territory)
    factories.grant(people[3], Role.ADMINISTRATOR)
    people.append(db.session.get(type(circle.pilot), factories.collective(circle.territory).created_by_id))
    for who in people:
        for url in ("/fiches-transmises", address(circle), address(circle, "/fiche.pdf")):
            assert visit(who).raw(url).status_code == 404
        assert visit(who).post_json(address(circle, "/relue"), {}).status_code == 404
        assert visit(who).post_json(address(circle, "/remarque"), {}).status_code == 404
    assert traces() == 0
    assert fresh().query(SubmittedSheet).one().reviewed_at is None


def test_another_territorys_inspection_has_a_pile_of_its_own(visit: Visit, circle: Circle):
    elsewhere = factories.user("Laurent")
    factories.grant(elsewhere, Role.INSPECTOR, factories.territory("Hautes-Sources"))
    visitor = visit(elsewhere)
    assert not visitor.open("/fiches-transmises").says("Collectif B7")
    assert visitor.raw(address(circle)).status_code == 404


@pytest.fixture
def index(app: Flask) -> Iterator[WordIndex]:
    index: WordIndex = app.extensions["word_index"]
    yield index
    shutil.rmtree(index.folder, ignore_errors=True)


def test_what_is_found_is_marked_in_the_list_and_on_the_sheet(
    visit: Visit, circle: Circle, three: list[UUID], index: WordIndex
):
    follow(index, now=clock.now())
    mine = visit(circle.inspector)
    mine.open(address(circle))
    page = mine.open("/fiches-transmises").press("Chercher", mots="numeros")
    assert page.says("Deux fiches contiennent « numeros », ou ses formes.")
    assert [mark.get_text() for mark in page.soup.select(".pile mark")] == ["numéro", "numéro"]
    sheet = page.follow("Collectif C1")
    assert [mark.get_text() for mark in sheet.soup.select(".f-q mark")] == ["numéro"]
    assert sheet.says("1 sur 2")
    assert sheet.press("Lue et suivante").path.endswith(str(three[2]))
    nothing = mine.open("/fiches-transmises").press("Chercher", mots="licorne")
    assert nothing.says("Aucune fiche ne contient « licorne »")
    assert mine.open("/fiches-transmises?mots=-licorne").says("Écrivez au moins un mot à chercher")


def test_withdrawn_it_is_not_found_even_before_the_index_follows(visit: Visit, circle: Circle, index: WordIndex):
    follow(index, now=clock.now())
    circle.withdraw(circle.karim)
    db.session.commit()
    page = visit(circle.inspector).open("/fiches-transmises?mots=presse")
    assert not page.says("Comment dire")
    assert page.soup.select_one(".pile a") is None


def test_without_an_index_the_list_is_offered(visit: Visit, circle: Circle, index: WordIndex):
    page = visit(circle.inspector).open("/fiches-transmises?mots=licorne")
    assert page.says("La recherche n’est pas prête en ce moment.")
    assert page.says("Collectif B7")


def test_what_a_sheet_was_filed_under_and_its_exchange_are_filters(visit: Visit, circle: Circle, three: list[UUID]):
    db.session.add(SubmittedTag(submitted_id=three[1], axis=Axis.CONCERN, code=next(iter(Axis.CONCERN.choices))))
    db.session.commit()
    mine, concern = visit(circle.inspector), next(iter(Axis.CONCERN.choices))

    def shown(args: str) -> int:
        return len(mine.open(f"/fiches-transmises?{args}").soup.select(".pile a"))

    assert shown(f"preoccupation={concern}") == 1
    assert shown(f"preoccupation={concern}&domaine={next(iter(Axis.DOMAIN.choices))}") == 0
    assert shown("etat=echange") == 0
    mine.open(address(circle)).press("Envoyer la remarque", text="Et ensuite ?")
    assert (shown("etat=echange"), shown("etat=remarquee")) == (1, 1)
    page = mine.open(address(circle)).press("Clore l’échange")
    assert page.says("Échange clos le 19 janvier.")
    assert (shown("etat=echange"), shown("etat=remarquee")) == (0, 1)


def test_what_is_written_later_opens_the_exchange_again(visit: Visit, circle: Circle, moment):
    mine = visit(circle.inspector)
    mine.open(address(circle)).press("Envoyer la remarque", text="Et ensuite ?")
    mine.open(address(circle)).press("Clore l’échange")
    moment.shift(DAY)
    page = mine.open(address(circle)).press("Envoyer la remarque", text="Une autre question ?")
    assert page.has_button("Clore l’échange")


def test_a_filter_is_kept_by_name_for_oneself_and_without_the_words(visit: Visit, circle: Circle, three: list[UUID]):
    mine = visit(circle.inspector)
    page = mine.open("/fiches-transmises?degre=1&lecture=moi&mots=presse")
    page = page.press("Garder ce filtre", name="Premier degré")
    assert page.says("Le filtre « Premier degré » est gardé.")
    assert fresh().query(SavedFilter).one().args == {"degre": "1", "lecture": "moi"}
    found = mine.open("/fiches-transmises").follow("Premier degré")
    assert found.response.request.query_string == b"lecture=moi&degre=1"
    assert not visit(another_inspector(circle)).open("/fiches-transmises").says("Premier degré")
    assert not mine.open("/fiches-transmises").press("Retirer").says("Premier degré")
    page = mine.open("/fiches-transmises?degre=1").press("Garder ce filtre", name=" ")
    assert page.says("Donnez un nom à ce filtre.")


def test_a_filter_is_asked_for_in_one_file_and_opened_by_whoever_asked(visit: Visit, circle: Circle, three: list[UUID]):
    mine = visit(circle.inspector)
    page = mine.open("/fiches-transmises?degre=1").follow("Les imprimer ou les garder dans un fichier")
    assert page.says("3 fiches, celles de votre filtre")
    page = page.press("Demander ce fichier", form="csv")
    assert page.says("Le fichier se prépare.")
    assert page.says("Demandé par Agnès Roussel le mardi 19 janvier 2027. S’efface le mardi 26 janvier 2027.")
    (work,) = asked(MakeSheetExport)
    do(work)
    db.session.commit()
    answer = mine.raw(page.follow("Regarder").soup.find("a", string="Télécharger")["href"])
    assert answer.headers["Content-Disposition"] == 'attachment; filename="fiches-2027-01-19.csv"'
    assert answer.get_data(as_text=True).count("Comment numéro") == 2
    other = visit(another_inspector(circle))
    seen = other.open("/fiches-transmises/fichiers")
    assert seen.says("Demandé par Agnès Roussel")
    assert seen.soup.find("a", string="Télécharger") is None
    assert other.raw(f"/fiches-transmises/fichiers/{work.export_id}").status_code == 404
