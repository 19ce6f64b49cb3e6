"""Objecting, answering as the presenter, withdrawing; ending a meeting without a sheet."""

from datetime import datetime
from uuid import uuid4

from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.vault.texts import seal_text
from collectifs.meetings.domain.gesture_kinds import GestureKind
from collectifs.meetings.queries.meetings import has_event
from collectifs.meetings.services.notes import let_notes_perish
from collectifs.people.domain.person import Person
from collectifs.sheets.domain.life import (
    About,
    check_can_be_given_up,
    check_can_be_kept,
    check_can_be_objected_to,
    check_can_be_taken_up_again,
    check_can_be_withdrawn,
    check_can_stay_inside,
)
from collectifs.sheets.domain.sheet import VersionReason, why_no_text
from collectifs.sheets.domain.work import MailSheetWithdrawn
from collectifs.sheets.models import Objection, PresenterAnswer, SheetProposal
from collectifs.sheets.queries.consent import presenter_answer_to
from collectifs.sheets.queries.sheets import SheetAccess, copies_of, open_draft, open_presenter
from collectifs.sheets.queries.versions import lapsed_proposals, open_version, version_numbered
from collectifs.sheets.services.perishing import erase_copy, erase_outputs_of_drafts
from collectifs.sheets.services.versions import cut_version, write_draft


def object_to_sheet(access: SheetAccess, *, about: About, sentence: str, now: datetime, by: Person) -> None:
    """Hold the text, its transmission or the name back. Nobody is told who: neither the page nor the audit.

    Said again, it replaces the sentence.
    """
    proposal = _proposal(access)
    own = access.objections_by(by.id).get(about)
    if own is None:
        check_can_be_objected_to(access.life, now, about)
        own = Objection(id=uuid4(), proposal_id=proposal.id, about=about, key_id=access.sheet.key_id, raised_at=now)
        seal_text(own, Objection.member, str(by.id))
        record("objection_raised", access.sheet, by=None)
    seal_text(own, Objection.sentence, sentence)
    db.session.add(own)


def lift_objection(access: SheetAccess, *, about: About, now: datetime, by: Person) -> None:
    """Take one's own objection back."""
    _proposal(access)
    own = access.objections_by(by.id).get(about)
    if own is None:
        raise RuleBroken("Vous ne vous opposez pas à cette fiche.")
    own.lifted_at = now
    record("objection_lifted", access.sheet, by=None)


def answer_as_presenter(access: SheetAccess, *, agreed: bool, now: datetime, by: Person) -> None:
    """The yes or no of whoever presented, changeable until the sheet has left. It does not say who that is."""
    proposal = _proposal(access)
    if open_presenter(access.sheet) != by.id or not proposal.asks_transmission:
        raise RuleBroken("Cette question ne vous est pas posée.")
    if access.life.submitted_at:
        raise RuleBroken("Cette fiche est déjà transmise. Vous pouvez la retirer.")
    answer = presenter_answer_to(proposal.id) or PresenterAnswer(proposal_id=proposal.id)
    answer.agreed, answer.answered_at = agreed, now
    db.session.add(answer)
    record("presenter_answered", access.sheet, by=None)


def withdraw_sheet(access: SheetAccess, *, now: datetime) -> None:
    """Whoever was there takes the sheet back, at once: the institution keeps « retirée » and nothing else.

    Nobody is told who, the audit no more than the collective.
    """
    check_can_be_withdrawn(access.life, now)
    let_notes_perish(access.meeting, now=now)
    access.sheet.withdrawn_at = now
    erase_outputs_of_drafts(access.sheet.id)
    for copy in copies_of(access.sheet.id):
        copy.withdrawn_at = now
        if copy.body:
            erase_copy(copy)
    record("sheet_withdrawn", access.sheet, by=None)
    for user_id in sorted(access.reader_ids):
        ask(MailSheetWithdrawn(user_id, access.sheet.id))


def keep_inside(access: SheetAccess, *, now: datetime) -> None:
    """Whoever was there takes the institution's copy back, and the sheet stays with the collective.

    Its transmission is no longer asked for: it would have to be proposed again. Nobody is told who.
    """
    check_can_stay_inside(access.life, now, access.has_own_text(now))
    for copy in copies_of(access.sheet.id):
        copy.withdrawn_at = copy.withdrawn_at or now
        if copy.body:
            erase_copy(copy)
    _proposal(access).asks_transmission = False
    record("sheet_kept_inside", access.sheet, by=None)
    for user_id in sorted(access.reader_ids):
        ask(MailSheetWithdrawn(user_id, access.sheet.id))


def _proposal(access: SheetAccess) -> SheetProposal:
    if access.proposal is None:
        raise RuleBroken("Cette fiche n’est plus proposée : votre pilote a repris l’écriture.")
    return access.proposal


def meeting_is_over(access: SheetAccess, now: datetime) -> bool:
    """Whether its hours are over, or its room was closed."""
    return access.meeting.ends_at <= now or has_event(access.meeting.id, GestureKind.MEETING_CLOSED)


def give_up_sheet(access: SheetAccess, *, now: datetime, by: Person) -> None:
    """« Pas de fiche pour ce regroupement »: its notes perish as if a sheet had been agreed to."""
    check_can_be_given_up(access.life, now, meeting_is_over(access, now))
    access.sheet.given_up_at = now
    let_notes_perish(access.meeting, now=now)
    record("sheet_given_up", access.sheet, by=by)


def take_up_sheet_again(access: SheetAccess, *, now: datetime, by: Person) -> None:
    """A sheet after all: what was typed is there still; the notes do not come back."""
    check_can_be_taken_up_again(access.life, now)
    access.sheet.given_up_at = None
    record("sheet_taken_up_again", access.sheet, by=by)


def keep_submitted_version(access: SheetAccess, *, now: datetime, by: Person) -> None:
    """The new draft is left for the version that the institution reads: nothing changes for anybody.

    What was typed stays among the versions.
    """
    sheet = access.sheet
    check_can_be_kept(access.life, now)
    copy = access.copy
    version = version_numbered(sheet.id, copy.version_number) if copy else None
    proposals = [each for each in lapsed_proposals(sheet.id) if version and each.version_id == version.id]
    if version is None or not version.body or not proposals:
        raise RuleBroken("La version transmise ne se retrouve plus parmi les brouillons.")
    present, kept = open_draft(sheet).without_blanks(), open_version(version)
    if kept.is_closed:
        raise RuleBroken(why_no_text(kept))
    if present != kept:
        cut_version(sheet, present, VersionReason.RESTORED, at=sheet.saved_at or now, by_id=sheet.saved_by_id or by.id)
        write_draft(sheet, kept, now, by.id)
    proposals[0].lapsed_at, sheet.reopened_at = None, None
    record("sheet_kept", sheet, by=by)
