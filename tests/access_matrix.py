"""Every address of the application, its rule, and who gets in: a new route fails until its line is here.

`get` and `post` name the roles that are let in, by tests/world.py. `sheet` chooses, for the addresses of a
sheet, which of the world's sheets is meant. `why` is the reason of each use of the rule `anyone`.
"""

from dataclasses import dataclass

from tests.world import OURS, ROLES

EVERYBODY = ROLES
SIGNED_IN = ROLES[1:]
MEMBERS = (*OURS, "newcomer")
PILOT = ("pilot",)
MANAGER = ("manager",)
MANAGERS = ("manager", "other_manager")
INSPECTOR = ("inspector",)
INSPECTORS = ("inspector", "other_inspector")
ADMINISTRATOR = ("administrator",)
WERE_THERE = (*OURS, "former")


@dataclass(frozen=True)
class Line:
    """One endpoint. An empty tuple: the method does not exist, or nobody gets in."""

    rule: str
    get: tuple[str, ...] = ()
    post: tuple[str, ...] = ()
    why: str = ""
    sheet: str = "proposed"


DEMO = "the demonstration only; elsewhere it does not exist, whoever asks"

MATRIX: dict[str, Line] = {
    # Everybody
    "home.index": Line("anyone", EVERYBODY, why="the first page says what this is and where to enter"),
    "home.who_sees_what": Line("anyone", EVERYBODY, why="the promise must be readable before entering"),
    "home.accessibility": Line("anyone", EVERYBODY, why="law: the declaration is public"),
    "home.personal_data": Line("anyone", EVERYBODY, why="law: the notice is public"),
    "home.help": Line("anyone", EVERYBODY, why="whoever cannot enter needs it most"),
    "home.health": Line("anyone", EVERYBODY, why="a probe has no account; it says ok and nothing else"),
    # The door
    "auth.sign_in": Line("anyone", EVERYBODY, EVERYBODY, why="the door itself"),
    "auth.link": Line("anyone", EVERYBODY, EVERYBODY, why="the link is what identifies"),
    "auth.sign_out": Line("signed_in", (), SIGNED_IN),
    "auth.demo": Line("anyone", why=DEMO),
    "demo.outbox": Line("anyone", why=DEMO),
    "demo.mail": Line("anyone", why=DEMO),
    "demo.move_clock": Line("anyone", why=DEMO),
    # Oneself
    "account.show": Line("signed_in", SIGNED_IN),
    "account.change_address": Line("signed_in", SIGNED_IN, SIGNED_IN),
    "account.set_password": Line("signed_in", SIGNED_IN, SIGNED_IN),
    "account.remove_password": Line("signed_in", (), SIGNED_IN),
    "account.close_device": Line("can_close_device", (), ("member",)),
    # The collective, its meetings, its situations
    "collectives.show": Line("can_enter_collective", MEMBERS),
    "collectives.charter": Line("can_enter_collective", MEMBERS, MEMBERS),
    "collectives.leave": Line("can_enter_collective", MEMBERS, MEMBERS),
    "meetings.show": Line("can_see_meeting", OURS),
    "meetings.propose": Line("can_take_part", OURS, OURS),
    "meetings.situation": Line("can_read_situation", ("presenter", "pilot")),
    "meetings.edit_situation": Line("can_edit_situation", ("presenter",), ("presenter",)),
    "meetings.withdraw": Line("can_withdraw_situation", ("presenter",), ("presenter",)),
    "canvases.index": Line("signed_in", SIGNED_IN),
    "canvases.show": Line("signed_in", SIGNED_IN),
    # The pilot
    "planning.create": Line("can_pilot", PILOT, PILOT),
    "planning.edit": Line("can_run_meeting", PILOT, PILOT),
    "planning.step_sheet": Line("can_run_meeting", PILOT),
    "meetings.prepare": Line("can_run_meeting", PILOT, PILOT),
    "live.run": Line("can_run_meeting", PILOT),
    "live.state": Line("can_run_meeting", PILOT),
    "live.gestures": Line("can_run_meeting", (), PILOT),
    # The sheet, inside
    "sheets.show": Line("can_see_sheet", WERE_THERE),
    "sheets.pdf": Line("can_see_sheet", WERE_THERE),
    "sheets.object": Line("can_object", WERE_THERE, WERE_THERE),
    "sheets.lift": Line("can_object", (), WERE_THERE),
    "sheets.answer": Line("can_answer_as_presenter", (), ("presenter",)),
    "sheets.withdraw": Line("can_withdraw_sheet", WERE_THERE, WERE_THERE, sheet="submitted"),
    "sheets.edit": Line("can_write_sheet", PILOT, PILOT, sheet="draft"),
    "sheets.page": Line("can_write_sheet", PILOT, sheet="draft"),
    "sheets.save_draft": Line("can_write_sheet", (), PILOT, sheet="draft"),
    "sheets.propose": Line("can_write_sheet", PILOT, PILOT, sheet="draft"),
    "sheets.reopen": Line("can_write_sheet", (), PILOT),
    "sheets.submit": Line("can_write_sheet", PILOT, PILOT),
    "sheets.reply": Line("can_write_sheet", (), PILOT, sheet="submitted"),
    # The institution
    "review.index": Line("can_inspect", INSPECTORS),
    "review.show": Line("can_review", INSPECTOR),
    "review.pdf": Line("can_review", INSPECTOR),
    "review.mark": Line("can_review", (), INSPECTOR),
    "review.remark": Line("can_review", (), INSPECTOR),
    # Those who compose the collectives: dates, places, presences, never a content
    "collectives.index": Line("can_manage_somewhere", MANAGERS),
    "collectives.create": Line("can_manage_somewhere", MANAGERS, MANAGERS),
    "collectives.manage": Line("can_manage", MANAGER),
    "collectives.invite": Line("can_manage", MANAGER, MANAGER),
    "collectives.resend": Line("can_manage", (), MANAGER),
    "pilots.index": Line("can_manage_somewhere", MANAGERS),
    "pilots.appoint": Line("can_manage_somewhere", MANAGERS, MANAGERS),
    "admin.index": Line("can_administer", ADMINISTRATOR),
    "admin.appoint": Line("can_administer", ADMINISTRATOR, ADMINISTRATOR),
    "admin.add_territory": Line("can_administer", ADMINISTRATOR, ADMINISTRATOR),
    "admin.revoke": Line("can_revoke_role", (), ADMINISTRATOR),
}
