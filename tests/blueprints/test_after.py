"""After a collective: one yes a year, wish by wish, taken back at once; managers read who said which."""

from datetime import UTC, datetime

import pytest

from collectifs.across.services.forgetting import erase_account
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.network.domain.after import AfterWish, check_wishes_after, is_time_to_remind, may_say, season_asked
from collectifs.network.domain.work import MailFormerReminded
from collectifs.network.models import FormerYes
from collectifs.network.services.after import forget_yeses, remind_former
from collectifs.people.domain.person import Role
from collectifs.people.mails import letters
from collectifs.people.models import Territory
from tests import factories
from tests.asked import asked

MAY = datetime(2027, 5, 20, 12, tzinfo=UTC)


def on(month: int, day: int) -> datetime:
    return datetime(2027, month, day, 12, tzinfo=UTC)


@pytest.mark.parametrize(("month", "season"), [(1, 2026), (4, 2026), (5, 2027), (8, 2027), (9, 2027)])
def test_from_may_on_the_season_to_come_is_asked_about(month, season):
    assert season_asked(on(month, 1).date()) == season


@pytest.mark.parametrize(("last", "may"), [(None, False), (2026, True), (2027, False), (2020, True)])
def test_whoever_was_a_member_before_may_say_yes(last, may):
    assert may_say(last, MAY.date()) is may


def test_a_yes_says_to_what():
    with pytest.raises(RuleBroken, match="Choisissez au moins une chose"):
        check_wishes_after([])
    check_wishes_after([AfterWish.LEAD])


@pytest.mark.parametrize(
    ("month", "day", "is_open", "is_time"), [(9, 1, False, False), (9, 1, True, True), (9, 15, False, True)]
)
def test_the_reminder_leaves_as_a_call_opens_or_in_the_middle_of_september(month, day, is_open, is_time):
    assert is_time_to_remind(on(month, day).date(), has_open_call=is_open) is is_time


def test_during_the_season_nobody_is_asked(collective, maud, visit):
    assert not visit(maud).open("/").says("Et après ?")
    page = visit(maud).open("/apres")
    assert page.says("Cette question se pose à partir de mai")
    assert not page.soup.select("[type=checkbox]")


def test_a_yes_is_read_by_the_managers_of_the_territory_and_taken_back_at_once(collective, maud, visit, moment):
    sylvie = factories.user("Sylvie", "Montagnac")
    moment.move_to(MAY)
    factories.grant(sylvie, Role.MANAGER, db.session.get_one(Territory, collective.territory_id))
    page = visit(maud).open("/").follow("Et après ?")
    assert not page.soup.select("[checked]"), "nothing is ticked beforehand"
    assert page.press("Dire oui pour 2027-2028").says("Choisissez au moins une chose")
    page = page.press("Dire oui pour 2027-2028", wishes=["sponsor", "lead"])
    assert page.says("Vous avez dit oui le")
    read = f"/territoires/{collective.territory_id}/apres"
    assert visit(sylvie).open(read).says("parrainer une personne qui débute, animer un atelier")
    page.press("Retirer mon oui")
    assert db.session.query(FormerYes).count() == 0
    assert visit(sylvie).open(read).says("Les personnes qui disent oui seront ici.")


def a_yes(who, where, *wishes: str) -> FormerYes:
    words = {"user_id": who.id, "territory_id": where.territory_id, "season": 2027, "wishes": list(wishes)}
    return factories.add(FormerYes(said_at=clock.now(), **words))


def test_whoever_asked_is_reminded_once_and_nobody_else(collective, maud, pilot, moment, monkeypatch):
    sent = []
    monkeypatch.setattr(letters, "deliver", sent.append)
    a_yes(maud, collective, "remind", "testify")
    a_yes(pilot, collective, "lead")
    remind_former(now=on(6, 20))
    assert asked(MailFormerReminded) == []
    for day in (15, 16):
        remind_former(now=on(9, day))
    (mail,) = asked(MailFormerReminded)
    assert mail.user_id == maud.id
    do(mail)
    assert "témoigner auprès de qui hésite" in " ".join(
        sent[0].get_payload(0).get_payload(decode=True).decode().split()
    )


def test_it_ends_with_its_season_and_with_the_account(collective, maud, pilot):
    a_yes(maud, collective, "remind")
    a_yes(pilot, collective, "remind")
    erase_account(maud, now=clock.now())
    assert db.session.query(FormerYes).count() == 1
    forget_yeses(today=datetime(2028, 8, 31, tzinfo=UTC).date())
    assert db.session.query(FormerYes).count() == 1
    forget_yeses(today=datetime(2028, 9, 1, tzinfo=UTC).date())
    assert db.session.query(FormerYes).count() == 0
