"""The charter: which acceptance counts today, and the limit that the law sets."""

from datetime import UTC, datetime, timedelta

import pytest

from collectifs.collectives.domain.charter import ASKED, LIMIT, LIMIT_FOR_ALL, PRINCIPLES, charter_for, is_accepted

SINCE = datetime(2026, 11, 2, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("version", "accepted_at", "counts"),
    [
        (ASKED, SINCE, True),
        (ASKED + 1, SINCE + SECOND, True),
        (ASKED - 1, SINCE + SECOND, False),  # of a charter that asked less
        (ASKED, SINCE - SECOND, False),  # of an older membership
    ],
)
def test_an_acceptance_counts_for_this_membership_and_what_is_asked_today(version, accepted_at, counts):
    assert is_accepted(version, accepted_at, SINCE) is counts


@pytest.mark.parametrize(("is_association", "limit"), [(False, LIMIT), (True, LIMIT_FOR_ALL)])
def test_the_limit_is_the_one_of_those_whom_the_deployment_gathers(is_association, limit):
    found = charter_for(is_association=is_association)
    assert (found.principles, found.limit) == (PRINCIPLES, limit)
    assert "119" in limit
    assert ("article 40" in limit) is not is_association
