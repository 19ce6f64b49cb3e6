"""« Mes courriels »: every kind of mail is listed; what may wait is chosen, what always leaves says why."""

import pytest

from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import mails_told
from collectifs.kernel.models import MailChoice
from collectifs.kernel.work import Always, Choosable, Pace
from tests import factories

PAGE = "/mon-compte/courriels"


@pytest.fixture
def maud(app):
    return factories.user("Maud", "Le Bihan")


def chosen() -> dict[str, Pace]:
    db.session.rollback()
    return {row.kind: row.pace for row in db.session.query(MailChoice)}


def test_every_kind_of_mail_has_a_row_with_three_choices_or_the_reason(maud, visit):
    page = visit(maud).open("/mon-compte").follow("Mes courriels")
    for told in mails_told().values():
        assert page.says(told.about), told
        assert page.says(told.why.value if isinstance(told, Always) else "jamais")
    choices = {field["name"] for field in page.soup.select("input[type=radio]")}
    assert choices == {kind for kind, told in mails_told().items() if isinstance(told, Choosable)}
    assert len(page.soup.select("input[type=radio]")) == 3 * len(choices)
    assert {field["value"] for field in page.soup.select("input[checked]")} == {"now"}
    assert len(page.soup.select("tbody tr")) == len(mails_told()) - len(choices)


def test_what_is_chosen_is_kept_shown_again_and_taken_back(maud, visit):
    visitor = visit(maud)
    page = visitor.open(PAGE).press("Enregistrer mes choix", mail_remark="weekly", mail_newcomer="never")
    assert page.says("Vos choix sont enregistrés.")
    assert chosen() == {"mail_remark": Pace.WEEKLY, "mail_newcomer": Pace.NEVER}
    assert {(field["name"], field["value"]) for field in page.soup.select("input[checked]")} >= {
        ("mail_remark", "weekly"),
        ("mail_newcomer", "never"),
        ("mail_sheet_withdrawn", "now"),
    }
    page.press("Enregistrer mes choix", mail_remark="now")
    assert chosen() == {"mail_newcomer": Pace.NEVER}


@pytest.mark.parametrize("kind", ["mail_sign_in_link", "mail_meeting_moved", "mail_sheet_proposed", "mail_invitation"])
def test_a_forged_form_mutes_nothing_that_always_leaves(maud, visit, kind):
    visitor = visit(maud)
    fields = {each: "now" for each, told in mails_told().items() if isinstance(told, Choosable)}
    visitor.open(PAGE, "POST", fields | {kind: "never", "csrf_token": visitor.token()})
    assert chosen() == {}


def test_a_pace_that_nobody_offers_is_refused(maud, visit):
    visitor = visit(maud)
    fields = {each: "now" for each, told in mails_told().items() if isinstance(told, Choosable)}
    page = visitor.open(PAGE, "POST", fields | {"mail_remark": "yearly", "csrf_token": visitor.token()})
    assert page.response.status_code == 422
    assert chosen() == {}


def test_a_choice_is_ones_own(maud, visit):
    visit(maud).open(PAGE).press("Enregistrer mes choix", mail_remark="never")
    other = visit(factories.user("Inès")).open(PAGE)
    assert {field["value"] for field in other.soup.select("input[checked]")} == {"now"}


def test_the_notice_on_data_names_the_choices_and_what_waits(visit):
    page = visit().open("/vos-donnees")
    assert page.says("Vos choix de courriels")
    assert page.says("Ce qui attend votre courriel de la semaine")
