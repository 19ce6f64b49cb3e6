"""Tutoring as people meet it: a territory opens it, a head adds volunteers, a tutor writes by codes."""

import pytest

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.meetings.models import Situation
from collectifs.meetings.queries.situations import words_of
from collectifs.tutoring.domain.interviews import WRONG_CODE, Worked
from collectifs.tutoring.domain.opening import Duty
from collectifs.tutoring.models import Interview, PracticeNote, TutoredCode, TutoringOpening
from collectifs.tutoring.queries.notebooks import opened_codes
from tests import notebooks
from tests.papers import text_of, words


@pytest.fixture
def notebook(place, maud, helene):
    """Maud's, in a programme that Hélène heads, with the code A."""
    notebooks.opening(place)
    row = notebooks.notebook(notebooks.programme(place, helene), maud)
    notebooks.code(row)
    db.session.commit()
    return row


def note_with(page, **fields):
    code = page.soup.select_one("select[name=code] option")["value"]
    return page.press("Garder cet entretien", **{"code": code, "worked": Worked.METHODS.value} | fields)


def only(table):
    db.session.expire_all()
    return db.session.query(table).one()


def test_a_territory_reads_what_must_be_done_then_opens_and_closes(place, sylvie, visit) -> None:
    db.session.commit()
    page = visit(sylvie).open("/tutorat").follow("Val-de-Brume")
    assert page.says("Aucun nom, aucune adresse, aucune classe d’élève n’entre ici")
    refused = page.press("Ouvrir ce tutorat", done=[Duty.IMPACT.value], advised_on=str(clock.now().date()))
    assert any("Il manque" in each for each in refused.errors)
    assert refused.soup.select_one("input[value=impact]").has_attr("checked")
    done = [each.value for each in Duty]
    opened = refused.press("Ouvrir ce tutorat", done=done, advised_on=str(clock.now().date()))
    assert opened.says("Cet acte est noté, avec votre nom.")
    made = opened.follow("Créer un programme").press(
        "Créer ce programme",
        name="Entraide du Quai",
        school="lycée du Quai",
        head="Denis ROCHER <denis.rocher@academie.example>",
    )
    assert made.says("Entraide du Quai")
    assert made.says("Denis Rocher")
    assert made.press("Fermer ce tutorat").says("plus rien ne s’y écrit")
    assert only(TutoringOpening).closed_at


def test_where_it_is_closed_no_programme_can_be_made(place, sylvie, visit) -> None:
    db.session.commit()
    page = visit(sylvie).open(f"/territoires/{place.id}/tutorat/programme")
    assert page.says("n’est pas ouvert sur ce territoire")
    assert not page.has_button("Créer ce programme")


def test_the_head_adds_a_volunteer_and_reads_no_number_under_five(notebook, helene, visit) -> None:
    for _ in range(3):
        notebooks.interview(db.session.query(TutoredCode).one())
    db.session.commit()
    page = visit(helene).open(f"/tutorat/{notebook.programme_id}")
    assert page.says("moins de 5")
    assert page.says("non montré")
    assert not page.says("méthodes")
    added = page.press("Ajouter au programme", who="Aminata KONATÉ <aminata.konate@academie.example>")
    assert added.says("Aminata Konaté")
    assert page.press("Ajouter au programme", who="Aminata").errors
    assert visit(helene).open(f"/carnet/{notebook.id}").response.status_code == 404


@pytest.mark.parametrize("typed", ["Canari", "LM", "lea@ecole.example", "4eB"])
def test_a_name_typed_as_a_code_is_refused_beside_its_field_and_is_no_row(notebook, maud, visit, typed) -> None:
    page = visit(maud).open(f"/carnet/{notebook.id}/codes").press("Ajouter ce code", code=typed)
    assert set(page.errors) == {WRONG_CODE}
    assert page.soup.select_one("input[name=code]")["value"] == typed
    assert db.session.query(TutoredCode).count() == 1


def test_a_name_is_asked_about_and_the_code_takes_its_place(notebook, maud, visit) -> None:
    page = visit(maud).open(f"/carnet/{notebook.id}")
    asked = note_with(page, note="Léa a relu sa copie.", minutes="20")
    assert asked.says("Rien n’est perdu.")
    assert asked.soup.select_one("textarea").get_text().strip() == "Léa a relu sa copie."
    assert asked.soup.select_one("input[name=minutes]")["value"] == "20"
    assert db.session.query(Interview).count() == 0
    changed = asked.press("Écrire « A »")
    assert changed.says("C’est changé. Relisez la note")
    assert changed.press("Garder cet entretien").says("L’entretien est gardé.")
    [code] = opened_codes(notebook.id)
    assert (code.last.body.note, code.last.body.minutes) == ("A a relu sa copie.", 20)


def test_what_is_no_person_is_kept_and_a_class_or_a_mail_never_is(notebook, maud, visit) -> None:
    page = visit(maud).open(f"/carnet/{notebook.id}")
    refused = note_with(page, note="Il est en 4eB, écrire à lea@ecole.example.")
    assert refused.says("Une classe précise n’entre pas dans un carnet.")
    assert not refused.has_button("Ce n’est pas une personne")
    assert refused.press("Ôter ces mots").soup.select_one("textarea").get_text().strip() == "Il est en 4eB, écrire à ."
    asked = note_with(page, note="Il a relu Phèdre.")
    asked.press("Ce n’est pas une personne")
    [code] = opened_codes(notebook.id)
    assert [each.body.note for each in code.interviews] == ["Il a relu Phèdre."]


def test_bad_input_is_said_beside_its_field_and_nothing_typed_is_lost(notebook, maud, visit) -> None:
    page = visit(maud).open(f"/carnet/{notebook.id}")
    wrong = note_with(page, minutes="400", held_on="2027-03-01", note="Copie relue.")
    assert set(wrong.errors) == {"Ce jour n’est pas encore venu : notez l’entretien une fois qu’il a eu lieu."}
    assert wrong.soup.select_one("textarea").get_text().strip() == "Copie relue."
    assert note_with(page, minutes="une heure").errors


def test_a_word_that_is_too_long_is_told_so_before_it_is_read_for_names(notebook, maud, visit) -> None:
    page = visit(maud).open(f"/carnet/{notebook.id}")
    typed = "Léa relit. " * 200
    refused = note_with(page, note=typed, minutes="20")
    assert refused.status == 422
    assert refused.says("500 caractères")
    assert not refused.says("« Léa »")
    assert refused.soup.select_one("textarea").get_text().strip() == typed.strip()


def test_a_code_shows_its_interviews_and_the_day_the_guardians_were_told(notebook, maud, visit) -> None:
    note_with(visit(maud).open(f"/carnet/{notebook.id}"), note="Copie relue.", next_on="2027-01-21", next_hour="12:30")
    page = visit(maud).open(f"/carnet/{notebook.id}")
    assert page.says("21 janvier, 12 h 30")
    page = page.follow("Code A")
    assert page.says("Copie relue.")
    assert page.press("Noter ce jour", told_on="2027-02-30").errors
    page.press("Noter ce jour", told_on="2026-10-02")
    assert str(only(TutoredCode).told_on) == "2026-10-02"
    page = visit(maud).open(f"/carnet/{notebook.id}").follow("Code A").press("Effacer")
    assert db.session.query(Interview).count() == 0
    page.press("Retirer ce code")
    assert db.session.query(TutoredCode).count() == 0


def test_the_paper_says_codes_and_days_and_no_note(notebook, maud, visit) -> None:
    import pypdfium2

    notebooks.interview(db.session.query(TutoredCode).one(), note="Copie relue.")
    db.session.commit()
    answer = visit(maud).raw(f"/carnet/{notebook.id}/feuille.pdf")
    text = "".join(each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(answer.data))
    assert "Code A" in text
    assert "méthodes" in text
    assert "Copie relue" not in text
    assert b"pdfuaid" in answer.data or answer.mimetype == "application/pdf"


def test_the_head_and_the_tutors_print_a_letter_and_a_poster_that_name_no_pupil(notebook, helene, maud, visit) -> None:
    where = f"/tutorat/{notebook.programme_id}"
    for who, page in ((helene, where), (maud, f"/carnet/{notebook.id}")):
        for link, says in (("La lettre aux responsables légaux", "Aux responsables légaux"), ("L’affiche", "Où")):
            address = next(a["href"] for a in visit(who).open(page).soup.select("a") if link in a.get_text())
            text = text_of(visit(who).raw(address).data)
            assert words(says) in text
            assert words("lycée du Quai") in text
            assert not any(words(name) in text for name in (maud.family_name, helene.family_name))
        assert visit(who).open(page).follow("Former des élèves au tutorat entre pairs").says("S’essayer, à deux")


def test_whoever_left_a_programme_hands_nothing_out(notebook, maud, visit) -> None:
    notebook.left_at = clock.now()
    db.session.commit()
    assert not visit(maud).open(f"/carnet/{notebook.id}").says("La lettre aux responsables légaux")
    assert visit(maud).open(f"/tutorat/{notebook.programme_id}/lettre.pdf").response.status_code == 404


def test_once_closed_a_notebook_is_read_and_printed_and_no_longer_written(notebook, maud, visit) -> None:
    only(TutoringOpening).closed_at = clock.now()
    db.session.commit()
    page = visit(maud).open(f"/carnet/{notebook.id}")
    assert page.says("Votre territoire a fermé ce tutorat.")
    assert not page.has_button("Garder cet entretien")
    assert page.says("Imprimer mes dates")


def test_a_tutor_finds_the_notebook_and_a_head_the_programme_on_their_first_page(notebook, maud, helene, visit) -> None:
    assert visit(maud).open("/").says("Mon carnet d’entretiens")
    assert visit(helene).open("/").says("le programme que vous dirigez, en nombres")


def test_notes_are_closed_then_open_to_one_alone_and_one_becomes_a_situation(collective, maud, pilot, visit) -> None:
    db.session.commit()
    page = visit(maud).open("/mes-notes")
    assert page.says("Fermées tant que vous ne les ouvrez pas")
    page = page.press("Ouvrir mes notes").press("Garder cette note", text="Maud, laisser le silence.")
    assert page.says("Maud, laisser le silence.")
    note = only(PracticeNote)
    begun = visit(maud).open(f"/collectifs/{collective.id}/proposer-une-situation").press("Partir de cette note")
    assert begun.soup.select_one("textarea[name=story]").get_text().strip() == "Maud, laisser le silence."
    assert db.session.query(Situation).count() == 0
    told = {"title": "Le silence", "sentence": "Je parle trop.", "question": "Comment me taire ?"}
    asked = begun.press("Proposer cette situation", **told)
    assert asked.says("Votre texte porte « Maud ».")
    asked.press("Proposer cette situation" if not asked.has_button("Garder ces mots") else "Garder ces mots et envoyer")
    assert words_of(only(Situation)).story == "Maud, laisser le silence."
    assert visit(pilot).open(f"/collectifs/{collective.id}/proposer-une-situation", "POST", {"from_note": str(note.id)})


def test_somebody_else_s_note_begins_nothing(collective, maud, pilot, visit) -> None:
    note = notebooks.own_note(maud, "Laisser le silence.")
    db.session.commit()
    visitor = visit(pilot)
    for asked in (str(note.id), "pas-un-identifiant"):
        data = {"from_note": asked, "csrf_token": visitor.token()}
        page = visitor.open(f"/collectifs/{collective.id}/proposer-une-situation", "POST", data)
        assert not page.says("Laisser le silence")


def test_taking_a_note_away_and_closing_erase(maud, visit) -> None:
    notebooks.own_note(maud, "Laisser le silence.")
    db.session.commit()
    visit(maud).open("/mes-notes").press("Effacer")
    assert db.session.query(PracticeNote).count() == 0
    visit(maud).open("/mes-notes").press("Effacer et fermer mes notes")
    assert visit(maud).open("/mes-notes").has_button("Ouvrir mes notes")
