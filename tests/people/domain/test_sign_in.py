"""How long links and devices live, and how many failures are let pass."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from collectifs.people.domain import sign_in as rules
from collectifs.people.domain.sign_in import LinkPurpose, LinkState

NOW = datetime(2027, 1, 13, 12, 50, tzinfo=UTC)
BEFORE, AFTER = NOW - timedelta(seconds=1), NOW + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("purpose", "expires_at", "used_at", "revoked_at", "state"),
    [
        (LinkPurpose.PERSONAL, AFTER, None, None, LinkState.READY),
        (LinkPurpose.SIGN_IN, AFTER, None, None, LinkState.READY),
        (LinkPurpose.NEW_ADDRESS, AFTER, None, None, LinkState.READY),
        (LinkPurpose.PERSONAL, AFTER, BEFORE, None, LinkState.ELSEWHERE),
        (LinkPurpose.SIGN_IN, AFTER, BEFORE, None, LinkState.DEAD),
        (LinkPurpose.NEW_ADDRESS, AFTER, BEFORE, None, LinkState.DEAD),
        (LinkPurpose.PERSONAL, NOW, None, None, LinkState.DEAD),
        (LinkPurpose.PERSONAL, BEFORE, BEFORE, None, LinkState.DEAD),
        (LinkPurpose.PERSONAL, AFTER, None, BEFORE, LinkState.DEAD),
        (LinkPurpose.PERSONAL, AFTER, BEFORE, BEFORE, LinkState.DEAD),
        (LinkPurpose.SIGN_IN, AFTER, None, BEFORE, LinkState.DEAD),
    ],
)
def test_what_a_link_is_still_good_for(purpose, expires_at, used_at, revoked_at, state):
    found = rules.link_state(purpose, expires_at=expires_at, used_at=used_at, revoked_at=revoked_at, now=NOW)
    assert found is state


@pytest.mark.parametrize(
    ("now", "season", "zone", "end"),
    [
        # Far from summer: 180 days.
        (datetime(2026, 11, 5, tzinfo=UTC), 2026, "Europe/Paris", datetime(2027, 5, 4, tzinfo=UTC)),
        # Past March: 31 August where the person lives, its last second.
        (datetime(2027, 4, 1, tzinfo=UTC), 2026, "Europe/Paris", datetime(2027, 8, 31, 21, 59, 59, tzinfo=UTC)),
        (datetime(2027, 4, 1, tzinfo=UTC), 2026, "Indian/Reunion", datetime(2027, 8, 31, 19, 59, 59, tzinfo=UTC)),
        # A collective made in July for the season to come.
        (datetime(2027, 7, 1, tzinfo=UTC), 2027, "Europe/Paris", datetime(2027, 12, 28, tzinfo=UTC)),
    ],
)
def test_a_device_lives_180_days_and_never_past_the_season(now, season, zone, end):
    assert rules.device_ends_at(now, season, ZoneInfo(zone)) == end


def test_links_by_mail_live_an_hour_or_a_day_and_personal_ones_the_season():
    assert rules.link_ends_at(LinkPurpose.SIGN_IN, NOW, 2026) == NOW + timedelta(hours=1)
    assert rules.link_ends_at(LinkPurpose.NEW_ADDRESS, NOW, 2026) == NOW + timedelta(hours=24)
    assert rules.link_ends_at(LinkPurpose.PERSONAL, NOW, 2026) == rules.season_ends_at(2026)


@pytest.mark.parametrize(
    ("kind", "failures", "too_many"),
    [
        ("account", 9, False),
        ("account", 10, True),
        ("token", 9, False),
        ("token", 10, True),
        ("network", 199, False),
        ("network", 200, True),
        ("asking", 999, False),
        ("asking", 1000, True),
    ],
)
def test_a_person_mistypes_and_a_school_shares_one_network(kind, failures, too_many):
    assert rules.is_too_many(kind, failures) is too_many
