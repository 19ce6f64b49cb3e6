"""The parking lot of a series: sealed under it, newest last, taken off at once, gone with the season."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from collectifs.across.services.tidying import tidy
from collectifs.kernel import clock, vault
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.running import run_job
from collectifs.kernel.models import AuditEvent
from collectifs.kernel.work import DestroyKey
from collectifs.live.models import ParkedItem
from collectifs.live.queries.parking import open_items, parked_item
from collectifs.live.services.parking import park, unpark
from tests import factories
from tests.asked import row_of

WORDS = "Reparler du carnet de bord."


@pytest.fixture
def pilot(app):
    return factories.user("Hélène")


@pytest.fixture
def collective(pilot):
    return factories.collective(pilot=pilot)


@pytest.fixture
def meeting(collective):
    return factories.meeting(collective)


@pytest.fixture
def put(meeting, pilot):
    def set_aside(text=WORDS, item_id=None, later=0):
        now = clock.now() + timedelta(minutes=later)
        item_id = item_id or uuid4()
        park(meeting, item_id=item_id, text=text, now=now, by=factories.person(pilot))
        return item_id

    return set_aside


def test_what_is_set_aside_is_read_again_newest_last(put, collective):
    second, first = put("Ensuite.", later=5), put("D’abord.")
    assert [(item.id, item.text) for item in open_items(collective)] == [(first, "D’abord."), (second, "Ensuite.")]


def test_it_is_sealed_under_the_series_and_the_audit_holds_no_word(put, collective):
    put()
    row = db.session.query(ParkedItem).one()
    assert row.key_id == collective.series_key_id
    assert b"carnet" not in row.text
    assert db.session.query(AuditEvent).filter_by(kind="item_parked").one().object_id == row.id


def test_sent_again_it_is_kept_once_as_it_was(put, collective):
    item_id = put()
    put("Autre chose.", item_id=item_id)
    assert [item.text for item in open_items(collective)] == [WORDS]


def test_taken_off_its_words_leave_at_once_and_the_others_stay(put, collective, pilot):
    gone, stays = put(), put("Le reste.")
    unpark(parked_item(gone), by=factories.person(pilot))
    assert [item.id for item in open_items(collective)] == [stays]
    assert db.session.query(ParkedItem).count() == 1


def test_another_collective_reads_nothing_of_it(put):
    put()
    assert open_items(factories.collective(pilot=factories.user("Odile"))) == []


@pytest.mark.parametrize("text", ["", "   ", "x" * 301])
def test_nothing_or_too_much_is_refused_and_makes_no_key(put, collective, text):
    with pytest.raises(RuleBroken):
        put(text)
    assert collective.series_key_id is None


def test_without_its_key_nothing_is_read(put, collective):
    put()
    vault.destroy_key(collective.series_key_id)
    assert open_items(collective) == []


def test_the_season_over_nothing_is_read_nor_added_and_the_rows_go_with_the_key(put, collective, moment):
    put()
    key_id = collective.series_key_id
    moment.move_to(datetime(2027, 8, 31, 12, tzinfo=UTC), tick=False)
    tidy(now=clock.now())
    assert len(open_items(collective)) == 1
    moment.move_to(datetime(2027, 9, 1, 12, tzinfo=UTC), tick=False)
    assert open_items(collective) == []
    with pytest.raises(RuleBroken, match="La saison est finie"):
        put("Trop tard.")
    tidy(now=clock.now())
    db.session.commit()
    assert db.session.query(ParkedItem).count() == 0
    job = row_of(DestroyKey(key_id))
    assert run_job(job.id) is True
    assert key_id not in vault.key_ids()
