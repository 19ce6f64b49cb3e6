"""A call for tutors of a preparatory class: its own words and questions; its manager answers, nothing is composed."""

import pytest

from collectifs.campaign.domain.answers import facts_of
from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.domain.kinds import CallKind
from collectifs.campaign.domain.work import MailCandidacyAnswered, MailCandidacyReceived
from collectifs.campaign.models.calls import Call
from collectifs.campaign.queries.drafts import calls_to_compose, get_call_to_compose
from collectifs.campaign.queries.freed import freed_places
from collectifs.campaign.services.answering import tell_candidates
from collectifs.campaign.services.candidacies import mint_candidacy_link, withdraw_candidacy
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.people.mails import letters
from tests import factories, papers
from tests.asked import asked

ANSWERS = {"tutoring_years": "1", "work_insee": "Agen", "school": "IRA de Bastia", "half_days": ["wed_pm"]}
EMPTY = {"degree": None, "would_pilot": None, "home_insee": "", "tutoring_years": 1, "school": "IRA de Bastia"}


@pytest.fixture
def call(place) -> Call:
    return factories.call(place, slug="prepa", kind=CallKind.PREPARATORY)


@pytest.fixture
def letter(monkeypatch):
    """The messages that leave, oldest first."""
    sent = []
    monkeypatch.setattr(letters, "deliver", sent.append)
    return sent


def words_of(message) -> str:
    """Up to its foot."""
    text = message.get_payload(0).get_payload(decode=True).decode()
    return " ".join(text.partition("Vous recevez ce message")[0].split())


def page_of(visit, row):
    token = mint_candidacy_link(row, now=clock.now())
    db.session.commit()
    return visit().open(f"/candidature/{token}")


def test_each_kind_wants_its_own_answers():
    assert set(CallKind.PREPARATORY.wanted) <= CallKind.PREPARATORY.asked < CallKind.TUTORS.asked
    said = {"tutoring_years": 0, "work_insee": "47001", "school": "IRA"}
    assert facts_of(CandidacyState.CONFIRMED, said, CallKind.PREPARATORY).missing == []
    assert facts_of(CandidacyState.CONFIRMED, said).missing == ["degree", "home_insee", "would_pilot"]


def test_a_territory_has_one_call_of_each_kind_for_a_season(place, sylvie, visit):
    factories.call(place)
    days = {"opens_on": "2027-02-01", "closes_on": "2027-02-20", "answers_on": "2027-03-01"}
    page = visit(sylvie).open("/appels").follow("Val-de-Brume, classe préparatoire")
    page = page.press("Enregistrer", **days, is_published="y")
    assert page.heading == "Candidatures"
    assert page.says("tutorat en classe préparatoire")
    row = db.session.query(Call).filter_by(kind=CallKind.PREPARATORY).one()
    assert row.slug == "val-de-brume-classe-preparatoire"
    page = visit(sylvie).open(f"/territoires/{place.id}/appel-classe-preparatoire").press("Enregistrer", **days)
    assert any("déjà un appel" in each for each in page.errors)


def test_its_page_and_its_poster_speak_of_a_preparatory_class_and_of_no_collective(call, visit):
    page = visit().open("/appel/prepa")
    assert page.says("ni note, ni calcul, ni choix automatique")
    for words in ("ce qui manque encore", "piloter", "regroupement", "collectif"):
        assert words not in page.soup.main.get_text().lower(), words
    printed = papers.text_of(visit().raw("/appel/prepa/affiche.pdf").data)
    assert papers.words("Quatre questions") in printed
    assert "collectif" not in printed.lower()


def test_four_questions_and_a_receipt_in_its_own_words(call, visit, letter):
    row = factories.candidacy(call, state=CandidacyState.CONFIRMED, **EMPTY | {"school": "", "tutoring_years": None})
    page = page_of(visit, row)
    assert page.says("4 sur 4")
    for name in ("degree", "would_pilot", "home_insee", "supervises"):
        assert not page.soup.select(f"[name={name}]"), name
    assert any("Il manque" in each for each in page.press("Envoyer", school="IRA de Bastia").errors)
    page = page.press("Envoyer", **ANSWERS)
    assert page.heading == "Merci, c’est reçu"
    assert not page.says("Piloter")
    assert not page.says("Avec qui")
    do(*asked(MailCandidacyReceived))
    assert "pour le tutorat en classe préparatoire" in words_of(letter[0])
    assert "collectif" not in words_of(letter[0])


def test_its_manager_answers_and_nothing_is_composed(call, place, sylvie, visit, letter, moment):
    rows = [factories.candidacy(call, name, **EMPTY) for name in ("Anna", "Bruno")]
    page = visit(sylvie).open(f"/appels/{call.id}")
    assert not page.says("Composer")
    assert visit(sylvie).open(f"/candidatures/{rows[0].id}").says("IRA de Bastia")
    assert "IRA" in visit(sylvie).raw(f"/appels/{call.id}/candidatures.csv").get_data(as_text=True)
    assert visit(sylvie).raw(f"/appels/{call.id}/composer").status_code == 404
    assert get_call_to_compose(call.id) is None
    assert calls_to_compose(frozenset([place.id]), 2026) == []
    visitor = visit(sylvie)
    sent = {"reponse": "retained", "candidature": [str(each.id) for each in rows], "csrf_token": visitor.token()}
    assert visitor.raw(f"/appels/{call.id}/repondre", "POST", data=sent).status_code == 302
    moment.shift(86_400)
    tell_candidates(now=clock.now())
    db.session.commit()
    for mail in asked(MailCandidacyAnswered):
        do(mail)
    assert "avec quelle classe préparatoire" in words_of(letter[0])
    assert "pilote" not in words_of(letter[0])


def test_a_place_that_frees_is_for_its_manager_to_give(call):
    row = factories.candidacy(call, state=CandidacyState.RETAINED, told_at=clock.now(), **EMPTY)
    factories.candidacy(call, state=CandidacyState.WAITING, told_at=clock.now(), **EMPTY)
    withdraw_candidacy(row, now=clock.now())
    db.session.flush()
    assert freed_places([call.id], clock.now()) == []
