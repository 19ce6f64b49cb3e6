"""A call and one's own candidacy, as people find them: without account, by the link of a mail."""

import re
from datetime import timedelta

import pytest

from collectifs.across.services.forgetting import erase_account
from collectifs.campaign.domain.candidacy import CandidacyState, HalfDay, WishKind
from collectifs.campaign.domain.work import (
    MailCandidacyAddress,
    MailCandidacyLink,
    MailCandidacyReceived,
    MailCandidacyWithdrawn,
)
from collectifs.campaign.models.calls import Call, CallPartner, Candidacy, Wish
from collectifs.campaign.queries.candidacies import retained, wishes_of
from collectifs.campaign.services.candidacies import mint_candidacy_link, withdraw_candidacy
from collectifs.campaign.services.perishing import forget_candidacies
from collectifs.collectives.models import Membership
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.kernel.text.typography import french
from collectifs.people.domain.person import Degree
from collectifs.people.domain.sign_in import MOST_FAILURES
from collectifs.people.mails import letters
from tests import factories, papers
from tests.asked import asked

ANSWERS = {
    "degree": "first",
    "tutoring_years": "0",
    "work_insee": "le passage (47)",
    "home_insee": "Agen",
    "school": "École du Lavoir",
    "would_pilot": "no",
}


@pytest.fixture
def call(place) -> Call:
    return factories.call(place, slug="val-de-brume", title="Accompagner, cela se travaille")


@pytest.fixture
def letter(monkeypatch):
    """The messages that leave, oldest first."""
    sent = []
    monkeypatch.setattr(letters, "deliver", sent.append)
    return sent


def start(visitor, name=("Jeanne", "Tissot"), address="jeanne@academie.example", query=""):
    page = visitor.open(f"/appel/val-de-brume/candidature{query}")
    return page.press("Recevoir mon lien", given_name=name[0], family_name=name[1], address=address)


def link_to(row: Candidacy) -> str:
    token = mint_candidacy_link(row, now=clock.now())
    db.session.commit()
    return f"/candidature/{token}"


def only() -> Candidacy:
    db.session.expire_all()
    return db.session.query(Candidacy).one()


def test_the_page_of_a_call_keeps_nothing_in_the_browser_and_counts_nobody(call, place, visit):
    place.contact_name, place.contact_address = "Sylvie Montagnac", "sylvie@ac-brume.example"
    factories.testimonial(call)
    visitor = visit()
    answer = visitor.raw("/appel/val-de-brume?par=k7mq2r")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    page = visitor.open("/appel/val-de-brume")
    assert page.heading == "Accompagner, cela se travaille"
    for words in ("sans compte ni cookie", "trois façons de m’y prendre", "Sylvie Montagnac", "Moins de cinq"):
        assert page.says(words), words
    assert db.session.query(Candidacy).count() == 0


def test_a_testimonial_is_gone_the_day_after_the_one_agreed_upon(call, visit, moment):
    factories.testimonial(call, shown_until=clock.now().date())
    assert visit().open("/appel/val-de-brume").says("trois façons")
    moment.shift(timedelta(days=1))
    assert not visit().open("/appel/val-de-brume").says("trois façons")


@pytest.mark.parametrize(
    ("shift", "words", "is_open"),
    [(-2, "L’appel ouvre le", False), (0, "Proposer ma candidature", True), (20, "L’appel est clos depuis", False)],
)
def test_it_says_whether_it_is_open(call, visit, moment, shift, words, is_open):
    moment.shift(timedelta(days=shift))
    page = visit().open("/appel/val-de-brume")
    assert page.says(words)
    assert visit().open("/appel/val-de-brume/candidature").path.endswith("/candidature") is is_open


def test_what_is_not_published_does_not_exist(call, visit):
    call.published_at = None
    assert visit().open("/appel/val-de-brume").path == "/entrer"


def test_from_an_address_to_a_receipt(call, visit, letter):
    visitor = visit()
    assert start(visitor).heading == "Un message vous est envoyé"
    row = only()
    assert row.state is CandidacyState.STARTED
    do(*asked(MailCandidacyLink))
    url = re.search(r"http://localhost(/candidature/\S+)", letter[0].get_payload(0).get_payload(decode=True).decode())[
        1
    ]
    page = visitor.open(url)
    assert only().state is CandidacyState.STARTED  # a mail program opened it: nothing happened
    page = page.press("Oui, c’est moi")
    assert page.heading == "Votre candidature"
    page = page.press("Envoyer ma candidature", **ANSWERS)
    assert page.heading == "Merci, c’est reçu"
    assert page.says("Le Passage (47)")
    row = only()
    assert (row.state, row.work_insee, row.home_insee) == (CandidacyState.COMPLETE, "47201", "47001")
    assert asked(MailCandidacyReceived) == [MailCandidacyReceived(row.id)]


def test_a_wrong_answer_is_told_beside_its_field_and_the_others_are_kept(call, visit):
    row = factories.candidacy(call, state=CandidacyState.CONFIRMED, work_insee="", degree=None, school="")
    page = visit().open(link_to(row)).press("Envoyer", **ANSWERS | {"work_insee": "Saint-Aubain"})
    assert page.status == 422
    assert any("Aucune commune de ce nom" in each for each in page.errors)
    assert page.soup.select_one("#work_insee")["value"] == "Saint-Aubain"
    row = only()
    assert (row.school, row.state, row.work_insee) == ("École du Lavoir", CandidacyState.CONFIRMED, "")


def test_what_is_missing_is_asked_for_and_half_days_are_not(call, visit):
    row = factories.candidacy(call, state=CandidacyState.CONFIRMED, would_pilot=None)
    page = visit().open(link_to(row)).press("Envoyer")
    assert any("si vous aimeriez piloter" in each for each in page.errors)
    assert page.press("Envoyer", would_pilot="yes").heading == "Merci, c’est reçu"
    assert only().half_days == []


def test_a_script_keeps_each_answer_as_it_is_given(call, visit):
    row = factories.candidacy(call, state=CandidacyState.CONFIRMED, degree=None, school="")
    visitor, url = visit(), link_to(row)
    sent = {"degree": "second", "work_insee": "Zzz", "half_days": ["wed_am", "wed_pm"], "csrf_token": visitor.token()}
    answer = visitor.raw(url, "POST", data=sent, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    assert answer.json["errors"] == {"work_insee": "Aucune commune de ce nom."}
    assert "degree" in answer.json["kept"]
    row = only()
    assert row.half_days == [HalfDay.WEDNESDAY_MORNING, HalfDay.WEDNESDAY_AFTERNOON]
    assert (row.degree.value, row.work_insee) == ("second", "47157")


def test_once_sent_an_answer_changes_and_is_not_emptied(call, visit):
    row = factories.candidacy(call)
    page = visit().open(link_to(row) + "?changer=oui")
    assert any("Gardez une réponse" in each for each in page.press("Enregistrer", school="").errors)
    assert page.press("Enregistrer", school="0470001T").says("0470001T") or page.press("Enregistrer", school="").errors
    assert only().school == "École du Lavoir" or only().uai


def test_two_people_share_an_address_and_the_same_person_again_has_one_candidacy(call, visit):
    for name in (("Jeanne", "Tissot"), ("Paul", "Tissot"), ("JEANNE", "TISSOT")):
        start(visit(), name)
    assert sorted(row.given_name for row in db.session.query(Candidacy)) == ["Jeanne", "Paul"]
    assert len(asked(MailCandidacyLink)) == 3


def test_a_partner_is_noted_by_its_link_and_one_that_was_stopped_is_not(call, visit):
    made = {"call_id": call.id, "kind": "inspe", "made_at": clock.now()}
    partner = factories.add(CallPartner(name="INSPÉ", slug="k7mq2r", **made))
    factories.add(CallPartner(name="Ancien", slug="vieux2", revoked_at=clock.now(), **made))
    start(visit(), query="?par=K7MQ2R")
    start(visit(), ("Paul", "Roux"), query="?par=vieux2")
    assert {row.given_name: row.partner_id for row in db.session.query(Candidacy)} == {
        "Jeanne": partner.id,
        "Paul": None,
    }


def test_withdrawn_the_answers_go_at_once_and_the_name_with_the_mail(call, visit, letter):
    row = factories.candidacy(call)
    factories.wish(row, "autre@academie.example")
    url = link_to(row)
    visit().open(f"{url}/retirer").press("Retirer ma candidature")
    row = only()
    assert (row.state, row.school, row.work_insee, row.would_pilot) == (CandidacyState.WITHDRAWN, "", "", None)
    assert db.session.query(Wish).count() == 0
    assert visit().raw(url).status_code == 410
    do(*asked(MailCandidacyWithdrawn))
    db.session.commit()
    row = only()
    assert (row.given_name, row.family_name, row.address) == ("", "", "")
    assert len(letter) == 1


def test_another_address_counts_once_it_is_proved(call, visit, letter):
    row = factories.candidacy(call, address="avant@academie.example")
    visit().open(f"{link_to(row)}/adresse").press("Envoyer le message", address="Apres@academie.example")
    assert only().address == "avant@academie.example"
    for mail in sorted(asked(MailCandidacyAddress), key=lambda mail: not mail.to_new):
        do(mail)
    assert [message["To"].rpartition("<")[2] for message in letter] == [
        "apres@academie.example>",
        "avant@academie.example>",
    ]
    words = letter[0].get_payload(0).get_payload(decode=True).decode()
    url = re.search(r"http://localhost(/candidature/\S+)", words)[1]
    visit().open(url).press("Confirmer cette adresse")
    assert only().address == "apres@academie.example"


def test_wishes_are_sealed_and_together_counts_when_both_ask(call, visit):
    people = [
        factories.candidacy(call, name, address=f"{name.lower()}@academie.example", state=CandidacyState.RETAINED)
        for name in ("Anna", "Bruno", "Claire")
    ]
    anna, bruno, claire = people
    page = visit().open(f"{link_to(anna)}/souhaits")
    page.press("Garder", together="bruno@academie.example claire@academie.example", apart="")
    factories.wish(bruno, "anna@academie.example")
    factories.wish(claire, "bruno@academie.example", WishKind.APART)
    found = wishes_of(call.id, retained(call.id))
    assert found.together == {frozenset((anna.id, bruno.id))}
    assert found.apart == {frozenset((claire.id, bruno.id))}
    assert len(retained(call.id)) == 3
    assert visit().open(f"{link_to(anna)}/souhaits").says("bruno@academie.example")


def test_late_ones_wait_until_the_first_meetings(call, visit, moment):
    call.meets_on = clock.now().date() + timedelta(days=40)
    row = factories.candidacy(call, state=CandidacyState.CONFIRMED)
    moment.shift(timedelta(days=15))
    assert visit().open("/appel/val-de-brume").says("M’inscrire sur la liste d’attente")
    assert visit().open(link_to(row)).press("Envoyer").says("liste d’attente")
    assert only().state is CandidacyState.WAITING


def test_the_poster_says_the_whole_call_and_where_to_answer_it(call, visit):
    answer = visit().raw("/appel/val-de-brume/affiche.pdf")
    assert answer.mimetype == "application/pdf"
    printed = papers.text_of(answer.data)
    for said in (call.incitation, "localhost/appel/val-de-brume", "Une page au plus en sort"):
        assert papers.words(french(said)) in printed
    assert "Set-Cookie" not in answer.headers


def test_a_former_member_finds_a_button_and_what_they_said_last_time(call, place, maud, visit):
    former = factories.collective(place, members=[maud], season=2025)
    said = db.session.query(Membership).filter_by(user_id=maud.id, collective_id=former.id).one()
    said.school, said.tutoring_years, said.work_insee, said.degree = "École du Lavoir", 0, "47157", Degree.FIRST
    page = visit(maud).open("/").press("Proposer de nouveau ma candidature")
    assert page.heading == "Votre candidature"
    row = only()
    assert (row.state, row.school, row.tutoring_years, row.work_insee) == (
        CandidacyState.CONFIRMED,
        "École du Lavoir",
        1,
        "47157",
    )
    assert not visit(maud).open("/").has_button("Proposer de nouveau")
    stranger = factories.user()
    assert not visit(stranger).open("/").has_button("Proposer de nouveau")
    visitor = visit(stranger)
    refused = visitor.raw(f"/appels/{call.id}/de-nouveau", "POST", headers={"X-CSRFToken": visitor.token()})
    assert refused.status_code == 404


def test_an_account_that_is_erased_takes_its_candidacies_with_it(call, maud):
    factories.candidacy(call, address=maud.address)
    erase_account(maud, now=clock.now())
    assert db.session.query(Candidacy).count() == 0


def test_a_withdrawn_one_whose_mail_cannot_leave_is_forgotten_the_next_day(call, moment):
    row = factories.candidacy(call)
    withdraw_candidacy(row, now=clock.now())
    forget_candidacies(today=clock.now().date())
    assert row.address
    forget_candidacies(today=clock.now().date() + timedelta(days=1))
    assert not row.address


def test_a_network_that_gives_address_upon_address_is_slowed_and_no_mail_leaves(call, visit, monkeypatch):
    monkeypatch.setitem(MOST_FAILURES, "asking", 2)
    for name in ("Aubry", "Brun"):
        assert start(visit(), ("Jeanne", name), f"{name}@academie.example").heading == "Un message vous est envoyé"
    assert start(visit(), ("Jeanne", "De trop"), "de.trop@academie.example").status == 429
    assert db.session.query(Candidacy).count() == 2
