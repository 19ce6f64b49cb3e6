"""What a line of the access matrix says, and the names of those who are let in, by tests/world.py."""

from dataclasses import dataclass

from tests.world import OURS, ROLES

EVERYBODY = ROLES
SIGNED_IN = ROLES[1:]
INSIDE = (*OURS, "latecomer", "deputy", "note_taker")  # the charter accepted; these three joined yesterday
MEMBERS = (*INSIDE, "newcomer")
PILOT = ("pilot",)
RUNS = ("pilot", "deputy")  # the meeting at hand
IN_ROOM = (*RUNS, "note_taker")  # with the member named as its secretary
MANAGER = ("manager",)
MANAGERS = ("manager", "other_manager")
INSPECTOR = ("inspector",)
INSPECTORS = ("inspector", "other_inspector")
ADMINISTRATOR = ("administrator",)
WERE_THERE = (*OURS, "former")
RUN_BOOK = (*MANAGER, *INSPECTOR)


@dataclass(frozen=True)
class Line:
    """One endpoint. An empty tuple: the method does not exist, or nobody gets in."""

    rule: str
    get: tuple[str, ...] = ()
    post: tuple[str, ...] = ()
    why: str = ""
    sheet: str = "proposed"


DEMO = "the demonstration only; elsewhere it does not exist, whoever asks"
