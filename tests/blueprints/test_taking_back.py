"""Taking a sheet or a situation back: who has it and who loses it, said before the click; and the other ways out."""

import pytest

from collectifs.across.services.tidying import tidy
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.kernel.models import AuditEvent
from collectifs.kernel.work import DestroyKey
from collectifs.people.mails import letters
from collectifs.review import services as review
from collectifs.sheets.domain.life import About
from collectifs.sheets.domain.work import MailSheetWithdrawn
from collectifs.sheets.queries.sheets import open_submitted, shared_content
from collectifs.sheets.services import consent
from tests import factories
from tests.asked import asked, told
from tests.circle import DAY, Circle, fresh
from tests.pages import plain

NOT_ERASED = "Ce qui a déjà été téléchargé ou imprimé ne s’efface pas"


@pytest.fixture
def circle(app) -> Circle:
    return Circle()


def agreed(circle: Circle, moment) -> None:
    circle.write_and_propose()
    moment.shift(6 * DAY)


def transmitted(circle: Circle, moment) -> None:
    agreed(circle, moment)
    circle.submit()
    db.session.commit()


def page_of(visit, circle: Circle, who=None):
    return visit(who or circle.karim).open(circle.url("/retirer"))


def keep(circle: Circle) -> None:
    consent.keep_inside(circle.access, now=clock.now())


def test_before_it_left_only_the_collective_loses_it_and_an_objection_keeps_it_inside(visit, circle, moment):
    agreed(circle, moment)
    page = page_of(visit, circle)
    assert page.says("votre collectif (4 personnes) la lit ne la lira plus")
    assert not page.says("l’inspection de Val-de-Brume")
    assert page.says(NOT_ERASED)
    page = page.follow("M’opposer à la transmission").press("M’opposer")
    assert [each.about for each in circle.access.objections] == [About.TRANSMISSION]
    assert page_of(visit, circle).says("Elle y est, et y reste : vous vous opposez à sa transmission.")


def test_transmission_was_not_asked_for_it_stays_inside_anyway(visit, circle, moment):
    circle.write()
    circle.propose(asks_transmission=False)
    moment.shift(6 * DAY)
    assert page_of(visit, circle).says("personne ne peut la transmettre sans le redemander au collectif")


def test_once_transmitted_the_page_says_who_has_it_and_who_loses_it_in_each_case(visit, circle, moment):
    transmitted(circle, moment)
    review.record_reading(circle.facts, by=circle.person(circle.inspector))
    review.send_remark(circle.facts, text="Et ensuite ?", now=clock.now(), by=circle.person(circle.inspector))
    db.session.commit()
    page = page_of(visit, circle)
    rows = [plain(" ".join(row.get_text(" ").split())) for row in page.soup.select("tbody tr")]
    only = "lira « retirée par le collectif », et rien d’autre"
    assert rows == [
        "votre collectif (4 personnes) la lit la lira toujours ne la lira plus",
        f"l’inspection de Val-de-Brume (1 personne) lit sa copie, ouverte une fois {only} {only}",
        "un message échangé avec l’inspection lus des deux côtés plus montrés à personne cachés à l’inspection",
    ]
    assert page.says(NOT_ERASED)


def test_it_stays_in_the_collective_and_leaves_the_institution(visit, circle, moment):
    transmitted(circle, moment)
    page = page_of(visit, circle).press("Qu’elle reste dans le collectif")
    assert page.says("La fiche reste dans le collectif. L’inspection ne la lit plus ici.")
    assert page.says("votre collectif (4 personnes)")
    fresh()
    assert (circle.status, circle.access.copy) == ("agreed", None)
    assert shared_content(circle.access, clock.now()) == factories.content()
    assert (circle.copy.withdrawn_at is not None, circle.copy.body) == (True, b"")
    assert open_submitted(circle.copy.id) is None
    assert DestroyKey(circle.copy.key_id) in asked(DestroyKey)
    desk = visit(circle.inspector).open("/fiches-transmises")
    assert desk.says("Retirées par leur collectif (1)")
    assert not desk.says(factories.content().question)


def test_everybody_is_told_nobody_learns_who_and_the_mail_says_which_of_the_two(circle, moment, monkeypatch):
    transmitted(circle, moment)
    keep(circle)
    everybody = (circle.pilot, circle.maud, circle.karim, circle.odile)
    assert told(MailSheetWithdrawn) == {each.id for each in everybody}
    assert db.session.query(AuditEvent).filter_by(kind="sheet_kept_inside").one().actor_id is None
    sent = []
    monkeypatch.setattr(letters, "deliver", sent.append)
    do(asked(MailSheetWithdrawn)[0])
    words = plain(sent[0].get_payload(0).get_payload(decode=True).decode())
    assert "a été reprise à l’inspection. Vous la lisez toujours" in words
    assert "Ce qui avait été téléchargé ou imprimé ne s’efface pas" in words


def test_to_be_transmitted_again_it_is_put_to_everybody_again(circle, moment):
    transmitted(circle, moment)
    keep(circle)
    with pytest.raises(RuleBroken, match="n’a pas été demandée"):
        circle.submit()
    circle.reopen()
    circle.write(factories.content("Comment dire, alors que le temps manque ?"))
    circle.propose()
    moment.shift(6 * DAY)
    circle.submit()
    assert circle.status == "submitted"
    assert open_submitted(circle.copy.id) == factories.content("Comment dire, alors que le temps manque ?")


def test_kept_inside_its_drafts_live_as_those_of_a_sheet_that_never_left(circle, moment):
    transmitted(circle, moment)
    keep(circle)
    moment.shift(60 * DAY)
    tidy(now=clock.now())
    assert shared_content(circle.access, clock.now()) == factories.content()
    circle.withdraw(circle.karim)
    assert circle.status == "withdrawn"


def test_without_a_text_of_its_own_the_collective_cannot_keep_it(visit, circle, moment):
    transmitted(circle, moment)
    moment.shift(31 * DAY)
    page = page_of(visit, circle)
    assert not page.has_button("Qu’elle reste dans le collectif")
    assert page.says("les brouillons du collectif sont effacés, il ne lit plus que la copie de l’inspection")
    with pytest.raises(RuleBroken, match="plus de texte à lui"):
        keep(circle)


def test_while_a_new_version_is_written_the_way_leads_through_the_pilot(visit, circle, moment):
    transmitted(circle, moment)
    circle.reopen()
    db.session.commit()
    page = page_of(visit, circle)
    assert page.says("Si votre pilote choisit « Garder la version transmise »")
    assert page.says("la version que l’inspection lit, et celle qui s’écrit")
    with pytest.raises(RuleBroken, match="garder la version transmise"):
        keep(circle)


def test_what_is_not_transmitted_is_not_taken_back_from_anybody(circle, moment):
    agreed(circle, moment)
    with pytest.raises(RuleBroken, match="n’est pas transmise"):
        keep(circle)


def test_a_situation_says_who_reads_it_and_who_reads_its_title(visit, circle):
    row = factories.situation(circle.collective, circle.maud, "Elle dit oui à tout", shows_title=True)
    page = visit(circle.maud).open(f"/situations/{row.id}/retirer")
    rows = [plain(" ".join(each.get_text(" ").split())) for each in page.soup.select("tbody tr")]
    pilot = f"{circle.pilot.given_name} {circle.pilot.family_name}".strip()
    assert rows == [
        "Vous la lisez ne la lirez plus",
        f"{pilot} la lit ne la lira plus",
        "Deux autres membres en lisent le titre, sans votre nom plus rien",
    ]
    assert page.says("Ce qui a été recopié, imprimé ou entendu dans la salle ne s’efface pas")
    assert page.follow("modifier cette situation").path == f"/situations/{row.id}/modifier"


def test_a_title_that_nobody_sees_is_taken_from_nobody(visit, circle):
    row = factories.situation(circle.collective, circle.maud, "Elle dit oui à tout", shows_title=False)
    page = visit(circle.maud).open(f"/situations/{row.id}/retirer")
    assert len(page.soup.select("tbody tr")) == 2
    assert not page.says("en lisent le titre")
    assert not page.says("modifier cette situation")
