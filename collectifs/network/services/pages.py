"""The page of a workshop: written, put to those who were there, held back, taken back; it perishes with the season."""

import secrets
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete

from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED
from collectifs.kernel.vault import make_key
from collectifs.kernel.vault.texts import seal_text
from collectifs.kernel.work import DestroyKey
from collectifs.network.domain.page import (
    check_names_nobody,
    check_page_can_be_objected_to,
    check_page_can_be_proposed,
    check_page_can_be_taken_up,
    check_page_can_be_withdrawn,
    check_page_can_be_written,
    check_page_limits,
    check_page_opens,
    check_sentence,
    page_doubts,
)
from collectifs.network.domain.work import MailHostLink, MailPageProposed, MailPageWithdrawn
from collectifs.network.models import HostLink, PageObjection, Workshop, WorkshopPage
from collectifs.network.queries.events import WorkshopAccess
from collectifs.network.queries.pages import PageAccess, content_left, guarded_in, page_left_by
from collectifs.people.domain.people import normal_address
from collectifs.people.domain.person import Person
from collectifs.people.queries.people import hashed
from collectifs.sheets.domain.anonymity import Passage
from collectifs.sheets.domain.life import SheetLife, deadline_after_sending, deadline_for
from collectifs.sheets.domain.sheet import SheetContent


class PageConflict(RuleBroken):
    """Somebody else wrote since this text was read; what was typed stays, to be sent again."""


class Doubted(RuleBroken):
    """Some passages may tell who is spoken of: asked about once, for this very text."""

    def __init__(self, passages: list[Passage]) -> None:
        super().__init__("Un lecteur du département pourrait-il reconnaître quelqu’un ? Regardez ces passages.")
        self.passages = passages


def send_host_link(found: WorkshopAccess, name: str, address: str, *, by: Person) -> None:
    """Mail whoever leads the workshop the link of their own page; those of somebody else before them open no more."""
    if not found.is_held:
        raise RuleBroken("Cet atelier est annulé : personne ne l’anime.")
    workshop, address = found.workshop, normal_address(address)
    if workshop.host_address != address:
        close_host_links(workshop.id)
    workshop.host, workshop.host_address = name, address
    ask(MailHostLink(workshop.id))
    record("host_link_sent", found.workshop, by=by)


def mint_host_link(workshop: Workshop, *, now: datetime) -> str:
    """A token for one mail; the worker asks for it as the mail goes."""
    token = secrets.token_urlsafe(32)
    db.session.add(HostLink(id=uuid4(), workshop_id=workshop.id, token_hash=hashed(token), minted_at=now))
    return token


def close_host_links(workshop_id: UUID) -> None:
    """Another person leads it: no link opens any more."""
    db.session.execute(delete(HostLink).where(HostLink.workshop_id == workshop_id))


def save_page(
    found: WorkshopAccess, content: SheetContent, revision: int, *, now: datetime, by: Person | None
) -> WorkshopPage:
    """Seal the two headings. `by` is None for the host, who has no account. Saving leaves no audit event."""
    check_page_opens(found.slot.starts_at, now, is_held=found.is_held)
    page = page_left_by(found)
    check_page_can_be_written(page.life if page else SheetLife(), now)
    check_page_limits(content)
    if revision != (page.page.revision if page else 0):
        raise PageConflict("Quelqu’un a écrit entre-temps. Votre texte est ci-dessous : enregistrez-le de nouveau.")
    row = page.page if page else WorkshopPage(id=uuid4(), workshop_id=found.workshop.id, key_id=make_key(), revision=0)
    seal_text(row, WorkshopPage.body, content.to_json())
    row.revision, row.saved_at = row.revision + 1, now
    if page is None:
        db.session.add(row)
        db.session.flush()
        record("workshop_page_begun", row, by=by)
    return row


def propose_page(page: PageAccess, *, sure: str, now: datetime, by: Person | None) -> None:
    """Freeze the page and put it to those who were there, for three school days.

    `sure`: the digest of the text whose doubtful passages were looked at; for another one they are asked about.
    """
    row, content = page.page, content_left(page)
    check_page_can_be_proposed(page.life, content, len(page.came), now)
    context = guarded_in(page.found)
    check_names_nobody(content, context)
    if (doubted := page_doubts(content, context)) and sure != content.digest():
        raise Doubted(doubted)
    row.digest, row.proposal_id, row.proposed_at = content.digest(), uuid4(), now
    row.deadline_at = deadline_for(now, page.access.zone, page.calendar)
    for registration_id in sorted(page.came):
        ask(MailPageProposed(registration_id, row.workshop_id, row.proposal_id))
    record("workshop_page_proposed", row, by=by)


def put_to_latecomers(found: WorkshopAccess, came: set[UUID], *, now: datetime) -> None:
    """Somebody's presence is noted after the page was proposed: they are asked too, with a whole delay."""
    page = page_left_by(found)
    if page is None or page.page.proposal_id is None or page.life.agreed_at(now) or page.life.withdrawn_at:
        return
    page.page.deadline_at = deadline_for(now, page.access.zone, page.calendar)
    for registration_id in sorted(came):
        ask(MailPageProposed(registration_id, found.workshop.id, page.page.proposal_id))


def count_page_from_sending(page: PageAccess, *, now: datetime) -> datetime | None:
    """A mail of the proposal leaves now: the end of the delay, moved when it leaves late."""
    row = page.page
    if row.proposed_at is None or row.deadline_at is None:
        return None
    row.deadline_at = deadline_after_sending(row.proposed_at, row.deadline_at, now, page.access.zone, page.calendar)
    return row.deadline_at


def take_up_page(page: PageAccess, *, now: datetime, by: Person | None) -> None:
    """« Reprendre l’écriture »: the proposal lapses, agreement and objections with it."""
    check_page_can_be_taken_up(page.life, now)
    row = page.page
    row.digest, row.proposal_id, row.proposed_at, row.deadline_at = "", None, None, None
    _drop_objections(row)
    record("workshop_page_taken_up", row, by=by)


def object_to_page(page: PageAccess, registration_id: UUID, sentence: str, *, now: datetime) -> None:
    """Hold the page back; nobody is told who. Said again, it replaces the sentence."""
    check_sentence(sentence)
    own = page.objection_of(registration_id)
    if own is None:
        check_page_can_be_objected_to(page.life, now)
        own = PageObjection(id=uuid4(), page_id=page.id, key_id=page.page.key_id, raised_at=now)
        seal_text(own, PageObjection.member, str(registration_id))
        record("page_objection_raised", page.page, by=None)
    seal_text(own, PageObjection.sentence, sentence)
    db.session.add(own)


def lift_page_objection(page: PageAccess, registration_id: UUID) -> None:
    """Take one's own objection back: nothing is kept of it."""
    own = page.objection_of(registration_id)
    if own is None:
        raise RuleBroken("Vous ne vous opposez pas à cette page.")
    db.session.delete(own)
    record("page_objection_lifted", page.page, by=None)


def withdraw_page(page: PageAccess, *, now: datetime) -> None:
    """Whoever was there takes the page back, at once and for good. Nobody is told who."""
    check_page_can_be_withdrawn(page.life, now)
    page.page.withdrawn_at = now
    erase_page(page.page)
    record("workshop_page_withdrawn", page.page, by=None)
    for registration_id in sorted(page.came):
        ask(MailPageWithdrawn(registration_id, page.workshop.id))


def erase_page(row: WorkshopPage) -> None:
    """Its words go at once, its key once that is committed."""
    row.body = ERASED
    row.digest, row.proposal_id, row.proposed_at, row.deadline_at = "", None, None, None
    _drop_objections(row)
    ask(DestroyKey(row.key_id))


def _drop_objections(row: WorkshopPage) -> None:
    db.session.execute(delete(PageObjection).where(PageObjection.page_id == row.id))
