"""The mail of Monday: which sheets wait for a reading, by their code and their dates, those that have waited the
longest first; never a word of theirs."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from collectifs.kernel import clock
from collectifs.kernel.audit import ask
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.seasons import season_of
from collectifs.kernel.text.typography import MONTHS, count, day_and_month, sentence_case
from collectifs.people.domain.person import Role
from collectifs.people.mails.letters import page_url, send_letter
from collectifs.people.queries.people import get_user, person_from
from collectifs.review.domain.pile import Reading
from collectifs.review.domain.work import MailSheetsWait
from collectifs.review.queries.copies import SubmittedFacts
from collectifs.review.queries.waiting import inspectors_here, told_since, waiting_on

A_DAY = timedelta(days=1)
MOST_LINES = 30


def tell_what_awaits_a_reading(monday: datetime, *, now: datetime) -> None:
    """On the day that begins at `monday`, ask for the mail of each inspector; once, and not of those who are away."""
    if now - monday > A_DAY:
        return
    told = told_since(monday)
    for user_id in inspectors_here(now.date()):
        if str(user_id) not in told:
            ask(MailSheetsWait(user_id))


@does
def sheets_wait(mail: MailSheetsWait) -> None:
    """The sheets that nobody has read on somebody's territories; without any, no mail leaves."""
    user, today = get_user(mail.user_id), clock.now().date()
    territories = person_from(user, today).territories(Role.INSPECTOR) if user else frozenset()
    waiting = waiting_on(territories, season_of(today)) if territories else []
    if user is None or not waiting:
        return
    number = sentence_case(count(len(waiting), "fiche", feminine=True))
    send_letter(
        "sheets_wait",
        user,
        f"{number} {'attend' if len(waiting) == 1 else 'attendent'} une lecture",
        number=len(waiting),
        lines=_lines(waiting[-MOST_LINES:][::-1]),
        more=max(0, len(waiting) - MOST_LINES),
        url=page_url("review.index", lecture=Reading.NOBODYS.value),
    )


def _lines(waiting: Sequence[SubmittedFacts]) -> list[str]:
    """One for each; with its territory for whoever inspects several."""
    are_several = len({each.territory_id for each in waiting}) > 1
    return [_line(each) + (f" ({each.territory_name})" if are_several else "") for each in waiting]


def _line(facts: SubmittedFacts) -> str:
    """« Collectif B7, janvier, transmise le 19 janvier »; a code, even where a name was agreed to."""
    day = facts.submitted_at.astimezone(ZoneInfo(facts.timezone)).date()
    return f"Collectif {facts.collective_code}, {MONTHS[facts.month.month - 1]}, transmise le {day_and_month(day)}"
