"""Debriefs are sealed under the series, kept once per person and meeting, and perish with the season."""

from datetime import UTC, datetime

import pytest

from collectifs.across.services.tidying import tidy
from collectifs.kernel import clock, vault
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.running import run_job
from collectifs.kernel.work import DestroyKey
from collectifs.sheets.domain.follow_up import AnswerFollowUp, FollowUpBody, FollowUpState
from collectifs.sheets.models import FollowUp
from collectifs.sheets.queries.follow_ups import follow_up_by, follow_ups_by
from collectifs.sheets.services.follow_ups import erase_follow_up, save_follow_up
from tests import factories
from tests.asked import asked, row_of

WORD = "Il a parlé le premier."


def body(words=WORD, mark="a" * 12, **more):
    return FollowUpBody((AnswerFollowUp(mark, 1, FollowUpState.TRIED, words),), **more)


@pytest.fixture
def maud(app):
    return factories.user("Maud")


@pytest.fixture
def meeting(maud):
    return factories.meeting(factories.collective(members=[maud]))


def save(meeting, who, said=None):
    return save_follow_up(meeting, body=said or body(), now=clock.now(), by=factories.person(who))


def keys():
    return vault.key_ids()


def test_what_is_said_is_read_again_word_for_word(meeting, maud):
    assert save(meeting, maud) is True
    assert follow_up_by(meeting.id, maud.id).body == body()
    assert [each.meeting_id for each in follow_ups_by(maud.id)] == [meeting.id]
    assert follow_ups_by(factories.user().id) == []


def test_no_word_stands_in_the_table(meeting, maud):
    save(meeting, maud)
    assert b"premier" not in db.session.query(FollowUp).one().body


def test_one_key_for_the_series_and_one_row_for_a_person(meeting, maud):
    pilot = factories.user()
    save(meeting, maud)
    save(meeting, maud, body("Autre mot."))
    save(meeting, pilot)
    rows = db.session.query(FollowUp).all()
    assert len(rows) == 2
    assert len({row.key_id for row in rows}) == 1
    assert follow_up_by(meeting.id, maud.id).body.entries[0].words == "Autre mot."


def test_emptied_or_erased_nothing_stays(meeting, maud):
    save(meeting, maud)
    assert save(meeting, maud, FollowUpBody((AnswerFollowUp("a" * 12, 1, None, "  "),))) is False
    assert db.session.query(FollowUp).count() == 0
    save(meeting, maud)
    erase_follow_up(meeting, by=factories.person(maud))
    erase_follow_up(meeting, by=factories.person(maud))
    db.session.flush()
    assert db.session.query(FollowUp).count() == 0


def test_a_word_has_a_limit(meeting, maud):
    with pytest.raises(RuleBroken, match="dépasse 500 caractères de 1 ") as refusal:
        save(meeting, maud, body("x" * 501))
    assert refusal.value.field == "words-" + "a" * 12


def test_the_season_over_nothing_is_read_and_the_key_is_destroyed(meeting, maud, moment):
    save(meeting, maud)
    (key_id,) = {row.key_id for row in db.session.query(FollowUp)}
    moment.move_to(datetime(2027, 8, 31, 12, tzinfo=UTC), tick=False)
    tidy(now=clock.now())
    assert len(follow_ups_by(maud.id)) == 1
    moment.move_to(datetime(2027, 9, 1, 12, tzinfo=UTC), tick=False)
    assert follow_ups_by(maud.id) == []
    with pytest.raises(RuleBroken, match="La saison est finie"):
        save(meeting, maud)
    tidy(now=clock.now())
    db.session.commit()
    assert db.session.query(FollowUp).count() == 0
    job = row_of(DestroyKey(key_id))
    assert run_job(job.id) is True
    assert key_id not in keys()
    tidy(now=clock.now())
    assert len(asked(DestroyKey)) == 1
