"""Forgetting people when it was said: accounts, what a season held about its members, at last the season itself."""

from datetime import date, datetime
from functools import cache

from sqlalchemy import Delete, Update, delete, update

from collectifs.across.queries.ending import (
    GIVEN,
    PAPERS,
    copies_of_seasons_past,
    has_past_seasons,
    meetings_before,
    meetings_to_empty,
    memberships_to_empty,
    mentions_of_users,
    quiet_accounts,
    rows_of_past_seasons,
    told_accounts,
    unnamed_on,
)
from collectifs.across.queries.own_data import data_copies_of
from collectifs.across.services.archiving import archive_first
from collectifs.campaign.services.openings import forget_openings_at
from collectifs.campaign.services.perishing import forget_candidacies_at
from collectifs.collectives.models import Collective, MembershipStatus
from collectifs.engagement.services.engagements import forget_engagements_of
from collectifs.kernel.audit import ask, record
from collectifs.kernel.endings import announced_end, first_season_kept
from collectifs.kernel.extensions import db
from collectifs.kernel.keeping import ROLES_KEPT
from collectifs.kernel.models import HeldMail, MailChoice
from collectifs.kernel.seasons import season_of
from collectifs.kernel.work import DestroyKey
from collectifs.meetings.models import DateAnswer, DatePoll, MeetingChange
from collectifs.meetings.queries.polls import polls_of_seasons_before
from collectifs.meetings.services.planning import restore_agenda
from collectifs.network.models import FormerYes
from collectifs.network.services.ending import forget_relays_at
from collectifs.network.services.perishing import forget_registrations_at
from collectifs.people.domain.work import MailAccountEnds
from collectifs.people.models import CalendarFeed, Device, GrantedRole, PersonalLink, User
from collectifs.report.models import (
    EvaluationBox,
    EvaluationReturn,
    QuestionnaireBox,
    QuestionnaireReturn,
    SeasonReport,
)
from collectifs.report.queries.boxes import boxes_before
from collectifs.review.models import SavedFilter
from collectifs.review.queries.exports import exports_of
from collectifs.review.services import erase_export
from collectifs.sheets.services.perishing import erase_copy
from collectifs.tutoring.services.perishing import forget_tutoring_of

NOBODYS_NAME = ("Compte", "effacé")


def forget_belongings(*, now: datetime) -> None:
    """What members said of themselves: gone when they leave, and with the season."""
    rows = memberships_to_empty(now)
    for row in rows:
        for name in GIVEN:
            setattr(row, name, "")
        row.tutoring_years = None
    ids = [row.id for row in rows]
    db.session.execute(delete(MembershipStatus).where(MembershipStatus.membership_id.in_(ids)))


def forget_rooms(*, today: date) -> None:
    """How one got in, what was adapted, who took notes: of no use once the season is over."""
    for meeting in meetings_to_empty(today):
        db.session.get_one(Collective, meeting.collective_id).steps = None
        restore_agenda(meeting)
        meeting.access_note = meeting.spare_link = ""
        meeting.note_taker_id = None


def forget_changes(*, today: date) -> None:
    """Who moved which date, or asked about some: a year after the season."""
    season = season_of(today) - 1
    db.session.execute(delete(MeetingChange).where(MeetingChange.meeting_id.in_(meetings_before(season))))
    db.session.execute(delete(DatePoll).where(polls_of_seasons_before(season)))


def forget_roles(*, now: datetime) -> None:
    """Roles that ended, or were taken back, a year ago."""
    past = now - ROLES_KEPT
    is_over = (GrantedRole.revoked_at < past) | (GrantedRole.ends_on < past.date())
    db.session.execute(delete(GrantedRole).where(is_over))


def forget_reports(*, today: date) -> None:
    """Who answered, and what tutors of pupils said, with the season; the rest, and the report, with the collectives."""
    for table in (QuestionnaireReturn, EvaluationReturn):
        db.session.execute(delete(table).where(table.season < season_of(today)))
    read_for_years = boxes_before(QuestionnaireBox, first_season_kept(today))
    for box in (*read_for_years, *boxes_before(EvaluationBox, season_of(today))):
        ask(DestroyKey(box.key_id))
        db.session.delete(box)
    db.session.execute(delete(SeasonReport).where(SeasonReport.season < first_season_kept(today)))


def forget_seasons(*, today: date) -> None:
    """The collectives of five seasons ago, with everything that was theirs; then accounts that nothing names.

    While the archives take nothing, they wait as a whole.
    """
    copies = copies_of_seasons_past(today)
    if len(archive_first(copies)) < len(copies):
        return
    for copy in copies:
        erase_copy(copy)
    db.session.flush()
    if has_past_seasons(today):  # one day a year: else half a hundred tables are asked in vain
        for table, condition in rows_of_past_seasons(today):
            db.session.execute(delete(table).where(condition))
    forget_shells()


def forget_shells() -> None:
    """What is left of an erased account: its name goes with the last paper, the row with the last trace."""
    db.session.flush()
    for statement in _of_shells():
        db.session.execute(statement)


@cache
def _of_shells() -> tuple[Update, Delete]:
    """Every column that names somebody is looked through: two long sentences, the same each day."""
    is_shell, given_name, family_name = User.erased_at.is_not(None), *NOBODYS_NAME
    emptied = update(User).where(is_shell, unnamed_on(PAPERS)).values(given_name=given_name, family_name=family_name)
    return emptied, delete(User).where(is_shell, unnamed_on(mentions_of_users()))


def end_accounts(*, now: datetime) -> None:
    """Tell those whose account ends within a month; erase those whose announced day is past; spare whoever is back."""
    today = now.date()
    quiet = dict(quiet_accounts(today))
    for user in told_accounts():
        if user not in quiet:
            user.ends_on = None
    for user, last_season in quiet.items():
        if user.ends_on is None:
            user.ends_on = announced_end(last_season, today)
            ask(MailAccountEnds(user.id))
        elif user.ends_on < today:
            erase_account(user, now=now)


def erase_account(user: User, *, now: datetime) -> None:
    """Nobody can enter it or be written to any more; its name stays while a paper that is kept bears it."""
    forget_candidacies_at(user.address, now=now)
    forget_openings_at(user.address)
    forget_registrations_at(user.address, now=now)
    forget_tutoring_of(user.id)
    forget_relays_at(user.address)
    forget_engagements_of(user.id)
    user.address = f"{user.id}@efface.invalid"
    user.password_hash = user.demo_line = user.demo_circle = user.address_refused_at = user.week_told_at = None
    user.mail_delayed_at = None
    user.address_refusal = user.mail_delay = ""
    user.is_demo = False
    user.erased_at = now
    for copy in data_copies_of(user.id):
        ask(DestroyKey(copy.key_id))
        db.session.delete(copy)
    for export in exports_of(user.id):
        erase_export(export)
    entries, choices = (PersonalLink, Device, CalendarFeed, GrantedRole), (MailChoice, HeldMail, SavedFilter)
    for table in (*entries, *choices, QuestionnaireReturn, EvaluationReturn, DateAnswer, FormerYes):
        db.session.execute(delete(table).where(table.user_id == user.id))
    record("account_erased", user, by=None)
