"""Each sheet of the demonstration stands where its instants put it, by the rules of a sheet's life."""

from collections import Counter
from datetime import timedelta

from collectifs.demo.records import DemoData, DemoMeeting, DemoSheet
from collectifs.sheets.domain.life import SheetLife, SheetStatus, check_can_be_submitted, deadline_for


def life_of(demo: DemoData, meeting: DemoMeeting, sheet: DemoSheet) -> SheetLife:
    """At the first instant; of a sheet that is being written again, the path of the version that left."""
    objections = Counter(objection.about for objection in sheet.objections)
    return SheetLife(
        proposed_at=sheet.proposed_at,
        deadline_at=deadline_for(sheet.proposed_at, demo.tz, demo.calendar) if sheet.proposed_at else None,
        text_objections=objections["text"],
        transmission_objections=objections["transmission"],
        asks_transmission=sheet.asks_transmission,
        has_presenter=bool(meeting.situation) and demo.situations[meeting.situation].has_presenter,
        presenter_agreed=sheet.presenter_agreed_at is not None or None,
        submitted_at=sheet.submitted_at,
        reviewed_at=sheet.reviewed_at,
        withdrawn_at=sheet.withdrawn_at,
        given_up_at=sheet.given_up_at,
    )


def test_every_state_of_a_sheet_exists_and_follows_from_its_instants(demo: DemoData) -> None:
    states = Counter(sheet.status for _, _, sheet in demo.sheets())
    assert set(states) == set(SheetStatus)
    assert states[SheetStatus.PROPOSED] == 2
    for _, meeting, sheet in demo.sheets():
        if sheet.again is None:
            assert life_of(demo, meeting, sheet).status(demo.now) is sheet.status


def test_one_sheet_is_written_again_after_it_left_and_a_remark_is_why(demo: DemoData) -> None:
    ((meeting, sheet),) = [(m, s) for _, m, s in demo.sheets() if s.again]
    assert sheet.status is SheetStatus.DRAFT
    assert sheet.submitted_at < sheet.remarks[0].at < sheet.again.at < demo.now
    before, after = demo.sheet_content(meeting), demo.newest_content(meeting)
    pairs = enumerate(zip(before.answers, after.answers, strict=True), 1)
    assert [place for place, (then, now) in pairs if then != now] == [sheet.again.answer]


def test_one_meeting_was_held_without_a_sheet(demo: DemoData) -> None:
    ((meeting, sheet),) = [(m, s) for _, m, s in demo.sheets() if s.status is SheetStatus.GIVEN_UP]
    assert meeting.is_past
    assert not meeting.situation
    assert demo.sheet_content(meeting) is None
    assert meeting.ends_at(demo.tz) < sheet.given_up_at < demo.now


def test_of_two_proposed_sheets_one_is_held_back_by_an_objection(demo: DemoData) -> None:
    proposed = [sheet for _, _, sheet in demo.sheets() if sheet.status is SheetStatus.PROPOSED]
    assert sorted(len(sheet.objections) for sheet in proposed) == [0, 1]
    for sheet in proposed:
        assert sheet.proposed_at is not None
        deadline = deadline_for(sheet.proposed_at, demo.tz, demo.calendar)
        assert (deadline > demo.now) == (not sheet.objections)
        for objection in sheet.objections:
            assert sheet.proposed_at < objection.at < deadline
            assert objection.sentence


def test_a_proposal_goes_by_day_and_its_delay_ends_by_day(demo: DemoData) -> None:
    for _, meeting, sheet in demo.sheets():
        if sheet.proposed_at is None:
            continue
        assert meeting.ends_at(demo.tz) < sheet.proposed_at < demo.now
        assert timedelta(hours=72) <= deadline_for(sheet.proposed_at, demo.tz, demo.calendar) - sheet.proposed_at
        assert 8 <= sheet.proposed_at.astimezone(demo.tz).hour < 20


def test_a_sheet_left_only_with_every_yes(demo: DemoData) -> None:
    left = [(meeting, sheet) for _, meeting, sheet in demo.sheets() if sheet.submitted_at]
    assert len(left) == 4
    for meeting, sheet in left:
        life = life_of(demo, meeting, sheet)
        before = SheetLife(
            proposed_at=life.proposed_at,
            deadline_at=life.deadline_at,
            asks_transmission=life.asks_transmission,
            has_presenter=life.has_presenter,
            presenter_agreed=life.presenter_agreed,
        )
        assert sheet.submitted_at is not None
        check_can_be_submitted(before, [], sheet.submitted_at)
        assert sheet.presenter_agreed_at is None or sheet.presenter_agreed_at < sheet.submitted_at


def test_instants_of_a_sheet_follow_one_another_and_are_past(demo: DemoData) -> None:
    for _, meeting, sheet in demo.sheets():
        steps = (sheet.saved_at, sheet.proposed_at, sheet.submitted_at, sheet.read_at, sheet.reviewed_at)
        known = [instant for instant in (*steps, sheet.withdrawn_at, sheet.given_up_at) if instant]
        known += [remark.at for remark in sheet.remarks]
        known += [remark.answer_at for remark in sheet.remarks if remark.answer_at]
        assert known == sorted(known)
        assert all(meeting.ends_at(demo.tz) < instant < demo.now for instant in known)


def test_reviewed_by_somebody_of_the_territory_with_a_remark_one_of_them_answered(demo: DemoData) -> None:
    reviewed = [(c, sheet) for c, _, sheet in demo.sheets() if sheet.reviewed_at]
    answers = [bool(remark.answer) for _, sheet in reviewed for remark in sheet.remarks]
    assert sorted(answers) == [False, True]
    for collective, sheet in reviewed:
        assert demo.people[sheet.reviewed_by].territory == collective.territory


def test_withdrawn_by_somebody_who_was_there(demo: DemoData) -> None:
    for collective, meeting, sheet in demo.sheets():
        if sheet.withdrawn_at:
            assert demo.roster(collective, meeting)[sheet.withdrawn_by] in ("present", "late")


def test_the_draft_is_only_begun(demo: DemoData) -> None:
    ((meeting, sheet),) = [(m, s) for _, m, s in demo.sheets() if s.status is SheetStatus.DRAFT and not s.again]
    content = demo.sheet_content(meeting)
    assert content is not None
    assert len(content.answers) == sheet.answers_written == 3


def test_what_was_tried_is_told_at_the_next_meeting_only(demo: DemoData) -> None:
    heard = {m.situation for c, m in demo.meetings() if m.situation and demo.follow_up_is_heard(c, m)}
    assert heard == {
        "oui-a-tout", "pas-une-heure-en-commun", "aider-et-evaluer",
        "intervenir-ou-laisser-faire", "exactement-comme-moi",
    }  # fmt: skip
    assert all(demo.situations[name].follow_up_marks for name in heard)
