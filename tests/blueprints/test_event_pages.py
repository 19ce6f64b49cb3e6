"""A day as its manager finds it: written, published, changed, cancelled; who is registered, who came."""

from datetime import timedelta

import pytest

from collectifs.campaign.domain.funnel import MASKED
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.text.typography import french
from collectifs.network.domain.work import MailEventCancelled, MailEventMoved, MailSeatChanged
from collectifs.network.models import Event, EventPartner, EventSlot, SlotChoice, Workshop
from collectifs.network.services.registrations import mint_registration_link
from collectifs.people.domain.person import Role
from tests import factories
from tests.asked import asked
from tests.eventing import Day
from tests.papers import check_readable_aloud, text_of, words
from tools.bench_pages import MOST, counted

A_DAY = timedelta(days=1)


@pytest.fixture
def day(place) -> Day:
    return Day(place)


@pytest.fixture
def manager(sylvie, visit):
    return visit(sylvie)


def page_of(day: Day, more: str = "") -> str:
    return f"/journees/{day.event.id}{more}"


def test_a_day_is_written_slot_by_slot_and_published(manager, place, visit):
    day_in_spring = (clock.now() + 40 * A_DAY).date()
    page = manager.open(f"/territoires/{place.id}/journee").press(
        "Enregistrer",
        title="Apprendre entre collègues",
        kind="between_schools",
        day=day_in_spring.isoformat(),
        starts="09:30",
        ends="16:30",
        place="collège de la Brume",
        closes_on=(day_in_spring - A_DAY).isoformat(),
    )
    assert page.heading == "Apprendre entre collègues"
    assert page.press("Publier la journée").says("Ajoutez d’abord un créneau")
    page = page.follow("Ajouter un créneau").press("Enregistrer", starts="10:00", ends="11:30")
    page = page.follow("Ajouter un atelier").press(
        "Enregistrer", title="Ouvrir un entretien", capacity="24", room="B 12"
    )
    assert page.says("0 sur 24")
    assert visit().open("/journee/apprendre-entre-collegues").path == "/entrer"
    page.press("Publier la journée")
    assert visit().open("/journee/apprendre-entre-collegues").says("Ouvrir un entretien")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"ends": "08:00"}, "La fin vient après le début"),
        ({"day": "2020-01-01", "closes_on": "2020-01-01"}, "Ce jour est passé"),
        ({"closes_on": "2027-12-31"}, "se ferment avant la journée"),
        ({"title": ""}, "Écrivez un titre"),
        ({"starts": "midi"}, "Écrivez l’heure ainsi"),
    ],
)
def test_a_day_that_cannot_be_is_told_beside_its_field_and_nothing_typed_is_lost(manager, day, typed, words):
    page = manager.open(page_of(day, "/modifier")).press("Enregistrer", **typed)
    assert page.status == 422
    assert any(words in each for each in page.errors)
    assert page.soup.select_one("#place")["value"] == "collège de la Brume"


def test_a_room_that_is_taken_and_no_place_at_all_are_told(manager, day):
    day.first.room = "B 12"
    url = f"/creneaux/{day.slot.id}/atelier"
    page = manager.open(url).press("Enregistrer", title="Autre", capacity="10", room="b 12")
    assert any("a déjà un atelier" in each for each in page.errors)
    page = manager.open(url).press("Enregistrer", title="Autre", capacity="0")
    assert any("De 1 à 500 places" in each for each in page.errors)
    assert db.session.query(Workshop).count() == 2


def test_fewer_places_name_who_goes_to_the_waiting_list_before_it_is_done(manager, day):
    day.comes(given="Aline")
    last = day.comes(given="Nora")
    page = manager.open(f"/ateliers/{day.first.id}/modifier").press("Enregistrer", capacity="1")
    assert page.status == 422
    assert any("Nora" in each and "passe en liste d’attente" in each for each in page.errors)
    assert day.seat(last) == "Ouvrir un entretien"
    page = page.press("Enregistrer")
    assert page.says("une personne est prévenue")
    assert day.seat(last) == ""
    assert len(asked(MailSeatChanged)) == 1


def test_a_workshop_is_cancelled_once_one_has_read_what_becomes_of_its_people(manager, day):
    row = day.comes(second=day.second)
    page = manager.open(f"/ateliers/{day.first.id}/annuler")
    assert page.says("une place prise")
    page.press("Annuler l’atelier")
    assert day.seat(row) == "Une visite, trois faits"


def test_a_day_moves_with_its_slots_and_everybody_is_told(manager, day):
    day.comes()
    before = day.slot.starts_at
    new_day = (day.event.starts_at + 7 * A_DAY).date()
    page = manager.open(page_of(day, "/modifier")).press("Enregistrer", day=new_day.isoformat())
    assert page.says("chaque personne inscrite est prévenue")
    assert len(asked(MailEventMoved)) == 1
    db.session.expire_all()
    assert db.session.get_one(EventSlot, day.slot.id).starts_at == before + 7 * A_DAY


def test_a_day_is_cancelled_with_a_sentence(manager, day, visit):
    day.comes()
    page = manager.open(page_of(day, "/annuler"))
    assert page.says("Une personne inscrite sera prévenue")
    page.press("Annuler la journée", sentence="Le collège ferme pour travaux.")
    assert len(asked(MailEventCancelled)) == 1
    assert visit().open(f"/journee/{day.event.slug}").says("ferme pour travaux")
    assert not manager.open(page_of(day)).says("Modifier la journée")


def test_other_hours_of_a_slot_and_a_slot_written_by_mistake(manager, day):
    page = manager.open(page_of(day)).follow("Ajouter un créneau").press("Enregistrer", starts="15:00", ends="16:00")
    page = page.press("Retirer ce créneau")
    assert db.session.query(EventSlot).count() == 1
    page = page.follow("Changer ses heures").press("Enregistrer", ends="23:00")
    assert any("sort des heures" in each for each in page.errors)


def test_each_programme_has_its_link_and_under_five_nothing_is_counted(manager, day):
    page = manager.open(page_of(day, "/programmes")).press("Créer le lien", name="Embruns")
    row = db.session.query(EventPartner).one()
    for _ in range(4):
        day.comes().partner_id = row.id
    db.session.commit()
    assert french(MASKED) in [cell.get_text() for cell in manager.open(page.path).soup.select("td.num")]
    day.comes().partner_id = row.id
    db.session.commit()
    page = manager.open(page.path)
    assert "5" in [cell.get_text() for cell in page.soup.select("td.num")]
    page.press("Arrêter")
    assert manager.open(page.path).says("arrêté le")


def test_the_list_is_by_name_and_leaves_as_a_table_in_which_no_formula_acts(manager, day):
    row = day.comes(second=day.second)
    row.comes_from = "=HYPERLINK(1)"
    for _ in range(2):
        day.comes()
    waits = day.comes(second=day.second)
    page = manager.open(page_of(day, "/inscriptions"))
    assert page.says(row.family_name)
    assert page.says("en attente de")
    text = manager.raw(page_of(day, "/inscriptions.csv")).get_data(as_text=True)
    assert "'=HYPERLINK" in text
    assert f"{waits.family_name};" in text
    assert manager.raw(page_of(day, "/inscriptions.ods")).status_code == 200


def test_the_lists_to_sign_are_read_aloud_and_hold_everybody_with_a_place(manager, day, tmp_path):
    row = day.comes()
    pdf = manager.raw(page_of(day, "/feuilles-d-emargement.pdf")).get_data()
    check_readable_aloud(pdf, tmp_path)
    assert words(row.family_name) in text_of(pdf)


def test_who_came_is_ticked_and_finds_a_certificate_once_the_day_is_over(manager, day, visit, moment, tmp_path):
    there, away = day.comes(), day.comes()
    tokens = {each.id: mint_registration_link(each, now=clock.now()) for each in (there, away)}
    db.session.commit()
    url = f"/ateliers/{day.first.id}/presences"
    assert manager.open(url).says("à partir du début de la journée")
    moment.shift(21 * A_DAY + timedelta(hours=1))
    page = manager.open(url)
    sent = {"present": [str(there.id)], "csrf_token": manager.token()}
    manager.raw(url, "POST", data=sent)
    assert page.path == url
    came = [each.registration_id for each in db.session.query(SlotChoice) if each.came_at]
    assert came == [there.id]
    moment.shift(timedelta(hours=8))
    pdf = visit().raw(f"/inscription/{tokens[there.id]}/attestation.pdf").get_data()
    check_readable_aloud(pdf, tmp_path)
    assert words("Ouvrir un entretien") in text_of(pdf)
    assert visit().raw(f"/inscription/{tokens[away.id]}/attestation.pdf").status_code != 200


def test_a_day_of_another_territory_is_nobodys_business(day, visit):
    other = factories.user("Autre")
    factories.grant(other, Role.MANAGER, factories.territory("Hautes-Sources"))
    assert visit(other).open(page_of(day)).status == 404
    assert db.session.query(Event).count() == 1


def test_no_page_of_a_day_makes_more_queries_for_more_people(manager, day, visit):
    own = {}
    counts = []
    for number in range(2):
        for _ in range(3 + 5 * number):
            row = day.comes(second=day.second)
        own[number] = f"/inscription/{mint_registration_link(row, now=clock.now())}"
        db.session.commit()
        pages = [(visit(), f"/journee/{day.event.slug}"), (visit(), own[number])]
        pages += [(manager, page_of(day, more)) for more in ("", "/inscriptions", "/inscriptions.csv")]
        pages += [(manager, "/journees"), (manager, f"/ateliers/{day.first.id}/presences")]
        counts.append([queries(*each) for each in pages])
    assert max(counts[1]) <= MOST
    assert counts[0] == counts[1]


def queries(visitor, url: str) -> int:
    visitor.raw(url)
    with counted() as seen:
        assert visitor.raw(url).status_code == 200
    return len(seen)
