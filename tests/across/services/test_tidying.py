"""What time alone decided is tidied up: words emptied, keys destroyed, meaning unchanged, twice no more than once."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from collectifs.across.services.tidying import tidy
from collectifs.collectives.models import Membership, MembershipProposal
from collectifs.kernel import clock, vault
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.kernel.models import AuditEvent, Job
from collectifs.kernel.work import DestroyKey, Work
from collectifs.live.domain.gestures import iso
from collectifs.live.queries.events import notes_are_gone
from collectifs.meetings.domain.work import PerishNotes
from collectifs.meetings.models import MeetingEvent, Situation
from collectifs.meetings.queries.meetings import meetings_of
from collectifs.meetings.queries.situations import opened_among, situation_rows
from collectifs.people.models import CalendarFeed, Device, PersonalLink, SignInFailure
from collectifs.review import services as review
from collectifs.review.queries.copies import remarks_on
from collectifs.sheets.models import Remark
from collectifs.sheets.queries.consent import objector, opened_objections
from collectifs.sheets.queries.sheets import open_draft, open_presenter, open_submitted, shared_content
from tests import factories
from tests.asked import asked
from tests.circle import DAY, HOUR, Circle
from tests.live.services.test_live import send


def keys_of(*ids: str) -> set[str]:
    return set(ids) & vault.key_ids()


def tidy_up() -> None:
    """Tidy, then let the worker do what was asked."""
    tidy(now=clock.now())
    for work in (*asked(PerishNotes), *asked(DestroyKey)):
        do(work)


def gestures(circle: Circle) -> None:
    """A meeting with a note, parked words and a close."""
    plan = [{key: step[key] for key in ("id", "title", "minutes", "least")} for step in circle.meeting.steps]
    bodies = [
        ("hand_taken", {"device": "a"}),
        ("meeting_started", {"plan": plan}),
        ("note_written", {"note": str(UUID(int=1)), "lane": "collective", "step": plan[0]["id"], "text": "Un mot."}),
        ("parked", {"text": "Plus tard."}),
        ("meeting_closed", {}),
    ]
    sent = [
        {
            "id": str(UUID(int=n + 10)),
            "kind": kind,
            "hand": 1,
            "happened_at": iso(clock.now() + timedelta(seconds=n)),
            "body": body,
        }
        for n, (kind, body) in enumerate(bodies)
    ]
    received = send(circle.meeting, circle.pilot, *sent)
    assert received.refused == []
    db.session.flush()


def test_agreed_the_notes_perish_and_that_it_was_held_stays(circle: Circle, moment):
    gestures(circle)
    circle.write_and_propose()
    tidy_up()
    assert keys_of(circle.meeting.key_id)
    moment.shift(5 * DAY)
    tidy_up()
    assert not keys_of(circle.meeting.key_id)
    kinds = {event.kind for event in db.session.query(MeetingEvent)}
    assert kinds == {"hand_taken", "meeting_started", "meeting_closed"}
    assert circle.meeting.notes_perished_at == clock.now()
    (facts,) = meetings_of(circle.collective.id)
    assert facts.is_started
    assert facts.is_closed


def test_an_objection_keeps_the_notes_for_30_days_and_no_longer(circle: Circle, moment):
    circle.write_and_propose()
    circle.object(circle.karim)
    moment.shift(29 * DAY)
    tidy(now=clock.now())
    assert circle.meeting.notes_perished_at is None
    moment.shift(2 * DAY)
    tidy(now=clock.now())
    assert notes_are_gone(circle.meeting, clock.now())
    assert circle.meeting.notes_perished_at == clock.now()


def test_done_twice_it_asks_nothing_more(circle: Circle, moment):
    factories.situation(circle.collective, circle.maud)
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    moment.shift(7 * 365 * DAY)
    tidy(now=clock.now())
    before = asked(Work)
    tidy(now=clock.now())
    assert asked(Work) == before


def test_30_days_after_it_left_the_drafts_perish_and_the_copy_stays(circle: Circle, moment):
    circle.presented_by(circle.maud)
    circle.write_and_propose()
    circle.object(circle.karim, "transmission", "Pas encore.")
    from collectifs.sheets.services import consent

    consent.lift_objection(circle.access, about="transmission", now=clock.now(), by=circle.person(circle.karim))
    consent.answer_as_presenter(circle.access, agreed=True, now=clock.now(), by=circle.person(circle.maud))
    moment.shift(6 * DAY)
    circle.submit()
    moment.shift(29 * DAY)
    tidy_up()
    assert keys_of(circle.sheet.key_id)
    moment.shift(DAY)
    tidy_up()
    assert not keys_of(circle.sheet.key_id)
    assert open_draft(circle.sheet).is_blank
    assert open_presenter(circle.sheet) is None
    assert circle.status == "submitted"
    assert shared_content(circle.access, clock.now()) == factories.content()
    assert open_submitted(circle.copy.id) == factories.content()


def test_never_submitted_the_drafts_perish_a_year_after_the_meeting(circle: Circle, moment):
    circle.write_and_propose()
    circle.object(circle.karim, sentence="Un mot.")
    moment.shift(364 * DAY)
    tidy_up()
    assert keys_of(circle.sheet.key_id)
    moment.shift(2 * DAY)
    tidy_up()
    assert not keys_of(circle.sheet.key_id)
    assert shared_content(circle.access, clock.now()) is None
    (objection,) = opened_objections(circle.access.objections, clock.now())
    assert objection.sentence == ""
    assert [objector(row) for row in circle.access.objections] == [None]


def test_situations_end_with_the_season(circle: Circle, moment):
    row = factories.situation(circle.collective, circle.maud)
    key_id = row.key_id
    moment.move_to(datetime(2027, 8, 31, 12, tzinfo=UTC), tick=False)
    tidy_up()
    assert len(opened_among(situation_rows(circle.collective.id))) == 1
    moment.move_to(datetime(2027, 9, 1, 12, tzinfo=UTC), tick=False)
    tidy_up()
    assert db.session.query(Situation).count() == 0
    assert not keys_of(key_id)


def test_a_telephone_goes_with_the_season_or_with_its_owner(circle: Circle, moment):
    def phones() -> set[str]:
        db.session.expire_all()
        return {row.phone for row in db.session.query(Membership)}

    for row in db.session.query(Membership):
        row.phone = "06 12 34 56 78" if row.user_id == circle.maud.id else "06 98 76 54 32"
    moment.move_to(datetime(2027, 8, 31, 12, tzinfo=UTC), tick=False)
    tidy_up()
    assert phones() == {"06 12 34 56 78", "06 98 76 54 32"}
    db.session.query(Membership).filter_by(user_id=circle.maud.id).one().ends_at = clock.now()
    tidy_up()
    assert phones() == {"", "06 98 76 54 32"}
    moment.move_to(datetime(2027, 9, 1, 12, tzinfo=UTC), tick=False)
    tidy_up()
    assert phones() == {""}


def test_a_submitted_copy_lives_five_years_at_most(circle: Circle, moment):
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    key_id = circle.copy.key_id
    moment.move_to(datetime(2032, 1, 18, 12, tzinfo=UTC), tick=False)
    tidy_up()
    assert open_submitted(circle.copy.id) == factories.content()
    moment.move_to(datetime(2032, 1, 19, 12, tzinfo=UTC), tick=False)
    tidy_up()
    assert open_submitted(circle.copy.id) is None
    assert not keys_of(key_id)
    assert circle.status == "submitted"


def test_remarks_live_a_year_after_their_season(circle: Circle, moment):
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    review.send_remark(circle.facts, text="Et ensuite ?", now=clock.now(), by=circle.person(circle.inspector))
    moment.move_to(datetime(2028, 8, 31, 12, tzinfo=UTC), tick=False)
    tidy_up()
    assert len(remarks_on(circle.copy.id)) == 1
    moment.move_to(datetime(2028, 9, 1, 12, tzinfo=UTC), tick=False)
    tidy_up()
    assert remarks_on(circle.copy.id) == []
    assert not keys_of(db.session.query(Remark).one().key_id)


def test_withdrawn_the_copys_key_is_destroyed(circle: Circle, moment):
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    circle.withdraw(circle.karim)
    tidy_up()
    assert not keys_of(circle.copy.key_id)


def test_stale_entries_are_forgotten(circle: Circle, moment):
    now = clock.now()
    factories.add(SignInFailure(subject=b"x" * 32, at=now - 25 * HOUR))
    factories.add(SignInFailure(subject=b"x" * 32, at=now - HOUR))
    for age in (31, 1):
        factories.device(circle.maud)
        device = db.session.query(Device).order_by(Device.expires_at.desc()).first()
        device.expires_at = now - age * DAY
        factories.add(
            PersonalLink(
                user_id=circle.maud.id,
                purpose="sign_in",
                token_hash=str(age).zfill(32).encode(),
                minted_at=now - age * DAY,
                expires_at=now - age * DAY,
            )
        )
    factories.device(circle.maud)
    tidy(now=now)
    assert db.session.query(SignInFailure).count() == 1
    assert db.session.query(PersonalLink).count() == 1
    assert db.session.query(Device).count() == 2


def test_jobs_are_forgotten_a_month_after_their_end_and_the_audit_after_a_year(circle: Circle):
    now = clock.now()
    db.session.query(Job).delete()
    db.session.query(AuditEvent).delete()
    for state, days in (("done", 31), ("failed", 31), ("done", 29), ("waiting", 40), ("running", 40)):
        ended = now - days * DAY if state == "done" else None
        factories.add(
            Job(kind=state, args={}, state=state, run_after=now - days * DAY, created_at=now, finished_at=ended)
        )
    for days in (366, 364):
        factories.add(
            AuditEvent(kind=f"{days}", object_kind="meetings", object_id=circle.meeting.id, at=now - days * DAY)
        )
    tidy(now=now)
    assert sorted(job.state for job in db.session.query(Job) if job.kind == job.state) == ["done", "running", "waiting"]
    assert [event.kind for event in db.session.query(AuditEvent) if event.kind.isdecimal()] == ["364"]


def test_a_closed_calendar_address_is_forgotten_a_month_later(circle: Circle):
    now = clock.now()
    for number, closed in enumerate((now - 31 * DAY, now - DAY, None)):
        digest = str(number).zfill(32).encode()
        factories.add(CalendarFeed(user_id=circle.maud.id, token_hash=digest, made_at=now, revoked_at=closed))
    tidy(now=now)
    assert db.session.query(CalendarFeed).count() == 2


def test_who_was_proposed_last_season_is_forgotten(circle: Circle, moment):
    proposed = {"given_name": "Aline", "family_name": "Roche", "address": "aline@academie.example"}
    who = {"collective_id": circle.collective.id, "proposed_by_id": circle.pilot.id, "proposed_at": clock.now()}
    factories.add(MembershipProposal(**proposed, **who))
    tidy(now=clock.now())
    assert db.session.query(MembershipProposal.address).one()[0] == "aline@academie.example"
    moment.move_to(datetime(2027, 9, 1, 12, tzinfo=UTC))
    tidy(now=clock.now())
    assert db.session.query(MembershipProposal.address, MembershipProposal.family_name).one() == ("", "")


def test_nothing_young_is_touched(circle: Circle, moment):
    gestures(circle)
    circle.write_and_propose()
    factories.situation(circle.collective, circle.maud)
    moment.shift(DAY)
    tidy(now=clock.now())
    assert asked(DestroyKey) == asked(PerishNotes) == []
    assert date(2027, 1, 14) == clock.now().date()
