"""What became of the answers: written in a minute, emptied at once, heard in the room only when shared."""

import json
from datetime import timedelta

import pytest

from collectifs.collectives.models import CharterConsent, Membership
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent, Job
from collectifs.meetings.models import Attendance
from collectifs.sheets.models import FollowUp
from tests import factories
from tests.circle import Circle

WORD = "Il a parlé le premier."


@pytest.fixture
def circle(app, moment):
    made = Circle()
    made.write_and_propose()
    moment.shift(timedelta(days=6))
    return made


def url(circle):
    return f"/regroupements/{circle.meeting_id}/retour"


@pytest.fixture(autouse=True)
def ids(circle):
    circle.meeting_id = circle.meeting.id
    circle.next = factories.meeting(circle.collective, number=2, starts_at=clock.now() + timedelta(hours=1))
    circle.next_id = circle.next.id


def marks(page):
    return [tag["name"].removeprefix("words-") for tag in page.soup.select("textarea[name^=words-]")]


def tell(page, place=0, state=None, words="", **more):
    mark = marks(page)[place]
    fields = {f"words-{mark}": words} | ({f"state-{mark}": state} if state else {}) | more
    return page.press("Enregistrer", **fields)


def live_data(visitor, circle):
    page = visitor.open(f"/seance/{circle.next_id}")
    return json.loads(page.soup.select_one("#live-data").string)


def test_a_member_says_what_they_tried_in_a_minute(visit, circle):
    page = visit(circle.karim).open(url(circle))
    assert page.heading == "Qu’avez-vous essayé depuis ?"
    assert page.says("Commencer par écouter.")
    assert page.says("Lisible par : vous, et personne d’autre")
    assert page.says("effacé le 31 août 2027")
    assert not page.soup.select("[name^=state-][checked], textarea[required]")
    saved = tell(page, 0, "tried", WORD)
    assert saved.says("C’est enregistré.")
    assert saved.soup.select_one("[name^=state-][checked]")["value"] == "tried"
    assert saved.soup.select_one("textarea").get_text().strip() == WORD
    assert not saved.soup.select_one("[name=shared]").has_attr("checked")


def test_everything_is_optional_and_empty_keeps_nothing(visit, circle):
    page = visit(circle.karim).open(url(circle)).press("Enregistrer")
    assert page.says("Rien n’est gardé")
    assert db.session.query(FollowUp).count() == 0
    said = tell(page, 1, "left_aside")
    assert said.says("C’est enregistré.")


def test_emptied_again_the_row_is_gone(visit, circle):
    visitor = visit(circle.karim)
    page = tell(visitor.open(url(circle)), 0, None, WORD)
    tell(page, 0, None, "")
    assert db.session.query(FollowUp).count() == 0


def test_one_erases_everything_at_once(visit, circle):
    page = tell(visit(circle.karim).open(url(circle)), 0, "adapted", WORD)
    after = page.press("Effacer mes mots")
    assert after.says("Vos mots sont effacés.")
    assert not after.says("Effacer mes mots")
    assert db.session.query(FollowUp).count() == 0


def test_even_after_leaving_one_erases_and_reads_nothing_more(visit, circle):
    visitor = visit(circle.karim)
    tell(visitor.open(url(circle)), 0, "adapted", WORD)
    row = db.session.query(Membership).filter_by(user_id=circle.karim.id).one()
    row.ends_at = clock.now() - timedelta(minutes=1)
    db.session.commit()
    assert visitor.open(url(circle)).status == 404
    answer = visitor.client.post(f"{url(circle)}/effacer", headers={"X-CSRFToken": visitor.token()})
    assert answer.status_code == 302
    assert db.session.query(FollowUp).count() == 0


def test_too_long_a_word_is_said_beside_it_and_nothing_is_lost(visit, circle):
    page = visit(circle.karim).open(url(circle))
    first, second = marks(page)
    refused = tell(page, 0, "tried", "x" * 501, **{f"words-{second}": "Gardé."})
    assert refused.status == 422
    assert "dépasse 500 caractères" in refused.soup.find(id=f"words-{first}-erreur").get_text()
    assert refused.soup.select_one(f"[name=words-{second}]").get_text().strip() == "Gardé."
    assert refused.soup.select_one(f"details:has([name=words-{first}])").has_attr("open")
    assert db.session.query(FollowUp).count() == 0


def test_a_forged_state_is_refused(visit, circle):
    page = visit(circle.karim).open(url(circle))
    refused = tell(page, 0, "solved", WORD)
    assert refused.status == 422
    assert any("pas dans la liste" in error for error in refused.errors)


def test_what_is_kept_for_oneself_is_read_by_nobody_else(visit, circle):
    tell(visit(circle.karim).open(url(circle)), 0, "tried", WORD)
    for who in (circle.pilot, circle.odile, circle.inspector):
        visitor = visit(who)
        pages = (url(circle), f"/regroupements/{circle.meeting_id}", f"/regroupements/{circle.next_id}")
        assert not any(visitor.open(each).says(WORD) for each in pages)
    assert WORD not in json.dumps(live_data(visit(circle.pilot), circle), ensure_ascii=False)


def test_shared_words_are_heard_in_the_room_without_their_author(visit, circle):
    tell(visit(circle.karim).open(url(circle)), 0, "tried", WORD, shared="y")
    previous = live_data(visit(circle.pilot), circle)["previous"]
    assert previous["answers"][0]["words"] == [{"words": f"Essayé : {WORD}", "by": ""}]
    assert (previous["answers"][0]["kind"], previous["answers"][0]["condition"]) == ("éprouvée", "accepter le silence")
    assert previous["answers"][1]["words"] == []


def test_signed_they_carry_a_given_name_and_no_more(visit, circle):
    tell(visit(circle.karim).open(url(circle)), 0, None, WORD, shared="y", signed="y")
    previous = live_data(visit(circle.pilot), circle)["previous"]
    assert previous["answers"][0]["words"] == [{"words": WORD, "by": "Karim"}]


def test_what_is_preferred_unsaid_shows_nothing_and_a_state_alone_is_never_counted(visit, circle):
    tell(visit(circle.karim).open(url(circle)), 0, "unsaid", WORD, shared="y")
    tell(visit(circle.odile).open(url(circle)), 0, "tried", "", shared="y")
    assert [each["words"] for each in live_data(visit(circle.pilot), circle)["previous"]["answers"]] == [[], []]


def test_somebody_who_came_later_hears_nothing_of_before(visit, circle):
    tell(visit(circle.karim).open(url(circle)), 0, "tried", WORD, shared="y")
    db.session.query(Membership).filter_by(user_id=circle.pilot.id).one().starts_at = clock.now() - timedelta(hours=1)
    db.session.query(CharterConsent).filter_by(user_id=circle.pilot.id).one().accepted_at = clock.now()
    db.session.delete(db.session.query(Attendance).filter_by(user_id=circle.pilot.id).one())
    db.session.commit()
    previous = live_data(visit(circle.pilot), circle)["previous"]
    assert previous["answers"][0]["text"] == "Commencer par écouter."
    assert previous["answers"][0]["words"] == []


def test_an_answer_that_changed_keeps_what_was_said_of_it(visit, circle):
    visitor = visit(circle.karim)
    old = visitor.open(url(circle))
    mark = marks(old)[0]
    said = visitor.open(url(circle), "POST", {**_values(old), f"words-{'a' * 12}": "D’avant.", f"words-{mark}": WORD})
    assert said.says("Des réponses qui ont changé depuis")
    assert said.says("D’avant.")
    assert said.says(WORD)


def _values(page):
    return {tag["name"]: tag.get("value", "") for tag in page.soup.select("main form input[type=hidden]")}


def test_a_draft_is_followed_by_its_pilot_alone(visit, circle):
    circle.next.starts_at = clock.now() - timedelta(days=1)
    circle.next.ends_at = circle.next.starts_at + timedelta(hours=2)
    from collectifs.sheets.queries.sheets import get_sheet, sheet_of_meeting
    from collectifs.sheets.services.versions import save_draft

    sheet = get_sheet(sheet_of_meeting(circle.next.id).id)
    save_draft(sheet, revision=0, content=factories.content(), now=clock.now(), by=circle.person(circle.pilot))
    address = f"/regroupements/{circle.next_id}/retour"
    assert visit(circle.pilot).open(address).says("vous lisez ici votre brouillon")
    member = visit(circle.karim).open(address)
    assert member.says("Les réponses de ce regroupement seront ici.")
    assert not member.says("Commencer par écouter.")


def test_nobody_is_mailed_nor_named(visit, circle):
    mails = db.session.query(Job).count()
    tell(visit(circle.karim).open(url(circle)), 0, "tried", WORD, shared="y")
    assert db.session.query(Job).count() == mails
    event = db.session.query(AuditEvent).filter_by(kind="follow_up_saved").one()
    assert event.actor_id is None


def test_the_meeting_and_its_preparation_lead_there(visit, circle):
    page = visit(circle.karim).open(f"/regroupements/{circle.next_id}")
    assert page.follow("Qu’avez-vous essayé depuis ?").path == url(circle)
    past = visit(circle.karim).open(f"/regroupements/{circle.meeting_id}")
    assert past.follow("Qu’avez-vous essayé depuis ?").path == url(circle)
    prepare = visit(circle.pilot).open(f"/regroupements/{circle.next_id}/preparer")
    assert prepare.says("Commencer par écouter.")
