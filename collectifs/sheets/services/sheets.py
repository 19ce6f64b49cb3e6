"""The sheet in the pilot's hands: put to the collective, taken back, submitted, and again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.vault import make_key
from collectifs.kernel.vault.texts import seal_text
from collectifs.meetings.domain.tags import Tags
from collectifs.meetings.models import SynthesisSheet
from collectifs.meetings.queries.calendar import calendar_at
from collectifs.meetings.services.notes import let_notes_perish
from collectifs.people.domain.person import Degree, Person
from collectifs.sheets.domain.anonymity import Naming, Passage, amended, namings, passages
from collectifs.sheets.domain.doubts import Decision, decide, doubts
from collectifs.sheets.domain.life import (
    SheetStatus,
    check_can_be_proposed,
    check_can_be_reopened,
    check_can_be_submitted,
    deadline_after_sending,
    deadline_for,
)
from collectifs.sheets.domain.sheet import (
    ANSWER_LIMIT,
    MOST_ANSWERS,
    Answer,
    SheetContent,
    VersionReason,
    check_complete,
    check_fits_one_page,
    check_limits,
    why_no_text,
)
from collectifs.sheets.domain.work import (
    MailOfProposal,
    MailSheetAcceptedInRoom,
    MailSheetProposed,
    RenderCopy,
    RenderVersion,
)
from collectifs.sheets.models import SheetProposal, SubmittedSheet, SubmittedTag
from collectifs.sheets.queries.sheets import (
    SheetAccess,
    copies_of,
    life_at,
    open_draft,
    open_kept_words,
    shared_content,
)
from collectifs.sheets.services.perishing import erase_copy
from collectifs.sheets.services.versions import cut_version, write_draft

NOTHING_DECIDED: Mapping[str, Decision] = {}


@dataclass(frozen=True)
class Room:
    """How the rendered sheet holds on its page."""

    pages: int
    lines_left: int


def add_note_to_draft(sheet: SynthesisSheet, text: str, *, now: datetime) -> None:
    """A note « pour la fiche » becomes an answer whose kind is still to be said, once, while there is room.

    A note longer than an answer may be stays a note: it is not cut.
    """
    life = life_at(sheet.meeting_id)
    if not sheet.draft or life is None or life.status(now) is not SheetStatus.DRAFT:
        return
    content = open_draft(sheet).without_blanks()
    if content.is_closed:
        return
    known = {answer.text.strip() for answer in content.answers}
    if text.strip() in known or len(content.answers) >= MOST_ANSWERS or len(text) > ANSWER_LIMIT:
        return
    write_draft(sheet, replace(content, answers=(*content.answers, Answer(text))), now)


def set_presenter(sheet: SynthesisSheet, user_id: UUID | None) -> None:
    """Who presented, sealed with the drafts; None when the situation belonged to nobody."""
    if user_id is None:
        sheet.presenter = None
        return
    seal_text(sheet, SynthesisSheet.presenter, str(user_id))


def names_in(access: SheetAccess, content: SheetContent) -> list[Naming]:
    """What a sheet says that tells for certain who is spoken of: a member, the collective, an address, a school."""
    return namings(content, access.access.guarded)


def doubts_in(access: SheetAccess, content: SheetContent) -> list[Passage]:
    """The passages to ask about before the sheet leaves: those that were not kept already."""
    return doubts(passages(content, access.access.guarded), open_kept_words(access.sheet))


def check_ready_to_propose(access: SheetAccess, *, room: Room, now: datetime) -> SheetContent:
    """Both headings filled, nobody named, one page: the content that would be put to the collective."""
    content = open_draft(access.sheet).without_blanks()
    check_can_be_proposed(access.life, now)
    check_complete(content)
    check_limits(content)
    named = names_in(access, content)
    if named:
        raise RuleBroken(named[0].sentence, named[0].field)
    check_fits_one_page(room.pages, room.lines_left)
    return content


def is_day_of_meeting(access: SheetAccess, now: datetime) -> bool:
    """Whether the collective is, today, around the table."""
    return now.astimezone(access.access.zone).date() == access.meeting.starts_at.astimezone(access.access.zone).date()


def everybody_was_there(access: SheetAccess) -> bool:
    """Whether no present member missed the meeting."""
    return bool(access.was_there_ids) and access.access.member_ids <= access.was_there_ids


@dataclass(frozen=True)
class Asked:
    """What is put to the collective besides the text: may it leave, and under the name of the collective?"""

    transmission: bool
    name: bool = False


def propose_sheet(
    access: SheetAccess, *, room: Room, asked: Asked, accepted_in_room: bool, now: datetime, by: Person
) -> None:
    """Freeze the sheet and put it to the collective for three school days; accepted in the room, the notes perish.

    The absent keep the whole delay: with one of them, what was said in the room is no agreement yet.
    """
    content = check_ready_to_propose(access, room=room, now=now)
    if accepted_in_room and not is_day_of_meeting(access, now):
        raise RuleBroken("« Relue et acceptée en séance » se dit le jour du regroupement.", "how")
    version = cut_version(access.sheet, content, VersionReason.PROPOSED, at=now, by_id=by.id)
    everybody_agreed = accepted_in_room and everybody_was_there(access)
    proposal = SheetProposal(
        id=uuid4(),
        sheet_id=access.sheet.id,
        version_id=version.id,
        proposed_at=now,
        deadline_at=deadline_for(now, access.access.zone, calendar_at(access.access.territory)),
        everybody_agreed_at=now if everybody_agreed else None,
        asks_transmission=asked.transmission,
        asks_name=asked.transmission and asked.name,
    )
    db.session.add(proposal)
    record("sheet_proposed", access.sheet, by=by)
    ask(RenderVersion(version.id))
    if everybody_agreed:
        let_notes_perish(access.meeting, now=now)
    _tell(MailSheetAcceptedInRoom if everybody_agreed else MailSheetProposed, access, proposal, by)


def _tell(mail: type[MailOfProposal], access: SheetAccess, proposal: SheetProposal, by: Person) -> None:
    """One mail for each person who may read and object, but for the one who did it."""
    for user_id in sorted(access.objector_ids - {by.id}):
        ask(mail(user_id, access.sheet.id, proposal.id))


def count_from_sending(access: SheetAccess, *, now: datetime) -> datetime | None:
    """A mail of the proposal leaves now: the end of the delay, moved when it leaves late; None with no proposal."""
    proposal = access.proposal
    if proposal is None:
        return None
    proposal.deadline_at = deadline_after_sending(
        proposal.proposed_at, proposal.deadline_at, now, access.access.zone, calendar_at(access.access.territory)
    )
    return proposal.deadline_at


def reopen_sheet(access: SheetAccess, *, now: datetime, by: Person) -> None:
    """« Reprendre l’écriture »: the proposal lapses, agreement and objections with it.

    After a submission a new version begins; the institution keeps reading what it has until the new one
    went the same path. Notes that an agreement let perish do not come back.
    """
    check_can_be_reopened(access.life, now)
    if access.proposal is None:
        raise RuleBroken("Cette fiche est déjà en cours d’écriture.")
    if not access.sheet.draft or now >= access.drafts_end_at:
        raise RuleBroken("Le brouillon de cette fiche a été effacé : une nouvelle version n’est plus possible.")
    if access.life.submitted_at:
        access.sheet.reopened_at = now
    if access.life.agreed_at(now):
        let_notes_perish(access.meeting, now=now)
    access.proposal.lapsed_at = now
    record("sheet_reopened", access.sheet, by=by)


def submit_sheet(
    access: SheetAccess,
    *,
    degree: Degree | None,
    now: datetime,
    by: Person,
    decisions: Mapping[str, Decision] = NOTHING_DECIDED,
) -> SubmittedSheet | None:
    """The institution receives the agreed version: a copy of its own, under a code, a month and a degree.

    `degree` is that of the situation; None stands for both. The name of the collective goes with it only when
    it was asked for and nobody objected. A copy that it replaces perishes. When `decisions` change words, the sheet
    does not leave: it is written again with these words, for the collective to read, and None comes back.
    """
    content = shared_content(access, now)
    names = [word for naming in names_in(access, content) for word in naming.words] if content else []
    check_can_be_submitted(access.life, names, now)
    if content is None or content.is_closed or access.version is None:
        raise RuleBroken(why_no_text(content))
    decided = decide(doubts_in(access, content), decisions)
    _remember_kept(access.sheet, decided.kept)
    if decided.words:
        write_with_other_words(access, decided.words, now=now, by=by)
        return None
    return _submit(access, content, access.version.number, degree, now, by)


def _submit(
    access: SheetAccess, content: SheetContent, number: int, degree: Degree | None, now: datetime, by: Person
) -> SubmittedSheet:
    let_notes_perish(access.meeting, now=now)
    _replace_former_copies(access, now)
    copy = _copy_for_institution(access, content, now, by)
    copy.degree = degree
    copy.version_number = number
    db.session.add(copy)
    _file(copy, content.tags)
    record("sheet_submitted", access.sheet, by=by)
    ask(RenderCopy(copy.id))
    return copy


def _file(copy: SubmittedSheet, tags: Tags) -> None:
    """What the version was filed under, as rows that can be counted; they go with its words."""
    db.session.flush()
    db.session.add_all(SubmittedTag(submitted_id=copy.id, axis=axis, code=code) for axis, code in tags.pairs())


def _remember_kept(sheet: SynthesisSheet, keys: frozenset[str]) -> None:
    """Sealed with the drafts, and gone with them; the same words are not asked about again."""
    if keys and sheet.draft:
        seal_text(sheet, SynthesisSheet.kept_words, json.dumps(sorted(open_kept_words(sheet) | keys)))


def write_with_other_words(access: SheetAccess, words: Mapping[str, str], *, now: datetime, by: Person) -> None:
    """The agreed text taken up again with other words for some passages: the collective will read it once more."""
    content = shared_content(access, now)
    if content is None or content.is_closed:
        raise RuleBroken(why_no_text(content))
    changed = amended(content, access.access.guarded, words)
    check_limits(changed)
    reopen_sheet(access, now=now, by=by)
    write_draft(access.sheet, changed, now, by.id)


def replace_what_is_certain(access: SheetAccess, *, now: datetime, by: Person) -> None:
    """« Remplacer »: every passage that blocks gives way to what is proposed for it."""
    content = shared_content(access, now)
    found = passages(content, access.access.guarded) if content else []
    words = {each.key: each.instead for each in found if each.mark.blocks}
    if not words:
        raise RuleBroken("Il n’y a plus rien à remplacer.")
    write_with_other_words(access, words, now=now, by=by)


def _replace_former_copies(access: SheetAccess, now: datetime) -> None:
    for former in copies_of(access.sheet.id):
        if former.replaced_at is None:
            former.replaced_at = now
            if former.body:
                erase_copy(former)
    access.sheet.reopened_at = None


def _copy_for_institution(access: SheetAccess, content: SheetContent, now: datetime, by: Person) -> SubmittedSheet:
    """Sealed under a key of its own, so that it perishes by itself."""
    collective = access.collective
    held_on = access.meeting.starts_at.astimezone(access.access.zone).date()
    copy = SubmittedSheet(
        id=uuid4(),
        sheet_id=access.sheet.id,
        territory_id=collective.territory_id,
        season=collective.season,
        collective_code=collective.code,
        collective_name=collective.name if access.life.carries_name else "",
        month=held_on.replace(day=1),
        key_id=make_key(),
        submitted_at=now,
        submitted_by_id=by.id,
    )
    seal_text(copy, SubmittedSheet.body, content.to_json())
    return copy


def names_to_remove(access: SheetAccess, texts: Sequence[str]) -> list[str]:
    """The words of other texts (an answer to a remark) that tell for certain who is spoken of."""
    content = SheetContent("", tuple(Answer(text) for text in texts))
    return [word for naming in names_in(access, content) for word in naming.words]
