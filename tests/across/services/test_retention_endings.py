"""Whoever leaves, an account that ends, a collective that goes: what goes with them, and what stays."""

from datetime import date

from collectifs.collectives.models import Collective, Meeting
from collectifs.kernel import clock
from collectifs.kernel.extensions import Base, db
from collectifs.kernel.work import DestroyKey
from collectifs.people.domain.work import MailAccountEnds
from collectifs.people.models import User
from collectifs.people.queries.people import person_for_device, user_by_address
from tests import factories
from tests.across.services.test_retention import FIVE_AFTER, YEAR_AFTER, gives, on, says_anything, submitted, tidied
from tests.asked import asked
from tests.circle import Circle


def test_whoever_leaves_leaves_what_they_said_of_themselves_at_once(circle: Circle):
    row = gives(circle)
    row.ends_at = clock.now()
    tidied()
    assert not says_anything(row)


def test_the_end_of_an_account_is_told_once_a_month_before_and_given_up_when_somebody_comes_back(circle, moment):
    moment.move_to(on(2028, 7, 30), tick=False)
    tidied()
    assert asked(MailAccountEnds) == []
    moment.move_to(on(2028, 7, 31), tick=False)
    tidied()
    moment.move_to(on(2028, 8, 2), tick=False)
    tidied()
    told = {mail.user_id for mail in asked(MailAccountEnds)}
    assert told == {user.id for user in db.session.query(User)}
    assert len(asked(MailAccountEnds)) == len(told)
    factories.collective(circle.territory, pilot=circle.karim, season=2027)
    tidied()
    assert circle.karim.ends_on is None
    moment.move_to(YEAR_AFTER, tick=False)
    tidied()
    assert circle.karim.erased_at is None
    assert circle.maud.erased_at is not None


def test_an_announcement_that_was_late_still_leaves_thirty_days(circle: Circle, moment):
    moment.move_to(on(2029, 3, 1), tick=False)
    tidied()
    assert circle.maud.ends_on == date(2029, 3, 31)
    moment.move_to(on(2029, 3, 31), tick=False)
    tidied()
    assert circle.maud.erased_at is None
    moment.move_to(on(2029, 4, 1), tick=False)
    tidied()
    assert circle.maud.erased_at is not None


def test_an_erased_account_lets_nobody_in_and_keeps_its_name_on_papers_only(circle: Circle, moment):
    former, secret = circle.maud.address, factories.device(circle.maud)
    for day in (on(2028, 8, 1), YEAR_AFTER):
        moment.move_to(day, tick=False)
        tidied()
    assert person_for_device(secret, clock.now()) is None
    assert user_by_address(former) is None
    assert (circle.maud.given_name, circle.maud.password_hash) == ("Maud", None)
    assert (circle.inspector.given_name, circle.inspector.family_name) == ("Compte", "effacé")
    moment.move_to(FIVE_AFTER, tick=False)
    tidied()
    assert db.session.query(User).count() == 0


def test_a_collective_goes_with_everything_that_points_to_it_and_another_season_stays(circle: Circle, moment):
    submitted(circle, moment)
    kept = factories.collective(circle.territory, season=2027)
    factories.meeting(kept)
    copy_key = circle.copy.key_id
    moment.move_to(FIVE_AFTER, tick=False)
    tidied()
    assert [row.id for row in db.session.query(Collective)] == [kept.id]
    assert db.session.query(Meeting).count() == 1
    for name in ("synthesis_sheets", "sheet_versions", "sheet_proposals", "submitted_sheets"):
        assert db.session.query(Base.metadata.tables[name]).count() == (1 if name == "synthesis_sheets" else 0)
    assert DestroyKey(copy_key) in asked(DestroyKey)
