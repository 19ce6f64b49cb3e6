"""The demonstration as it is written: rich, honest by the rules of the house, sealed where it must be."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from collectifs.across.services.tidying import tidy
from collectifs.book.domain.work import MailBookPageAsked, MailBookPageAskedHost, MailBookPageAskedRegistered
from collectifs.campaign.domain.work import MailCandidacyPlace
from collectifs.collectives.domain.work import MailInvitation
from collectifs.collectives.models import Collective, Meeting
from collectifs.collectives.permissions import can_pilot
from collectifs.collectives.queries.collectives import get_collective, members_of
from collectifs.demo.neighbours import DAYS, MEMBERS, neighbours
from collectifs.demo.records import DemoCollective, DemoData, DemoMeeting
from collectifs.kernel import clock
from collectifs.kernel.extensions import Base, db
from collectifs.kernel.models import AuditEvent, Job, SealedColumn, SealedText
from collectifs.kernel.vault import Perished
from collectifs.kernel.vault.texts import open_text
from collectifs.kernel.work import Mail
from collectifs.live.domain.agenda import MeetingState, fold
from collectifs.live.domain.agenda_reading import spent
from collectifs.live.queries.events import events_after, stored_events
from collectifs.live.queries.parking import open_items
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.models import Attendance, MeetingEvent
from collectifs.meetings.queries.meetings import attendance_of, meetings_of
from collectifs.meetings.queries.situations import situation_rows, situations_by, waiting_among
from collectifs.network.domain.work import (
    MailHostLink,
    MailPageProposed,
    MailPlaceOffered,
    MailRegistrationReceived,
    MailRelayNamed,
)
from collectifs.people.domain.person import Role
from collectifs.people.models import Territory, User
from collectifs.people.queries.people import demo_people, hierarchy_user_ids, person_from
from collectifs.review.queries.copies import readings_of, remarks_on
from collectifs.sheets.domain.anonymity import names_found
from collectifs.sheets.domain.life import SheetStatus
from collectifs.sheets.domain.work import MailSheetProposed
from collectifs.sheets.models import FollowUp, SubmittedSheet
from collectifs.sheets.queries.consent import opened_objections
from collectifs.sheets.queries.sheets import (
    SheetAccess,
    open_draft,
    open_presenter,
    open_submitted,
    sheets_of,
)
from tests.asked import asked, rows_of

# What may lie ahead of the first instant: dates to come, ends of what was granted, jobs for the worker.
AHEAD = {"starts_at", "ends_at", "deadline_at", "expires_at", "run_after", "closes_at"}


def collective(name: str) -> Collective:
    return db.session.scalars(select(Collective).where(Collective.name == name)).one()


def member(who: str, demo: DemoData) -> User:
    return db.session.scalars(select(User).where(User.address == demo.people[who].address)).one()


def meeting(name: str, number: int) -> Meeting:
    query = select(Meeting).where(Meeting.collective_id == collective(name).id, Meeting.number == number)
    return db.session.scalars(query).one()


def sheet(name: str, number: int) -> SheetAccess:
    return sheets_of(get_collective(collective(name).id))[number - 1]


def held_last(told: DemoCollective) -> DemoMeeting:
    """The last meeting that was held: its notes live."""
    return [each for each in told.meetings if each.is_past][-1]


def state_of(row: Meeting) -> MeetingState:
    return fold(gesture for gesture, _ in stored_events(row, None))


def sealed_texts() -> Iterator[tuple[Any, InstrumentedAttribute[SealedText]]]:
    """Each row that has sealed columns, with each of them."""
    for mapper in Base.registry.mappers:
        names = [each.key for each in mapper.column_attrs if isinstance(each.columns[0].type, SealedColumn)]
        for row in db.session.scalars(select(mapper.class_)) if names else ():
            yield from ((row, getattr(mapper.class_, name)) for name in names)


def test_everybody_and_everything_is_there(built: DemoData) -> None:
    counts = {table.name: len(db.session.execute(select(table)).all()) for table in db.metadata.sorted_tables}
    around = neighbours()
    assert counts["users"] == 35 + 5 * MEMBERS
    assert counts["territories"] == 3
    assert counts["granted_roles"] == 9 + 5
    assert counts["collectives"] == 4 + len(around)  # one of them that former members had
    assert counts["memberships"] == counts["charter_consents"] + 1 == 26 + MEMBERS * len(around)
    assert counts["devices"] == counts["personal_links"] == 23
    assert counts["pilotships"] == 4 + len(around)  # one of them for a single meeting
    theirs = len(DAYS) * len(around)
    assert counts["meetings"] == counts["synthesis_sheets"] == len(list(built.meetings())) + theirs
    on_the_rolls = [built.roster(c, m) if m.is_past else m.exceptions for c, m in built.meetings()]
    held = sum(3 if each["season"] == built.season else 5 for each in around)
    assert counts["attendances"] == sum(map(len, on_the_rolls)) + MEMBERS * held
    assert counts["situations"] == 10
    assert (counts["notebooks"], counts["interviews"]) == (2, 11)
    assert counts["parked_items"] == sum(len(told.parking_lot) for told in built.collectives)
    assert counts["follow_ups"] == 6  # one for each meeting whose answers are followed by another that is near or past
    sheets = [each for _, _, each in built.sheets()]
    assert counts["sheet_versions"] == counts["sheet_proposals"] == sum(1 for each in sheets if each.proposed_at)
    let_out = [each for told in around for each in told["sheet"]]
    assert counts["submitted_sheets"] == sum(1 for each in sheets if each.submitted_at) + len(let_out)
    assert counts["presenter_answers"] == sum(1 for each in sheets if each.presenter_agreed_at)
    assert counts["objections"] == sum(len(each.objections) for each in sheets) == 1
    said = [remark for each in sheets for remark in each.remarks]
    assert counts["remarks"] == len(said) + sum(1 for remark in said if remark.answer) == 3
    read = sum(1 for each in let_out if each.get("read"))
    assert counts["reading_traces"] == sum(1 for each in sheets if each.read_at) + read
    assert counts["audit_events"] > 100


def test_it_is_written_in_less_than_five_seconds(written: float) -> None:
    assert written < 5


def test_each_sheet_stands_where_the_data_says_and_every_state_is_reached(built: DemoData) -> None:
    found: Counter[SheetStatus] = Counter()
    for told in built.collectives:
        sheets = sheets_of(get_collective(collective(told.name).id))
        assert [each.meeting.number for each in sheets] == [1, 2, 3, 4, 5]
        for each, data in zip(sheets, told.meetings, strict=True):
            status = each.life.status(clock.now())
            assert status is (data.sheet.status if data.sheet else SheetStatus.DRAFT)
            found[status] += 1
    assert set(found) == set(SheetStatus)


def test_every_sealed_text_opens_or_has_perished_on_purpose(built: DemoData) -> None:
    gone: Counter[str] = Counter()
    opened = 0
    for row, column in sealed_texts():
        if getattr(row, column.key) is None:
            continue
        try:
            if isinstance(row, MeetingEvent):
                open_text(row, column, under=db.session.get_one(Meeting, row.meeting_id))
            else:
                open_text(row, column)
            opened += 1
        except Perished:
            gone[f"{row.__tablename__}.{column.key}"] += 1
    assert opened > 150
    events = [m for c, m in built.meetings() if m.is_past and meeting(c.name, m.number).notes_perished_at]
    assert gone.pop("meeting_events.body") == sum(len(steering(told)) for told in events)
    # The first sheet of Les Tilleuls and of Les Trois Ponts left more than 30 days ago; the latter was withdrawn.
    assert gone == {
        "synthesis_sheets.draft": 2 + 15,  # those of the neighbours that left more than 30 days ago
        "synthesis_sheets.presenter": 1,
        "sheet_versions.body": 2,
        "submitted_sheets.body": 1,
        "workshop_pages.body": 1,  # of last season's day, from which a page of the published book came
    }


def steering(told: DemoMeeting) -> list[str]:
    """The gestures whose instants outlive the notes."""
    entered = [minutes for minutes in told.minutes[1:] if minutes]
    return ["hand_taken", "meeting_started", *("step_entered" for _ in entered), "meeting_closed"]


def test_no_typed_text_stands_outside_a_sealed_column(built: DemoData) -> None:
    situations = built.situations.values()
    said = [one.title for one in situations] + [one.sentence for one in situations]
    said += [text for one in situations for text in (*one.peer_questions, *one.resonances)]
    said += [text for one in situations if one.sheet for text in one.sheet.texts() if len(text) > 20]
    said += [remark.text for _, _, each in built.sheets() for remark in each.remarks]
    said += [one.sentence for _, _, each in built.sheets() for one in each.objections]
    said += [text for told in built.collectives for text in told.parking_lot]
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            plain = [value for value in row if not isinstance(value, bytes)]
            words = json.dumps(plain, default=str, ensure_ascii=False)
            raw = b"\n".join(value for value in row if isinstance(value, bytes))
            assert [text for text in said if text in words or text.encode() in raw] == [], table.name


def test_no_member_is_named_in_anything_that_opens(built: DemoData) -> None:
    people = [(person.given_name, person.family_name) for person in built.people.values()]
    addresses = [person.address for person in built.people.values()]
    texts = []
    for told in built.collectives:
        for each in sheets_of(get_collective(collective(told.name).id)):
            texts += open_draft(each.sheet).texts()
            copy = each.copy
            if copy is not None:
                content = open_submitted(copy.id)
                texts += content.texts() if content else ()
                texts += [remark.text for remark in remarks_on(copy.id)]
        for row in db.session.scalars(select(Meeting).where(Meeting.collective_id == collective(told.name).id)):
            if row.notes_perished_at is None:
                texts += [each.text for each in state_of(row).notes]
    assert len(texts) > 100
    assert names_found("\n".join(texts), people, addresses) == []


def test_les_tilleuls_can_begin_in_ten_minutes(built: DemoData) -> None:
    third = meeting("Les Tilleuls", 3)
    facts = meetings_of(third.collective_id)
    assert [each.is_past(clock.now()) for each in facts] == [True, True, False, False, False]
    assert not facts[2].is_started
    assert [each.title for each in waiting_among(situation_rows(third.collective_id), third.id)] == [
        "Elle pleure à chaque entretien",
        "Mes élèves ou ma stagiaire ?",
    ]
    assert third.spare_id == "intervenir-ou-laisser-faire"
    assert third.prepared_at
    state = state_of(third)
    assert state.started_at is None
    assert state.attendance == {str(member("thomas.keller", built).id): "excused"}
    rolls = db.session.scalars(select(Attendance).where(Attendance.meeting_id == third.id)).all()
    assert [each.state for each in rolls] == [AttendanceState.EXCUSED]
    assert [item.text for item in open_items(db.session.get_one(Collective, third.collective_id))] == list(
        built.collectives[0].parking_lot
    )
    found = get_collective(third.collective_id)
    assert found
    assert can_pilot(person_from(member("helene.marchadier", built), clock.now().date()), found)


def test_what_became_of_the_answers_waits_for_the_room_shared_and_without_a_name(built: DemoData) -> None:
    second = meeting("Les Tilleuls", 2)
    (row,) = db.session.scalars(select(FollowUp).where(FollowUp.meeting_id == second.id)).all()
    told = json.loads(open_text(row, FollowUp.body))
    assert (told["shared"], told["signed"]) == (True, False)
    assert built.situations["devenues-amies"].follow_up in [entry["words"] for entry in told["entries"]]


@pytest.mark.parametrize("name", ["L’Estuaire", "Les Trois Ponts"])
def test_a_meeting_whose_notes_live_folds_to_what_happened(built: DemoData, name: str) -> None:
    told = next(held_last(one) for one in built.collectives if one.name == name)
    third, situation = meeting(name, told.number), built.situations[told.situation]
    state = state_of(third)
    assert state.started_at == told.step_instants(built.tz)[0]
    assert state.closed_at == told.step_instants(built.tz)[-1]
    minutes = [spent(state, step.id, clock.now()) // 60_000 for step in state.plan]
    assert minutes == list(told.minutes)
    said = Counter(note.text for note in state.notes)
    assert set(situation.resonances) <= set(said)
    assert situation.sheet is not None
    assert [note.text for note in state.notes if note.lane == "sheet"] == [one.text for one in situation.sheet.answers]
    content = built.sheet_content(told)
    assert content is not None
    assert [note.text for note in state.notes if note.copied] == [one.text for one in content.answers]
    assert state.attendance == {str(user): mark for user, mark in attendance_of(third.id).items()}
    chosen = situations_by(member(situation.author, built).id, third.collective_id)
    assert state.situation == {"situation": str(chosen[0].id)}
    assert chosen[0].chosen_for == third.id
    assert state.hand == 1
    assert [each.sequence for each in events_after(third, 0, third.id)] == list(range(1, third.sequence + 1))


def test_notes_have_perished_where_the_sheet_was_agreed_or_thirty_days_went_by(built: DemoData) -> None:
    for told in built.collectives:
        for each in told.meetings:
            if not each.is_past or (each is held_last(told) and told.name != "Les Tilleuls"):
                continue
            row = meeting(told.name, each.number)
            assert row.notes_perished_at
            assert row.notes_perished_at < clock.now()
            assert events_after(row, 0, row.id) == []
    # Held back by an objection, it was never agreed: its notes went after thirty days.
    assert (meeting("L’Estuaire", 1).notes_perished_at - meeting("L’Estuaire", 1).ends_at).days == 30


def test_the_first_tidying_finds_nothing_to_erase(built: DemoData) -> None:
    before = len(db.session.scalars(select(Job)).all())
    tidy(now=clock.now())
    assert len(db.session.scalars(select(Job)).all()) == before


def test_one_proposed_sheet_is_held_back_by_an_objection_that_nobody_signed(built: DemoData) -> None:
    held = sheet("L’Estuaire", 1)
    assert held.proposal
    (objection,) = opened_objections(held.objections, clock.now())
    assert "La réponse 1 se reconnaît" in objection.sentence
    assert held.life.deadline_at
    assert held.life.deadline_at < clock.now()
    kinds = {event.kind: event.actor_id for event in db.session.scalars(select(AuditEvent))}
    assert kinds["objection_raised"] is None


def test_who_presented_is_known_to_the_collective_alone(built: DemoData) -> None:
    assert open_presenter(sheet("L’Estuaire", 3).sheet) == member("rachid.benhaddou", built).id
    assert open_presenter(sheet("Les Trois Ponts", 1).sheet) is None
    assert not sheet("Les Trois Ponts", 1).life.has_presenter


def test_the_inspection_of_the_territory_has_a_pile_with_each_kind(built: DemoData) -> None:
    here = db.session.scalars(select(Territory).where(Territory.code == "99")).one()
    elsewhere = db.session.scalars(select(Territory).where(Territory.code == "98")).one()
    in_order = db.session.query(SubmittedSheet).order_by(
        SubmittedSheet.reviewed_at.is_not(None), SubmittedSheet.submitted_at.desc()
    )
    around = {each["code"] for each in neighbours()}
    found = in_order.filter_by(territory_id=here.id, season=2026, replaced_at=None).all()
    pile = [each for each in found if each.collective_code not in around]
    assert len(found) - len(pile) == 15
    assert [(each.collective_code, each.month.month, bool(each.reviewed_at)) for each in pile] == [
        ("D1", 12, False),
        ("D1", 11, False),
        ("C2", 12, True),
        ("B7", 11, True),
    ]
    assert [bool(each.withdrawn_at) for each in pile] == [False, True, False, False]
    assert [len(remarks_on(each.id)) for each in pile] == [0, 0, 1, 2]
    assert [len(readings_of(each.id)) for each in pile] == [0, 1, 1, 1]
    assert open_submitted(pile[1].id) is None
    assert all(open_submitted(pile[place].id) for place in (0, 2, 3))
    assert in_order.filter_by(territory_id=elsewhere.id).all() == []


def test_roles_are_granted_by_somebody_and_never_to_a_member_of_the_territory(built: DemoData) -> None:
    here = db.session.scalars(select(Territory).where(Territory.code == "99")).one()
    today = clock.now().date()
    roles = {who: person_from(member(who, built), today) for who in built.people}
    assert roles["florence.achard"].has(Role.ADMINISTRATOR)
    assert roles["sylvie.montagnac"].has(Role.MANAGER, here.id)
    assert roles["agnes.roussel"].has(Role.INSPECTOR, here.id)
    assert not roles["bruno.castaing"].has(Role.INSPECTOR, here.id)
    assert roles["yann.prigent"].has(Role.PILOT, here.id)
    hierarchy = hierarchy_user_ids(here.id, today)
    assert len(hierarchy) == 3
    for told in built.collectives:
        members = members_of(collective(told.name).id)
        assert not hierarchy & {each.user_id for each in members}
        assert {each.degree for each in members} >= {built.people[told.pilot].degree}
        assert [each.name for each in members if each.is_pilot] == [built.people[told.pilot].name]


def test_the_sign_in_page_shows_first_the_people_to_be_first(built: DemoData) -> None:
    people = demo_people()
    assert len(people) == 35
    assert Counter(each.demo_circle for each in people) == {"collective": 28, "institution": 7}
    first = [each.address.partition("@")[0] for each in people if each.demo_circle == "institution"][:4]
    assert first == ["agnes.roussel", "bruno.castaing", "sylvie.montagnac", "florence.achard"]
    assert people[0].address.startswith("helene.marchadier")
    assert all(each.demo_line for each in people)


def test_lucas_waits_for_the_mail_that_the_worker_will_send(built: DemoData) -> None:
    [invitation] = rows_of(MailInvitation)
    assert Counter(map(type, asked(Mail))) == {
        MailInvitation: 1,
        MailSheetProposed: 5,
        MailRegistrationReceived: 1,  # of the day of workshops, as the next
        MailPlaceOffered: 2,
        MailCandidacyPlace: 1,
        MailHostLink: 1,  # of the morning that is over, as the next
        MailPageProposed: 1,
        MailRelayNamed: 1,  # of the directory
        MailBookPageAsked: 13,
        MailBookPageAskedRegistered: 5,  # those who were at the workshop whose page is asked about
        MailBookPageAskedHost: 1,
    }
    assert UUID(invitation.args["user_id"]) == member("lucas.pellerin", built).id


def test_every_past_act_is_past_and_belongs_to_somebody(built: DemoData) -> None:
    for table in db.metadata.sorted_tables:
        instants = [column.name for column in table.columns if column.name.endswith("_at")]
        for row in db.session.execute(select(table)):
            values = {name: getattr(row, name) for name in instants if name not in AHEAD}
            late = {name for name, value in values.items() if isinstance(value, datetime) and value > clock.now()}
            assert not late, table.name
    unsigned = {event.kind for event in db.session.scalars(select(AuditEvent)) if event.actor_id is None}
    assert unsigned <= {
        "role_granted", "notes_perished", "drafts_perished", "presenter_answered", "objection_raised",
        "sheet_withdrawn", "follow_up_saved", "book_page_answered", "book_presenter_answered",
        "book_change_asked",
    }  # fmt: skip
