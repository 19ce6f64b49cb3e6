"""The situations that members propose: written in three lines, read again, changed, taken back."""

from datetime import timedelta

import pytest

from collectifs.collectives.models import Meeting
from collectifs.kernel import vault
from collectifs.kernel.extensions import db
from collectifs.kernel.work import DestroyKey
from collectifs.meetings.models import Situation
from collectifs.meetings.queries.situations import open_situation
from collectifs.meetings.services.situations import choose_situation
from collectifs.people.domain.person import Role
from tests import factories
from tests.asked import asked
from tests.blueprints.test_meetings import CANARY, TODAY, fresh

WORDS = {
    "title": "Mes élèves ou ma stagiaire",
    "sentence": "Je quitte ma classe pour aller voir la sienne.",
    "question": "Que faire de mes élèves ?",
}


@pytest.fixture
def pilot(app):
    return factories.user("Hélène", "Marchadier", address="helene@academie.example")


@pytest.fixture
def collective(pilot, maud):
    return factories.collective(pilot=pilot, members=[maud, factories.user("Odile", "Ferrand")], name="Les Tilleuls")


@pytest.fixture
def meeting(collective):
    return factories.meeting(collective, number=3, starts_at=TODAY)


# ---------- proposing a situation ----------


def propose(visit, collective, who, **changes):
    form = visit(who).open(f"/collectifs/{collective.id}/proposer-une-situation")
    return form.press("Proposer cette situation", **(WORDS | changes))


def the_situation() -> Situation:
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(Situation).one()


def test_a_member_proposes_in_three_lines_and_is_thanked(visit, collective, maud):
    page = propose(visit, collective, maud)
    assert page.says("Merci : votre situation est proposée.")
    assert page.heading == "Votre situation"
    assert page.says("Lisible par : vous et Hélène Marchadier · effacé le 31 août 2027")
    opened = open_situation(the_situation())
    assert (opened.title, opened.sentence, opened.question, opened.story) == (*WORDS.values(), "")
    assert opened.shows_title is False


def test_the_form_says_who_reads_and_asks_for_no_name_where_one_types(visit, collective, maud):
    page = visit(maud).open(f"/collectifs/{collective.id}/proposer-une-situation")
    assert page.says("Lisible par : vous et Hélène Marchadier · effacé le 31 août 2027")
    for name in ("sentence", "question", "story"):
        field = page.soup.select_one(f"[name={name}]")
        hint = page.soup.find(id=field["aria-describedby"])
        assert "Ni nom, ni établissement" in hint.get_text()
        assert (field["autocomplete"], field["spellcheck"], field["translate"]) == ("off", "false", "no")


def test_a_story_and_a_shown_title_are_the_author_s_choice(visit, collective, maud):
    propose(visit, collective, maud, story="Jeudi matin.\nPuis vendredi.", shows_title="y")
    opened = open_situation(the_situation())
    assert opened.story == "Jeudi matin.\nPuis vendredi."
    assert opened.shows_title is True


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": " "}, "Donnez un titre"),
        ({"sentence": ""}, "Dites en une phrase"),
        ({"question": ""}, "Écrivez la question que vous posez au groupe"),
        ({"title": "a" * 121}, "dépasse 120 caractères"),
        ({"sentence": "a" * 301}, "dépasse 300 caractères"),
        ({"question": "a" * 301}, "dépasse 300 caractères"),
        ({"story": "a" * 4001}, "dépasse 4000 caractères"),
    ],
)
def test_an_error_keeps_everything_that_was_typed(visit, collective, maud, changes, said):
    typed = {"story": "Le récit.", "shows_title": "y"} | changes
    page = propose(visit, collective, maud, **typed)
    assert page.status == 422
    assert any(said in error for error in page.errors)
    for name, words in (WORDS | {"story": "Le récit."} | changes).items():
        field = page.soup.select_one(f"[name={name}]")
        assert (field.get("value") or field.get_text()).strip() == words.strip()
    assert page.soup.select_one("[name=shows_title]").has_attr("checked")
    assert page.soup.select_one("details:has([name=story])").has_attr("open")
    assert db.session.query(Situation).count() == 0


@pytest.mark.parametrize(
    "words", ["Odile est venue me voir.", "Écris à odile@academie.example.", "Mme Ferrand m’a dit oui."]
)
def test_a_name_asks_and_lets_pass(visit, collective, maud, words):
    asked = propose(visit, collective, maud, sentence=words)
    assert asked.status == 422
    assert asked.says("Votre texte porte «")
    assert asked.soup.select_one("[name=sentence]").get_text().strip() == words
    assert db.session.query(Situation).count() == 0
    page = asked.press("Garder ces mots et envoyer")
    assert page.says("Merci")
    assert open_situation(the_situation()).sentence == words


def test_keeping_one_name_does_not_keep_another(visit, collective, maud):
    asked = propose(visit, collective, maud, sentence="Odile est venue me voir.")
    again = asked.press("Garder ces mots et envoyer", question="Que dire à Hélène ?")
    assert again.says("« Hélène »")
    assert db.session.query(Situation).count() == 0


def test_an_ordinary_text_is_asked_nothing(visit, collective, maud):
    factories.membership(factories.user("Rose", "Petit"), collective)
    assert propose(visit, collective, maud, sentence="Une petite classe, une rose sur le bureau.").says("Merci")


def test_no_typed_word_stands_in_a_title_nor_in_an_address(visit, collective, maud):
    page = propose(visit, collective, maud, title=CANARY)
    assert CANARY not in page.soup.title.get_text()
    assert CANARY not in page.response.request.full_path
    assert page.says(CANARY)


def test_the_pilot_proposes_for_their_own_eyes(visit, collective, pilot):
    assert propose(visit, collective, pilot).says("Lisible par : vous, et personne d’autre")


# ---------- reading it again, changing it, taking it back ----------


def test_its_author_changes_it_until_it_is_chosen(visit, collective, meeting, maud):
    form = propose(visit, collective, maud).follow("Modifier")
    assert form.soup.select_one("[name=title]")["value"] == WORDS["title"]
    page = form.press("Enregistrer", title="Autre titre")
    assert page.says("Votre situation est enregistrée.")
    assert page.says("« Autre titre »")
    choose_situation(fresh(Meeting, meeting.id), the_situation().id)
    db.session.commit()
    refused = form.press("Enregistrer", title="Trop tard")
    assert refused.status == 422
    assert refused.says("ne se modifie plus")
    assert open_situation(the_situation()).title == "Autre titre"
    chosen = visit(maud).open(page.path)
    assert chosen.says("Le collectif l’a choisie au regroupement 3")
    assert not chosen.says("Modifier")


def test_the_pilot_reads_it_with_its_author_and_changes_nothing(visit, collective, meeting, pilot, maud):
    row = factories.situation(collective, maud, "Elle dit oui à tout", story="Le récit.")
    visitor, path = visit(pilot), f"/situations/{row.id}"
    page = visitor.open(path)
    assert page.heading == "Une situation proposée"
    assert page.says("Proposée par Maud Le Bihan.")
    assert page.says("Le récit.")
    for end in ("/modifier", "/retirer"):
        assert visitor.raw(path + end).status_code == 404
        assert visitor.raw(path + end, "POST").status_code == 403  # no token
    assert page.follow("Revenir à la préparation").heading == "Préparer"


def test_taken_back_it_is_gone_and_its_key_is_to_be_destroyed(visit, collective, meeting, pilot, maud):
    readers = (visit(maud), visit(pilot))
    page = propose(visit, collective, maud)
    ask = page.follow("Retirer cette situation")
    assert not ask.says(WORDS["title"])
    row = the_situation()
    done = ask.press("Retirer et effacer")
    assert done.says("Votre situation est retirée.")
    assert the_situation().withdrawn_at is not None
    assert asked(DestroyKey) == [DestroyKey(row.key_id)]
    prepare = f"/regroupements/{meeting.id}/preparer"
    assert [reader.open(page.path).status for reader in readers] == [404, 404]
    assert not readers[1].open(prepare).says(WORDS["title"])


def test_opening_the_page_that_takes_it_back_takes_nothing_back(visit, collective, maud):
    row = factories.situation(collective, maud)
    visit(maud).open(f"/situations/{row.id}/retirer")
    assert the_situation().withdrawn_at is None


def test_its_author_takes_it_back_even_after_leaving(visit, collective, maud, moment):
    row = factories.situation(collective, maud)
    membership = db.session.query(factories.Membership).filter_by(user_id=maud.id).one()
    membership.ends_at = TODAY - timedelta(days=1)
    visitor = visit(maud)
    assert visitor.open(f"/situations/{row.id}").status == 404
    visitor.open(f"/situations/{row.id}/retirer").press("Retirer et effacer")
    assert the_situation().withdrawn_at is not None


def test_once_perished_its_page_says_so(visit, collective, maud):
    row = factories.situation(collective, maud)
    visitor = visit(maud)
    vault.destroy_key(row.key_id)
    page = visitor.open(f"/situations/{row.id}")
    assert (page.status, page.heading) == (410, "Cette situation est effacée")
    assert visitor.open(f"/situations/{row.id}/modifier").status == 410


@pytest.mark.parametrize("who", ["stranger", "other_member", "odile", "manager", "inspector", "administrator"])
def test_nobody_else_gets_near(visit, collective, meeting, maud, who):
    row = factories.situation(collective, maud, CANARY)
    person = factories.user()
    if who == "other_member":
        factories.collective(members=[person])
    if who == "odile":
        factories.membership(person, collective)
    if who in ("manager", "inspector"):
        factories.grant(person, Role(who), db.session.get_one(factories.Territory, collective.territory_id))
    if who == "administrator":
        factories.grant(person, Role.ADMINISTRATOR)
    visitor = visit(person)
    urls = [f"/situations/{row.id}", f"/situations/{row.id}/modifier", f"/situations/{row.id}/retirer"]
    urls.append(f"/regroupements/{meeting.id}/preparer")
    if who != "odile":
        urls += [f"/regroupements/{meeting.id}", f"/collectifs/{collective.id}/proposer-une-situation"]
    for url in urls:
        page = visitor.open(url)
        assert page.status == 404
        assert not page.says(CANARY)


def test_a_newcomer_accepts_the_charter_first(visit, collective, meeting):
    newcomer = factories.user()
    factories.membership(newcomer, collective, consents=False)
    visitor = visit(newcomer)
    assert visitor.open(f"/regroupements/{meeting.id}").status == 404
    assert visitor.open(f"/collectifs/{collective.id}/proposer-une-situation").status == 404
