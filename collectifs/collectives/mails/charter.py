"""Mails about the rules of a collective: its charter asks more, an adjustment of its frame waits for a yes."""

from collectifs.collectives.domain import charter
from collectifs.collectives.domain.work import MailCharterAsked, MailFrameAsked
from collectifs.collectives.mails.foot import about_collective
from collectifs.collectives.models import FrameAdjustment
from collectifs.collectives.queries.collectives import accesses_to, consents_to_ask_anew, get_collective
from collectifs.collectives.queries.frame import frame_of
from collectifs.kernel.audit import ask
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.mail.subject import subject_with
from collectifs.kernel.text.typography import day_and_month, long_date
from collectifs.people.mails.letters import page_url, send_letter
from collectifs.people.queries.people import get_user


def ask_the_charter_anew() -> None:
    """Ask for the mails to those who accepted a charter that asked less, and write down that it was done: once each."""
    consents = consents_to_ask_anew(charter.ASKED)
    accesses = accesses_to({each.collective_id for each in consents})
    for each in consents:
        each.told_version = charter.ASKED
        if accesses[each.collective_id].accepted_once(each.user_id):
            ask(MailCharterAsked(each.user_id, each.collective_id))


@does
def charter_asked(mail: MailCharterAsked) -> None:
    """The charter asks more than the one that they accepted: nothing opens before their new yes."""
    user, access = get_user(mail.user_id), get_collective(mail.collective_id)
    if user is None or access is None or not access.accepted_once(user.id):
        return
    send_letter(
        "charter_asked",
        user,
        subject_with("{name} : la charte a changé, votre accord est demandé", access.collective.name),
        collective=access.collective.name,
        url=page_url("collectives.charter", collective_id=access.collective.id),
        **about_collective(user.id, access.collective.id),
    )


@does
def frame_asked(mail: MailFrameAsked) -> None:
    """Other words for the frame wait for their yes; which ones is read on the page alone."""
    user, row = get_user(mail.user_id), db.session.get(FrameAdjustment, mail.adjustment_id)
    access = get_collective(row.collective_id) if row else None
    if user is None or row is None or access is None:
        return
    frame = frame_of(access)
    if frame.waiting is None or frame.waiting.id != row.id or not frame.is_asked(user.id):
        return
    proposed_at = row.proposed_at.astimezone(access.zone)
    send_letter(
        "frame_asked",
        user,
        subject_with(
            f"{{name}} : un ajustement du cadre attend votre oui, {day_and_month(proposed_at)}", access.collective.name
        ),
        collective=access.collective.name,
        day=long_date(proposed_at),
        in_week=f"{access.collective.name}, ajustement proposé le {long_date(proposed_at)}",
        url=page_url("collectives.charter", collective_id=access.collective.id),
        **about_collective(user.id, access.collective.id),
    )
