"""The sheets of the demonstration, each brought where its instants put it, and what the institution made of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from collectifs.collectives.models import Meeting
from collectifs.demo.records import DemoMeeting, DemoRemark, DemoSheet
from collectifs.demo.rows import Stage, add, note
from collectifs.demo.series import Series
from collectifs.kernel.vault import make_key
from collectifs.kernel.vault.texts import seal_text
from collectifs.meetings.models import SynthesisSheet
from collectifs.people.domain.person import Degree, Role
from collectifs.people.models import User
from collectifs.sheets.domain.life import About, deadline_for
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.models import (
    Objection,
    PresenterAnswer,
    ReadingTrace,
    Remark,
    SheetProposal,
    SheetVersion,
    SubmittedSheet,
    SubmittedTag,
)

SAVED_BEFORE = timedelta(minutes=6)
SAVES_AN_ANSWER = 5


@dataclass(frozen=True)
class Desk:
    """A sheet being brought to where it stands."""

    stage: Stage
    series: Series
    meeting: Meeting
    told: DemoSheet
    row: SynthesisSheet
    content: SheetContent
    degree: Degree

    def person(self, name: str) -> User:
        """Somebody, by the name the data gives."""
        return self.stage.people[name]


def add_sheet(stage: Stage, series: Series, told: DemoMeeting, meeting: Meeting) -> SynthesisSheet:
    """The one sheet of a meeting: empty before it is held, else at the point that its instants say."""
    content = stage.data.sheet_content(told) or SheetContent()
    row = SynthesisSheet(id=uuid4(), meeting_id=meeting.id, key_id=make_key())
    seal_text(row, SynthesisSheet.draft, (stage.data.newest_content(told) or content).to_json())
    if told.situation and (author := stage.data.situations[told.situation].author):
        seal_text(row, SynthesisSheet.presenter, str(stage.people[author].id))
    if told.sheet is not None:
        _place(row, told.sheet, series, SAVES_AN_ANSWER * len(content.answers))
    add(row)
    if told.sheet is not None and told.sheet.proposed_at is not None:
        degree = stage.data.situations[told.situation].degree
        _propose(Desk(stage, series, meeting, told.sheet, row, content, degree), told.sheet.proposed_at)
    return row


def _place(row: SynthesisSheet, told: DemoSheet, series: Series, revision: int) -> None:
    """Where its own instants put it: written, taken up again, taken back, given up."""
    again = told.again.at if told.again else None
    row.saved_at = again or told.saved_at or _before(told.proposed_at)
    row.saved_by_id, row.revision = series.pilot.id if row.saved_at else None, revision
    row.withdrawn_at, row.given_up_at, row.reopened_at = told.withdrawn_at, told.given_up_at, again
    if told.given_up_at:
        note("sheet_given_up", row, by=series.pilot, at=told.given_up_at)
    if again:
        note("sheet_reopened", row, by=series.pilot, at=again)


def _before(proposed_at: datetime | None) -> datetime | None:
    return proposed_at - SAVED_BEFORE if proposed_at else None


def _propose(desk: Desk, at: datetime) -> None:
    """A version put to the collective, then what became of it."""
    proposal = add(
        SheetProposal(
            sheet_id=desk.row.id,
            version_id=_freeze(desk, at).id,
            proposed_at=at,
            deadline_at=deadline_for(at, desk.stage.data.tz, desk.stage.data.calendar),
            asks_transmission=desk.told.asks_transmission,
            lapsed_at=desk.told.again.at if desk.told.again else None,
        )
    )
    note("sheet_proposed", desk.row, by=desk.series.pilot, at=at)
    _answer(desk, proposal)
    if desk.told.submitted_at:
        _submit(desk, desk.told.submitted_at)


def _freeze(desk: Desk, at: datetime) -> SheetVersion:
    version = SheetVersion(
        id=uuid4(),
        sheet_id=desk.row.id,
        number=1,
        key_id=desk.row.key_id,
        digest=desk.content.digest(),
        cut_at=at,
        cut_by_id=desk.series.pilot.id,
    )
    seal_text(version, SheetVersion.body, desk.content.to_json())
    return add(version)


def _answer(desk: Desk, proposal: SheetProposal) -> None:
    """The presenter's own yes, and the objections; nobody may know from the audit who made one."""
    if desk.told.presenter_agreed_at:
        at = desk.told.presenter_agreed_at
        add(PresenterAnswer(proposal_id=proposal.id, agreed=True, answered_at=at))
        note("presenter_answered", desk.row, by=None, at=at)
    for told in desk.told.objections:
        objection = Objection(
            id=uuid4(),
            proposal_id=proposal.id,
            about=About(told.about),
            key_id=desk.row.key_id,
            raised_at=told.at,
        )
        seal_text(objection, Objection.member, str(desk.person(told.by).id))
        seal_text(objection, Objection.sentence, told.sentence)
        add(objection)
        note("objection_raised", desk.row, by=None, at=told.at)


def _submit(desk: Desk, at: datetime) -> None:
    """The institution's copy, under a code and a key of its own."""
    collective = desk.series.row
    held_on = desk.meeting.starts_at.astimezone(desk.stage.data.tz).date()
    submitted = SubmittedSheet(
        id=uuid4(),
        sheet_id=desk.row.id,
        version_number=1,
        territory_id=collective.territory_id,
        season=collective.season,
        collective_code=collective.code,
        month=held_on.replace(day=1),
        degree=desk.degree,
        key_id=make_key(),
        submitted_at=at,
        submitted_by_id=desk.series.pilot.id,
        withdrawn_at=desk.told.withdrawn_at,
    )
    seal_text(submitted, SubmittedSheet.body, desk.content.to_json())
    add(submitted)
    for axis, code in desk.content.tags.pairs():
        add(SubmittedTag(submitted_id=submitted.id, axis=axis, code=code))
    note("sheet_submitted", desk.row, by=desk.series.pilot, at=at)
    _read(desk, submitted)
    if desk.told.withdrawn_at:
        note("sheet_withdrawn", desk.row, by=None, at=desk.told.withdrawn_at)


def _read(desk: Desk, submitted: SubmittedSheet) -> None:
    """What the inspection did: each reading leaves a trace, a review is a mark without value."""
    told = desk.told
    if told.read_at:
        reader = desk.person(told.reviewed_by) if told.reviewed_by else _inspector(desk)
        add(ReadingTrace(submitted_id=submitted.id, reader_id=reader.id, read_at=told.read_at))
    if told.reviewed_at:
        reviewer = desk.person(told.reviewed_by)
        submitted.reviewed_at, submitted.reviewed_by_id = told.reviewed_at, reviewer.id
        note("sheet_reviewed", submitted, by=reviewer, at=told.reviewed_at)
    if told.remarks:
        key_id = make_key()
        for remark in told.remarks:
            _add_remark(desk, submitted, remark, key_id)


def _inspector(desk: Desk) -> User:
    """The first inspector of the territory."""
    people, where = desk.stage.data.people.items(), desk.series.told.territory
    return next(desk.person(who) for who, one in people if (one.role, one.territory) == (Role.INSPECTOR, where))


def _add_remark(desk: Desk, submitted: SubmittedSheet, told: DemoRemark, key_id: str) -> None:
    _say(submitted, desk.person(told.by), told.text, told.at, key_id, from_inspection=True)
    if told.answer and told.answer_at:
        _say(submitted, desk.person(told.answer_by), told.answer, told.answer_at, key_id, from_inspection=False)


def _say(
    submitted: SubmittedSheet, author: User, text: str, at: datetime, key_id: str, *, from_inspection: bool
) -> None:
    row = Remark(
        id=uuid4(),
        submitted_id=submitted.id,
        author_id=author.id,
        from_inspection=from_inspection,
        key_id=key_id,
        written_at=at,
    )
    seal_text(row, Remark.body, text)
    note("remark_written" if from_inspection else "remark_answered", add(row), by=author, at=at)
