"""The last minute before a deadline: several people send at the same instant, and none is lost."""

import pytest
from flask import Flask

from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.domain.work import MailCandidacyReceived
from collectifs.campaign.models.calls import Candidacy
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from tests.asked import asked
from tools.bench_call import add_call, send_all

CROWD, BROWSERS = 40, 4


@pytest.fixture
def without_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Forms are sent by threads that read no page."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    return app


def test_whoever_sends_at_the_last_minute_is_kept_and_gets_a_receipt(without_tokens: Flask, place) -> None:
    tokens = add_call(place.id, clock.now(), CROWD)
    assert len(send_all(without_tokens, tokens, BROWSERS)) == CROWD
    db.session.expire_all()
    assert db.session.query(Candidacy).filter_by(state=CandidacyState.COMPLETE).count() == CROWD
    assert len({mail.candidacy_id for mail in asked(MailCandidacyReceived)}) == CROWD
