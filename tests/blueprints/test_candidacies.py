"""Calls and candidacies as their manager finds them."""

from datetime import timedelta

import pytest

from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.domain.work import MailCandidacyAnswered, MailCandidacyWaits, OfferPlaces
from collectifs.campaign.models import calls
from collectifs.campaign.models.calls import Call, CallPartner, Candidacy
from collectifs.campaign.services.answering import tell_candidates
from collectifs.campaign.services.candidacies import mint_candidacy_link, withdraw_candidacy
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.people.domain.person import Role
from tests import factories
from tests.asked import asked

DAYS = {"opens_on": "2027-01-13", "closes_on": "2027-01-29", "answers_on": "2027-02-05", "meets_on": "2027-02-24"}


@pytest.fixture
def call(place) -> Call:
    return factories.call(place, slug="val-de-brume")


def again(row):
    db.session.expire_all()
    return db.session.get_one(type(row), row.id)


def answer(visitor, call, rows, reply, **more):
    ids = [str(row.id) for row in rows]
    data = {"candidature": ids, "reponse": reply, "csrf_token": visitor.token(), **more}
    return visitor.open(f"/appels/{call.id}/repondre", "POST", data)


def test_a_call_is_written_published_and_read_by_everybody(place, sylvie, visit):
    page = visit(sylvie).open("/appels").follow("Val-de-Brume")
    page = page.press("Enregistrer", **DAYS, title="Venez travailler à plusieurs")
    assert page.heading == "Candidatures"
    assert visit().open("/appel/val-de-brume").path == "/entrer"
    page.follow("Modifier l’appel").press("Enregistrer", is_published="y")
    assert visit().open("/appel/val-de-brume").heading == "Venez travailler à plusieurs"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"closes_on": "2027-01-01"}, "se ferme après son ouverture"),
        ({"answers_on": "2027-01-20"}, "vient après la fermeture"),
        ({"meets_on": "2027-02-01"}, "viennent après la réponse"),
        ({"opens_on": ""}, "Choisissez un jour"),
    ],
)
def test_days_that_do_not_follow_each_other_are_told_beside_their_field(place, sylvie, visit, wrong, sentence):
    page = visit(sylvie).open(f"/territoires/{place.id}/appel").press("Enregistrer", **DAYS | wrong)
    assert any(sentence in each for each in page.errors)


def test_the_next_season_begins_with_the_words_of_the_last(call, place, sylvie, visit, moment):
    call.incitation = "Des situations vécues."
    page = visit(sylvie).open(f"/territoires/{place.id}/appel")
    assert page.soup.select_one("#incitation").get_text().strip() == "Des situations vécues."
    assert page.soup.select_one("#opens_on")["value"] == ""
    next_year = {name: day.replace("2027", "2028") for name, day in DAYS.items()}
    page.press("Enregistrer", **next_year)
    assert sorted(row.slug for row in db.session.query(Call)) == ["val-de-brume", "val-de-brume-2027"]


def test_a_paused_call_takes_nobody_until_it_goes_on(call, sylvie, visit):
    page = visit(sylvie).open(f"/appels/{call.id}")
    page.press("Suspendre l’appel")
    assert visit().open("/appel/val-de-brume").says("suspendu")
    assert visit().open("/appel/val-de-brume/candidature").path == "/appel/val-de-brume"
    visit(sylvie).open(f"/appels/{call.id}").press("Reprendre l’appel")
    assert visit().open("/appel/val-de-brume").says("Proposer ma candidature")


def test_the_list_is_filtered_and_shows_what_may_be_one_person_twice(call, sylvie, visit):
    for name, values in {
        "Nadège": {"family_name": "Pruvost", "work_insee": "47157"},
        "N.": {"family_name": "Pruvost"},
        "Denis": {"family_name": "Marzin", "degree": "second", "tutoring_years": 9, "school": "Lycée des Sternes"},
    }.items():
        factories.candidacy(call, name, **values)
    factories.candidacy(call, "Cachée", state=CandidacyState.CONFIRMED)
    page = visit(sylvie).open(f"/appels/{call.id}")
    assert page.says("À examiner 3")
    assert page.text.count("Peut-être deux fois la même personne") == 2
    assert not page.says("Cachée")
    assert page.says("Une candidature commencée")
    for query, names in {
        "mots=sternes": ["Denis"],
        "degre=first": ["Nadège", "N."],
        "annees=3": ["Denis"],
        "piloter=oui": [],
        "etat=retained": [],
    }.items():
        found = visit(sylvie).open(f"/appels/{call.id}?{query}")
        assert [each for each in ("Nadège", "N.", "Denis") if found.says(f"{each} ")] == names, query
    assert visit(sylvie).open(f"/appels/{call.id}?autour=Zzz").says("Aucune commune de ce nom")


def test_one_answer_to_many_is_undone_until_the_mails_leave(call, sylvie, visit, moment):
    rows = [factories.candidacy(call) for _ in range(3)]
    page = answer(visit(sylvie), call, rows, "retained")
    assert page.says("Trois réponses notées")
    assert {again(row).state for row in rows} == {CandidacyState.RETAINED}
    tell_candidates(now=clock.now())
    assert asked(MailCandidacyAnswered) == []
    page.press("Tout annuler")
    assert {again(row).state for row in rows} == {CandidacyState.COMPLETE}
    answer(visit(sylvie), call, rows[:1], "waiting")
    moment.shift(timedelta(hours=8))
    for _ in range(2):
        tell_candidates(now=clock.now())
    assert asked(MailCandidacyAnswered) == [MailCandidacyAnswered(rows[0].id)]
    assert again(rows[0]).told_at is not None


def test_a_no_asks_for_its_sentence(call, sylvie, visit):
    row = factories.candidacy(call)
    page = answer(visit(sylvie), call, [row], "declined")
    assert page.heading == "Décliner une candidature"
    page = page.press("Décliner avec cette phrase")
    assert any("Écrivez une phrase" in each for each in page.errors)
    page.press("Décliner avec cette phrase", sentence="Pas encore de collectif près de chez vous.")
    assert (again(row).state, again(row).answer[:10]) == (CandidacyState.DECLINED, "Pas encore")


def test_what_was_told_does_not_change_from_here_but_a_waiting_one_may_be_retained(call, sylvie, visit):
    told = {"told_at": clock.now(), "tells_at": clock.now()}
    row = factories.candidacy(call, state=CandidacyState.RETAINED, **told)
    assert answer(visit(sylvie), call, [row], "waiting").says("La réponse est déjà partie")
    waiting = factories.candidacy(call, state=CandidacyState.WAITING, **told)
    answer(visit(sylvie), call, [waiting], "retained")
    assert again(waiting).state is CandidacyState.RETAINED


def test_nobody_of_the_hierarchy_is_retained(call, place, sylvie, visit):
    who = factories.user("Paul", "Roux")
    factories.grant(who, Role.INSPECTOR, place)
    row = factories.candidacy(call, "Paul", address=who.address)
    assert answer(visit(sylvie), call, [row], "retained").says("appartient à la hiérarchie")
    assert again(row).state is CandidacyState.COMPLETE


def test_a_spreadsheet_of_candidacies_computes_nothing(call, sylvie, visit):
    factories.candidacy(call, "=1+1", school="@SOMME(A1)")
    text = visit(sylvie).raw(f"/appels/{call.id}/candidatures.csv").get_data(as_text=True)
    assert "'=1+1" in text
    assert "'@SOMME" in text
    assert visit(sylvie).raw(f"/appels/{call.id}/candidatures.ods").status_code == 200


def test_a_partner_has_a_link_and_a_poster_until_it_is_stopped_and_under_five_nothing_is_shown(call, sylvie, visit):
    page = visit(sylvie).open(f"/appels/{call.id}/partenaires").press("Créer le lien", name="INSPÉ", kind="inspe")
    partner = db.session.query(CallPartner).one()
    assert page.says(f"/appel/val-de-brume?par={partner.slug}")
    assert visit(sylvie).raw(f"/partenaires/{partner.id}/affiche.pdf").mimetype == "application/pdf"
    for number in range(6):
        state = CandidacyState.RETAINED if number < 4 else CandidacyState.COMPLETE
        factories.candidacy(call, partner_id=partner.id, state=state)
    row = visit(sylvie).open(f"/appels/{call.id}/partenaires").soup.select_one(".funnel tbody tr")
    assert [cell.get_text() for cell in row.select("td")] == ["6", "6", "6", *["moins de 5"] * 3]
    page.press("Arrêter")
    assert again(partner).revoked_at is not None


def test_a_testimonial_has_an_agreement_and_an_end(call, sylvie, visit):
    page = visit(sylvie).open(f"/appels/{call.id}/paroles")
    words = {"text": "J’y ai appris.", "said_by": "tutor", "signed": "Une tutrice", "agreed_by": "Anna Roux"}
    refused = page.press("Ajouter", **words, agreed_on="2027-01-10", shown_until="2028-09-30")
    assert any("31 août" in each for each in refused.errors)
    page.press("Ajouter", **words, agreed_on="2027-01-10", shown_until="2027-06-30")
    assert visit().open("/appel/val-de-brume").says("J’y ai appris")
    assert not visit().open("/appel/val-de-brume").says("Anna Roux")
    visit(sylvie).open(f"/appels/{call.id}/paroles").press("Retirer")
    assert db.session.query(calls.Testimonial).count() == 0


def test_the_deadline_is_told_once_to_those_who_began(call, moment):
    begun = factories.candidacy(call, state=CandidacyState.CONFIRMED)
    factories.candidacy(call, state=CandidacyState.STARTED)
    factories.candidacy(call)
    moment.shift(timedelta(days=7))
    for _ in range(2):
        tell_candidates(now=clock.now())
    assert asked(MailCandidacyWaits) == [MailCandidacyWaits(begun.id)]


def test_a_manager_of_elsewhere_and_an_inspector_read_no_candidacy(call, place, visit):
    row = factories.candidacy(call)
    inspector, other = factories.user("Inès"), factories.user("Autre")
    factories.grant(inspector, Role.INSPECTOR, place)
    factories.grant(other, Role.MANAGER, factories.territory("Hautes-Sources"))
    for who in (inspector, other):
        for url in (f"/appels/{call.id}", f"/candidatures/{row.id}", f"/appels/{call.id}/candidatures.csv"):
            assert visit(who).raw(url).status_code == 404
    assert db.session.query(Candidacy).count() == 1


def test_a_place_that_frees_is_offered_answered_by_its_person_and_seen_by_the_manager(call, sylvie, visit, moment):
    told = {"told_at": clock.now(), "tells_at": clock.now()}
    waiting = factories.candidacy(call, "Nour", state=CandidacyState.WAITING, **told)
    gone = factories.candidacy(call, state=CandidacyState.RETAINED, **told)
    assert not visit(sylvie).open(f"/appels/{call.id}").says("Une place s’est libérée")
    withdraw_candidacy(gone, now=clock.now())
    do(OfferPlaces(call.id))
    db.session.commit()
    assert visit(sylvie).open(f"/appels/{call.id}").says("Elle sera proposée à Nour")
    link = f"/candidature/{mint_candidacy_link(waiting, now=clock.now())}"
    db.session.commit()
    assert not visit().open(link).says("Une place vous est proposée")
    moment.shift(timedelta(hours=8))
    assert visit(sylvie).open(f"/appels/{call.id}").says("Elle est proposée à Nour")
    page = visit().open(link)
    assert page.says("Répondez jusqu’au samedi 16 janvier 2027 à 18 h")
    assert again(waiting).state is CandidacyState.WAITING, "looking answers nothing"
    page = page.press("Oui, je la prends")
    assert page.says("La place est à vous")
    assert again(waiting).state is CandidacyState.RETAINED
    assert asked(MailCandidacyAnswered) == [MailCandidacyAnswered(waiting.id)]
    assert not visit(sylvie).open(f"/appels/{call.id}").says("Une place s’est libérée")


def test_a_manager_offers_it_no_more_and_whoever_was_asked_is_told(call, sylvie, visit, moment):
    told = {"told_at": clock.now(), "tells_at": clock.now()}
    waiting = factories.candidacy(call, "Nour", state=CandidacyState.WAITING, **told)
    freed = factories.candidacy(call, state=CandidacyState.WITHDRAWN, freed_at=clock.now())
    factories.place_offer(freed, waiting)
    link = f"/candidature/{mint_candidacy_link(waiting, now=clock.now())}"
    db.session.commit()
    page = visit().open(link)
    visit(sylvie).open(f"/appels/{call.id}").press("Ne plus la proposer")
    late = page.press("Oui, je la prends")
    assert late.says("Cette place n’est plus proposée : vous restez sur la liste d’attente.")
    assert again(waiting).state is CandidacyState.WAITING
