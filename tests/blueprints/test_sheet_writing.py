"""While a sheet is written: the true page is drawn for a few at a time; what overflows, what does not print is said."""

import pytest
from sqlalchemy import text

from collectifs.blueprints.sheets import papers
from collectifs.kernel.documents.measured import Measured
from collectifs.kernel.documents.printing import PressBusy
from collectifs.kernel.extensions import db
from collectifs.sheets.documents import sheet as paper
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from collectifs.web.slots import free_place
from tests import factories
from tests.circle import Circle


@pytest.fixture
def pilot(visit, circle: Circle):
    circle.write()
    db.session.commit()
    return visit(circle.pilot)


def test_the_page_is_drawn_when_a_place_is_free(pilot, circle):
    answer = pilot.raw(circle.url("/page.png"))
    assert (answer.status_code, answer.mimetype) == (200, "image/png")


def test_two_are_drawn_at_once_on_a_machine_and_the_third_is_asked_to_come_back(app, pilot, circle):
    with app.app_context(), free_place("page", 2) as one, free_place("page", 2) as other:
        assert one
        assert other
        answer = pilot.raw(circle.url("/page.png"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert pilot.raw(circle.url("/page.png")).status_code == 200, "a place is given back"


def test_a_sheet_has_one_page_drawn_at_a_time(app, pilot, circle):
    with app.app_context(), free_place(f"sheet-{circle.sheet_id.int % 64}", 1) as mine:
        assert mine
        assert pilot.raw(circle.url("/page.png")).status_code == 503


def saved(pilot, circle: Circle, content: SheetContent):
    body = {"revision": 1, "content": content.to_dict()}
    return pilot.post_json(circle.url("/brouillon"), body).get_json()


def test_saving_says_which_answers_end_below_the_page_and_what_does_not_print(pilot, circle):
    long = Answer("Redire encore, longuement. " * 18, AnswerKind.TRIED)
    told = saved(pilot, circle, SheetContent("Comment 漢 dire ?", (Answer("Brève.", AnswerKind.TRIED), *[long] * 11)))
    assert told["over"] is True
    assert told["over_answers"] == list(range(told["over_answers"][0], 13))
    assert 1 not in told["over_answers"]
    assert told["signs"] == "Un signe ne s’imprime pas : 漢 Sur le papier, un carré en prend la place."


def test_it_is_measured_once_the_words_are_kept_and_nobody_who_writes_waits_for_it(pilot, circle, monkeypatch):
    """Another connection finds them saved, and takes the write lock, while the page is laid out."""
    usual, found = papers.sheet_room, []

    def looks_meanwhile(asked):
        with db.engine.connect() as other:  # outside of what only reads: it takes the one write lock of SQLite
            found.append(other.scalar(text("SELECT revision FROM synthesis_sheets")))
        return usual(asked)

    monkeypatch.setattr(papers, "sheet_room", looks_meanwhile)
    told = saved(pilot, circle, SheetContent("Comment dire ?", (Answer("Brève.", AnswerKind.TRIED),)))
    assert found == [told["revision"]]
    assert told["say"].startswith("Une page.")


@pytest.mark.parametrize("at", ["/ecrire", "/proposer", "/place", "/page.png", "/fiche.pdf"])
def test_whoever_reads_holds_no_transaction_while_the_page_is_laid_out(pilot, circle, at, unmeasured, monkeypatch):
    usual, found = paper.lay_out, []

    def looks_meanwhile(*said):
        found.append(db.session().in_transaction())
        return usual(*said)

    monkeypatch.setattr(paper, "lay_out", looks_meanwhile)
    assert pilot.raw(circle.url(at)).status_code == 200
    assert found == [False], "laid out once, after everything is read"


@pytest.fixture
def unmeasured(monkeypatch):
    """No page is known to have been measured."""
    monkeypatch.setattr(paper, "_ROOMS", Measured())


def test_a_page_that_is_known_to_fit_is_proposed_without_being_laid_out_again(pilot, circle, unmeasured, monkeypatch):
    page = pilot.open(circle.url("/proposer"))
    monkeypatch.setattr(paper, "lay_out", None)
    assert page.press("Proposer la fiche au collectif", nobody_recognised="y").says("La fiche est proposée")


def test_whoever_proposes_holds_nobody_up_while_the_page_is_laid_out(pilot, circle, monkeypatch):
    """Another connection takes the write lock meanwhile; the sheet is proposed once it is known to fit."""
    page, usual, found = pilot.open(circle.url("/proposer")), paper.lay_out, []
    monkeypatch.setattr(paper, "_ROOMS", Measured())  # another process answers

    def looks_meanwhile(*said):
        with db.engine.connect() as other:
            found.append(other.scalar(text("SELECT count(*) FROM sheet_proposals")))
        return usual(*said)

    monkeypatch.setattr(paper, "lay_out", looks_meanwhile)
    assert page.press("Proposer la fiche au collectif", nobody_recognised="y").says("La fiche est proposée")
    assert found == [0], "laid out once, before anything is written"
    db.session.rollback()
    assert db.session.scalar(text("SELECT count(*) FROM sheet_proposals")) == 1


def test_what_another_window_wrote_while_it_was_laid_out_is_measured_too(pilot, circle, monkeypatch):
    page, usual, measured = pilot.open(circle.url("/proposer")), papers.sheet_room, []
    monkeypatch.setattr(paper, "_ROOMS", Measured())  # another process answers
    long = Answer("Redire encore, longuement. " * 18, AnswerKind.TRIED)

    def written_meanwhile(asked):
        measured.append(len(asked.content.answers))
        if not measured[1:]:
            saved(pilot, circle, SheetContent("Comment dire ?", (long,) * 12))
        return usual(asked)

    monkeypatch.setattr(papers, "sheet_room", written_meanwhile)
    page = page.press("Proposer la fiche au collectif", nobody_recognised="y")
    assert page.status == 422
    assert page.says("La page déborde")
    assert measured[1:] == [12, 12], "proposed, saved meanwhile, proposed again"
    db.session.rollback()
    assert db.session.scalar(text("SELECT count(*) FROM sheet_proposals")) == 0


def test_whoever_proposes_while_others_print_keeps_what_was_ticked_and_nothing_is_half_done(pilot, circle, monkeypatch):
    page = pilot.open(circle.url("/proposer"))

    def busy(_paper):
        raise PressBusy

    monkeypatch.setattr(papers, "sheet_room", busy)
    page = page.press("Proposer la fiche au collectif", nobody_recognised="y")
    assert page.status == 503
    db.session.rollback()
    assert db.session.scalar(text("SELECT count(*) FROM sheet_proposals")) == 0


def test_a_form_that_comes_back_is_not_measured_while_it_holds_the_lock(pilot, circle, monkeypatch):
    measured = []
    monkeypatch.setattr(papers, "sheet_room", measured.append)
    typed = {"revision": "0", "question": "Une autre question ?", "csrf_token": pilot.token()}
    answer = pilot.client.post(circle.url("/ecrire"), data=typed)
    assert answer.status_code in (409, 422)
    assert measured == []


def test_what_was_not_measured_since_others_print_is_asked_again(pilot, circle, monkeypatch):
    def busy(_paper):
        raise PressBusy

    with monkeypatch.context() as while_others_print:
        while_others_print.setattr(papers, "sheet_room", busy)
        told = saved(pilot, circle, SheetContent("Comment dire ?", (Answer("Brève.", AnswerKind.TRIED),)))
        assert told["busy"] is True
        assert pilot.raw(told["again"]).get_json()["busy"] is True
        assert f'data-gauge-url="{told["again"]}"' in pilot.raw(circle.url("/ecrire")).text
    assert pilot.raw(told["again"]).get_json()["say"].startswith("Une page.")
    assert "data-gauge-url" not in pilot.raw(circle.url("/ecrire")).text


def test_a_sheet_that_fits_marks_nothing(pilot, circle):
    told = saved(pilot, circle, SheetContent("Comment dire ?", (Answer("Brève.", AnswerKind.TRIED),)))
    assert (told["over"], told["over_answers"], told["signs"]) == (False, [], "")


def test_two_windows_say_on_what_the_other_was_written(pilot, circle):
    phone = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148"}
    pilot.client.environ_base["HTTP_USER_AGENT"] = phone["User-Agent"]
    saved(pilot, circle, SheetContent("Écrite au téléphone ?"))
    pilot.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (X11; Linux x86_64) Firefox/121.0"
    body = {"revision": 1, "content": SheetContent("Écrite à l’ordinateur ?").to_dict()}
    answer = pilot.post_json(circle.url("/brouillon"), body)
    assert answer.status_code == 409
    assert answer.get_json()["saved_by_label"].startswith("vous, sur un téléphone, à")


def note(circle: Circle, lane: str, text: str) -> None:
    body = {"note": f"n-{lane}", "lane": lane, "step": "s", "text": text}
    own = {"author_id": circle.pilot.id, "is_private": True} if lane == "private" else {}
    sequence = ("sheet", "collective", "private").index(lane) + 1
    factories.event(circle.meeting, "note_written", body, sequence=sequence, **own)


def test_it_is_written_with_the_notes_at_hand_those_for_it_first_and_never_anybodys_own(visit, circle):
    note(circle, "sheet", "Une réponse pour elle.")
    note(circle, "collective", "Une idée du groupe.")
    note(circle, "private", "Pour moi seule.")
    db.session.commit()
    page = visit(circle.pilot).open(circle.url("/ecrire"))
    section = page.soup.select_one("[aria-labelledby=notes]")
    assert "Une réponse pour elle." in section.get_text()
    assert "Une idée du groupe." in section.select_one("details").get_text()
    assert "Pour moi seule." not in page.soup.get_text()


def test_from_nothing_it_is_written_as_well(visit, circle):
    assert visit(circle.pilot).open(circle.url("/ecrire")).soup.select_one("[aria-labelledby=notes]") is None


def test_the_pilot_chooses_what_the_foot_sends_to_and_without_a_choice_the_lists_propose(pilot, circle):
    page = pilot.open(circle.url("/ecrire")).press("Enregistrer", concern=["weaving"])
    assert page.says("proposée par les repères")
    assert page.soup.select('input[name="resource"][checked]') == []
    page = page.press("Enregistrer", concern=["weaving"], resource=["former", "simplexe"])
    ticked = [box["value"] for box in page.soup.select('input[name="resource"][checked]')]
    assert sorted(ticked) == ["former", "simplexe"]
    read = pilot.open(circle.url("/en-grand"))
    assert read.says("Le simplexe")
    assert read.says("FORMER")
    assert "Le simplexe" in pilot.raw(circle.url("/fiche.txt")).get_data(as_text=True)


def test_a_script_of_before_leaves_the_chosen_resources_as_they_were(pilot, circle):
    pilot.open(circle.url("/ecrire")).press("Enregistrer", resource=["former"])
    content = factories.content().to_dict()
    del content["tags"]["resource"]
    body = {"revision": 2, "content": content}
    told = pilot.post_json(circle.url("/brouillon"), body).get_json()
    assert told["content"]["tags"]["resource"] == ["former"]
