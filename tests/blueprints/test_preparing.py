"""The pages of preparing: steps, canvas, series, the room, the parking lot. Nothing typed is lost."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from collectifs.blueprints.meetings.prepare_forms import AgendaForm
from collectifs.blueprints.planning import routes
from collectifs.collectives.models import Meeting
from collectifs.kernel.documents.press import Rendered
from collectifs.kernel.extensions import db
from collectifs.live.models import ParkedItem
from collectifs.live.queries.parking import open_items
from collectifs.meetings.domain.canvas import library
from collectifs.meetings.models import MeetingEvent
from collectifs.meetings.queries.meetings import agenda_of
from tests import factories
from tests.papers import text_of, words

TODAY = datetime(2027, 1, 13, 13, 0, tzinfo=UTC)
SAVE = "Enregistrer"


@pytest.fixture
def meeting(collective):
    return factories.meeting(collective, number=3, starts_at=TODAY)


@pytest.fixture
def at(visit, pilot, meeting):
    return lambda page="preparer": visit(pilot).open(f"/regroupements/{meeting.id}/{page}")


def fresh(meeting) -> Meeting:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Meeting, meeting.id)


def ids(meeting):
    return [step.id for step in agenda_of(fresh(meeting))]


def start(meeting):
    factories.add(
        MeetingEvent(meeting_id=meeting.id, sequence=1, kind="meeting_started", hand=1, happened_at=TODAY, body=b"")
    )
    db.session.commit()


def press_step(page, name, value):
    """One of many alike buttons, by what it carries."""
    button = page.soup.select_one(f'button[name="{name}"][value="{value}"]')
    return page.press(button.get_text(" ", strip=True))


@pytest.mark.parametrize("canvas", library().values(), ids=lambda canvas: canvas.id)
def test_a_step_id_is_a_word_that_no_field_of_the_form_bears(canvas):
    for step in canvas.steps:
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", step.id)
        assert not hasattr(AgendaForm, step.id), step.id


# ---------- the steps ----------


def rows(page):
    """The steps as the page shows them: those kept, and those that are out."""
    lines = page.soup.select("ol.steps > li")
    return [line["data-step"] for line in lines if not line.get("class")], [
        line["data-step"] for line in lines if line.get("class") == ["is-out"]
    ]


def test_moving_a_step_keeps_nothing_before_the_page_is_saved(at, meeting):
    page = press_step(at(), "down", "ouverture")
    assert page.status == 422
    assert page.soup.select_one(".summary") is None
    assert page.says("Pas encore enregistré")
    assert rows(page)[0][:2] == ["retour", "ouverture"]
    assert ids(meeting)[:2] == ["ouverture", "retour"]
    page.press(SAVE)
    assert ids(meeting)[:2] == ["retour", "ouverture"]


def test_a_step_taken_out_stays_in_its_place_and_comes_back_with_its_minutes(at, meeting):
    page = press_step(at(), "drop", "deja-fait")
    assert rows(page)[1] == ["deja-fait"]
    assert page.says("10 étapes, 1 h 55")
    assert page.says("Le déroulé finit 5 min avant l’heure prévue.")
    saved = page.press(SAVE)
    assert "deja-fait" not in ids(meeting)
    assert rows(saved)[1] == ["deja-fait"]
    back = press_step(saved, "back", "deja-fait").press(SAVE, **{"deja-fait": "7"})
    assert ids(meeting)[6] == "deja-fait"
    assert agenda_of(fresh(meeting))[6].minutes == 7
    assert rows(back)[1] == []


def test_arranging_the_steps_loses_nothing_that_was_typed_not_even_what_is_wrong(at, meeting):
    page = at()
    button = page.soup.select_one('button[name="up"][value="choix"]').get_text(" ", strip=True)
    page = page.press(button, cloture="rien", questionnement="30", room_closes="16:30", parked="Le carnet de bord")
    assert page.soup.select_one("#cloture")["value"] == "rien"
    assert page.soup.select_one("#questionnement")["value"] == "30"
    assert page.soup.select_one("#room_closes")["value"] == "16:30"
    assert page.soup.select_one("#parked")["value"] == "Le carnet de bord"
    assert page.says("Le déroulé finit 10 min après l’heure prévue.")
    refused = page.press(SAVE)
    assert refused.says("Écrivez un nombre de minutes.")
    assert rows(refused)[0][:3] == ["ouverture", "choix", "retour"]
    assert db.session.query(ParkedItem).count() == 0


def test_a_step_that_is_out_is_not_asked_for_its_minutes(at, meeting):
    page = at()
    button = page.soup.select_one('button[name="drop"][value="retour"]').get_text(" ", strip=True)
    saved = page.press(button, retour="beaucoup").press(SAVE)
    assert saved.status == 200
    assert "retour" not in ids(meeting)


def test_after_an_arrangement_the_page_comes_back_to_its_step(at):
    page = at()
    for name in ("up", "down", "drop", "back"):
        button = page.soup.select_one(f'button[name="{name}"][value="retour"]')
        assert button["formaction"] == "#etape-retour"
    assert page.soup.select_one("#etape-retour")["tabindex"] == "-1"


def test_in_a_field_the_key_to_send_saves(at):
    assert at().soup.select_one("form[data-agenda] button").get("name") is None


def test_the_last_step_left_cannot_be_taken_out(at, meeting):
    meeting.steps = meeting.steps[:1]
    db.session.commit()
    page = at()
    assert page.soup.select_one('button[name="drop"][value="ouverture"]').has_attr("hidden")
    refused = press_step(page, "drop", "ouverture")
    assert refused.says("Un déroulé garde au moins une étape.")
    out = refused.soup.select_one("#removed")
    out["value"] = " ".join(["ouverture", out["value"]])
    forged = refused.press(SAVE)
    assert forged.status == 422
    assert forged.says("Un déroulé garde au moins une étape.")
    assert ids(meeting) == ["ouverture"]


def test_a_step_that_another_window_added_stays_and_one_that_it_erased_is_said(at, meeting):
    old = at()
    at("etapes/ajouter").press("Ajouter l’étape", title="Pause", after="choix")
    with_it = at()
    old.press(SAVE, cloture="4")
    assert ids(meeting)[3] == "ajout-1"
    assert agenda_of(fresh(meeting))[-1].minutes == 4
    press_step(at(), "drop", "ajout-1").press(SAVE)
    refused = with_it.press(SAVE, cloture="6")
    assert refused.status == 422
    assert refused.says("Cette étape n’est plus dans le déroulé")
    assert refused.soup.select_one("#cloture")["value"] == "6"
    assert agenda_of(fresh(meeting))[-1].minutes == 4


def test_a_step_of_ones_own_is_added_after_what_was_typed_is_kept(at, meeting):
    page = at().press("Ajouter une étape", cloture="4")
    assert agenda_of(fresh(meeting))[-1].minutes == 4
    page = page.press("Ajouter l’étape", title="Pause", minutes="10", after="choix", silent="personne")
    assert page.says("L’étape est ajoutée à ce regroupement.")
    assert ids(meeting)[3] == "ajout-1"
    assert page.says("2 h 09")
    page = page.press(SAVE, **{"ajout-1": "15"})
    assert page.says("Le déroulé finit 14 min après l’heure prévue.")
    page = press_step(page, "drop", "ajout-1")
    assert page.says("Elle est effacée quand vous enregistrez.")
    assert "ajout-1" in ids(meeting)
    assert rows(press_step(page, "back", "ajout-1"))[1] == []
    page.press(SAVE)
    assert "ajout-1" not in ids(meeting)


def test_going_elsewhere_with_a_duration_that_cannot_be_says_so_first(at):
    page = at().press("Ajouter une étape", cloture="rien")
    assert page.status == 422
    assert page.says("Écrivez un nombre de minutes.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, "Donnez un nom à cette étape."),
        ({"minutes": "0"}, "Une étape dure de 1 à 240 min."),
        ({"minutes": "dix"}, "Écrivez un nombre de minutes."),
        ({"minutes": "9999"}, "Une étape dure de 1 à 240 min."),
        ({"speaks": ""}, "Dites qui parle"),
        ({"rule": "x" * 91}, "dépasse 90 caractères"),
        ({"after": "autre"}, "pas dans la liste"),
    ],
)
def test_a_step_that_cannot_be_is_said_beside_its_field_and_nothing_is_lost(at, meeting, typed, said):
    page = at("etapes/ajouter").press("Ajouter l’étape", **{"title": "Pause", "rule": "Sans écran.", **typed})
    assert page.status == 422
    (field,) = typed
    assert page.soup.select_one(f"#{field}")["aria-invalid"] == "true"
    assert said.replace(" ", "") in page.soup.select_one(f"#{field}-erreur").get_text().replace("\u00a0", "").replace(
        " ", ""
    )
    kept = "title" if field != "title" else "rule"
    assert page.soup.select_one(f"#{kept}")["value"] in {"Pause", "Sans écran."}
    assert len(ids(meeting)) == 11


# ---------- the canvas ----------


def take(at, canvas_id):
    """Read a canvas, then take it."""
    return at(f"canevas/lire?canevas={canvas_id}").press("ce canevas")


def read_links(page):
    """The ways to the page of each canvas."""
    return page.soup.select('a[href*="/canevas/lire?canevas="]')


def test_a_canvas_is_read_before_it_is_taken_and_told_that_it_replaces_the_agenda(at, meeting):
    page = at().press("Changer de canevas")
    assert page.says("33 min · quatorze étapes")
    assert len(read_links(page)) == len(library())
    assert "celui de ce regroupement" in page.soup.select_one('a[href$="=genot-soutoul"]').get_text()
    read = page.follow("33 min")
    assert read.heading == library()["trio"].title
    assert read.says("Le déroulé actuel sera remplacé")
    assert read.says("Le déroulé finit 1 h 27 avant l’heure prévue.")
    assert read.says(library()["trio"].steps[3].rule)
    assert ids(meeting)[:2] == ["ouverture", "retour"]
    prepared = read.press("Prendre ce canevas")
    assert prepared.says("Le déroulé finit 1 h 27 avant l’heure prévue.")
    assert len(ids(meeting)) == 14
    assert fresh(meeting).canvas_id == "trio"


@pytest.mark.parametrize(("longest", "most"), [("", 999), ("35", 35), ("60", 60), ("90", 90), ("dix", 999)])
def test_the_canvases_are_filtered_by_how_long_they_last(at, meeting, longest, most):
    page = at(f"canevas?duree={longest}")
    shown = {link["href"].rsplit("=", 1)[1] for link in read_links(page)}
    assert shown == {canvas.id for canvas in library().values() if canvas.minutes <= most}
    chosen = page.soup.select_one("option[selected]")
    assert (chosen["value"] if chosen else "") == (longest if most < 999 else "")


def test_the_canvas_of_the_first_meeting_is_read_as_the_first_meeting_has_it(at, meeting):
    meeting.number = 1
    db.session.commit()
    assert not at("canevas/lire?canevas=genot-soutoul").says("au premier regroupement")


def test_back_to_the_canvas_every_step_and_every_minute_come_back(at, meeting):
    press_step(at(), "drop", "deja-fait").press(SAVE, cloture="30")
    read = at("canevas/lire?canevas=genot-soutoul")
    assert read.says("y revenir remet ses durées")
    read.press("Revenir à ce canevas")
    assert agenda_of(fresh(meeting)) == library()["genot-soutoul"].agenda(3)


def test_an_unknown_canvas_is_nowhere(at, visit, pilot, meeting):
    assert visit(pilot).raw(f"/regroupements/{meeting.id}/canevas/lire?canevas=autre").status_code == 404


def test_no_step_takes_the_place_of_something_else_of_the_form(app):
    with app.test_request_context():
        form = AgendaForm()
    assert [step.id for each in library().values() for step in each.steps if hasattr(form, step.id)] == []


@pytest.mark.parametrize("canvas_id", sorted(library()))
def test_every_canvas_can_be_prepared_opened_and_printed(at, visit, pilot, meeting, canvas_id, monkeypatch):
    pressed = []  # each canvas is pressed by tests/meetings/documents/test_step_sheet_paper.py
    monkeypatch.setattr(routes, "step_sheet_pdf", lambda paper: pressed.append(paper) or Rendered(b"%PDF", 1, ""))
    take(at, canvas_id)
    assert at().press(SAVE).status == 200
    assert visit(pilot).open(f"/canevas/{canvas_id}").status == 200
    sheet = visit(pilot).raw(f"/regroupements/{meeting.id}/feuille-de-route.pdf")
    assert sheet.data == b"%PDF"
    [paper] = pressed
    assert [step.title for step in paper.steps] == [step.title for step in library()[canvas_id].agenda(meeting.number)]


def test_the_series_follows_when_it_is_asked(at, collective, meeting):
    later = factories.meeting(collective, number=4, starts_at=TODAY + timedelta(days=21))
    db.session.commit()
    page = press_step(at(), "drop", "deja-fait").press(SAVE, cloture="4", series="y")
    assert page.says("appliqué au regroupement 4 et à ceux que vous fixerez ensuite.")
    assert "deja-fait" not in ids(later)
    assert agenda_of(fresh(later))[-1].minutes == 4
    assert at().press(SAVE, cloture="5").status == 200
    assert agenda_of(fresh(later))[-1].minutes == 4


# ---------- the room ----------


def test_without_notes_is_off_by_default_kept_and_said(at, meeting):
    page = at()
    assert page.soup.select_one("#without_notes").get("checked") is None
    assert page.says("seule la fiche s’écrit")
    saved = page.press(SAVE, without_notes="y")
    assert saved.soup.select_one("#without_notes").get("checked") is not None
    assert fresh(meeting).keeps_notes is False


def test_the_room_closes_at_an_hour_of_the_place_and_the_agenda_says_what_runs_past(at, meeting):
    saved = at().press(SAVE, room_closes="15:45")
    assert fresh(meeting).room_closes_at == TODAY + timedelta(hours=1, minutes=45)
    assert saved.soup.select_one("#room_closes")["value"] == "15:45"
    assert saved.says("La salle aura fermé 15 min plus tôt.")
    assert not saved.press(SAVE, room_closes="").says("La salle aura fermé")
    assert fresh(meeting).room_closes_at is None


def test_the_step_sheet_prints_the_hour_at_which_the_room_closes(at, visit, pilot, meeting):
    at().press(SAVE, room_closes="16:05")
    sheet = visit(pilot).raw(f"/regroupements/{meeting.id}/feuille-de-route.pdf")
    assert words("La salle ferme à 16 h 05.") in text_of(sheet.data)


@pytest.mark.parametrize(
    ("typed", "said"), [("13:30", "donnez une heure après 14 h"), ("tard", "Écrivez l’heure ainsi")]
)
def test_an_hour_that_cannot_be_is_said_beside_its_field_and_nothing_is_lost(at, meeting, typed, said):
    page = at().press(SAVE, room_closes=typed, cloture="4", parked="Le carnet de bord")
    assert page.status == 422
    assert said in page.soup.select_one("#room_closes-erreur").get_text(" ", strip=True).replace("\u00a0", " ")
    assert page.soup.select_one("#cloture")["value"] == "4"
    assert page.soup.select_one("#parked")["value"] == "Le carnet de bord"
    assert fresh(meeting).room_closes_at is None
    assert db.session.query(ParkedItem).count() == 0


# ---------- the parking lot ----------


def test_what_the_series_set_aside_is_read_added_to_and_taken_off_with_the_same_save(at, collective, meeting):
    page = at().press(SAVE, parked="Reparler du carnet de bord.", cloture="4")
    page = page.press(SAVE, parked="Inviter la conseillère.")
    assert page.says("Deux points mis de côté")
    assert agenda_of(fresh(meeting))[-1].minutes == 4
    first = next(item for item in open_items(collective) if "carnet" in item.text)
    page = page.press(SAVE, unpark=str(first.id))
    assert not page.says("Reparler du carnet de bord.")
    assert [item.text for item in open_items(collective)] == ["Inviter la conseillère."]
    assert page.soup.select_one("#parked").get("value", "") == ""


def test_a_line_that_is_gone_already_or_of_another_series_changes_nothing(at, visit, pilot, meeting):
    odile = factories.user("Odile")
    there = factories.meeting(factories.collective(pilot=odile))
    db.session.commit()
    visit(odile).open(f"/regroupements/{there.id}/preparer").press(SAVE, parked="Ailleurs.")
    (item,) = db.session.query(ParkedItem).all()
    page = at().press(SAVE, parked="Ici.")
    for line_id in (str(item.id), "pas un identifiant", "8c6d6d57-6f3f-4a7c-a7a1-3f1b8d9a2c11"):
        assert page.press(SAVE, unpark=line_id, cloture="4").status == 200
    db.session.expire_all()
    assert db.session.query(ParkedItem).count() == 2


# ---------- who, and when ----------


@pytest.mark.parametrize("page", ["preparer", "etapes/ajouter", "canevas", "canevas/lire"])
def test_only_whoever_runs_it_comes_here_and_not_once_it_has_started(visit, at, meeting, maud, page):
    assert visit(maud).open(f"/regroupements/{meeting.id}/{page}").status == 404
    start(meeting)
    assert at(page).says("Son déroulé ne se règle plus ici")


def test_from_an_old_page_nothing_changes_once_it_has_started(at, meeting):
    old, adding, canvas = at(), at("etapes/ajouter"), at("canevas/lire?canevas=trio")
    arranged = press_step(at(), "drop", "retour")
    start(meeting)
    for refused in (
        old.press(SAVE, without_notes="y"),
        arranged.press(SAVE),
        adding.press("Ajouter l’étape", title="Pause"),
        canvas.press("Prendre ce canevas"),
    ):
        assert refused.status == 422
        assert refused.says("La séance a commencé")
    assert len(ids(meeting)) == 11
    assert fresh(meeting).keeps_notes is True
