"""A worker that is killed while it composes: the next one goes on, to the same draft."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from collectifs import create_app
from collectifs.campaign.domain.drafting import DraftState
from collectifs.campaign.domain.work import ComposeDraft
from collectifs.campaign.models.drafts import Draft
from collectifs.campaign.queries.drafts import draft_row
from collectifs.kernel import clock
from collectifs.kernel.audit import ask
from collectifs.kernel.extensions import db
from collectifs.kernel.models import Job
from collectifs.kernel.queries.deployment import get_deployment
from tests.campaigning import Campaign
from tests.conftest import make_settings, make_tables
from tests.workers import running_worker, until

MOVES = 50_000  # a second or two of work, hence a moment to be killed in


@pytest.fixture
def house(tmp_path: Path, house_database_url: str) -> Iterator[Flask]:
    """An installation of its own, which another process may open."""
    app = create_app(make_settings(tmp_path, house_database_url))
    with app.app_context():
        make_tables(app)
        get_deployment().tidied_at = clock.now()
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


def read_again(draft: Draft) -> Draft:
    """As it stands in the database, which is left alone meanwhile."""
    db.session.rollback()
    row = draft_row(draft.id)
    assert row is not None
    db.session.expunge(row)
    db.session.rollback()
    return row


def to_be_swept_up(**values: datetime) -> None:
    """The first round of a worker finds what it is asked: no hint reaches it from here."""
    db.session.execute(update(Job).values(enqueued_at=None, **values))
    db.session.commit()


def groups(campaign: Campaign, row: Draft) -> set[frozenset[str]]:
    found = draft_row(row.id)
    assert found is not None
    return {frozenset(ids) for ids in campaign.opened(found).standing.groups.values()}


def test_a_worker_killed_while_it_composes_changes_nothing_of_the_draft(house: Flask):
    campaign = Campaign()
    first, second = campaign.asked(), campaign.asked()
    first.moves = second.moves = MOVES
    db.session.query(Job).delete()  # the first one is composed here, without a worker
    db.session.commit()
    campaign.run(first)
    db.session.query(Job).delete()
    ask(ComposeDraft(second.id))
    to_be_swept_up()
    with running_worker(house) as worker:
        until(lambda row: read_again(row).progress > 0, second)
        worker.kill()
        worker.wait()
    killed = read_again(second)
    assert killed.state is DraftState.COMPOSING, "killed before the end"
    to_be_swept_up(lease_until=clock.now())  # the time that it is waited for has passed
    with running_worker(house):
        until(lambda row: read_again(row).state is DraftState.READY, second)
    assert groups(campaign, second) == groups(campaign, first)
