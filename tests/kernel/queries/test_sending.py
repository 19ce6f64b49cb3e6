"""How the mails of a proposal fare, from the states of their jobs."""

import pytest

from collectifs.kernel.models import JobState
from collectifs.kernel.queries.jobs import Sending

FAILED, WAITING, RUNNING, DONE = JobState.FAILED, JobState.WAITING, JobState.RUNNING, JobState.DONE


@pytest.mark.parametrize(
    ("by_state", "are_waiting", "sent"),
    [
        ({}, False, 0),
        ({WAITING: 1}, True, 0),
        ({RUNNING: 1, DONE: 4}, True, 0),
        ({DONE: 4}, False, 0),
        ({FAILED: 1}, True, 0),
        ({FAILED: 1, DONE: 3}, False, 3),
        ({FAILED: 1, DONE: 3, WAITING: 1}, True, 3),
    ],
)
def test_mails_wait_while_one_has_to_leave_or_none_could(
    by_state: dict[JobState, int], are_waiting: bool, sent: int
) -> None:
    found = Sending.counted(by_state)
    assert (found.are_waiting, found.sent) == (are_waiting, sent)
