"""Every address of the application, its rule, and who gets in: a new route fails until its line is here.

`get` and `post` name the roles that are let in, by tests/world.py. `sheet` chooses, for the addresses of a
sheet, which of the world's sheets is meant. `why` is the reason of each use of the rule `anyone`.
"""

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
    "home.whom_to_write": Line("anyone", EVERYBODY, why="a tutor who was not invited has no account"),
    "canvases.resources": Line("anyone", EVERYBODY, why="links to what others have published; nothing of ours"),
    "home.site_map": Line("anyone", EVERYBODY, why="it lists what this very person may open"),
    "home.legal_notice": Line("anyone", EVERYBODY, why="law: who publishes and hosts is public"),
    "home.help_member": Line("anyone", EVERYBODY, why="a promise: what is asked of members, readable before entering"),
    "home.help_pilot": Line("anyone", EVERYBODY, why="the same for pilots"),
    "home.help_inspector": Line("anyone", EVERYBODY, why="members read what the inspection is told, and does not see"),
    "home.help_manager": Line("anyone", EVERYBODY, why="members may read what managers are told, and do not see"),
    "campaign.communes": Line("anyone", EVERYBODY, why="names of communes, for a candidate who has no account"),
    "campaign.call": Line(
        "anyone", EVERYBODY, why="a call is read by whoever may volunteer, without account or cookie"
    ),
    "campaign.poster": Line("anyone", EVERYBODY, why="the same on paper, to be put on a wall"),
    "campaign.start": Line(
        "anyone", EVERYBODY, EVERYBODY, why="a candidate has no account: the mail proves the address"
    ),
    "campaign.own": Line("anyone", EVERYBODY, EVERYBODY, why="the link of the mail is what identifies"),
    "campaign.withdraw": Line("anyone", EVERYBODY, EVERYBODY, why="the link of the mail is what identifies"),
    "campaign.change_address": Line("anyone", EVERYBODY, EVERYBODY, why="the link of the mail is what identifies"),
    "campaign.wishes": Line("anyone", EVERYBODY, EVERYBODY, why="the link of the mail is what identifies"),
    "home.health": Line("anyone", EVERYBODY, why="a probe has no account; it says ok and nothing else"),
    "home.robots": Line("anyone", EVERYBODY, why="machines that list pages have no account; it names no address"),
    "home.favicon": Line("anyone", EVERYBODY, why="browsers ask for it by themselves; the drawing of every page"),
    "live.shell": Line("anyone", EVERYBODY, why="the empty page that devices keep: no datum, no name, no token"),
    "live.worker": Line("anyone", EVERYBODY, why="the browser fetches the service worker by itself; static words"),
    # The door
    "auth.sign_in": Line("anyone", EVERYBODY, EVERYBODY, why="the door itself"),
    "auth.link": Line("anyone", EVERYBODY, EVERYBODY, why="the link is what identifies"),
    "account.calendar": Line("anyone", EVERYBODY, why="calendar programs sign in nowhere: the address is the secret"),
    "auth.sign_out": Line("signed_in", (), SIGNED_IN),
    "auth.demo": Line("anyone", why=DEMO),
    "demo.outbox": Line("anyone", why=DEMO),
    "demo.mail": Line("anyone", why=DEMO),
    "demo.move_clock": Line("anyone", why=DEMO),
    # Oneself
    "meetings.mine": Line("signed_in", SIGNED_IN),
    "meetings.certificate": Line("signed_in", SIGNED_IN),
    "meetings.certificate_sheet": Line("signed_in", SIGNED_IN),
    "account.show": Line("signed_in", SIGNED_IN),
    "account.change_name": Line("signed_in", SIGNED_IN, SIGNED_IN),
    "account.change_address": Line("signed_in", SIGNED_IN, SIGNED_IN),
    "account.set_password": Line("signed_in", SIGNED_IN, SIGNED_IN),
    "account.mails": Line("signed_in", SIGNED_IN, SIGNED_IN),
    "account.own_data": Line("signed_in", SIGNED_IN),
    "account.ask_own_data": Line("signed_in", (), SIGNED_IN),
    "account.own_data_file": Line("signed_in", SIGNED_IN),
    "account.erase_account": Line("signed_in", SIGNED_IN, SIGNED_IN),
    "account.sign_ins": Line("signed_in", SIGNED_IN),
    "account.close_others": Line("signed_in", (), SIGNED_IN),
    "account.left": Line("signed_in", SIGNED_IN),
    "account.remove_password": Line("signed_in", (), SIGNED_IN),
    "account.close_device": Line("can_close_device", (), ("member",)),
    "account.feed": Line("signed_in", SIGNED_IN, SIGNED_IN),
    "account.close_feed": Line("can_close_feed", (), ("member",)),
    # The collective, its meetings, its situations
    "collectives.show": Line("can_enter_collective", MEMBERS),
    "collectives.charter": Line("can_enter_collective", MEMBERS, MEMBERS),
    "collectives.circles": Line("can_take_part", INSIDE),
    "collectives.adjust_charter": Line("can_take_part", INSIDE, INSIDE),
    "collectives.erased": Line("can_take_part", INSIDE),
    "collectives.agree_to_frame": Line("can_take_part", (), INSIDE),
    "collectives.leave": Line("can_enter_collective", MEMBERS, MEMBERS),
    "collectives.my_facts": Line("can_take_part", INSIDE, INSIDE),
    "collectives.propose_member": Line("can_manage", MANAGER, MANAGER),
    "collectives.move_member": Line("can_manage_member", MANAGER, MANAGER),
    "collectives.remove_member": Line("can_manage_member", MANAGER, MANAGER),
    "collectives.correct_member_name": Line("can_manage_member", MANAGER, MANAGER),
    "collectives.rename": Line("can_manage", MANAGER, MANAGER),
    "collectives.delete": Line("can_manage", MANAGER, MANAGER),
    "collectives.cancel_proposal": Line("can_cancel_proposal", (), MANAGER),
    "collectives.answer_proposal": Line("can_answer_proposal", PILOT, PILOT),
    "meetings.show": Line("can_see_meeting", INSIDE),
    "meetings.debrief": Line("can_see_meeting", INSIDE, INSIDE),
    "meetings.erase_debrief": Line("can_erase_debrief", (), ("member",)),
    "meetings.propose": Line("can_take_part", INSIDE, INSIDE),
    "meetings.situation": Line("can_read_situation", ("presenter", *RUNS)),
    "meetings.edit_situation": Line("can_edit_situation", ("presenter",), ("presenter",)),
    "meetings.withdraw": Line("can_withdraw_situation", ("presenter",), ("presenter",)),
    "meetings.spares": Line("signed_in", SIGNED_IN),
    "canvases.index": Line("signed_in", SIGNED_IN),
    "canvases.show": Line("signed_in", SIGNED_IN),
    # Composition
    "composing.index": Line("can_manage_somewhere", MANAGERS),
    "composing.call": Line("can_manage_call", MANAGER),
    "composing.compose": Line("can_manage_call", (), MANAGER),
    "composing.roads": Line("can_manage_call", MANAGER, MANAGER),
    "composing.draft": Line("can_manage_call", MANAGER),
    "composing.stop": Line("can_manage_call", (), MANAGER),
    "composing.compose_around": Line("can_manage_call", (), MANAGER),
    "composing.move": Line("can_manage_call", (), MANAGER),
    "composing.pinned": Line("can_manage_call", (), MANAGER),
    "composing.undone": Line("can_manage_call", (), MANAGER),
    "composing.publish": Line("can_manage_call", MANAGER, MANAGER),
    "composing.taken_back": Line("can_manage_call", (), MANAGER),
    "report.questionnaire": Line("can_take_part", INSIDE, INSIDE),
    "dates.show": Line("can_answer_dates", INSIDE, INSIDE),
    "dates.mute": Line("can_answer_dates", (), INSIDE),
    # The pilot
    "dates.propose": Line("can_pilot", PILOT, PILOT),
    "dates.propose_again": Line("can_plan_meeting", PILOT, PILOT),
    "dates.choose": Line("can_choose_date", PILOT, PILOT),
    "dates.change": Line("can_choose_date", PILOT, PILOT),
    "dates.stop": Line("can_choose_date", PILOT, PILOT),
    "planning.create": Line("can_pilot", PILOT, PILOT),
    "planning.edit": Line("can_plan_meeting", PILOT, PILOT),
    "planning.cancel": Line("can_plan_meeting", PILOT, PILOT),
    "planning.agree": Line("can_run_meeting", RUNS, RUNS),
    "planning.step_sheet": Line("can_run_meeting", RUNS),
    "planning.attendance": Line("can_run_meeting", RUNS, RUNS),
    "planning.attendance_sheet": Line("can_run_meeting", RUNS),
    "planning.communes": Line("can_see_travel", (*RUNS, *MANAGER)),
    "meetings.member_certificate": Line("can_print_certificate", PILOT),
    "meetings.prepare": Line("can_run_meeting", RUNS, RUNS),
    "meetings.add_step": Line("can_run_meeting", RUNS, RUNS),
    "meetings.choose_notes": Line("can_plan_meeting", (), PILOT),
    "meetings.canvases": Line("can_run_meeting", RUNS),
    "meetings.canvas": Line("can_run_meeting", RUNS, RUNS),
    "live.run": Line("can_join_room", IN_ROOM),
    "live.state": Line("can_join_room", IN_ROOM),
    "live.gestures": Line("can_join_room", (), IN_ROOM),
    "live.minutes": Line("can_run_meeting", RUNS),
    "live.projection": Line("can_join_room", IN_ROOM),
    "live.projection_state": Line("can_join_room", IN_ROOM),
    "live.devices": Line("can_join_room", (), IN_ROOM),
    "live.device_back": Line("can_join_room", (), IN_ROOM),
    "live.pass_hand": Line("can_join_room", (), IN_ROOM),
    # The sheet, inside
    "sheets.show": Line("can_see_sheet", WERE_THERE),
    "sheets.pdf": Line("can_see_sheet", WERE_THERE),
    "sheets.large": Line("can_see_sheet", WERE_THERE),
    "sheets.odt": Line("can_see_sheet", WERE_THERE),
    "sheets.plain_text": Line("can_see_sheet", WERE_THERE),
    "sheets.web_page": Line("can_see_sheet", WERE_THERE),
    "sheets.object": Line("can_object", WERE_THERE, WERE_THERE),
    "sheets.lift": Line("can_object", (), WERE_THERE),
    "sheets.answer": Line("can_answer_as_presenter", (), ("presenter",)),
    "sheets.keep_inside": Line("can_withdraw_sheet", (), WERE_THERE, sheet="submitted"),
    "sheets.withdraw": Line("can_withdraw_sheet", WERE_THERE, WERE_THERE, sheet="submitted"),
    "sheets.edit": Line("can_write_sheet", PILOT, PILOT, sheet="draft"),
    "sheets.page": Line("can_write_sheet", PILOT, sheet="draft"),
    "sheets.save_draft": Line("can_write_sheet", (), PILOT, sheet="draft"),
    "sheets.propose": Line("can_write_sheet", PILOT, PILOT, sheet="draft"),
    "sheets.reopen": Line("can_write_sheet", (), PILOT),
    "sheets.submit": Line("can_write_sheet", PILOT, PILOT),
    "sheets.replace_names": Line("can_write_sheet", (), PILOT),
    "sheets.versions": Line("can_write_sheet", PILOT),
    "sheets.version": Line("can_read_version", PILOT),
    "sheets.restore": Line("can_read_version", PILOT, PILOT),
    "sheets.give_up": Line("can_write_sheet", PILOT, PILOT, sheet="draft"),
    "sheets.take_up": Line("can_write_sheet", (), PILOT, sheet="draft"),
    "sheets.keep": Line("can_write_sheet", (), PILOT, sheet="draft"),
    "sheets.reply": Line("can_write_sheet", (), PILOT, sheet="submitted"),
    # The institution
    "review.index": Line("can_inspect", INSPECTORS),
    "review.before": Line("can_review", INSPECTOR),
    "review.show": Line("can_review", INSPECTOR),
    "review.pdf": Line("can_review", INSPECTOR),
    "review.mark": Line("can_review", (), INSPECTOR),
    "review.settle": Line("can_review", (), INSPECTOR),
    "review.keep": Line("can_inspect", (), INSPECTORS),
    "review.drop": Line("can_drop_filter", (), INSPECTOR),
    "review.exports": Line("can_inspect", INSPECTORS),
    "review.ask_for_export": Line("can_inspect", (), INSPECTORS),
    "review.export_file": Line("can_open_export", INSPECTOR),
    "review.away": Line("can_inspect", INSPECTORS, INSPECTORS),
    "review.end_deputy": Line("can_end_deputy", (), INSPECTOR),
    "review.remark": Line("can_review", (), INSPECTOR),
    # Those who compose the collectives: dates, places, presences, never a content
    "collectives.index": Line("can_manage_somewhere", MANAGERS),
    "collectives.create": Line("can_manage_somewhere", MANAGERS, MANAGERS),
    "collectives.manage": Line("can_follow_members", MANAGER),
    "collectives.invite": Line("can_manage", MANAGER, MANAGER),
    "collectives.resend": Line("can_manage", (), MANAGER),
    "report.index": Line("can_read_reports", (*MANAGERS, *INSPECTORS)),
    "report.of_collective": Line("can_take_part"),  # nobody before July: tests/blueprints/test_report.py
    "report.show": Line("can_read_report", (*MANAGER, *INSPECTOR)),
    "report.pdf": Line("can_read_report", (*MANAGER, *INSPECTOR)),
    "report.ods": Line("can_read_report", (*MANAGER, *INSPECTOR)),
    "report.themes": Line("can_read_themes", (*PILOT, *MANAGER, *INSPECTOR)),
    "report.themes_ods": Line("can_read_themes", (*PILOT, *MANAGER, *INSPECTOR)),
    "report.needs": Line("can_manage_territory", MANAGER, MANAGER),
    "planning.season": Line("can_manage_somewhere", MANAGERS),
    "planning.season_csv": Line("can_manage_somewhere", MANAGERS),
    "planning.season_ods": Line("can_manage_somewhere", MANAGERS),
    "planning.season_sheet": Line("can_manage_somewhere", MANAGERS),
    "planning.hours_csv": Line("can_manage_somewhere", MANAGERS),
    "planning.hours_ods": Line("can_manage_somewhere", MANAGERS),
    "planning.convocation": Line("can_manage", MANAGER),
    "planning.convocation_csv": Line("can_manage", MANAGER),
    "planning.convocation_columns_of": Line("can_manage_territory", MANAGER, MANAGER),
    "collectives.scheme": Line("can_manage_territory", MANAGER, MANAGER),
    "collectives.contact": Line("can_manage_territory", MANAGER, MANAGER),
    "collectives.correct": Line("can_manage", (), MANAGER),
    "collectives.members_csv": Line("can_list_members", ("pilot", "manager")),
    "collectives.members_ods": Line("can_list_members", ("pilot", "manager")),
    "collectives.index_csv": Line("can_manage_somewhere", MANAGERS),
    "collectives.index_ods": Line("can_manage_somewhere", MANAGERS),
    "pilots.index": Line("can_manage_somewhere", MANAGERS),
    "pilots.appoint": Line("can_manage_somewhere", MANAGERS, MANAGERS),
    "pilots.revoke": Line("can_revoke_pilot", MANAGER, MANAGER),
    "pilots.collective": Line("can_name_pilots", (*PILOT, *MANAGER)),
    "pilots.name_co_pilot": Line("can_name_pilots", (*PILOT, *MANAGER), (*PILOT, *MANAGER)),
    "pilots.hand_over": Line("can_name_pilots", (*PILOT, *MANAGER), (*PILOT, *MANAGER)),
    "pilots.name_deputy": Line("can_name_deputy", (*PILOT, *MANAGER), (*PILOT, *MANAGER)),
    "pilots.end": Line("can_end_pilotship", (*RUNS, *MANAGER), (*RUNS, *MANAGER)),
    "admin.index": Line("can_administer", ADMINISTRATOR),
    "admin.appoint": Line("can_administer", ADMINISTRATOR, ADMINISTRATOR),
    "admin.add_territory": Line("can_administer", ADMINISTRATOR, ADMINISTRATOR),
    "admin.statuses": Line("can_administer", ADMINISTRATOR, ADMINISTRATOR),
    "admin.usual_statuses": Line("can_administer", (), ADMINISTRATOR),
    "admin.rename_status": Line("can_keep_status", ADMINISTRATOR, ADMINISTRATOR),
    "admin.withdraw_status": Line("can_keep_status", (), ADMINISTRATOR),
    "admin.restore_status": Line("can_keep_status", (), ADMINISTRATOR),
    "admin.resources": Line("can_administer", ADMINISTRATOR),
    "admin.amend": Line("can_keep_resource", ADMINISTRATOR, ADMINISTRATOR),
    "admin.restore_resource_view": Line("can_keep_resource", (), ADMINISTRATOR),
    "admin.revoke": Line("can_revoke_role", (), ADMINISTRATOR),
}
