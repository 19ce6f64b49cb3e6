"""What has perished and still lies there: rows past the instants of kernel/retention.py."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, or_, select

from collectifs.book.models import BookEntry
from collectifs.book.queries.perished import NEEDED as NEEDED_BY_BOOKS
from collectifs.book.queries.perished import pages_over
from collectifs.campaign.models.calls import Call
from collectifs.campaign.queries.candidacies import calls_with_wishes_before
from collectifs.collectives.models import Collective, Meeting, MembershipProposal
from collectifs.kernel.endings import (
    draft_ends_at,
    remarks_end_on,
    series_ends_on,
    situation_ends_on,
    submitted_ends_on,
)
from collectifs.kernel.extensions import db
from collectifs.kernel.keeping import AFTER_SUBMISSION, DATA_COPY_KEPT, NEVER_SUBMITTED, NOTES_DAYS
from collectifs.kernel.models import ERASED
from collectifs.kernel.seasons import season_of
from collectifs.meetings.models import Situation, SynthesisSheet
from collectifs.meetings.queries.meetings import notes_are_over
from collectifs.network.models import RelayMessage, WorkshopPage
from collectifs.people.models import DataCopy
from collectifs.report.models import EvaluationBox, QuestionnaireBox
from collectifs.report.queries.boxes import boxes_before
from collectifs.review.models import SheetExport
from collectifs.review.queries.exports import exports_over
from collectifs.sheets.models import Remark, SheetProposal, SubmittedSheet
from collectifs.sheets.queries.rows import COPY_COUNTS
from collectifs.sheets.queries.sheets import agreed_among
from collectifs.tutoring.models import Interview, PracticeNote
from collectifs.tutoring.queries.notebooks import interviews_in, notebook_ids_before
from collectifs.tutoring.queries.own import notes_before

NEARLY_FIVE_YEARS = timedelta(days=5 * 365 - 5)


@dataclass(frozen=True)
class Overdue:
    """All that has perished and still lies there."""

    meetings: list[Meeting]
    sheets: list[SynthesisSheet]
    copies: list[SubmittedSheet]
    situations: list[Situation]
    collectives: list[Collective]
    remarks: list[Remark]
    proposals: list[MembershipProposal]
    data_copies: list[DataCopy]
    exports: list[SheetExport]
    calls: list[Call]
    pages: list[BookEntry]
    interviews: list[Interview]
    practice_notes: list[PracticeNote]
    evaluations: list[EvaluationBox]

    @property
    def dated(self) -> int:
        """How many keys go because a delay is over."""
        return len(self.meetings) + len(self.sheets) + len(self.copies) + len(self.data_copies) + len(self.exports)

    @property
    def seasonal(self) -> int:
        """How many keys go because a season is over; those who answer each other share one."""
        threads = {remark.key_id for remark in self.remarks}
        tutoring = len(self.interviews) + len(self.practice_notes) + len(self.evaluations)
        others = len(self.situations) + len(self.collectives) + len(self.calls) + len(self.pages)
        return others + len(threads) + tutoring


def overdue(now: datetime) -> Overdue:
    """What time has decided until now, and nobody tidied up yet."""
    today = now.date()
    return Overdue(
        meetings_with_notes_over(now),
        sheets_with_drafts_over(now),
        copies_over(now),
        situations_over(today),
        series_over(today),
        remarks_over(today),
        proposals_over(today),
        data_copies_over(now),
        exports_over(now),
        calls_with_wishes_before(season_of(today)),
        pages_over(today),
        interviews_in(notebook_ids_before(season_of(today))),
        notes_before(season_of(today)),
        boxes_before(EvaluationBox, season_of(today)),
    )


def meetings_with_notes_over(now: datetime) -> list[Meeting]:
    """Meetings whose notes nobody may read any more, and were not destroyed yet."""
    may_be_agreed = or_(SheetProposal.deadline_at <= now, SheetProposal.everybody_agreed_at.is_not(None))
    query = (
        select(Meeting)
        .outerjoin(SynthesisSheet, SynthesisSheet.meeting_id == Meeting.id)
        .outerjoin(SheetProposal, and_(SheetProposal.sheet_id == SynthesisSheet.id, SheetProposal.lapsed_at.is_(None)))
        .where(
            Meeting.notes_perished_at.is_(None),
            or_(Meeting.ends_at <= now - timedelta(days=NOTES_DAYS), may_be_agreed),
        )
        .order_by(Meeting.starts_at, Meeting.id)
    )
    rows = db.session.scalars(query).all()
    agreed = agreed_among([meeting.id for meeting in rows if not notes_are_over(meeting, now)], now)
    return [meeting for meeting in rows if meeting.id in agreed or notes_are_over(meeting, now)]


def sheets_with_drafts_over(now: datetime) -> list[SynthesisSheet]:
    """Sheets whose drafts are past their date, and were not emptied yet."""
    rows = db.session.execute(
        select(SynthesisSheet, Meeting.ends_at, SubmittedSheet.submitted_at)
        .join(Meeting, Meeting.id == SynthesisSheet.meeting_id)
        .outerjoin(SubmittedSheet, and_(SubmittedSheet.sheet_id == SynthesisSheet.id, COPY_COUNTS))
        .where(
            SynthesisSheet.draft != ERASED,
            or_(Meeting.ends_at <= now - NEVER_SUBMITTED, SubmittedSheet.submitted_at <= now - AFTER_SUBMISSION),
        )
        .order_by(Meeting.starts_at, SynthesisSheet.id, SubmittedSheet.version_number)
    )
    # A new version that is being written lives as a draft that was never submitted.
    latest = {
        sheet: draft_ends_at(ends_at, None if sheet.reopened_at else submitted_at)
        for sheet, ends_at, submitted_at in rows
    }
    return [sheet for sheet, ends_at in latest.items() if ends_at <= now]


def situations_over(today: date) -> list[Situation]:
    """Situations of seasons that are over."""
    rows = db.session.execute(
        select(Situation, Collective.season)
        .join(Collective, Collective.id == Situation.collective_id)
        .where(Collective.season < today.year)
        .order_by(Situation.sent_at, Situation.id)
    )
    return [situation for situation, season in rows if situation_ends_on(season) < today]


def proposals_over(today: date) -> list[MembershipProposal]:
    """Who was proposed to a collective of a past season: after a yes the name stands elsewhere, else it has no use."""
    query = select(MembershipProposal).join(Collective, Collective.id == MembershipProposal.collective_id)
    over = query.where(Collective.season < season_of(today), MembershipProposal.address != "")
    return list(db.session.scalars(over.order_by(MembershipProposal.proposed_at, MembershipProposal.id)))


def series_over(today: date) -> list[Collective]:
    """Collectives whose season is over and whose debriefs were not destroyed yet."""
    rows = db.session.scalars(
        select(Collective)
        .where(Collective.season < today.year, Collective.series_key_id.is_not(None))
        .order_by(Collective.season, Collective.id)
    )
    return [collective for collective in rows if series_ends_on(collective.season) < today]


def copies_over(now: datetime) -> list[SubmittedSheet]:
    """Submitted copies past their five years, not emptied yet."""
    rows = db.session.scalars(
        select(SubmittedSheet)
        .where(SubmittedSheet.body != ERASED, SubmittedSheet.submitted_at <= now - NEARLY_FIVE_YEARS)
        .order_by(SubmittedSheet.submitted_at, SubmittedSheet.id)
    )
    return [copy for copy in rows if submitted_ends_on(copy.submitted_at) <= now.date()]


def remarks_over(today: date) -> list[Remark]:
    """Remarks and answers a year after their season, not emptied yet."""
    rows = db.session.execute(
        select(Remark, SubmittedSheet.season)
        .join(SubmittedSheet, SubmittedSheet.id == Remark.submitted_id)
        .where(Remark.body != ERASED, SubmittedSheet.season < today.year - 1)
        .order_by(Remark.written_at, Remark.id)
    )
    return [remark for remark, season in rows if remarks_end_on(season) < today]


def data_copies_over(now: datetime) -> list[DataCopy]:
    """Copies of somebody's own data past their seven days."""
    query = select(DataCopy).where(DataCopy.asked_at < now - DATA_COPY_KEPT)
    return list(db.session.scalars(query.order_by(DataCopy.asked_at, DataCopy.id)))


# Under which key texts that still live are sealed; everything else stands under one of these.
NEEDED = (
    select(Meeting.key_id).where(Meeting.notes_perished_at.is_(None)),
    select(Situation.key_id).where(Situation.withdrawn_at.is_(None)),
    select(SynthesisSheet.key_id).where(SynthesisSheet.draft != ERASED),
    select(SubmittedSheet.key_id).where(SubmittedSheet.body != ERASED),
    select(Remark.key_id).where(Remark.body != ERASED),
    select(DataCopy.key_id),
    select(SheetExport.key_id),
    select(Interview.key_id),
    select(PracticeNote.key_id),
    select(QuestionnaireBox.key_id),
    select(EvaluationBox.key_id),
    select(WorkshopPage.key_id).where(WorkshopPage.body != ERASED),
    select(RelayMessage.key_id).where(RelayMessage.body != ERASED),
    select(Call.wishes_key_id).where(Call.wishes_key_id.is_not(None)),
    select(Collective.series_key_id).where(Collective.series_key_id.is_not(None)),
    *NEEDED_BY_BOOKS,
)


def needed_keys() -> set[str]:
    """The ids of the keys that texts which are not erased still need."""
    found: set[str | None] = set()
    for query in NEEDED:
        found.update(db.session.scalars(query.distinct().order_by(None)))
    return {key_id for key_id in found if key_id}
