"""A meeting's page, its preparation, and the situations that members propose."""

from datetime import UTC, date, datetime, timedelta

import pytest

from collectifs.collectives.models import Meeting
from collectifs.kernel import vault
from collectifs.kernel.extensions import db
from collectifs.kernel.work import DestroyKey
from collectifs.meetings.models import MeetingEvent, ResourceAmendment, Situation
from collectifs.meetings.queries.meetings import agenda_of
from collectifs.meetings.queries.situations import open_situation
from collectifs.meetings.services.situations import choose_situation
from collectifs.people.domain.person import Role
from tests import factories
from tests.asked import asked

TODAY = datetime(2027, 1, 13, 13, 0, tzinfo=UTC)
WORDS = {
    "title": "Mes élèves ou ma stagiaire",
    "sentence": "Je quitte ma classe pour aller voir la sienne.",
    "question": "Que faire de mes élèves ?",
}
CANARY = "Zzyzx"


@pytest.fixture
def pilot(app):
    return factories.user("Hélène", "Marchadier", address="helene@academie.example")


@pytest.fixture
def collective(pilot, maud):
    return factories.collective(pilot=pilot, members=[maud, factories.user("Odile", "Ferrand")], name="Les Tilleuls")


@pytest.fixture
def meeting(collective):
    return factories.meeting(collective, number=3, starts_at=TODAY)


def start(meeting: Meeting, kind: str = "meeting_started", sequence: int = 1) -> None:
    factories.add(
        MeetingEvent(
            meeting_id=meeting.id, sequence=sequence, kind=kind, hand=1, happened_at=meeting.starts_at, body=b""
        )
    )
    db.session.commit()


def fresh(model, row_id):
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(model, row_id)


# ---------- the page of a meeting ----------


def test_a_member_reads_when_where_how_and_whom_to_ask(visit, meeting, maud):
    page = visit(maud).open(f"/regroupements/{meeting.id}")
    for words in (
        "mercredi 13 janvier 2027",
        "de 14 h à 16 h",
        "École des Tilleuls, salle des maîtres",
        "Portail vert.",
        "Hélène Marchadier",
        "helene@academie.example",
        "votre collectif (trois personnes)",
        "Onze étapes, deux heures",
    ):
        assert page.says(words), words
    assert page.soup.select_one('a[href="mailto:helene@academie.example"]')
    assert not page.says("Préparer")
    assert not page.says("Ouvrir la séance")
    assert page.follow("Proposer une situation").heading == "Proposer une situation"


def test_the_agenda_is_read_with_its_hours(visit, meeting, maud):
    rows = visit(maud).open(f"/regroupements/{meeting.id}").soup.select(".agenda tbody tr")
    assert len(rows) == 11
    assert rows[0].select("td")[-1].get_text(strip=True).replace("\u00a0", " ") == "14 h 05"
    assert rows[-1].select("td")[-1].get_text(strip=True).replace("\u00a0", " ") == "16 h"


def test_on_the_day_the_pilot_opens_the_meeting_from_here(visit, meeting, pilot):
    page = visit(pilot).open(f"/regroupements/{meeting.id}")
    primary = page.soup.select(".btn.primary")
    assert [link["href"] for link in primary] == [f"/seance/{meeting.id}"]


def test_before_the_day_the_pilot_prepares(visit, collective, pilot):
    later = factories.meeting(collective, starts_at=TODAY + timedelta(days=7))
    primary = visit(pilot).open(f"/regroupements/{later.id}").soup.select(".btn.primary")
    assert [link["href"] for link in primary] == [f"/regroupements/{later.id}/preparer"]


def test_a_started_meeting_is_taken_up_again_and_no_longer_moved(visit, meeting, pilot):
    start(meeting)
    page = visit(pilot).open(f"/regroupements/{meeting.id}")
    assert page.says("Reprendre la séance")
    assert not page.says("Changer la date ou le lieu")


def test_once_its_notes_have_perished_the_live_screen_is_no_more_offered(visit, meeting, pilot, moment):
    start(meeting)
    moment.shift(timedelta(days=31))
    assert not visit(pilot).open(f"/regroupements/{meeting.id}").soup.select(f'a[href="/seance/{meeting.id}"]')


def test_the_sheet_is_reached_once_it_is_shared(visit, meeting, maud):
    page = visit(maud).open(f"/regroupements/{meeting.id}")
    assert not page.soup.select('a[href^="/fiches/"]')


def test_hours_are_read_where_the_collective_lives(visit, pilot):
    island = factories.territory("La Réunion", timezone="Indian/Reunion")
    meeting = factories.meeting(factories.collective(island, pilot=pilot), starts_at=TODAY)
    assert visit(pilot).open(f"/regroupements/{meeting.id}").says("de 17 h à 19 h")


# ---------- preparing ----------


def test_the_pilot_changes_durations_and_the_hours_follow(visit, meeting, pilot):
    page = visit(pilot).open(f"/regroupements/{meeting.id}/preparer")
    assert page.says("Le déroulé finit à l’heure prévue.")
    saved = page.press("Enregistrer", questionnement="30", cloture="3")
    assert saved.says("Enregistré à 13 h 50")
    assert saved.says("Le déroulé finit 8 min après l’heure prévue.")
    assert saved.says("2 h 08")
    assert saved.says("16 h 08")
    steps = {step.id: step.minutes for step in agenda_of(fresh(Meeting, meeting.id))}
    assert (steps["questionnement"], steps["cloture"], steps["ouverture"]) == (30, 3, 5)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"questionnement": "9"}, "« Questionnement » dure au moins 10 min."),
        ({"questionnement": "900"}, "« Questionnement » dure au plus 240 min."),
        ({"questionnement": "9" * 30}, "« Questionnement » dure au plus 240 min."),
        ({"questionnement": "vingt"}, "Écrivez un nombre de minutes."),
        ({"questionnement": ""}, "Écrivez un nombre de minutes."),
        ({"questionnement": "-5"}, "« Questionnement » dure au moins 10 min."),
    ],
)
def test_never_under_the_least_of_a_step_and_nothing_typed_is_lost(visit, meeting, pilot, typed, said):
    page = (
        visit(pilot).open(f"/regroupements/{meeting.id}/preparer").press("Enregistrer", cloture="4", **typed)
    )
    assert page.status == 422
    field = page.soup.select_one("#questionnement")
    assert field["value"] == typed["questionnement"]
    assert field["aria-invalid"] == "true"
    assert said in page.soup.select_one("#questionnement-erreur").get_text(" ", strip=True).replace("\u00a0", " ")
    assert page.soup.select_one("#cloture")["value"] == "4"
    assert agenda_of(fresh(Meeting, meeting.id))[4].minutes == 20


def test_two_wrong_durations_are_both_said(visit, meeting, pilot):
    page = visit(pilot).open(f"/regroupements/{meeting.id}/preparer").press("Enregistrer", ouverture="1", cloture="1")
    assert len(page.soup.select("ol.steps .error")) == 2


def test_one_button_saves_the_whole_page_and_what_holds_in_the_room_comes_before_the_steps(visit, meeting, pilot):
    page = visit(pilot).open(f"/regroupements/{meeting.id}/preparer")
    (primary,) = page.soup.select(".btn.primary")
    assert primary.get_text() == "Enregistrer"
    room = page.soup.select_one(".room")
    assert room.select_one("#room_closes")
    assert room.select_one("#without_notes")
    assert room.find_next("ol", class_="steps") is not None
    assert page.says("Rien ne se note pendant l’échange")


def test_the_spare_situation_is_chosen_and_can_be_read_with_its_questions(visit, meeting, pilot):
    page = visit(pilot).open(f"/regroupements/{meeting.id}/preparer")
    saved = page.press("Enregistrer", spare_id="le-cahier-rouge")
    assert saved.says("Que fait-elle des pages le soir ?")
    assert fresh(Meeting, meeting.id).spare_id == "le-cahier-rouge"
    refused = page.press("Enregistrer", spare_id="inventée")
    assert refused.status == 422
    assert any("pas dans la liste" in error for error in refused.errors)
    assert fresh(Meeting, meeting.id).spare_id == "le-cahier-rouge"
    page.press("Enregistrer", spare_id="")
    assert fresh(Meeting, meeting.id).spare_id == ""


def test_a_video_is_an_address_that_one_can_open_and_what_was_typed_stays(visit, meeting, pilot):
    page = visit(pilot).open(f"/regroupements/{meeting.id}/preparer")
    refused = page.press("Enregistrer", spare_link="video.example/1", cloture="4")
    assert refused.status == 422
    assert "commence par" in refused.soup.select_one("#spare_link-erreur").get_text()
    assert refused.soup.select_one("#spare_link")["value"] == "video.example/1"
    assert refused.soup.select_one("#cloture")["value"] == "4"
    saved = refused.press("Enregistrer", spare_link="https://video.example/1")
    assert saved.soup.select_one("#spare_link")["value"] == "https://video.example/1"


def test_the_library_of_spare_situations_is_read_by_anybody_signed_in(visit, meeting, maud, pilot):
    page = visit(maud).open("/canevas").follow("situations de secours")
    assert page.heading == "Situations de secours"
    assert page.says("Dix situations")
    assert page.says("Aviez-vous convenu d’un signe ?")
    preparing = visit(pilot).open(f"/regroupements/{meeting.id}/preparer")
    assert preparing.follow("Lire toutes les situations de secours").heading == page.heading


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ({}, "http://neo.ens-lyon.fr/neo (autre site, lien non vérifié)"),
        ({"address": "https://neo.example/1", "checked_on": date(2026, 12, 1)}, "lien vérifié le 1er décembre 2026"),
        ({"is_hidden": True}, ""),
    ],
)
def test_the_videos_to_begin_with_are_those_of_the_resources_as_the_administration_keeps_them(
    visit, collective, pilot, kept, said
):
    first = factories.meeting(collective)
    if kept:
        usual = {"address": "http://neo.ens-lyon.fr/neo"}
        factories.add(ResourceAmendment(resource_id="debuter-comme-formateur", **usual | kept))
    for path in ("/situations-de-secours", f"/regroupements/{first.id}/preparer"):
        page = visit(pilot).open(path)
        assert page.says("Débuter comme formateur") is bool(said)
        assert page.says(said)


def test_the_pilot_reads_the_situations_that_wait_and_nobody_else_does(visit, collective, meeting, pilot, maud):
    earlier = factories.meeting(collective, number=2, starts_at=TODAY - timedelta(days=30))
    chosen = factories.situation(collective, maud, "Déjà travaillée")
    factories.situation(collective, maud, CANARY, sentence="Une phrase.", question="Une question ?")
    choose_situation(earlier, chosen.id)
    page = visit(pilot).open(f"/regroupements/{meeting.id}/preparer")
    assert page.says(CANARY)
    assert page.says("Une phrase.")
    assert page.says("Une question ?")
    assert not page.says("Déjà travaillée")
    odile = factories.user("Odile")
    factories.membership(odile, collective)
    for url in (f"/regroupements/{meeting.id}", f"/collectifs/{collective.id}/proposer-une-situation"):
        assert not visit(odile).open(url).says(CANARY)


def test_without_a_situation_the_page_says_what_to_expect(visit, meeting, pilot):
    assert visit(pilot).open(f"/regroupements/{meeting.id}/preparer").says("Elles arrivent souvent la veille")


def test_a_started_agenda_cannot_change_even_from_an_old_page(visit, meeting, pilot):
    old = visit(pilot).open(f"/regroupements/{meeting.id}/preparer")
    start(meeting)
    page = old.press("Enregistrer", cloture="30")
    assert page.status == 422
    assert page.says("La séance a commencé")
    assert not page.has_button("Enregistrer")
    assert agenda_of(fresh(Meeting, meeting.id))[-1].minutes == 5


def test_only_the_pilot_prepares(visit, meeting, maud):
    visitor = visit(maud)
    assert visitor.open(f"/regroupements/{meeting.id}/preparer").status == 404
    assert visitor.open(f"/regroupements/{meeting.id}").status == 200


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
