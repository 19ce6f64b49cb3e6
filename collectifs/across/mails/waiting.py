"""What waits on a sheet once its delay is over, told once by mail: the rule that pages ask says whether it does."""

from datetime import datetime, timedelta

from collectifs.across.domain.what_now import TaskKind, awaits_presenter, is_ready_to_submit, what_now
from collectifs.across.queries.situation import situation_in
from collectifs.kernel import clock
from collectifs.kernel.audit import ask
from collectifs.kernel.jobs.registry import does
from collectifs.people.mails.letters import answers_on
from collectifs.people.queries.people import get_user, person_from
from collectifs.sheets.domain.life import SheetStatus
from collectifs.sheets.domain.work import MailPresenterAwaited, MailSheetWaits
from collectifs.sheets.mails.sheets import about_sheet
from collectifs.sheets.models import SheetProposal
from collectifs.sheets.queries.pages import collective_page
from collectifs.sheets.queries.sheets import SheetAccess, get_sheet, open_presenter, seen_life
from collectifs.sheets.queries.versions import proposals_to_tell

RECENT = timedelta(days=30)  # later on the pages say it; nobody gets mails about an old sheet
SUBJECTS = {
    TaskKind.ANSWER_OBJECTION: "une objection retient la fiche du {day}",
    TaskKind.SUBMIT_SHEET: "la fiche du {day} peut être transmise",
}


def tell_what_waits(*, now: datetime) -> None:
    """Ask for the mails about sheets whose time has come, and write down that it was done: none leaves twice."""
    for proposal in proposals_to_tell(since=now - RECENT, now=now):
        sheet = get_sheet(proposal.sheet_id)
        if sheet is not None:
            _tell(sheet, proposal, now)


def _tell(sheet: SheetAccess, proposal: SheetProposal, now: datetime) -> None:
    life = seen_life(sheet, now)
    if life.status(now) in (SheetStatus.SUBMITTED, SheetStatus.REVIEWED, SheetStatus.WITHDRAWN):
        proposal.presenter_told_at = proposal.objection_told_at = proposal.ready_told_at = now  # nothing waits any more
        return
    is_over = life.status(now) is SheetStatus.AGREED
    if proposal.presenter_told_at is None and is_over and awaits_presenter(life, now):
        proposal.presenter_told_at = now
        ask(MailPresenterAwaited(sheet.sheet.id))
    if proposal.objection_told_at is None and life.text_objections:
        proposal.objection_told_at = now
        _tell_writers(sheet)
    if proposal.ready_told_at is None and is_ready_to_submit(life, now):
        proposal.ready_told_at = now
        _tell_writers(sheet)


def _tell_writers(sheet: SheetAccess) -> None:
    """Whoever led that meeting in the pilot's place, else the pilots."""
    for user_id in sorted(sheet.deputy_ids or sheet.access.pilot_ids & sheet.access.consent_ids):
        ask(MailSheetWaits(user_id, sheet.sheet.id))


@does
def sheet_waits(mail: MailSheetWaits) -> None:
    """To whoever writes the sheet: an objection to answer, or nothing missing but their click."""
    user, sheet, now = get_user(mail.user_id), get_sheet(mail.sheet_id), clock.now()
    if user is None or sheet is None:
        return
    tasks = what_now(situation_in(collective_page(sheet.access), person_from(user, now.date()), now), now)
    kind = next((task.kind for task in tasks if task.sheet_id == sheet.sheet.id and task.kind in SUBJECTS), None)
    if kind is not None:
        about_sheet("sheet_waits", user, sheet, SUBJECTS[kind], is_held=kind is TaskKind.ANSWER_OBJECTION)


@does
def presenter_awaited(mail: MailPresenterAwaited) -> None:
    """To whoever presented: a question waits for their own answer. Once, and nobody else learns of it."""
    sheet, now = get_sheet(mail.sheet_id), clock.now()
    if sheet is None or not awaits_presenter(seen_life(sheet, now), now):
        return
    presenter = open_presenter(sheet.sheet)
    user = get_user(presenter) if presenter else None
    if user is not None and user.id in sheet.objector_ids:
        answers = answers_on(sheet.access.territory.id)  # not the pilot: an answer by mail would tell them who it is
        about_sheet("presenter_awaited", user, sheet, "la fiche du {day} attend un mot de vous", answers=answers)
