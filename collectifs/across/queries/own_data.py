"""Everything that somebody wrote and that still lives, and every row that names them: for their own copy."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from enum import Enum
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Column, LargeBinary, Table, or_, select

from collectifs.across.domain.own_data import LABELS, OMITTED, OwnData, Section
from collectifs.across.queries.ending import mentions_of_users
from collectifs.book.queries.own import told_of_answers
from collectifs.campaign.queries.openings import told_of_openings
from collectifs.campaign.queries.own import told_of_candidacies
from collectifs.collectives.models import Collective, Meeting, Membership, MembershipStatus
from collectifs.kernel import clock
from collectifs.kernel.extensions import Base, db
from collectifs.kernel.keeping import Retention
from collectifs.kernel.models import Job, SealedColumn
from collectifs.kernel.retention import ROWS, TABLE
from collectifs.kernel.text.typography import long_date
from collectifs.kernel.vault import Perished
from collectifs.kernel.vault.files import file_bytes
from collectifs.kernel.vault.texts import text_or_closed
from collectifs.live.queries.events import notes_are_gone, open_event
from collectifs.meetings.models import MeetingEvent, Situation, SynthesisSheet
from collectifs.meetings.queries.situations import words_of
from collectifs.network.domain.after import AfterWish
from collectifs.network.queries.own import told_of_registrations, told_of_relays
from collectifs.people.models import AccompaniedStatus, DataCopy, Territory, User
from collectifs.sheets.models import Objection, Remark, SheetProposal
from collectifs.sheets.queries.consent import objector
from collectifs.sheets.queries.follow_ups import follow_ups_by
from collectifs.tutoring.queries.notebooks import told_of_notebooks
from collectifs.tutoring.queries.own import told_of_notes

Entries = Iterable[Mapping[str, object]]
Read = Callable[[UUID], Entries]


def data_copies_of(user_id: UUID) -> list[DataCopy]:
    """The copies that somebody asked for, the latest first."""
    query = select(DataCopy).where(DataCopy.user_id == user_id)
    return list(db.session.scalars(query.order_by(DataCopy.asked_at.desc(), DataCopy.id)))


def data_copy_bytes(row: DataCopy) -> bytes | None:
    """The zip as it was made; None before, once it has perished, and where it no longer opens."""
    return file_bytes(row)


def live_situations_of(user_id: UUID) -> list[Situation]:
    """What somebody proposed and did not withdraw, in every collective, the oldest first."""
    query = select(Situation).where(Situation.author_id == user_id, Situation.withdrawn_at.is_(None))
    return list(db.session.scalars(query.order_by(Situation.sent_at, Situation.id)))


def gather(user_id: UUID, tell: Callable[[int], None]) -> OwnData:
    """Everything of one person. `tell` is told how much is done, of a hundred, as it goes."""
    user, sources = db.session.get_one(User, user_id), _sources()
    written: list[Section] = []
    known: list[Section] = []
    for number, (row, read) in enumerate(sources):
        found = tuple(read(user_id))
        if found:
            is_written = number < len(WRITTEN)
            (written if is_written else known).append(Section(row.what, row.why, row.perishes, found))
        tell(100 * (number + 1) // len(sources))
    return OwnData(f"{user.given_name} {user.family_name}".strip(), tuple(written), tuple(known))


def _sources() -> list[tuple[Retention, Read]]:
    """What is opened, then each table that names people, under the words of its row of retention."""
    told: list[tuple[Retention, Read]] = [(ROWS[name], read) for name, read in WRITTEN.items()]
    told += [(TABLE[table.name], partial(_rows_of, table)) for table in naming_tables()]
    return [*told, (ROWS["belonging"], _statuses), (ROWS["jobs"], _jobs)]


def naming_tables() -> list[Table]:
    """Every table that names an account, that of accounts first."""
    named = {column.table for column in mentions_of_users()}
    return [User.__table__, *(each for each in Base.metadata.sorted_tables if each in named)]  # type: ignore[list-item]


def shown_columns(table: Table) -> list[Column[Any]]:
    """The columns of a table that tell something of the person whom it names."""
    return [
        column
        for column in table.columns
        if not isinstance(column.type, LargeBinary | SealedColumn)
        and column.name not in OMITTED
        and f"{table.name}.{column.name}" not in OMITTED
        and not _names_account(column)
    ]


def _names_account(column: Column[Any]) -> bool:
    return any(key.column.table.name == User.__tablename__ for key in column.foreign_keys)


def _rows_of(table: Table, user_id: UUID) -> Entries:
    if table.name == User.__tablename__:
        mine: Any = table.c.id == user_id
    else:
        mine = or_(*(column == user_id for column in table.columns if _names_account(column)))
    columns = shown_columns(table)
    query = select(*columns).where(mine).order_by(*table.primary_key.columns)
    for row in db.session.execute(query).mappings():
        yield {LABELS[each.name]: _plain(each.name, row[each]) for each in columns if row[each] not in (None, "")}


def _plain(name: str, value: object) -> object:
    """An id becomes what it names; a word of a list, its French label."""
    if isinstance(value, UUID):
        return _named(name, value)
    if name == "wishes" and isinstance(value, list):
        return ", ".join(AfterWish(each).label for each in value)
    if isinstance(value, Enum):
        return str(getattr(value, "label", value.value))
    return value


def _named(name: str, found: UUID) -> str:
    if name == "collective_id":
        return db.session.get_one(Collective, found).name
    if name == "territory_id":
        return db.session.get_one(Territory, found).name
    return _day_of(db.session.get_one(Meeting, found))


def _day_of(meeting: Meeting) -> str:
    return long_date(meeting.starts_at.date())


def _situations(user_id: UUID) -> Entries:
    for row in live_situations_of(user_id):
        opened = words_of(row)
        if opened:
            yield {
                "collectif": _named("collective_id", row.collective_id),
                "titre": opened.title,
                "phrase": opened.sentence,
                "question": opened.question,
                "récit": opened.story,
            }


def _notes(user_id: UUID) -> Entries:
    """Notes that live, in the words that this person gave them: « pour moi » and the others that bear their name."""
    query = select(MeetingEvent, Meeting).join(Meeting, Meeting.id == MeetingEvent.meeting_id)
    mine = query.where(MeetingEvent.author_id == user_id, MeetingEvent.note_id.is_not(None))
    for event, meeting in db.session.execute(mine.order_by(Meeting.starts_at, MeetingEvent.sequence)).all():
        if text := _words_in(event, meeting, clock.now()):
            yield {"regroupement": _day_of(meeting), "pour moi": event.is_private, "texte": text}


def _words_in(event: MeetingEvent, meeting: Meeting, now: datetime) -> str:
    if notes_are_gone(meeting, now):
        return ""
    try:
        opened = open_event(meeting, event)
    except Perished:
        return ""
    return str(opened.body.get("text", "")) if opened else ""


def _follow_ups(user_id: UUID) -> Entries:
    for each in follow_ups_by(user_id):
        yield {
            "regroupement": _day_of(db.session.get_one(Meeting, each.meeting_id)),
            "partagé": each.body.is_shared,
            "réponses": [
                {"numéro": said.number, "état": said.state.label if said.state else "", "mots": said.words}
                for said in each.body.entries
            ],
        }


def _objections(user_id: UUID) -> Entries:
    theirs = (
        select(Objection)
        .join(SheetProposal, SheetProposal.id == Objection.proposal_id)
        .join(SynthesisSheet, SynthesisSheet.id == SheetProposal.sheet_id)
        .join(Meeting, Meeting.id == SynthesisSheet.meeting_id)
        .where(Meeting.collective_id.in_(select(Membership.collective_id).where(Membership.user_id == user_id)))
    )
    for row in db.session.scalars(theirs.order_by(Objection.raised_at, Objection.id)):
        if objector(row) == user_id:
            yield {"à quoi": row.about.value, "le": row.raised_at, "phrase": _or_nothing(row, Objection.sentence)}


def _remarks(user_id: UUID) -> Entries:
    query = select(Remark).where(Remark.author_id == user_id)
    for row in db.session.scalars(query.order_by(Remark.written_at, Remark.id)):
        if text := _or_nothing(row, Remark.body):
            yield {"écrite le": row.written_at, "texte": text}


def _candidacies(user_id: UUID) -> Entries:
    return told_of_candidacies(db.session.get_one(User, user_id).address)


def _openings(user_id: UUID) -> Entries:
    return told_of_openings(db.session.get_one(User, user_id).address)


def _registrations(user_id: UUID) -> Entries:
    return told_of_registrations(db.session.get_one(User, user_id).address)


def _book_answers(user_id: UUID) -> Entries:
    return told_of_answers(user_id, db.session.get_one(User, user_id).address)


def _relays(user_id: UUID) -> Entries:
    return told_of_relays(db.session.get_one(User, user_id).address)


def _or_nothing(row: Objection | Remark, column: Any) -> str:
    try:
        return text_or_closed(row, column)
    except Perished:
        return ""


def _statuses(user_id: UUID) -> Entries:
    query = select(AccompaniedStatus.label).join(MembershipStatus, MembershipStatus.status_id == AccompaniedStatus.id)
    mine = query.join(Membership, Membership.id == MembershipStatus.membership_id).where(Membership.user_id == user_id)
    return [{"statut accompagné": label} for label in db.session.scalars(mine.order_by(AccompaniedStatus.position))]


def _jobs(user_id: UUID) -> Iterator[Mapping[str, object]]:
    query = select(Job).where(Job.args["user_id"].as_string() == str(user_id))
    for row in db.session.scalars(query.order_by(Job.created_at, Job.id)):
        yield {"quoi": row.kind, "état": row.state.value, "demandé le": row.created_at}


WRITTEN: dict[str, Read] = {
    "situations": _situations,
    "notes": _notes,
    "follow_ups": _follow_ups,
    "drafts": _objections,
    "remarks": _remarks,
    "candidacies": _candidacies,
    "openings": _openings,
    "registrations": _registrations,
    "interviews": told_of_notebooks,
    "practice_notes": told_of_notes,
    "relays": _relays,
    "book_pages": _book_answers,
}
