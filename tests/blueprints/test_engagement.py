"""An attestation as people make it, and as a reader checks it."""

import json
from datetime import timedelta

from collectifs.engagement.models import Engagement
from collectifs.engagement.queries.lines import lines_of
from collectifs.engagement.services.engagements import forget_engagements_of
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.meetings.models import Attendance
from collectifs.network.models import SlotChoice
from collectifs.people.domain.sign_in import MOST_FAILURES
from tests import booking, eventing
from tests.circle import Circle

CHECK = "/verifier-une-attestation"


def made(circle: Circle, visit) -> Engagement:
    """Maud's, with the one meeting that she came to."""
    db.session.commit()
    page = visit(circle.maud).open("/mon-engagement")
    key = page.soup.select_one("input[name=lines]")["value"]
    page.press("Faire l’attestation", lines=[key])
    db.session.expire_all()
    return db.session.query(Engagement).one()


def checked(visit, code: str, name: str):
    return visit().open(CHECK).press("Vérifier", code=code, name=name)


def test_each_line_is_ticked_by_the_person_and_none_in_advance(circle: Circle, visit) -> None:
    db.session.commit()
    page = visit(circle.maud).open("/mon-engagement")
    assert page.says("regroupement d’un collectif, en présentiel")
    assert not page.soup.select("input[name=lines][checked]")
    assert circle.collective.name not in page.soup.select_one("main").get_text()
    refused = page.press("Faire l’attestation")
    assert set(refused.errors) == {"Cochez au moins une ligne : c’est vous qui choisissez."}
    assert db.session.query(Engagement).count() == 0


def test_both_files_bear_the_code_and_no_name_of_a_collective(circle: Circle, visit) -> None:
    row = made(circle, visit)
    answer = visit(circle.maud).raw(f"/attestations/{row.id}/donnees")
    told = json.loads(answer.data)
    assert told["bearer"] == "Maud Le Bihan"
    assert told["code"].replace("-", "") == row.code
    assert [each["kind"] for each in told["lines"]] == ["meeting"]
    assert circle.collective.name not in answer.get_data(as_text=True)
    assert answer.data == visit(circle.maud).raw(f"/attestations/{row.id}/donnees").data
    assert visit(circle.maud).raw(f"/attestations/{row.id}.pdf").mimetype == "application/pdf"
    assert visit(circle.karim).raw(f"/attestations/{row.id}.pdf").status_code == 404


def test_a_reader_needs_the_code_and_the_name_and_reads_no_name(circle: Circle, visit) -> None:
    row = made(circle, visit)
    page = checked(visit, row.code.upper(), "LE BIHAN Maud")
    assert page.says("Toujours attesté")
    assert page.says("regroupement d’un collectif")
    assert not page.soup.select_one("main").find(string=lambda text: "Bihan" in text)
    nothing = [checked(visit, row.code, "Karim Ouadah"), checked(visit, "k7mq-2rpd-9xvt", "Maud Le Bihan")]
    for wrong in nothing:
        assert wrong.response.status_code == 422
        assert wrong.says("Rien n’est attesté sous ce code et ce nom.")
    assert checked(visit, "", "").errors


def kinds(visit, who) -> dict[str, str]:
    """The lines that somebody may tick, by the first word of their key."""
    page = visit(who).open("/mon-engagement")
    labels = {each["for"]: each.get_text() for each in page.soup.select("label[for]")}
    return {each["value"].split(":")[0]: labels[each["id"]] for each in page.soup.select("input[name=lines]")}


def test_pages_of_a_published_book_are_counted_and_which_ones_is_not_said(circle: Circle, visit) -> None:
    kept = booking.book(circle.territory)
    for values in ({"printed_at": clock.now()}, {"printed_at": clock.now()}, {"printed_at": None}):
        booking.asked(booking.page(kept, **values), circle.maud, circle.karim, answer="oui")
    gone = booking.page(kept, printed_at=clock.now(), withdrawn_at=clock.now())
    booking.asked(gone, circle.maud, answer="oui")
    db.session.commit()
    found = kinds(visit, circle.maud)
    assert "écriture à plusieurs pour un recueil publié, deux pages" in found["book"]
    assert booking.QUESTION not in visit(circle.maud).open("/mon-engagement").text
    assert "book" not in kinds(visit, circle.odile)


def test_a_page_printed_since_does_not_change_a_paper_that_was_made(circle: Circle, visit) -> None:
    kept = booking.book(circle.territory)
    booking.asked(booking.page(kept, printed_at=clock.now()), circle.maud, answer="oui")
    db.session.commit()
    assert [(each.pages, each.kind.value) for each in lines_of(circle.maud.id, clock.now().date()) if each.pages] == [
        (1, "book")
    ]
    made_on = clock.now().date()
    booking.asked(booking.page(kept, printed_at=clock.now() + timedelta(days=3)), circle.maud, answer="oui")
    db.session.commit()
    assert [each.pages for each in lines_of(circle.maud.id, made_on) if each.pages] == [1]
    assert [each.pages for each in lines_of(circle.maud.id, made_on + timedelta(days=4)) if each.pages] == [2]


def test_a_workshop_is_attested_to_the_account_that_has_the_address_of_its_host(circle: Circle, visit) -> None:
    day = eventing.Day(circle.territory)
    for workshop in (day.first, day.second):
        workshop.host_address = circle.maud.address
    row = day.comes()
    day.event.starts_at = day.slot.starts_at = clock.now() - timedelta(days=2)
    day.event.ends_at = day.slot.ends_at = clock.now() - timedelta(days=2) + timedelta(hours=1)
    db.session.commit()
    assert "host" not in kinds(visit, circle.maud), "nobody came yet"
    db.session.query(SlotChoice).filter_by(registration_id=row.id).one().came_at = clock.now()
    db.session.commit()
    assert "animation d’un atelier" in kinds(visit, circle.maud)["host"]
    assert "host" not in kinds(visit, circle.karim)


def test_a_line_whose_data_are_gone_is_said_to_be(circle: Circle, visit) -> None:
    row = made(circle, visit)
    db.session.query(Attendance).filter_by(user_id=circle.maud.id).delete()
    db.session.commit()
    page = checked(visit, row.code, "Maud Le Bihan")
    assert page.says("Aucune ligne ne l’est plus.")
    assert page.says("n’est plus attestée")


def test_taken_back_or_with_the_account_its_code_answers_no_more(circle: Circle, visit) -> None:
    row = made(circle, visit)
    code = row.code
    visit(circle.maud).open("/mon-engagement").press("Retirer")
    assert checked(visit, code, "Maud Le Bihan").says("Rien n’est attesté")
    made(circle, visit)
    forget_engagements_of(circle.maud.id)
    db.session.commit()
    assert db.session.query(Engagement).count() == 0


def test_whoever_guesses_is_slowed(circle: Circle, visit) -> None:
    row = made(circle, visit)
    for _ in range(MOST_FAILURES["token"]):
        checked(visit, row.code, "Karim Ouadah")
    assert checked(visit, row.code, "Maud Le Bihan").response.status_code == 429
