"""How the mails of a proposal fare, from what waits, cannot leave, has left."""

import pytest

from collectifs.kernel.queries.jobs import Sending


@pytest.mark.parametrize(
    ("waiting", "failed", "left", "are_waiting", "sent"),
    [
        (0, 0, 0, False, 0),
        (1, 0, 0, True, 0),
        (1, 0, 4, True, 0),
        (0, 0, 4, False, 0),
        (0, 1, 0, True, 0),
        (0, 1, 3, False, 3),
        (1, 1, 3, True, 3),
    ],
)
def test_mails_wait_while_one_has_to_leave_or_none_could(
    waiting: int, failed: int, left: int, are_waiting: bool, sent: int
) -> None:
    found = Sending.counted(waiting, failed, left)
    assert (found.are_waiting, found.sent) == (are_waiting, sent)
