"""What a manager does around the collectives: create, invite, remind, look at dates and presences. No content."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from collectifs.collectives.domain.work import MailInvitation
from collectifs.collectives.models import Collective, Membership
from collectifs.collectives.queries.collectives import members_of
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.meetings.models import Attendance
from collectifs.people.domain.person import Degree, Role
from collectifs.people.domain.work import MailRoleGranted
from collectifs.people.models import GrantedRole, User
from tests import asked as outbox
from tests import factories
from tests.pages import values_of

LIST = """Maud LE BIHAN <maud@ac-brume.example>
Jo DUPONT <jo@ac-brume.example>
Karim OUADAH <karim@ac-brume.example>
Odile FERRAND <odile@ac-brume.example>"""
CHECK, CREATE, SEND = "Relire la liste", "Créer le collectif et envoyer les invitations", "Envoyer les invitations"


@pytest.fixture
def helene(place, helene):
    factories.grant(helene, Role.PILOT, place)
    return helene


@pytest.fixture
def tilleuls(place, helene):
    return factories.collective(place, pilot=helene, name="Les Tilleuls", code="B7")


@pytest.fixture
def asked(place, helene):
    """A complete form; a test changes one thing in it."""
    role_id = db.session.scalars(select(GrantedRole.id).where(GrantedRole.user_id == helene.id)).one()
    return {"name": "Les Tilleuls", "territory": str(place.id), "degree": "both", "pilot": str(role_id), "people": LIST}


@pytest.fixture
def form(visit, sylvie, helene):
    return visit(sylvie).open("/collectifs/nouveau")


def made() -> list[Collective]:
    db.session.rollback()
    return list(db.session.scalars(select(Collective)))


def nothing_left() -> bool:
    """Nobody was added, invited or told."""
    db.session.rollback()
    known = db.session.scalars(select(User).where(User.address.endswith("ac-brume.example"))).all()
    return not known and not outbox.asked(MailInvitation) and not outbox.asked(MailRoleGranted) and not made()


def rows(page) -> list[str]:
    return [" ".join(tag.get_text(" ").split()) for tag in page.soup.select("main table tbody tr")]


# --- Creating a collective


def test_the_list_is_shown_before_anything_is_sent(form, asked):
    page = form.press(CHECK, **asked)
    assert page.status == 200
    assert page.says("Rien n’est encore envoyé.")
    assert page.says("cinq invitations partiront")
    assert len(rows(page)) == 5
    assert page.says("maud@ac-brume.example")
    assert page.has_button(CREATE)
    assert nothing_left()


def test_the_second_press_creates_and_invites(form, asked):
    page = form.press(CHECK, **asked).press(CREATE)
    assert page.path.endswith("/gestion")
    assert page.says("Le collectif est créé")
    [collective] = made()
    assert collective.degree is None
    assert len(members_of(collective.id)) == len(outbox.asked(MailInvitation)) == 5
    assert [member.name for member in members_of(collective.id) if member.is_pilot] == ["Hélène Marchadier"]


def test_pressing_twice_creates_once(form, asked):
    page = form.press(CHECK, **asked)
    page.press(CREATE)
    again = page.press(CREATE)
    assert again.status == 422
    assert "Un collectif de ce nom existe déjà sur ce territoire cette saison." in again.errors
    assert len(made()) == 1
    assert len(outbox.asked(MailInvitation)) == 5


def test_two_sendings_at_the_same_moment_create_one_collective(app, visit, sylvie, asked):
    pages = [visit(sylvie).open("/collectifs/nouveau").press(CHECK, **asked) for _ in range(2)]
    data = [values_of(page.soup.select_one("main form")) | {"send": "1"} for page in pages]
    start, found = threading.Barrier(2), []

    def press(number: int) -> None:
        start.wait()
        found.append(pages[number].visitor.raw("/collectifs/nouveau", "POST", data=data[number]).status_code)

    threads = [threading.Thread(target=press, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [302, 422]
    assert len(made()) == 1
    assert len(outbox.asked(MailInvitation)) == 5


def test_each_line_says_what_is_worth_a_look(form, asked, place, helene):
    inspector = factories.user("Agnès", "Roussel")
    factories.grant(inspector, Role.INSPECTOR, place)
    factories.user("Maude", "Le Bihan", address="maud@ac-brume.example")
    db.session.commit()
    lines = "\n".join(
        (
            LIST,
            "Jo DUPONT <JO@ac-brume.example>",
            "Thomas KELLER <thomas@ac-brumes.example>",
            "Samir BELKACEM",
            f"Agnès ROUSSEL <{inspector.address}>",
            helene.address,
        )
    )
    page = form.press(CHECK, **(asked | {"people": lines}))
    assert page.status == 422
    shown = {line.split(" ")[0]: line for line in rows(page)}
    assert "Déjà connue : Maude Le Bihan." in shown["Maude"]
    assert "Vouliez-vous dire thomas@ac-brume.example ?" in shown["Thomas"]
    assert "Il manque une adresse électronique." in shown["Samir"]
    assert "appartient à la hiérarchie de ce territoire" in shown["Agnès"]
    assert "C’est le ou la pilote" in rows(page)[-1]
    assert "Déjà plus haut dans la liste : comptée une seule fois." in rows(page)[5]
    assert "Deux lignes sont à revoir dans la liste." in " ".join(page.errors)
    assert not page.has_button(CREATE)


def test_nothing_typed_is_lost_when_a_line_is_wrong(form, asked):
    page = form.press(CHECK, **(asked | {"people": f"{LIST}\nSamir BELKACEM", "degree": "first"}))
    assert page.soup.select_one("[name=name]")["value"] == "Les Tilleuls"
    assert page.soup.select_one("[name=people]").get_text().strip().endswith("Samir BELKACEM")
    assert page.soup.select_one("[name=degree][checked]")["value"] == "first"
    assert page.soup.select_one("[name=pilot] [selected]")["value"] == asked["pilot"]
    assert nothing_left()
    page = page.press(CHECK, people=LIST)
    assert page.has_button(CREATE)


def test_what_is_sent_is_what_was_shown(form, asked):
    page = form.press(CHECK, **asked).press(CREATE, people=f"{LIST}\nSamir BELKACEM <samir@ac-brume.example>")
    assert page.says("La liste a changé depuis la dernière lecture.")
    assert page.says("six invitations partiront")
    assert nothing_left()
    page.press(CREATE)
    assert len(outbox.asked(MailInvitation)) == 6


def test_a_forged_second_press_shows_the_list_all_the_same(form, asked, visit):
    page = form.press(CHECK, **asked)
    token = page.soup.select_one("[name=csrf_token]")["value"]
    answer = page.visitor.open("/collectifs/nouveau", "POST", data=asked | {"send": "1", "csrf_token": token})
    assert answer.says("Rien n’est encore envoyé.")
    assert nothing_left()


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"name": ""}, "name", "Donnez un nom au collectif."),
        ({"name": "x" * 81}, "name", "Ce texte dépasse 80 caractères"),
        ({"people": ""}, "people", "Collez au moins une ligne"),
        ({"pilot": ""}, "pilot", "Dites qui pilote ce collectif."),
        ({"pilot_line": "Jo <jo@a.example>"}, "pilot_line", "mais pas les deux"),
        ({"pilot": "", "pilot_line": "Jo DUPONT"}, "pilot_line", "Il manque une adresse électronique."),
    ],
)
def test_what_is_missing_is_said_beside_its_field(form, asked, change, field, sentence):
    page = form.press(CHECK, **(asked | change))
    assert page.status == 422
    described = page.soup.select_one(f"[name={field}]")["aria-describedby"].split()[-1]
    assert sentence in page.soup.select_one(f"#{described}").get_text(" ").replace("\u00a0", " ")
    assert nothing_left()


@pytest.mark.parametrize(("people", "words"), [(LIST[:80], "sous cinq"), (LIST, "")])
def test_an_unusual_size_is_said_quietly_and_let_pass(form, asked, people, words):
    page = form.press(CHECK, **(asked | {"people": people.rpartition("\n")[0] if words else people}))
    assert page.says("Ce collectif réunit") is bool(words)
    assert page.has_button(CREATE)


def test_a_large_list_is_said_and_let_pass(form, asked):
    many = "\n".join(f"Prénom{n} NOM{n} <p{n}@ac-brume.example>" for n in range(11))
    page = form.press(CHECK, **(asked | {"people": many}))
    assert page.says("Ce collectif réunit douze personnes : au-delà de dix")
    assert page.has_button(CREATE)


def test_a_pilot_may_be_typed_and_enters_the_vivier(form, asked):
    typed = asked | {"pilot": "", "pilot_line": "Odile FERRAND <odile@ac-brume.example>", "degree": "second"}
    page = form.press(CHECK, **typed).press(CREATE)
    assert page.says("Odile Ferrand pilote")
    [collective] = made()
    assert collective.degree is Degree.SECOND
    assert len(outbox.asked(MailInvitation)) == 4
    assert [mail.role for mail in outbox.asked(MailRoleGranted)] == [Role.PILOT]


def test_a_pilot_of_another_territory_is_refused(visit, sylvie, asked):
    elsewhere, bruno = factories.territory("Hautes-Sources"), factories.user("Bruno", "Castaing")
    factories.grant(sylvie, Role.MANAGER, elsewhere)
    granted = factories.grant(bruno, Role.PILOT, elsewhere)
    page = visit(sylvie).open("/collectifs/nouveau").press(CHECK, **(asked | {"pilot": str(granted.id)}))
    assert "Cette personne est dans le vivier d’un autre territoire." in " ".join(page.errors)


def test_only_ones_own_territories_are_offered(form, place):
    factories.territory("Hautes-Sources")
    options = [tag.get_text() for tag in form.soup.select("[name=territory] option")]
    assert options == ["Val-de-Brume"]


def test_another_territory_cannot_be_forged(form, asked):
    elsewhere = factories.territory("Hautes-Sources")
    db.session.commit()
    page = form.press(CHECK, **(asked | {"territory": str(elsewhere.id)}))
    assert page.status == 422
    assert "Ce choix n’est pas dans la liste." in page.errors
    assert nothing_left()


def test_an_academie_offers_its_departements(visit):
    academie = factories.territory("Académie des Brumes", code="A0")
    factories.territory("Val-de-Brume", parent_id=academie.id, code="B1")
    factories.territory("Hautes-Sources", parent_id=academie.id, code="B2")
    who = factories.user("Rémi")
    factories.grant(who, Role.MANAGER, academie)
    page = visit(who).open("/collectifs/nouveau")
    options = [tag.get_text() for tag in page.soup.select("[name=territory] option")]
    assert options == ["Choisir…", "Val-de-Brume", "Hautes-Sources"]
    assert page.says("Votre vivier est encore vide")


# --- The list of collectives


def test_an_empty_list_says_what_to_do_first(visit, sylvie):
    page = visit(sylvie).open("/collectifs")
    assert page.says("Commencez par en créer un")
    assert page.follow("Créer un collectif").heading == "Créer un collectif"


def test_the_list_says_who_pilots_how_many_and_who_has_not_accepted(visit, sylvie, tilleuls):
    factories.membership(factories.user("Maud", "Le Bihan"), tilleuls, consents=False)
    factories.meeting(tilleuls, starts_at=clock.now() - timedelta(days=7))
    factories.meeting(tilleuls, number=2)
    factories.collective(name="Ailleurs")
    page = visit(sylvie).open("/collectifs")
    [row] = rows(page)
    assert row == "Les Tilleuls B7 Hélène Marchadier 2 1er degré un tenu, un prévu attend Maud Le Bihan"
    assert page.says("jamais un contenu")


# --- One collective


def test_a_manager_reads_dates_places_and_presences(visit, sylvie, tilleuls):
    past = factories.meeting(tilleuls, starts_at=clock.now() - timedelta(days=7))
    factories.meeting(tilleuls, number=2)
    for number, state in enumerate(("present", "present", "late", "excused", "absent")):
        who = factories.user(f"P{number}")
        factories.add(Attendance(meeting_id=past.id, user_id=who.id, state=state, marked_at=clock.now()))
    page = visit(sylvie).open(f"/collectifs/{tilleuls.id}/gestion")
    assert page.says("mercredi 6 janvier 2027, de 13 h 50 à 15 h 50")
    assert page.says("École des Tilleuls, salle des maîtres")
    assert page.says("trois présences, une excusée, une absence")
    assert page.says("à venir")


def test_a_manager_reads_no_content_and_finds_no_way_to_it(visit, sylvie, tilleuls, helene):
    factories.situation(tilleuls, helene, "Elle dit oui à tout")
    factories.meeting(tilleuls)
    page = visit(sylvie).open(f"/collectifs/{tilleuls.id}/gestion")
    assert not page.says("Elle dit oui à tout")
    ways = [tag["href"] for tag in page.soup.select("main a[href]")]
    inside = [way for way in ways if not way.endswith("/hors-communes")]  # names and communes, for travel costs
    assert not [way for way in inside if "/fiches" in way or "/regroupements" in way or "/lien/" in way]


def test_the_addresses_can_be_copied(visit, sylvie, tilleuls):
    maud = factories.user("Maud", "Le Bihan")
    factories.membership(maud, tilleuls)
    page = visit(sylvie).open(f"/collectifs/{tilleuls.id}/gestion")
    button = page.soup.select_one("[data-copy]")
    assert maud.address in page.soup.select_one(button["data-copy"]).get_text()


def test_one_person_or_everybody_is_reminded(visit, sylvie, tilleuls):
    maud, jo = factories.user("Maud", "Le Bihan"), factories.user("Jo", "Dupont")
    for who in (maud, jo):
        factories.membership(who, tilleuls, consents=False)
    page = visit(sylvie).open(f"/collectifs/{tilleuls.id}/gestion")
    assert page.says("Deux personnes n’ont pas encore accepté la charte")
    page = page.press("Relancer Maud Le Bihan")
    assert page.says("L’invitation repart à l’instant")
    assert outbox.told(MailInvitation) == {maud.id}
    assert page.says("invitation en partance")
    page.press("Relancer les personnes en attente")
    assert outbox.told(MailInvitation) == {maud.id, jo.id}


@pytest.mark.parametrize("user", ["not-an-id", "00000000-0000-4000-8000-000000000000"])
def test_a_stranger_is_not_reminded(visit, sylvie, tilleuls, user):
    visitor = visit(sylvie)
    factories.membership(factories.user("Maud"), tilleuls, consents=False)
    db.session.commit()
    page = visitor.open(f"/collectifs/{tilleuls.id}/gestion")
    token = page.soup.select_one("meta[name=csrf-token]")["content"]
    data = {"csrf_token": token, "user": user}
    answer = visitor.open(f"/collectifs/{tilleuls.id}/relancer", "POST", data=data)
    assert answer.status == 422
    assert answer.says("n’est pas, ou n’est plus, dans ce collectif")
    assert outbox.asked(MailInvitation) == []


# --- Inviting more people


def test_more_people_are_invited_in_two_presses(visit, sylvie, tilleuls):
    page = visit(sylvie).open(f"/collectifs/{tilleuls.id}/gestion").follow("Inviter d’autres personnes")
    page = page.press(CHECK, people=LIST)
    assert page.says("quatre invitations partiront")
    assert outbox.asked(MailInvitation) == []
    page = page.press(SEND)
    assert page.says("Les invitations partent à l’instant.")
    assert len(members_of(tilleuls.id)) == 5
    assert len(outbox.asked(MailInvitation)) == 4


def test_a_member_of_the_list_is_recognised(visit, sylvie, tilleuls, helene):
    page = visit(sylvie).open(f"/collectifs/{tilleuls.id}/inviter").press(CHECK, people=f"{helene.address}\n{LIST}")
    assert page.says("Déjà membre de ce collectif : rien ne lui sera envoyé.")
    page.press(SEND)
    assert len(db.session.scalars(select(Membership).where(Membership.user_id == helene.id)).all()) == 1


def test_after_the_first_meeting_nobody_enters_and_the_page_says_why(visit, sylvie, tilleuls):
    page = visit(sylvie).open(f"/collectifs/{tilleuls.id}/inviter")
    factories.meeting(tilleuls, starts_at=clock.now() - timedelta(days=7))
    db.session.commit()
    late = page.press(CHECK, people=LIST)
    assert late.status == 422
    assert "on n’entre plus dans ce collectif sans l’accord du ou de la pilote" in " ".join(late.errors)
    assert visit(sylvie).open(f"/collectifs/{tilleuls.id}/inviter").says("Vous proposez une personne")
    assert not visit(sylvie).open(f"/collectifs/{tilleuls.id}/gestion").says("Inviter d’autres personnes")
    assert outbox.asked(MailInvitation) == []


@pytest.mark.parametrize("path", ["gestion", "inviter"])
@pytest.mark.parametrize("who", ["pilot", "other_manager", "inspector", "administrator"])
def test_only_the_manager_of_the_territory_manages(visit, place, tilleuls, helene, who, path):
    stranger = factories.user("Bruno")
    granted = {
        "other_manager": (Role.MANAGER, factories.territory("Hautes-Sources")),
        "inspector": (Role.INSPECTOR, place),
        "administrator": (Role.ADMINISTRATOR, None),
    }
    if who in granted:
        factories.grant(stranger, *granted[who])
    visitor = visit(helene if who == "pilot" else stranger)
    assert visitor.raw(f"/collectifs/{tilleuls.id}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["/collectifs", "/collectifs/nouveau"])
def test_the_list_is_for_managers(visit, tilleuls, helene, path):
    assert visit(helene).raw(path).status_code == 404


def test_lines_that_are_no_person_are_ignored_with_one_button(form, asked):
    text = "Bonjour, voici la liste :\nMaud LE BIHAN <maud@ac-brume.example>\nCordialement"
    page = form.press("Relire", **(asked | {"people": text}))
    assert page.status == 422
    assert "Cette ligne ne semble désigner personne." in page.text
    after = page.press("Ignorer ces lignes")
    assert after.status == 200
    assert after.soup.select_one("[name=people]").get_text().strip() == "Maud LE BIHAN <maud@ac-brume.example>"
    assert after.has_button(CREATE)
    assert nothing_left()
