"""What the people concerned say: they object, lift their objection, answer as the presenter, withdraw."""

from datetime import datetime
from uuid import uuid4

from collectifs.domain.sheet_life import check_can_be_objected_to, check_can_be_withdrawn
from collectifs.kernel import vault
from collectifs.kernel.audit import ask_job, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.models import Objection, PresenterAnswer, SheetProposal
from collectifs.people.domain.person import Person
from collectifs.queries.consent import objections_by, presenter_answer
from collectifs.queries.sheets import SheetAccess, copies_of, open_presenter
from collectifs.services.perishing import erase_copy, let_notes_perish

ABOUT = ("text", "transmission", "name")


def object_to_sheet(access: SheetAccess, *, about: str, sentence: str, now: datetime, by: Person) -> None:
    """Hold the text, its transmission or the name back. Nobody is told who: neither the page nor the audit.

    Said again, it replaces the sentence.
    """
    proposal = _proposal(access)
    if about not in ABOUT:
        raise RuleBroken("Dites à quoi vous vous opposez : au texte, à sa transmission ou au nom.", "about")
    own = objections_by(proposal.id, by.id).get(about)
    if own is None:
        check_can_be_objected_to(access.life, now, about)
        own = Objection(
            id=uuid4(), proposal_id=proposal.id, member_id=by.id, about=about, key_id=access.sheet.key_id, raised_at=now
        )
        record("objection_raised", access.sheet, by=None)
    aad = vault.place("objections", own.id, "sentence", own.key_id)
    own.sentence = vault.seal(sentence, own.key_id, aad)
    db.session.add(own)


def lift_objection(access: SheetAccess, *, about: str, now: datetime, by: Person) -> None:
    """Take one's own objection back."""
    own = objections_by(_proposal(access).id, by.id).get(about)
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
    answer = presenter_answer(proposal.id) or PresenterAnswer(proposal_id=proposal.id)
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
    for copy in copies_of(access.sheet.id):
        copy.withdrawn_at = now
        if copy.body:
            erase_copy(copy)
    record("sheet_withdrawn", access.sheet, by=None)
    for user_id in sorted(access.reader_ids):
        ask_job("mail_sheet_withdrawn", user_id=user_id, sheet_id=access.sheet.id)


def _proposal(access: SheetAccess) -> SheetProposal:
    if access.proposal is None:
        raise RuleBroken("Cette fiche n’est plus proposée : la personne qui pilote a repris l’écriture.")
    return access.proposal
