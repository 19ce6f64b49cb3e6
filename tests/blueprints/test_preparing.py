"""The pages of preparing: steps, canvas, series, the room, the parking lot. Nothing typed is lost."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from collectifs.blueprints.meetings.prepare_forms import AgendaForm
from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import db
from collectifs.live.models import ParkedItem
from collectifs.live.queries.parking import open_items
from collectifs.meetings.domain.canvas import library
from collectifs.meetings.models import MeetingEvent
from collectifs.meetings.queries.meetings import agenda_of
from tests import factories

TODAY = datetime(2027, 1, 13, 13, 0, tzinfo=UTC)
SAVE = "Enregistrer le déroulé"


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


def test_going_to_the_steps_keeps_the_durations_that_were_typed(at, meeting):
    page = at().press("Changer les étapes", cloture="4")
    assert page.heading == "Changer les étapes"
    assert page.says("Le déroulé finit 1 min avant l’heure prévue.")
    assert agenda_of(fresh(meeting))[-1].minutes == 4


def test_going_to_the_steps_with_a_duration_that_cannot_be_says_so_first(at):
    page = at().press("Changer les étapes", cloture="rien")
    assert page.status == 422
    assert page.says("Écrivez un nombre de minutes.")


def test_a_step_is_moved_dropped_and_put_back(at, meeting):
    page = press_step(at("etapes"), "down", "ouverture")
    assert ids(meeting)[:2] == ["retour", "ouverture"]
    page = press_step(page, "up", "ouverture")
    assert ids(meeting)[:2] == ["ouverture", "retour"]
    page = press_step(page, "drop", "deja-fait")
    assert "deja-fait" not in ids(meeting)
    assert page.says("Dix étapes, 1 h 55")
    assert page.says("Le déroulé finit 5 min avant l’heure prévue.")
    page = press_step(page, "back", "deja-fait")
    assert ids(meeting)[6] == "deja-fait"
    assert not page.says("Retirées de ce regroupement")


def test_after_a_gesture_the_page_comes_back_to_its_step(visit, pilot, meeting):
    visitor = visit(pilot)
    page = visitor.open(f"/regroupements/{meeting.id}/etapes")
    token = page.soup.select_one('[name="csrf_token"]')["value"]
    answer = visitor.raw(f"/regroupements/{meeting.id}/etapes", "POST", data={"down": "retour", "csrf_token": token})
    assert answer.location.endswith("/etapes#etape-retour")


def test_the_last_step_left_has_no_button_to_drop_it_and_the_server_refuses(at, meeting, pilot, visit):
    meeting.steps = meeting.steps[:1]
    db.session.commit()
    page = at("etapes")
    assert not page.soup.select('button[name="drop"]')
    visitor = visit(pilot)
    token = visitor.open(f"/regroupements/{meeting.id}/etapes").soup.select_one('[name="csrf_token"]')["value"]
    refused = visitor.open(
        f"/regroupements/{meeting.id}/etapes", "POST", data={"drop": "ouverture", "csrf_token": token}
    )
    assert refused.status == 422
    assert refused.says("Un déroulé garde au moins une étape.")


def test_a_step_that_another_window_dropped_is_said(at):
    old = at("etapes")
    press_step(at("etapes"), "drop", "retour")
    refused = press_step(old, "up", "retour")
    assert refused.status == 422
    assert refused.says("Cette étape n’est plus dans le déroulé")


def test_a_step_of_ones_own_is_added_read_and_erased(at, meeting):
    page = at("etapes").follow("Ajouter une étape")
    page = page.press("Ajouter l’étape", title="Pause", minutes="10", after="choix", silent="personne")
    assert page.says("L’étape est ajoutée à ce regroupement.")
    assert ids(meeting)[3] == "ajout-1"
    assert at().says("2 h 10")
    saved = at().press(SAVE, **{"ajout-1": "15"})
    assert saved.says("Le déroulé finit 15 min après l’heure prévue.")
    assert "Effacer" in page.soup.select_one('button[value="ajout-1"][name="drop"]').get_text()
    press_step(page, "drop", "ajout-1")
    assert "ajout-1" not in ids(meeting)


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


def test_the_pilot_picks_another_canvas_told_before_that_it_replaces_the_agenda(at, meeting):
    page = at().follow("Choisir un autre canevas")
    assert page.says("Le déroulé actuel sera remplacé")
    assert page.says("33 min · quatorze étapes")
    assert len(page.soup.select('input[name="canvas_id"]')) == 12
    assert page.soup.select_one('input[name="canvas_id"][checked]')["value"] == "genot-soutoul"
    prepared = page.press("Prendre ce canevas", canvas_id="trio")
    assert prepared.says("Le déroulé finit 1 h 27 avant l’heure prévue.")
    assert len(ids(meeting)) == 14
    assert fresh(meeting).canvas_id == "trio"


def test_a_forged_canvas_is_refused(at, meeting):
    page = at("canevas").press("Prendre ce canevas", canvas_id="../trio")
    assert page.status == 422
    assert fresh(meeting).canvas_id == "genot-soutoul"


def test_no_step_takes_the_place_of_something_else_of_the_form(app):
    with app.test_request_context():
        form = AgendaForm()
    assert [step.id for each in library().values() for step in each.steps if hasattr(form, step.id)] == []


@pytest.mark.parametrize("canvas_id", sorted(library()))
def test_every_canvas_can_be_prepared_opened_and_printed(at, visit, pilot, meeting, canvas_id):
    at("canevas").press("Prendre ce canevas", canvas_id=canvas_id)
    assert at().press(SAVE).status == 200
    assert at("etapes").status == 200
    assert visit(pilot).open(f"/canevas/{canvas_id}").status == 200
    sheet = visit(pilot).raw(f"/regroupements/{meeting.id}/feuille-de-route.pdf")
    assert sheet.status_code == 200
    assert sheet.data.startswith(b"%PDF")


def test_the_series_follows_when_it_is_asked(at, collective, meeting):
    later = factories.meeting(collective, number=4, starts_at=TODAY + timedelta(days=21))
    db.session.commit()
    press_step(at("etapes"), "drop", "deja-fait")
    page = at().press("Enregistrer, et pour la suite de la série", cloture="4")
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


def test_what_the_series_set_aside_is_read_added_to_and_taken_off(at, collective, meeting):
    page = at().press("Ajouter au pense-bête", parked="Reparler du carnet de bord.", cloture="4")
    page = page.press(SAVE, parked="Inviter la conseillère.")
    assert page.says("Reparler du carnet de bord.")
    assert agenda_of(fresh(meeting))[-1].minutes == 4
    assert len(page.soup.select(".parked > li")) == 2
    first = next(item for item in open_items(collective) if "carnet" in item.text)
    page = press_step(page, "unpark", str(first.id))
    assert not page.says("Reparler du carnet de bord.")
    assert [item.text for item in open_items(collective)] == ["Inviter la conseillère."]
    assert page.soup.select_one("#parked").get("value", "") == ""


def test_a_line_of_another_series_is_not_taken_off(at, visit, pilot, meeting):
    odile = factories.user("Odile")
    there = factories.meeting(factories.collective(pilot=odile))
    db.session.commit()
    visit(odile).open(f"/regroupements/{there.id}/preparer").press("Ajouter au pense-bête", parked="Ailleurs.")
    (item,) = db.session.query(ParkedItem).all()
    visit(pilot).open(f"/regroupements/{meeting.id}/preparer").press("Ajouter au pense-bête", parked="Ici.")
    page = at()
    page.soup.select_one('button[name="unpark"]')["value"] = str(item.id)
    assert press_step(page, "unpark", str(item.id)).status == 200
    db.session.expire_all()
    assert db.session.query(ParkedItem).count() == 2


# ---------- who, and when ----------


@pytest.mark.parametrize("page", ["etapes", "etapes/ajouter", "canevas"])
def test_only_whoever_runs_it_comes_here_and_not_once_it_has_started(visit, at, meeting, maud, page):
    assert visit(maud).open(f"/regroupements/{meeting.id}/{page}").status == 404
    start(meeting)
    assert at(page).says("Son déroulé ne se règle plus ici")


def test_from_an_old_page_nothing_changes_once_it_has_started(at, meeting):
    old, steps, adding, canvas = at(), at("etapes"), at("etapes/ajouter"), at("canevas")
    start(meeting)
    for refused in (
        old.press(SAVE, without_notes="y"),
        press_step(steps, "drop", "retour"),
        adding.press("Ajouter l’étape", title="Pause"),
        canvas.press("Prendre ce canevas", canvas_id="trio"),
    ):
        assert refused.status == 422
        assert refused.says("La séance a commencé")
    assert len(ids(meeting)) == 11
    assert fresh(meeting).keeps_notes is True
