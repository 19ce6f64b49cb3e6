"""Who pilots, as people read it: together, in turn, for one meeting; what passes is said before the click."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from collectifs.collectives.domain.work import MailPilotshipNamed
from collectifs.collectives.models import CharterConsent, Pilotship
from collectifs.collectives.queries.collectives import get_collective
from collectifs.collectives.queries.pilotships import pilots_among, pilotships_of
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.live.domain.gestures import iso
from collectifs.people.domain.person import Role
from collectifs.people.domain.work import MailRoleRevoked
from collectifs.people.models import GrantedRole, User
from collectifs.sheets.queries.sheets import sheet_of_meeting
from tests import factories
from tests.asked import asked


class Circle:
    """Les Tilleuls: Hélène pilots, Maud and Odile are members, Sylvie manages, one meeting begins in ten minutes."""

    def __init__(self) -> None:
        self.place = factories.territory("Val-de-Brume")
        self.helene, self.maud = factories.user("Hélène", "Marchadier"), factories.user("Maud", "Le Bihan")
        self.odile, self.sylvie = factories.user("Odile", "Ferrand"), factories.user("Sylvie", "Montagnac")
        factories.grant(self.sylvie, Role.MANAGER, self.place)
        made = factories.collective(self.place, pilot=self.helene, members=[self.maud, self.odile], name="Les Tilleuls")
        self.meeting = factories.meeting(made)
        self.id, self.meeting_id = made.id, self.meeting.id
        self.maud_id, self.helene_id, self.odile_id = self.maud.id, self.helene.id, self.odile.id
        self.home, self.overview = f"/collectifs/{made.id}", f"/collectifs/{made.id}/pilotage"
        self.relay, self.together = f"/collectifs/{made.id}/relais", f"/collectifs/{made.id}/copilotage"
        self.deputy, self.page = f"/regroupements/{self.meeting_id}/remplacement", f"/regroupements/{self.meeting_id}"
        self.live = f"/seance/{self.meeting_id}"

    def pilots(self) -> list[str]:
        db.session.rollback()
        return [each.name for each in pilots_among(pilotships_of(self.id), clock.now())]


@pytest.fixture
def circle(app) -> Circle:
    return Circle()


def offered(page) -> list[str]:
    return [option.get_text(strip=True) for option in page.soup.select("select[name=person] option")]


def gesture(kind: str, hand: int = 1, **body: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "kind": kind, "hand": hand, "happened_at": iso(clock.now()), "body": body}


def note(lane: str, text: str) -> dict[str, Any]:
    return gesture("note_written", note=str(uuid4()), lane=lane, step="opening", text=text)


# Handing over


def test_a_pilot_finds_the_way_from_the_page_of_the_collective(visit, circle):
    page = visit(circle.helene).open(circle.home).follow("Qui pilote")
    assert page.heading == "Qui pilote"
    assert page.says("Hélène Marchadier pilote")
    assert page.follow("Passer le relais").heading == "Passer le relais"


def test_what_passes_and_what_never_does_is_said_before_the_click(visit, circle):
    page = visit(circle.helene).open(circle.relay)
    assert page.says("Les situations envoyées")
    assert page.says("Les brouillons des fiches")
    assert page.says("La voie privée : les notes prises pour soi ne sont lues par personne d’autre")
    assert page.says("Les liens personnels")
    assert page.says("recopiez-le avant")


def test_a_pilot_passes_the_relay_and_stays_a_member(visit, circle):
    page = visit(circle.helene).open(circle.relay).press("Passer le relais", person=str(circle.maud_id))
    assert page.path == circle.home
    assert page.says("Le relais est passé. Cette personne et les membres reçoivent un courriel.")
    assert circle.pilots() == ["Maud Le Bihan"]
    assert page.visitor.raw(circle.overview).status_code == 404
    assert [mail.user_id for mail in asked(MailPilotshipNamed)] == [circle.maud_id]


def test_a_relay_of_next_week_is_shown_and_can_be_called_off(visit, circle):
    day = (clock.now() + timedelta(days=7)).date().isoformat()
    visitor = visit(circle.helene)
    visitor.open(circle.relay).press("Passer le relais", person=str(circle.maud_id), day=day)
    page = visitor.open(circle.overview)
    assert page.says("prend le relais à partir du 20 janvier")
    page = page.follow("Annuler ce relais")
    assert page.says("Maud Le Bihan ne prend pas le relais le 20 janvier")
    page = page.press("Annuler ce relais")
    assert not page.says("prend le relais à partir")
    assert circle.pilots() == ["Hélène Marchadier"]


@pytest.mark.parametrize(
    ("fields", "sentence", "where"),
    [
        ({}, "Choisissez une personne, ou écrivez son nom et son adresse.", "person"),
        ({"who": "Basile"}, "Il manque une adresse électronique.", "who"),
        ({"who": "Basile NOUR <b@gmial.com>"}, "Vouliez-vous dire b@gmail.com ?", "who"),
        ({"who": "Sylvie MONTAGNAC <{manager}>"}, "Sylvie Montagnac appartient à la hiérarchie", "who"),
        ({"who": "Hélène MARCHADIER <{pilot}>"}, "Le relais passe d’une personne à une autre", "who"),
        (
            {"who": "Basile NOUR <b@a.example>", "day": "2027-01-01"},
            "Choisissez aujourd’hui, ou un jour à venir.",
            "day",
        ),
        ({"who": "Basile NOUR <b@a.example>", "day": "demain"}, "Écrivez le jour ainsi : 13/01/2027.", "day"),
        ({"who": "Basile NOUR <b@a.example>", "day": "2027-10-01"}, "la saison finit ce jour-là", "day"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost(visit, circle, fields, sentence, where):
    addresses = {"manager": circle.sylvie.address, "pilot": circle.helene.address}
    typed = {name: value.format(**addresses) for name, value in fields.items()}
    page = visit(circle.helene).open(circle.relay).press("Passer le relais", **typed)
    assert page.status == 422
    field = page.soup.select_one(f"#{where}-erreur")
    assert sentence in " ".join(field.get_text(" ", strip=True).replace("\xa0", " ").replace("\u202f", " ").split())
    for name, value in typed.items():
        assert page.soup.select_one(f"[name={name}]")["value"] == value
    assert circle.pilots() == ["Hélène Marchadier"]
    assert db.session.scalars(select(User).where(User.address == "b@a.example")).first() is None


def test_an_address_in_doubt_is_asked_about_once_and_let_pass(visit, circle):
    page = visit(circle.helene).open(circle.relay).press("Passer le relais", who="Basile NOUR <b@gmial.com>")
    page = page.press("Passer le relais", sure="y")
    assert page.path == circle.home
    assert circle.pilots() == ["Basile Nour"]


def test_choosing_and_typing_at_once_is_asked_about(visit, circle):
    page = visit(circle.helene).open(circle.relay)
    page = page.press("Passer le relais", person=str(circle.maud_id), who="Basile NOUR <b@a.example>")
    assert "mais pas les deux" in " ".join(page.errors)


def test_leaving_as_pilot_leads_to_the_relay(visit, circle):
    page = visit(circle.helene).open(f"{circle.home}/quitter")
    assert page.says("Il faut d’abord un relais")
    assert page.follow("Passer le relais").path == circle.relay


def test_the_private_lane_does_not_pass_to_the_new_pilot(visit, circle):
    helene, maud = visit(circle.helene), visit(circle.maud)
    sent = [
        gesture("hand_taken", device="a"),
        note("collective", "Une idée pour la salle."),
        note("private", "Une pensée pour moi."),
        note("sheet", "Une réponse pour la fiche."),
    ]
    answer = helene.post_json(f"{circle.live}/gestes", {"device": "a", "person": str(circle.helene.id), "events": sent})
    assert len(answer.get_json()["accepted"]) == 4
    helene.open(circle.relay).press("Passer le relais", person=str(circle.maud_id))
    state = maud.raw(f"{circle.live}/etat?depuis=0").get_data(as_text=True)
    said = {event["body"].get("text") for event in json.loads(state)["events"]}
    assert {"Une idée pour la salle.", "Une réponse pour la fiche."} <= said
    assert "Une pensée pour moi." not in said
    with_app = sheet_of_meeting(circle.meeting_id).id
    for path in (circle.live, f"/fiches/{with_app}/ecrire", circle.page, f"{circle.page}/preparer"):
        answer = maud.raw(path)
        assert answer.status_code == 200
        assert "pensée pour moi" not in answer.get_data(as_text=True)
    assert helene.raw(f"{circle.live}/etat?depuis=0").status_code == 404


# For one meeting


def test_the_page_of_the_meeting_leads_to_a_deputy_and_then_says_who_runs_it(visit, circle):
    page = visit(circle.helene).open(circle.page).follow("Me faire remplacer")
    assert page.says("Les situations envoyées pour ce regroupement : sans elles, on ne peut pas l’animer.")
    assert page.says("La voie privée de votre pilote")
    page = page.press("Me faire remplacer", person=str(circle.maud_id))
    assert page.path == circle.page
    assert page.says("Maud Le Bihan, à la place d’Hélène Marchadier")
    member = visit(circle.odile).open(circle.page)
    assert member.says("Maud Le Bihan, à la place d’Hélène Marchadier")
    assert circle.pilots() == ["Hélène Marchadier"]


def test_a_deputy_finds_the_room_from_the_first_page_and_takes_the_hand(visit, circle):
    factories.situation(get_collective(circle.id).collective, circle.odile, "Elle dit oui à tout")
    factories.deputy(circle.meeting, circle.maud)
    maud = visit(circle.maud)
    page = maud.open("/")
    assert page.follow("Ouvrir la séance").path == circle.live
    assert maud.open(circle.home).follow("Ouvrir la séance").path == circle.live
    data = json.loads(maud.open(circle.live).soup.select_one("#live-data").string)
    assert [each["title"] for each in data["situations"]] == ["Elle dit oui à tout"]
    taken = gesture("hand_taken", device="le-mien")
    body = {"device": "le-mien", "person": str(circle.maud.id), "events": [taken]}
    answer = maud.post_json(f"{circle.live}/gestes", body)
    assert answer.get_json()["accepted"] == [taken["id"]]


def test_a_deputy_neither_moves_the_meeting_nor_names_anybody(visit, circle):
    factories.deputy(circle.meeting, circle.maud)
    maud = visit(circle.maud)
    page = maud.open(circle.page)
    assert not page.says("Changer la date ou le lieu")
    assert not page.says("Me faire remplacer")
    for path in (f"{circle.page}/date-et-lieu", circle.deputy, circle.relay, circle.together, circle.overview):
        assert maud.raw(path).status_code == 404


def test_the_author_of_a_situation_reads_that_a_deputy_reads_it(visit, circle):
    situation = factories.situation(get_collective(circle.id).collective, circle.odile)
    factories.deputy(circle.meeting, circle.maud)
    page = visit(circle.odile).open(f"/situations/{situation.id}")
    assert page.says("Maud Le Bihan")
    assert page.says("Hélène Marchadier")


def test_a_deputy_who_cannot_come_says_so_in_two_clicks(visit, circle):
    factories.deputy(circle.meeting, circle.maud)
    page = visit(circle.maud).open(circle.page).follow("Je ne peux plus animer")
    page = page.press("Ne plus animer ce regroupement")
    assert page.says("Les personnes que cela concerne reçoivent un courriel.")
    assert page.visitor.raw(circle.live).status_code == 404


def test_a_manager_names_a_deputy_for_a_pilot_who_is_ill(visit, circle):
    basile = factories.user("Basile", "Nour")
    factories.grant(basile, Role.PILOT, circle.place)
    page = visit(circle.sylvie).open(f"{circle.home}/gestion").follow("Qui pilote").follow("Nommer un remplacement")
    assert "Basile Nour (vivier)" in offered(page)
    page = page.press("Nommer un remplacement", person=str(basile.id))
    assert page.path == circle.overview
    assert page.says("Animé par Basile Nour")
    assert page.visitor.raw(circle.page).status_code == 404


# Together


def test_two_people_pilot_and_one_of_them_stops(visit, circle):
    page = visit(circle.helene).open(circle.overview).follow("Piloter à plusieurs")
    page = page.press("Piloter ensemble", person=str(circle.maud_id))
    assert page.says("Hélène Marchadier et Maud Le Bihan pilotent ensemble")
    row = db.session.scalars(select(Pilotship).where(Pilotship.user_id == circle.maud_id)).one()
    page = visit(circle.maud).open(f"/pilotages/{row.id}/fin")
    assert page.says("Vous ne pilotez plus ce collectif, dès maintenant, et en restez membre.")
    page.press("Mettre fin au pilotage")
    assert circle.pilots() == ["Hélène Marchadier"]
    again = visit(circle.maud).open(f"/pilotages/{row.id}/fin")
    assert again.heading == "Mettre fin au pilotage"
    assert again.says("C’est déjà fait")


def test_the_last_pilot_is_refused_in_words(visit, circle):
    row = db.session.scalars(select(Pilotship)).one()
    page = visit(circle.helene).open(f"/pilotages/{row.id}/fin").press("Mettre fin au pilotage")
    assert page.status == 422
    assert "Un collectif garde quelqu’un qui le pilote : passez d’abord le relais." in page.errors


def test_a_manager_says_whose_place_is_taken_when_several_pilot(visit, circle):
    made = get_collective(circle.id).collective
    factories.add(
        Pilotship(
            user_id=circle.odile_id,
            collective_id=made.id,
            starts_on=clock.now().date(),
            appointed_by_id=circle.helene_id,
        )
    )
    page = visit(circle.sylvie).open(circle.relay)
    page.press("Passer le relais", of=str(circle.odile_id), person=str(circle.maud_id))
    assert sorted(circle.pilots()) == ["Hélène Marchadier", "Maud Le Bihan"]


def test_those_who_pilot_do_not_see_the_vivier_but_whom_to_ask(visit, circle):
    basile = factories.user("Basile", "Nour")
    factories.grant(basile, Role.PILOT, circle.place)
    page = visit(circle.helene).open(circle.together)
    assert offered(page) == ["Choisir…", "Odile Ferrand (membre)", "Maud Le Bihan (membre)"]
    assert page.soup.select_one(f'a[href="mailto:{circle.sylvie.address}"]')
    assert not page.says("Basile")


# Around


def test_the_vivier_shows_the_collectives_that_nobody_pilots_and_who_pilots_outside_it(visit, circle):
    lonely = factories.collective(circle.place, pilot=circle.odile, name="Le Lavoir")
    row = db.session.scalars(select(Pilotship).where(Pilotship.collective_id == lonely.id)).one()
    row.ends_on = row.starts_on
    page = visit(circle.sylvie).open("/pilotes")
    assert page.says("1 collectif sans pilote") or page.says("Un collectif sans pilote")
    assert page.says("Hors du vivier")
    page = page.follow("Le Lavoir")
    assert page.says("Personne ne pilote ce collectif")
    page = page.follow("Nommer une personne").press("Nommer une personne", person=str(circle.odile_id))
    assert page.says("Odile Ferrand pilote")


def test_standing_in_for_one_meeting_is_no_piloting_in_the_vivier(visit, circle):
    factories.grant(circle.maud, Role.PILOT, circle.place)
    factories.deputy(circle.meeting, circle.maud)
    page = visit(circle.sylvie).open("/pilotes")
    [row] = [row for row in page.soup.select("tbody tr") if "Maud" in row.get_text()]
    assert "aucun collectif" in row.get_text()


def test_somebody_leaves_the_vivier_is_told_and_keeps_what_they_pilot(visit, circle):
    factories.grant(circle.helene, Role.PILOT, circle.place)
    page = visit(circle.sylvie).open("/pilotes").follow("Retirer")
    assert page.says("Rien ne change pour Les Tilleuls")
    page = page.press("Retirer du vivier")
    assert page.path == "/pilotes"
    assert page.says("Cette personne n’est plus dans le vivier. Un courriel le lui dit.")
    assert circle.pilots() == ["Hélène Marchadier"]
    [mail] = asked(MailRoleRevoked)
    assert (mail.user_id, mail.role) == (circle.helene_id, Role.PILOT)


def test_a_manager_takes_nobody_but_pilots_out(visit, circle):
    other = db.session.scalars(select(GrantedRole)).one()
    assert visit(circle.sylvie).raw(f"/pilotes/{other.id}/retirer").status_code == 404


def test_a_successor_accepts_the_charter_before_anything_opens(visit, circle):
    visit(circle.helene).open(circle.relay).press("Passer le relais", who="Basile NOUR <b@a.example>")
    basile = db.session.scalars(select(User).where(User.address == "b@a.example")).one()
    page = visit(circle.sylvie).open(circle.overview)
    assert page.says("Basile Nour n’a pas encore accepté la charte")
    visitor = visit(basile)
    assert visitor.raw(circle.live).status_code == 404
    factories.add(CharterConsent(user_id=basile.id, collective_id=circle.id, version=1, accepted_at=clock.now()))
    db.session.commit()
    assert visitor.open(circle.overview).says("Basile Nour pilote")
