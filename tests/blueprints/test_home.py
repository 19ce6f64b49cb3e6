"""The first page puts one thing first, for each kind of person; the other pages are everybody's."""

import dataclasses
from datetime import date, timedelta

import pytest

from collectifs.kernel import clock
from collectifs.kernel.config import Notices
from collectifs.kernel.queries import readiness
from collectifs.people.domain.person import Role
from tests import factories
from tests.pages import plain


def first(page):
    """The heading and the buttons of what comes first."""
    section = page.soup.select_one("section[aria-labelledby=suite]")
    return section.h2.get_text().replace("\u00a0", " "), [link.get_text() for link in section.select("a.btn")]


@pytest.fixture
def people(app):
    """Hélène pilots, Maud is a member."""
    helene, maud = factories.user("Hélène"), factories.user("Maud")
    return helene, maud, factories.collective(pilot=helene, members=[maud], name="Les Tilleuls")


def later(days):
    return clock.now() + timedelta(days=days)


def test_signed_out_the_door_and_nothing_of_the_demonstration(visit):
    page = visit().open("/")
    assert page.heading == "Deux heures, autour d’une situation vécue"
    assert page.has_button("Recevoir mon lien")
    assert not page.says("Entrer comme…")
    assert page.follow("Entrer avec un mot de passe").path == "/entrer"


def test_an_installation_that_knows_nobody_says_how_the_first_account_is_made(visit):
    page = visit().open("/")
    assert page.says("Cette installation est neuve : personne n’y a de compte.")
    assert page.says("flask user create Prénom NOM adresse")
    factories.user()
    assert not visit().open("/").says("Cette installation est neuve")


def test_the_charter_comes_before_all(people, visit):
    jeanne = factories.user("Jeanne")
    factories.membership(jeanne, people[2], consents=False)
    assert first(visit(jeanne).open("/")) == ("La charte, avant tout", ["Lire la charte"])


def test_the_pilot_opens_the_meeting_of_the_day(people, visit):
    helene, maud, collective = people
    factories.meeting(collective)
    assert first(visit(helene).open("/")) == (
        "Le premier regroupement commence à 14 h",
        ["Ouvrir la séance", "Revoir le déroulé"],
    )
    page = visit(maud).open("/")
    assert first(page)[1] == ["Voir le regroupement", "Proposer une situation"]
    assert page.says("De 14 h à 16 h, École des Tilleuls, salle des maîtres.")


def test_the_pilot_prepares_a_later_meeting_or_chooses_a_date(people, visit):
    helene, _, collective = people
    assert first(visit(helene).open("/")) == ("Fixer la date du premier regroupement", ["Fixer la date"])
    factories.meeting(collective, starts_at=later(7))
    assert first(visit(helene).open("/")) == (
        "Préparer le premier regroupement",
        ["Préparer la séance", "Changer la date ou le lieu"],
    )


def test_the_sheet_of_a_past_meeting_is_to_be_finished(people, visit):
    helene, maud, collective = people
    factories.meeting(collective, starts_at=later(-7))
    assert first(visit(helene).open("/")) == ("La fiche du 6 janvier est à finir", ["Finir la fiche"])
    assert visit(maud).open("/").says("Rien ne vous attend aujourd’hui.")


def test_the_hours_of_a_meeting_are_where_the_collective_lives(visit):
    reunion = factories.territory("La Réunion", timezone="Indian/Reunion")
    maud = factories.user("Maud")
    factories.meeting(factories.collective(reunion, members=[maud]))
    assert visit(maud).open("/").says("De 17 h à 19 h")


def test_a_manager_sees_numbers_and_dates_and_begins_by_creating(visit):
    where = factories.territory()
    sylvie = factories.user("Sylvie")
    factories.grant(sylvie, Role.MANAGER, where)
    assert first(visit(sylvie).open("/")) == ("Aucun collectif pour l’instant", ["Créer un collectif"])
    collective = factories.collective(where)
    factories.membership(factories.user(), collective, consents=False)
    page = visit(sylvie).open("/")
    assert first(page) == ("Un collectif", ["Voir les collectifs", "Créer un collectif"])
    assert page.says("Une personne n’a pas encore accepté la charte.")
    assert page.follow("Pilotes").status == 200


def test_an_inspector_without_a_sheet_and_an_administrator_are_told_what_this_is(visit):
    agnes, ada = factories.user("Agnès"), factories.user("Ada")
    factories.grant(agnes, Role.INSPECTOR, factories.territory())
    factories.grant(ada, Role.ADMINISTRATOR)
    factories.grant(factories.user(), Role.MANAGER, factories.territory())
    assert visit(agnes).open("/").says("Aucune fiche à lire pour l’instant.")
    page = visit(ada).open("/")
    assert page.says("Rien à faire ici au quotidien.")
    assert page.follow("Administration").status == 200


def test_somebody_without_anything_still_has_an_account(visit):
    page = visit(factories.user()).open("/")
    assert page.follow("Mon compte").path == "/mon-compte"
    assert page.says("Vous n’êtes dans aucun collectif pour l’instant.")
    assert not page.says("Le collectif n’a pas besoin de vous")
    assert page.follow("À qui écrire").path == "/a-qui-ecrire"


def test_somebody_of_the_vivier_learns_that_a_collective_may_be_theirs(visit):
    who = factories.user()
    factories.grant(who, Role.PILOT, factories.territory())
    page = visit(who).open("/")
    assert page.says("Vous êtes dans le vivier de pilotes.")
    assert page.follow("Lire les canevas").status == 200


def test_an_administrator_begins_with_a_territory_then_with_whoever_manages_it(visit):
    ada = factories.user("Ada")
    factories.grant(ada, Role.ADMINISTRATOR)
    assert first(visit(ada).open("/")) == ("Aucun territoire pour l’instant", ["Ajouter un territoire"])
    where = factories.territory()
    assert first(visit(ada).open("/")) == (
        "Personne ne gère encore ces territoires",
        ["Nommer au service de formation"],
    )
    factories.grant(factories.user(), Role.MANAGER, where)
    assert visit(ada).open("/").says("Rien à faire ici au quotidien.")


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.MANAGER, "Vous composez les collectifs"),
        (Role.INSPECTOR, "et rien de ce qui s’est dit"),
        (Role.ADMINISTRATOR, "Vous nommez les personnes du service de formation et de l’inspection."),
    ],
)
def test_each_person_of_the_institution_is_told_what_this_is_for_them(visit, role, words):
    who = factories.user()
    factories.grant(who, role, None if role is Role.ADMINISTRATOR else factories.territory())
    assert visit(who).open("/").says(words)


# --- Whom to write to


@pytest.fixture
def brume(app):
    above = factories.territory("Académie du Nord-Ouest")
    return factories.territory("Val-de-Brume", parent_id=above.id)


@pytest.fixture
def sylvie(brume):
    who = factories.user("Sylvie")
    factories.grant(who, Role.MANAGER, brume)
    return who


def test_a_tutor_who_was_not_invited_finds_whom_to_write_to_by_departement(visit, sylvie, brume):
    factories.territory("Hautes-Sources", contact_name="EAFC", contact_address="eafc@a.example")
    assert not visit().open("/").follow("À qui écrire, département par département").says("Val-de-Brume")
    page = visit(sylvie).open("/collectifs").follow("Val-de-Brume")
    page = page.press("Enregistrer ce contact", name="Mission tutorat", address=" Tutorat@DSDEN.example ")
    assert page.path == "/collectifs"
    assert page.says("Mission tutorat, tutorat@dsden.example")
    public = visit().open("/a-qui-ecrire")
    assert public.says("Val-de-Brume Mission tutorat tutorat@dsden.example")
    assert public.says("Académie du Nord-Ouest")
    assert public.soup.select_one("a[href='mailto:tutorat@dsden.example']")
    page = visit(sylvie).open(f"/territoires/{brume.id}/contact").press("Enregistrer", name="", address="")
    assert not visit().open("/a-qui-ecrire").says("Val-de-Brume")


TOO_LONG = "Ce texte dépasse {} caractères : raccourcissez-le, rien n’est coupé à votre place."


@pytest.mark.parametrize(
    ("name", "address", "sentence"),
    [
        ("", "x@a.example", "Écrivez qui répond à cette adresse : une personne ou un service."),
        ("EAFC", "", "Écrivez aussi l’adresse, ou effacez le nom."),
        ("EAFC", "x@", "Cette adresse est incomplète : il manque peut-être l’arobase ou la fin."),
        ("EAFC", "x(y)@a.example", "Cette adresse est mal écrite."),
        ("E" * 81, "x@a.example", TOO_LONG.format(80)),
        ("EAFC", "x" * 250 + "@a.example", TOO_LONG.format(254)),
    ],
)
def test_a_contact_that_helps_nobody_is_refused_and_nothing_is_lost(visit, sylvie, brume, name, address, sentence):
    page = visit(sylvie).open(f"/territoires/{brume.id}/contact")
    page = page.press("Enregistrer ce contact", name=name, address=address)
    assert page.status == 422
    assert sentence in page.errors
    assert page.soup.select_one("input[name=name]")["value"] == name
    assert page.soup.select_one("input[name=address]")["value"] == address


# --- Notices


@pytest.fixture
def deployed(app, monkeypatch):
    """Set what a deployment says of itself."""

    def say(*values):
        settings = dataclasses.replace(app.extensions["settings"], notices=Notices(*values))
        monkeypatch.setitem(app.extensions, "settings", settings)

    return say


def test_a_rectorat_and_an_association_have_their_own_notice(visit, deployed):
    deployed(False, "Rectorat de Brume", "nous@a.example", "dpd@a.example", "La rectrice", "DSI, Brume")
    page = visit().open("/vos-donnees")
    for words in ("Rectorat de Brume", "une mission d’intérêt public", "ni effacement ni portabilité", "dpd@a.example"):
        assert page.says(words), words
    legal = visit().open("/mentions-legales")
    for words in ("Rectorat de Brume", "La rectrice", "DSI, Brume", "nous@a.example"):
        assert legal.says(words), words
    deployed(True, "Les Tuteurs", "nous@a.example")
    page = visit().open("/vos-donnees")
    for words in ("Les Tuteurs", "l’intérêt légitime de l’association", "le faire effacer", "nous@a.example"):
        assert page.says(words), words
    words = page.soup.select_one("main").get_text()
    assert "portabilité" not in words
    assert "académie" not in words


def test_what_a_deployment_has_not_said_is_left_out_and_never_shown_as_missing(visit):
    for path in ("/vos-donnees", "/mentions-legales", "/accessibilite", "/aide"):
        page = visit().open(path)
        assert not page.says("à compléter")
        assert not page.says("None")
    assert not visit().open("/mentions-legales").says("Hébergement")


def test_the_declaration_of_accessibility_has_the_headings_of_its_imposed_format_and_its_days(visit, deployed):
    page = visit().open("/accessibilite")
    titles = [plain(each.get_text(" ")) for each in page.soup.select("main h2, main h3")]
    wanted = (
        *("État de conformité", "Résultats des tests", "Contenus non accessibles", "Non-conformités"),
        *("Dérogations pour charge disproportionnée", "Contenus non soumis à l’obligation d’accessibilité"),
        *("Établissement de cette déclaration d’accessibilité", "Technologies utilisées pour la réalisation du site"),
        *("Environnement de test", "Outils pour évaluer l’accessibilité"),
        "Pages du site ayant fait l’objet de la vérification de conformité",
        *("Retour d’information et contact", "Voies de recours"),
    )
    assert [each for each in titles if each in wanted] == list(wanted)
    assert page.says("n’a pas encore été datée")
    for link in ("nous-contacter-355", "carte-des-delegues"):
        assert page.soup.select_one(f"main a[href='https://www.defenseurdesdroits.fr/{link}']")
    deployed(False, *[""] * 6, date(2026, 11, 22), date(2027, 1, 4))
    page = visit().open("/accessibilite")
    assert page.says("établie le dimanche 22 novembre 2026. Elle a été mise à jour le lundi 4 janvier 2027.")


def test_the_notice_says_what_articles_13_and_14_ask(visit, deployed):
    deployed(False, "L’académie de Brume", "nous@a.example")
    page = visit().open("/vos-donnees")
    wanted = (
        *("Responsable", "article 6, 1, e", "Lu par", "Reçu par", "Hors de l’Union", "Décidé par un calcul"),
        *("Obligatoire", "D’où viennent vos données", "dans le mois", "cnil.fr/fr/plaintes", "corriger", "opposer"),
    )
    assert [words for words in wanted if not page.says(words)] == []


def test_the_foot_of_every_page_leads_to_the_notices_and_the_way_out_of_danger(visit):
    for page in (visit().open("/"), visit(factories.user()).open("/rien-ici"), visit().open("/aide")):
        links = [link.get_text(" ") for link in page.soup.select("footer a")]
        for words in ("Accessibilité", "Vos données", "Aide", "À qui écrire", "Mentions légales", "Plan du site"):
            assert any(words in link.replace("\u00a0", " ") for link in links), words
        danger = page.soup.select_one("footer details.danger")
        assert "119" in danger.get_text()
        assert "article 40" in danger.get_text()
        assert not danger.select("a, form, button")


@pytest.mark.parametrize(
    "line",
    [
        "15 urgence de santé (Samu)",
        "17 danger immédiat, violences (police, gendarmerie)",
        "114 les mêmes secours par message, si vous ne pouvez ni parler ni entendre",
        "119 un enfant en danger, ou qui risque de l’être : jour et nuit, gratuit, n’apparaît pas sur la facture",
        "3114 pensées de suicide, pour soi ou pour quelqu’un : jour et nuit, gratuit",
        "3018 harcèlement d’un élève, violences numériques",
        "le médecin du travail",
        "l’assistante sociale des personnels",
        "la cellule de votre académie contre les violences, les discriminations et le harcèlement (VDHA)",
        "article 40 du code de procédure pénale",
    ],
)
def test_the_way_out_of_danger_names_who_helps(visit, line):
    said = plain(visit().open("/").soup.select_one("footer details.danger").get_text(" "))
    assert line in " ".join(said.split())


def test_the_site_map_leads_where_it_says(visit, sylvie):
    for visitor in (visit(), visit(sylvie)):
        page = visitor.open("/plan-du-site")
        for link in page.soup.select("main a"):
            assert visitor.open(link["href"].partition("#")[0]).status == 200
    assert visit(sylvie).open("/plan-du-site").says("Pilotes")


@pytest.mark.parametrize(
    "path",
    [
        *("/qui-voit-quoi", "/accessibilite", "/vos-donnees", "/aide"),
        *("/mentions-legales", "/plan-du-site", "/a-qui-ecrire"),
    ],
)
def test_these_pages_are_everybody_s(visit, path):
    assert visit().open(path).status == 200
    assert visit(factories.user()).open(path).status == 200


def test_what_is_kept_is_said_from_the_table_of_retention(visit):
    assert visit().open("/vos-donnees").says("quand la fiche est acceptée, au plus tard 30 jours après")


def test_health_says_that_the_database_answers(visit):
    assert visit().raw("/sante").get_json() == {"status": "ok"}


def test_a_machine_is_ready_once_its_database_has_the_schema_of_its_code(visit, monkeypatch):
    ready = visit().raw("/pret", headers={"Host": "10.0.0.7"})
    assert (ready.status_code, ready.get_json()) == (200, {"status": "ready"})
    assert "Set-Cookie" not in ready.headers
    monkeypatch.setattr(readiness, "newest_schema", lambda: "one that this database has not")
    waits = visit().raw("/pret")
    assert (waits.status_code, waits.get_json()) == (503, {"status": "waits", "awaits": "db upgrade"})
