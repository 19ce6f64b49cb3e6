"""Everything about a person ends when the table of retention says: there the day before, gone the day after."""

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import delete

from collectifs.across.mails.week import tell_the_week
from collectifs.across.services.own_data import ask_data_copy
from collectifs.across.services.tidying import tidy
from collectifs.collectives.models import (
    CharterConsent,
    Collective,
    FrameAdjustment,
    FrameYes,
    Meeting,
    Membership,
    MembershipProposal,
    MembershipStatus,
    Pilotship,
)
from collectifs.kernel import clock, vault
from collectifs.kernel.audit import note_erasure
from collectifs.kernel.extensions import Base, db
from collectifs.kernel.jobs.registry import do
from collectifs.kernel.models import ERASED, AuditEvent, Erased, Erasure, HeldMail, Job, MailChoice
from collectifs.kernel.retention import NOBODY, ROWS, TABLE
from collectifs.kernel.vault.texts import seal_text
from collectifs.live.models import ParkedItem
from collectifs.meetings.domain.polls import Reply
from collectifs.meetings.models import (
    Attendance,
    AttendanceChange,
    DateAnswer,
    DateOption,
    DatePoll,
    MeetingChange,
    MeetingGuest,
    Situation,
    SynthesisSheet,
)
from collectifs.people.domain.person import Role
from collectifs.people.domain.work import MailWeek
from collectifs.people.models import AccompaniedStatus, DataCopy, Device, GrantedRole, PersonalLink, SignInFailure, User
from collectifs.people.services.statuses import set_contact
from collectifs.report.domain.questionnaire import Box
from collectifs.report.domain.questions import QUESTIONS, Answer
from collectifs.report.models import QuestionnaireBox, QuestionnaireReturn, SeasonReport
from collectifs.review import services as review
from collectifs.review.models import ExportForm, SavedFilter, SheetExport
from collectifs.sheets.models import FollowUp, ReadingTrace, Remark, SubmittedSheet
from tests import factories
from tests.across.services.kept_by_a_book import BOOK
from tests.across.services.kept_by_a_campaign import CAMPAIGN
from tests.across.services.kept_by_a_day import DAY as OF_A_DAY
from tests.across.services.kept_by_engagement import ENGAGEMENT
from tests.across.services.kept_by_the_directory import DIRECTORY
from tests.across.services.kept_by_tutoring import TUTORING
from tests.across.services.lasting import FIVE_AFTER, SEASON_OVER, YEAR_AFTER, Case, any_row, on
from tests.asked import asked
from tests.circle import DAY, HOUR, Circle


def tidied() -> None:
    """A round of the worker, and the mails of the week that it asked for."""
    tidy(now=clock.now())
    tell_the_week(now=clock.now())
    for mail in asked(MailWeek):
        do(mail)
    db.session.flush()
    db.session.expire_all()


def submitted(circle: Circle, moment) -> SubmittedSheet:
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    return circle.copy


def notes(circle: Circle, moment) -> Case:
    return (lambda: circle.meeting.notes_perished_at is None), circle.meeting.ends_at + 30 * DAY


def situations(circle: Circle, moment) -> Case:
    factories.situation(circle.collective, circle.maud)
    return (lambda: any_row(Situation)), SEASON_OVER


def drafts(circle: Circle, moment) -> Case:
    circle.write_and_propose()
    circle.object(circle.karim, sentence="Un mot.")
    sheet_id = circle.sheet.id
    return (lambda: db.session.get(SynthesisSheet, sheet_id).draft != ERASED), circle.meeting.ends_at + 365 * DAY


def copies(circle: Circle, moment) -> Case:
    copy_id = submitted(circle, moment).id
    return (lambda: db.session.get(SubmittedSheet, copy_id).body != ERASED), on(2032, 1, 19)


def under_the_series(circle: Circle, row: FollowUp | ParkedItem | FrameAdjustment, column) -> None:
    circle.collective.series_key_id = vault.make_key()
    row.id, row.key_id = uuid4(), circle.collective.series_key_id
    seal_text(row, column, "Un mot.")
    factories.add(row)


def follow_ups(circle: Circle, moment) -> Case:
    who = {"meeting_id": circle.meeting.id, "user_id": circle.maud.id}
    under_the_series(circle, FollowUp(**who, saved_at=clock.now()), FollowUp.body)
    return (lambda: any_row(FollowUp)), SEASON_OVER


def parking_lot(circle: Circle, moment) -> Case:
    where = {"meeting_id": circle.meeting.id, "collective_id": circle.collective.id}
    under_the_series(circle, ParkedItem(**where, parked_at=clock.now()), ParkedItem.text)
    return (lambda: any_row(ParkedItem)), SEASON_OVER


def frame(circle: Circle, moment) -> Case:
    where = {"collective_id": circle.collective.id, "number": 1, "asks_again": True}
    row = FrameAdjustment(**where, proposed_at=clock.now())
    under_the_series(circle, row, FrameAdjustment.text)
    factories.add(FrameYes(adjustment_id=row.id, user_id=circle.maud.id, said_at=clock.now()))
    return (lambda: any_row(FrameAdjustment) and any_row(FrameYes)), SEASON_OVER


def remarks(circle: Circle, moment) -> Case:
    submitted(circle, moment)
    review.send_remark(circle.facts, text="Et ensuite ?", now=clock.now(), by=circle.person(circle.inspector))
    return (lambda: db.session.query(Remark).one().body != ERASED), YEAR_AFTER


GIVEN = {"phone": "0612345678", "school": "École", "uai": "0290123A", "work_commune": "Brest", "home_commune": "Crozon"}
GIVEN |= {"work_insee": "29019", "home_insee": "29042"}
GIVEN |= {"setting": "Maternelle", "tutoring_years": 4}


def gives(circle: Circle) -> Membership:
    row = db.session.query(Membership).filter_by(user_id=circle.maud.id).one()
    for name, value in GIVEN.items():
        setattr(row, name, value)
    factories.add(
        MembershipStatus(
            membership_id=row.id, status_id=factories.add(AccompaniedStatus(label="Stagiaire", position=1)).id
        )
    )
    return row


def says_anything(row: Membership) -> bool:
    left = [name for name in GIVEN if getattr(row, name)]
    left += ["membership_statuses"] if any_row(MembershipStatus) else []
    assert left in ([], [*GIVEN, "membership_statuses"])
    return bool(left)


def erasures(circle: Circle, moment) -> Case:
    note_erasure(Erased.NOTES, circle.collective.id, now=clock.now())
    return (lambda: any_row(Erasure)), FIVE_AFTER


def belonging(circle: Circle, moment) -> Case:
    row = gives(circle)
    return (lambda: says_anything(row)), SEASON_OVER


def rooms(circle: Circle, moment) -> Case:
    step = dict(circle.meeting.steps[0], title="Le tour de Maud")
    circle.meeting.steps, circle.meeting.prepared_at = [step, *circle.meeting.steps[1:]], clock.now()
    circle.meeting.access_note, circle.meeting.note_taker_id = "Code 4512", circle.karim.id
    circle.collective.steps = [step]

    def is_there() -> bool:
        row, words = db.session.get(Meeting, circle.meeting.id), json.dumps(circle.meeting.steps, ensure_ascii=False)
        left = ["Maud" in words, bool(row.access_note), bool(row.note_taker_id), circle.collective.steps is not None]
        assert len(set(left)) == 1
        return left[0]

    return is_there, SEASON_OVER


def dates(circle: Circle, moment) -> Case:
    starts = clock.now() + 20 * DAY
    poll = factories.poll(circle.collective, circle.pilot, starts, starts + DAY)
    factories.reply(db.session.query(DateOption).first(), circle.maud, Reply.YES)

    def is_there() -> bool:
        left = {any_row(DateOption), any_row(DateAnswer)}
        assert len(left) == 1
        assert any_row(DatePoll), "who asked, and when, is kept longer"
        return left.pop()

    assert poll.closed_at is None
    return is_there, starts + DAY


def changes(circle: Circle, moment) -> Case:
    factories.poll(circle.collective, circle.pilot, clock.now() + 20 * DAY, closed_at=clock.now())
    db.session.execute(delete(DateOption))
    factories.add(
        MeetingChange(
            meeting_id=circle.meeting.id,
            kind="planned",
            starts_at=clock.now(),
            ends_at=clock.now() + HOUR,
            place="Salle 3",
            at=clock.now(),
            by_id=circle.pilot.id,
        )
    )

    def is_there() -> bool:
        left = {any_row(MeetingChange), any_row(DatePoll)}
        assert len(left) == 1
        return left.pop()

    return is_there, YEAR_AFTER


def presences(circle: Circle, moment) -> Case:
    submitted(circle, moment)
    where = {"meeting_id": circle.meeting.id}
    factories.add(MeetingGuest(**where, name="Une invitée", added_at=clock.now(), added_by_id=circle.pilot.id))
    factories.add(
        AttendanceChange(**where, user_id=circle.maud.id, after="present", at=clock.now(), by_id=circle.pilot.id)
    )
    kept = (Collective, Membership, Pilotship, CharterConsent, Meeting, Attendance, AttendanceChange, MeetingGuest)

    def is_there() -> bool:
        left = {model.__tablename__ for model in kept if any_row(model)}
        assert left in (set(), {model.__tablename__ for model in kept})
        return bool(left)

    return is_there, FIVE_AFTER


def readings(circle: Circle, moment) -> Case:
    copy = submitted(circle, moment)
    factories.add(ReadingTrace(submitted_id=copy.id, reader_id=circle.inspector.id, read_at=clock.now()))
    return (lambda: any_row(ReadingTrace)), FIVE_AFTER


def proposals(circle: Circle, moment) -> Case:
    who = {"given_name": "Léa", "family_name": "Le Goff", "address": "lea@ac-brume.example"}
    by = {"proposed_by_id": circle.pilot.id, "proposed_at": clock.now()}
    factories.add(MembershipProposal(collective_id=circle.collective.id, **who, **by))
    return (lambda: any_row(MembershipProposal, address=who["address"])), SEASON_OVER


def roles(circle: Circle, moment) -> Case:
    return (lambda: any_row(GrantedRole, role=Role.INSPECTOR)), YEAR_AFTER


def audit(circle: Circle, moment) -> Case:
    at = clock.now()
    factories.add(AuditEvent(kind="tried", object_kind="meetings", object_id=circle.meeting.id, at=at))
    return (lambda: any_row(AuditEvent, kind="tried")), at + timedelta(days=365, seconds=1)


def entries(circle: Circle, moment) -> Case:
    now = clock.now()
    factories.add(
        PersonalLink(
            user_id=circle.maud.id, purpose="sign_in", token_hash=b"x" * 32, minted_at=now, expires_at=now + HOUR
        )
    )
    factories.device(circle.maud)
    db.session.query(Device).one().expires_at = now + HOUR
    return (lambda: any_row(PersonalLink) and any_row(Device)), now + HOUR + timedelta(days=30, seconds=1)


def data_copies(circle: Circle, moment) -> Case:
    row = ask_data_copy(now=clock.now(), by=circle.person(circle.maud))
    return (lambda: any_row(DataCopy)), row.asked_at + timedelta(days=7, seconds=1)


def failures(circle: Circle, moment) -> Case:
    at = clock.now()
    factories.add(SignInFailure(subject=b"x" * 32, at=at))
    return (lambda: any_row(SignInFailure)), at + timedelta(days=1, seconds=1)


def jobs(circle: Circle, moment) -> Case:
    at = clock.now()
    args = {"user_id": str(circle.maud.id), "sheet_id": str(circle.sheet.id)}
    factories.add(Job(kind="mail_remark", args=args, state="done", run_after=at, created_at=at, finished_at=at))
    return (lambda: any_row(Job, kind="mail_remark", finished_at=at)), at + timedelta(days=30, seconds=1)


def mail_choices(circle: Circle, moment) -> Case:
    factories.add(MailChoice(user_id=circle.maud.id, kind="mail_remark", pace="never"))
    return accounts(circle, moment, left=lambda: any_row(MailChoice))


def saved_filters(circle: Circle, moment) -> Case:
    factories.add(SavedFilter(user_id=circle.maud.id, name="2d degré", args={"degre": "2"}, made_at=clock.now()))
    return accounts(circle, moment, left=lambda: any_row(SavedFilter))


def sheet_exports(circle: Circle, moment) -> Case:
    row = review.ask_export(
        [submitted(circle, moment).id], ExportForm.CSV, now=clock.now(), by=circle.person(circle.inspector)
    )
    return (lambda: any_row(SheetExport)), row.asked_at + timedelta(days=7)


def held_mails(circle: Circle, moment) -> Case:
    """Saturday; the mail of the week leaves on Monday, at seven in Paris."""
    moment.move_to(on(2027, 1, 16), tick=False)
    where = {"user_id": str(circle.maud.id), "sheet_id": str(circle.sheet.id)}
    factories.add(HeldMail(user_id=circle.maud.id, kind="mail_remark", args=where, held_at=clock.now()))
    return (lambda: any_row(HeldMail)), on(2027, 1, 18)


def accounts(circle: Circle, moment, left: Callable[[], bool] | None = None) -> Case:
    """Told on 31 July; the last day is 31 August, a year after the season's."""
    moment.move_to(on(2028, 8, 1), tick=False)
    tidied()
    address = circle.maud.address
    return left or (lambda: any_row(User, address=address)), YEAR_AFTER


def contacts(circle: Circle, moment) -> Case:
    circle.territory.contact_name, circle.territory.contact_address = "Une gestionnaire", "elle@ac-brume.example"

    def is_there() -> bool:
        if clock.now() >= SEASON_OVER:
            by = circle.person(circle.pilot)
            set_contact(circle.territory, name="Un autre", address="lui@ac-brume.example", by=by)
        return circle.territory.contact_name == "Une gestionnaire"

    return is_there, SEASON_OVER


def questionnaires(circle: Circle, moment) -> Case:
    season = {"territory_id": circle.territory.id, "season": circle.collective.season}
    row = QuestionnaireBox(id=uuid4(), **season, key_id=vault.make_key())
    seal_text(row, QuestionnaireBox.body, Box().with_(QUESTIONS, {"fear": [Answer.NO]}).written())
    factories.add(row)
    return (lambda: any_row(QuestionnaireBox)), FIVE_AFTER


def questionnaire_returns(circle: Circle, moment) -> Case:
    season = {"territory_id": circle.territory.id, "season": circle.collective.season}
    factories.add(QuestionnaireReturn(user_id=circle.maud.id, **season))
    return (lambda: any_row(QuestionnaireReturn)), SEASON_OVER


def season_reports(circle: Circle, moment) -> Case:
    factories.add(SeasonReport(territory_id=circle.territory.id, season=circle.collective.season))
    return (lambda: any_row(SeasonReport)), FIVE_AFTER


CASES = (notes, situations, drafts, copies, follow_ups, parking_lot, frame, remarks, belonging)
CASES += (rooms, dates, changes, presences, erasures)
CASES += (readings, proposals, roles, audit, entries, data_copies, failures, mail_choices, held_mails, accounts)
CASES += (jobs, contacts, questionnaires, questionnaire_returns, season_reports, saved_filters, sheet_exports)
CASES += (*CAMPAIGN, *OF_A_DAY, *BOOK, *TUTORING, *DIRECTORY, *ENGAGEMENT)
# Counted by the hour; the others by the day.
LATER = {"jobs": HOUR, "failures": HOUR, "entries": HOUR, "audit": HOUR, "data_copies": HOUR}


@pytest.mark.parametrize("case", CASES, ids=[case.__name__ for case in CASES])
def test_it_is_there_until_its_last_day_and_gone_the_day_after(case, circle: Circle, moment):
    is_there, gone_from = case(circle, moment)
    db.session.flush()
    moment.move_to(gone_from - LATER.get(case.__name__, DAY), tick=False)
    tidied()
    assert is_there()
    moment.move_to(gone_from, tick=False)
    tidied()
    assert not is_there()


def test_each_row_of_the_table_is_tried():
    assert {case.__name__ for case in CASES} == set(ROWS)


def test_every_table_about_a_person_or_with_a_text_has_its_row_or_says_why_not():
    tables = {table.name for table in Base.metadata.sorted_tables}
    rows = {place for place in TABLE if "." not in place}
    assert rows | set(NOBODY) == tables
    assert not rows & set(NOBODY)
    columns = {f"{table.name}.{column.name}" for table in Base.metadata.sorted_tables for column in table.columns}
    assert {place for place in TABLE if "." in place} <= columns


@pytest.mark.parametrize("name", sorted(NOBODY))
def test_a_table_about_nobody_names_nobody(name: str):
    table = Base.metadata.tables[name]
    assert not [key for key in table.foreign_keys if key.column.table.name == "users"]
