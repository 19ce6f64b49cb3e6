"""The directory as people find it: read without account, written to without an address, kept by its relays."""

from datetime import UTC, datetime, timedelta

import pytest

from collectifs.kernel import vault
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.kernel.models import ERASED, AuditEvent
from collectifs.kernel.work import DestroyKey
from collectifs.network.domain.directory import Audience
from collectifs.network.domain.work import MailRelayAsked, MailRelayMessage, MailRelayNamed
from collectifs.network.models import Programme, Relay, RelayMessage
from collectifs.network.queries.own import told_of_relays
from collectifs.network.services.directory import follow_relays
from collectifs.people.mails import letters
from tests import directing
from tests.asked import asked

MESSAGE = {"name": "Maëlle Aubry", "address": "maelle@ecole.example", "text": "Bonjour,\nprenez-vous encore du monde ?"}
PROGRAMME = {"name": "Passerelle", "audience": "pupils", "about": "Deux soirs par semaine.", "places": "Valombre"}


@pytest.fixture
def letter(monkeypatch):
    """The messages that leave, oldest first."""
    sent = []
    monkeypatch.setattr(letters, "deliver", sent.append)
    return sent


@pytest.fixture
def passerelle(place) -> Programme:
    return directing.programme(place)


@pytest.fixture
def solene(passerelle) -> Relay:
    return directing.relay(passerelle, "Solène", family_name="Rocher", address="solene@ecole.example")


def text_of(message) -> str:
    return " ".join(message.get_payload(0).get_payload(decode=True).decode().replace("\u202f", " ").split())


def write(visitor, moment, programme, **more: str):
    page = visitor.open(f"/annuaire/{programme.id}/ecrire")
    moment.shift(timedelta(seconds=40))
    return page.press("Envoyer le message", **MESSAGE | more)


def test_the_directory_is_read_without_account_or_cookie_and_shows_no_address(passerelle, solene, visit):
    answer = visit().raw("/annuaire")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "solene@ecole.example" not in answer.get_data(as_text=True)
    page = visit().open("/annuaire")
    for words in ("Passerelle", "élèves", "Saint-Aubin-des-Prés", "Solène Rocher", "relais 2026-2027"):
        assert page.says(words), words


def test_nobody_reads_a_line_or_a_name_before_a_relay_said_yes(place, visit):
    row = directing.programme(place, "Pas encore", confirmed_season=None, confirmed_at=None)
    directing.relay(row, "Muette", agreed_at=None)
    named = directing.programme(place, "Le Quai")
    directing.relay(named, "Attendue", agreed_at=None)
    page = visit().open("/annuaire")
    assert page.says("Le Quai")
    assert not page.says("Pas encore")
    assert not page.says("Muette")
    assert not page.says("Attendue")
    assert visit().raw(f"/annuaire/{row.id}/ecrire").status_code in (302, 404)


def test_a_search_keeps_what_answers_it_and_says_when_nothing_does(place, passerelle, solene, visit):
    directing.programme(place, "Premiers pas", audience=Audience.BEGINNERS, places="Pontelis")
    page = visit().open("/annuaire?mots=aubin")
    assert page.says("Passerelle")
    assert not page.says("Premiers pas")
    assert not visit().open("/annuaire?pour=beginners").says("Passerelle")
    assert visit().open("/annuaire?mots=xyz&pour=inconnu").says("Aucun programme ne répond à cette recherche")


def test_a_line_that_nobody_confirms_is_grey_says_its_last_day_then_is_gone(passerelle, solene, visit, moment):
    moment.move_to(datetime(2027, 9, 2, 12, tzinfo=UTC))
    page = visit().open("/annuaire")
    assert page.says("Non confirmé depuis janvier 2027")
    assert page.says("Sera retiré le jeudi 31 août 2028")
    assert visit().open(f"/annuaire/{passerelle.id}/ecrire").says("il se peut que personne ne réponde")
    moment.move_to(datetime(2028, 9, 1, 12, tzinfo=UTC))
    assert not visit().open("/annuaire").says("Passerelle")


def test_a_message_reaches_the_relay_who_answers_its_writer_and_no_word_stays_here(
    passerelle, solene, visit, moment, letter
):
    page = write(visit(), moment, passerelle)
    assert page.says("Solène Rocher le recevra dans sa boîte")
    assert not page.says("solene@ecole.example")
    row = db.session.query(RelayMessage).one()
    assert b"monde" not in row.body
    do(asked(MailRelayMessage)[0])
    (mail,) = letter
    assert "solene@ecole.example" in mail["To"]
    assert "maelle@ecole.example" in mail["Reply-To"]
    assert "prenez-vous encore du monde ?" in text_of(mail)
    assert "/mon-relais/" not in text_of(mail)
    db.session.expire_all()
    assert row.body == ERASED
    assert row.sent_at is not None
    for each in asked(DestroyKey):
        do(each)
    assert not vault.has_key(row.key_id)
    said = {each.kind: each for each in db.session.query(AuditEvent)}
    assert said["relay_message_written"].actor_id is None


def test_a_message_goes_to_both_relays_and_to_nobody_who_has_not_said_yes(passerelle, solene, visit, moment):
    directing.relay(passerelle, "Denis")
    write(visit(), moment, passerelle)
    assert len(asked(MailRelayMessage)) == 2


def test_the_fourth_message_of_an_address_waits_for_tomorrow_and_nothing_typed_is_lost(
    passerelle, solene, visit, moment
):
    for _ in range(3):
        write(visit(), moment, passerelle)
    page = write(visit(), moment, passerelle)
    assert page.status == 422
    assert page.says("Trois messages par jour et par adresse")
    assert page.soup.select_one("textarea").get_text().strip().startswith("Bonjour")
    assert db.session.query(RelayMessage).count() == 3
    moment.shift(timedelta(days=1, hours=1))
    assert write(visit(), moment, passerelle).status == 200


def test_what_a_machine_sends_is_refused_in_words(passerelle, solene, visit, moment):
    assert write(visit(), moment, passerelle, trap="http://").says("Laissez cette case vide : elle n’est là que")
    page = visit().open(f"/annuaire/{passerelle.id}/ecrire").press("Envoyer le message", **MESSAGE)
    assert page.says("C’est parti trop vite")
    assert write(visit(), moment, passerelle, shown="1700000000.abc").says("C’est parti trop vite")
    assert write(visit(), moment, passerelle, address="maelle").says("Cette adresse est incomplète")
    assert write(visit(), moment, passerelle, text="x" * 2001).says("rien n’est coupé à votre place")
    assert db.session.query(RelayMessage).count() == 0


def test_a_message_to_a_territory_reaches_whoever_answers_for_it(place, visit, moment, letter):
    directing.relay(place, "Inès")
    page = visit().open("/annuaire").follow("Écrire aux relais de Val-de-Brume")
    moment.shift(timedelta(seconds=40))
    page.press("Envoyer le message", **MESSAGE)
    do(asked(MailRelayMessage)[0])
    assert "Val-de-Brume" in text_of(letter[0])


def test_a_manager_writes_a_line_names_its_relay_and_the_line_is_public_with_their_yes(place, sylvie, visit, letter):
    page = visit(sylvie).open(f"/territoires/{place.id}/programme").press("Inscrire le programme", **PROGRAMME)
    assert page.says("Personne n’en répond encore")
    page = page.press(
        "Nommer et envoyer le lien", given_name="Solène", family_name="Rocher", address="Solene@Ecole.example"
    )
    assert page.says("attendue")
    assert not visit().open("/annuaire").says("Passerelle")
    do(asked(MailRelayNamed)[0])
    link = next(each for each in text_of(letter[0]).split() if "/mon-relais/" in each)
    own = visit().open(link.removeprefix("http://localhost"))
    assert own.says("Deux soirs par semaine.")
    assert not visit().open("/annuaire").says("Passerelle"), "looking says nothing"
    own = own.press("Oui, c’est juste, et j’en réponds en 2026-2027")
    assert own.says("Merci, Solène : c’est confirmé")
    assert visit().open("/annuaire").says("Solène Rocher")
    own = own.follow("Corriger la ligne").press("Enregistrer", **PROGRAMME | {"places": "Castelune"})
    assert visit().open("/annuaire").says("Castelune")
    gone = own.follow("Ne plus être relais").press("Arrêter et tout effacer")
    assert gone.says("Ni votre nom ni votre adresse ne sont gardés ici")
    assert db.session.query(Relay).count() == 0
    assert visit().raw(link.removeprefix("http://localhost")).status_code == 410


def test_a_third_relay_and_a_wrong_address_are_refused_next_to_their_field(passerelle, solene, sylvie, visit):
    url = f"/programmes/{passerelle.id}/relais"
    named = {"given_name": "Denis", "family_name": "Morvan", "address": "solene@ecole.example"}
    page = visit(sylvie).open(url).press("Nommer et envoyer le lien", **named)
    assert page.says("Cette adresse est déjà celle d’un relais.")
    assert page.soup.select_one("[name=given_name]")["value"] == "Denis"
    directing.relay(passerelle, "Noé")
    assert not visit(sylvie).open(url).says("Nommer et envoyer le lien")


def test_each_relay_is_asked_once_in_june_and_reminded_once_in_september(passerelle, solene, moment):
    follow_relays(now=datetime(2027, 5, 31, 12, tzinfo=UTC))
    assert asked(MailRelayAsked) == []
    for day in (1, 2):
        follow_relays(now=datetime(2027, 6, day, 12, tzinfo=UTC))
    assert asked(MailRelayAsked) == [MailRelayAsked(solene.id)]
    for day in (1, 2):
        follow_relays(now=datetime(2027, 9, day, 12, tzinfo=UTC))
    assert len(asked(MailRelayAsked)) == 2


def test_a_yes_in_june_counts_for_the_season_to_come(passerelle, solene, visit, moment):
    moment.move_to(datetime(2027, 6, 3, 12, tzinfo=UTC))
    url = directing.link(solene, "un-jeton")
    visit().open(url).press("Oui, c’est juste, et j’en réponds en 2027-2028")
    moment.move_to(datetime(2027, 9, 3, 12, tzinfo=UTC))
    assert visit().open("/annuaire").says("relais 2027-2028")


def test_removing_a_programme_erases_its_relays_and_destroys_what_they_had_not_received(
    passerelle, solene, sylvie, visit, moment
):
    write(visit(), moment, passerelle)
    key_id = db.session.query(RelayMessage).one().key_id
    visit(sylvie).open(f"/programmes/{passerelle.id}/retirer").press("Retirer le programme")
    assert db.session.query(Relay).count() == db.session.query(RelayMessage).count() == 0
    assert asked(DestroyKey) == [DestroyKey(key_id)]


def test_a_link_that_is_asked_for_again_leaves_by_mail(passerelle, solene, sylvie, visit, letter):
    visit(sylvie).open(f"/programmes/{passerelle.id}/relais").press("Renvoyer son lien à Solène Rocher")
    do(asked(MailRelayNamed)[0])
    assert "Voici de nouveau votre lien de relais" in text_of(letter[0])


def test_somebody_who_takes_their_data_reads_what_they_answer_for(passerelle, solene, app):
    (told,) = told_of_relays("solene@ecole.example")
    assert told["relais de"] == "Passerelle"
