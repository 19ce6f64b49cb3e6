"""What somebody is in a meeting, and what that lets them do: every combination of five facts."""

from itertools import product

import pytest

from collectifs.meetings.domain.standing import Standing

FACTS = ("pilots", "has_accepted", "stands_in", "is_secretary", "is_cancelled")
RUN = (
    {"pilots", "has_accepted"},
    {"stands_in", "has_accepted"},
    {"pilots", "stands_in", "has_accepted"},
    {"pilots", "has_accepted", "is_secretary"},
    {"stands_in", "has_accepted", "is_secretary"},
    {"pilots", "stands_in", "has_accepted", "is_secretary"},
)
JOIN = (*RUN, {"has_accepted", "is_secretary"})


@pytest.mark.parametrize("values", list(product((True, False), repeat=len(FACTS))))
def test_who_pilots_or_stands_in_runs_it_a_secretary_joins_and_nobody_does_once_it_is_cancelled(values):
    facts = dict(zip(FACTS, values, strict=True))
    holds = {name for name, is_so in facts.items() if is_so}
    found = Standing(**facts)
    assert (found.runs, found.joins) == (holds in RUN, holds in JOIN)
