"""Every kind of mail, about the world of the access proof. `python -m tests.every_mail FOLDER` writes them as files,
with usual names and with the longest ones: tools/mail_pictures.py takes their pictures.
"""

import re
import sys
from dataclasses import replace
from datetime import timedelta
from email.message import Message
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import time_machine

from collectifs import create_app
from collectifs.collectives.domain.work import (
    MailCharterAsked,
    MailFrameAsked,
    MailInvitation,
    MailMemberProposed,
    MailMembershipRemoved,
    MailNewcomer,
    MailPilotshipEnded,
    MailPilotshipNamed,
    MailPilotshipTold,
    PilotNews,
)
from collectifs.collectives.models import CharterConsent, Collective, Membership
from collectifs.collectives.queries.collectives import get_collective
from collectifs.collectives.queries.frame import frame_of
from collectifs.collectives.services.frame import adjust_frame
from collectifs.kernel import clock
from collectifs.kernel.config import Notices
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.kernel.models import HeldMail
from collectifs.kernel.work import Mail
from collectifs.meetings.domain.work import (
    MailDatesAsked,
    MailDatesReady,
    MailDatesReminder,
    MailMeetingCancelled,
    MailMeetingMoved,
    MailMeetingPlanned,
    MailMeetingReminder,
)
from collectifs.meetings.models import DateOption
from collectifs.people.domain.person import Role
from collectifs.people.domain.sign_in import LinkPurpose
from collectifs.people.domain.work import (
    LinkWanted,
    MailAccountEnds,
    MailAddressChanged,
    MailNewAddress,
    MailPasswordChanged,
    MailRoleGranted,
    MailRoleRevoked,
    MailSecondDevice,
    MailSignInLink,
    MailWeek,
    Side,
)
from collectifs.people.mails import letters
from collectifs.people.models import PersonalLink, Territory, User
from collectifs.people.services.account import ask_new_address
from collectifs.report.domain.work import MailQuestionnaire
from collectifs.review.domain.work import MailExportReady, MailSheetsWait
from collectifs.sheets.domain.work import (
    MailPresenterAwaited,
    MailRemark,
    MailSheetAcceptedInRoom,
    MailSheetProposed,
    MailSheetWaits,
    MailSheetWithdrawn,
)
from tests import factories, world
from tests.book_mails import about_a_book
from tests.campaign_mails import about_a_campaign
from tests.conftest import NOW, make_settings, make_tables
from tests.directory_mails import about_the_directory
from tests.event_mails import about_a_day
from tests.tutoring_mails import about_tutoring


def every_mail(here: Any) -> list[Mail]:
    """One of each kind at least, in an order in which each may leave; what they need is added to the world."""
    about = (
        *(_about_people, _about_meetings, _about_sheets, _about_the_season, _about_the_week),
        about_a_campaign,
        about_a_day,
        about_tutoring,
        about_a_book,
        about_the_directory,
    )
    return [mail for each in about for mail in each(here)]


def _about_people(here: Any) -> list[Mail]:
    member, former = here.people["member"], here.people["former"]
    former.ends_on = clock.now().date() + timedelta(days=30)
    ask_new_address(address="nouvelle@academie.example", now=clock.now(), by=factories.person(member))
    link = db.session.query(PersonalLink).filter_by(purpose=LinkPurpose.NEW_ADDRESS).one()
    link.former_address = "ancienne@academie.example"
    place = here.ids["territory_id"]
    left = db.session.query(Membership).filter_by(user_id=former.id).one()
    return [
        MailInvitation(member.id, here.ids["collective_id"]),
        MailSignInLink(member.id),
        MailSignInLink(member.id, LinkWanted.ELSEWHERE),
        MailSecondDevice(here.ids["device_id"]),
        MailPasswordChanged(member.id),
        MailNewAddress(link.id),
        MailAddressChanged(link.id, Side.FORMER),
        MailAddressChanged(link.id, Side.PRESENT),
        MailAccountEnds(former.id),
        MailRoleGranted(here.people["inspector"].id, Role.INSPECTOR, place),
        MailRoleRevoked(member.id, Role.PILOT, place),
        MailMembershipRemoved(former.id, place, left.id),
        MailMemberProposed(here.people["pilot"].id, here.ids["proposal_id"]),
        MailNewcomer(here.people["pilot"].id, here.ids["membership_id"]),
        *_about_the_charter(here),
    ]


def _about_the_charter(here: Any) -> list[Mail]:
    """A member who accepted a charter that asked less; and an adjustment of the frame, which waits for the others."""
    collective = db.session.get_one(Collective, here.ids["collective_id"])
    again = factories.user("Again", "CanariFamille again")
    factories.membership(again, collective)
    db.session.query(CharterConsent).filter_by(user_id=again.id).one().version = 0
    db.session.flush()
    access = get_collective(collective.id)
    assert access is not None
    seen = len(frame_of(access).adjustments)
    by = factories.person(here.people["pilot"])
    row = adjust_frame(access, text="CanariCadre autrement.", is_wording=False, seen=seen, now=clock.now(), by=by)
    return [MailCharterAsked(again.id, collective.id), MailFrameAsked(here.people["member"].id, row.id)]


def _about_meetings(here: Any) -> list[Mail]:
    member, collective = here.people["member"], db.session.get_one(Collective, here.ids["collective_id"])
    later = factories.meeting(collective, number=6, place="École CanariLieu")
    off = factories.meeting(collective, number=7, cancelled_at=later.starts_at)
    gone = factories.deputy(later, member)
    gone.ends_on = gone.starts_on - timedelta(days=1)
    pilotship = here.ids["pilotship_id"]
    return [
        MailMeetingPlanned(member.id, later.id),
        MailMeetingMoved(member.id, later.id),
        MailMeetingReminder(member.id, later.id),
        MailMeetingCancelled(member.id, off.id),
        *_about_dates(here),
        MailPilotshipNamed(here.people["deputy"].id, pilotship, PilotNews.DEPUTY),
        MailPilotshipTold(member.id, pilotship, PilotNews.DEPUTY),
        MailPilotshipEnded(member.id, gone.id),
    ]


def _about_dates(here: Any) -> list[Mail]:
    """Asked, asked anew since one changed, and silent at the end; the pilot is told of the end of another question."""
    member, pilot, poll_id = here.people["member"], here.people["pilot"], here.ids["poll_id"]
    again = here.people["presenter"]
    db.session.query(DateOption).filter_by(poll_id=poll_id).first().changed_at = clock.now() + timedelta(minutes=1)
    other = factories.collective(pilot=pilot, members=[member], name="Les CanariCollectif bis")
    factories.meeting(other)
    starts = clock.now() + timedelta(days=1)
    ended = factories.poll(other, pilot, starts, starts + timedelta(days=7), closes_at=clock.now())
    return [
        MailDatesAsked(member.id, poll_id),
        MailDatesAsked(again.id, poll_id),
        MailDatesReminder(member.id, poll_id),
        MailDatesReady(pilot.id, ended.id),
    ]


def _about_sheets(here: Any) -> list[Mail]:
    member, pilot, sheets = here.people["member"], here.people["pilot"], here.sheets
    world.propose(here, "running", "CanariProposee", asked_at=clock.now())
    return [
        MailSheetProposed(member.id, sheets["proposed"].id),
        MailSheetAcceptedInRoom(member.id, sheets["proposed"].id),
        MailSheetWithdrawn(member.id, sheets["withdrawn"].id),
        MailSheetWaits(pilot.id, sheets["proposed"].id),
        MailPresenterAwaited(sheets["running"].id),
        MailRemark(member.id, sheets["submitted"].id),
        MailSheetsWait(here.people["inspector"].id),
        MailExportReady(here.people["inspector"].id, here.ids["export_id"]),
    ]


def _about_the_season(here: Any) -> list[Mail]:
    """A collective that has met four times, and meets no more."""
    member, ours = here.people["member"], db.session.get_one(Collective, here.ids["collective_id"])
    territory = db.session.get_one(Territory, ours.territory_id)
    over = factories.collective(territory, pilot=here.people["pilot"], members=[member], name=f"{ours.name} de fin")
    for number in range(1, 5):
        factories.meeting(over, number=number, starts_at=clock.now() - timedelta(days=70 - 10 * number))
    return [MailQuestionnaire(member.id, over.id)]


def _about_the_week(here: Any) -> list[Mail]:
    member = here.people["member"]
    for held in (
        MailRemark(member.id, here.sheets["submitted"].id),
        MailSheetWithdrawn(member.id, here.sheets["withdrawn"].id),
    ):
        db.session.add(HeldMail(user_id=member.id, kind=held.kind(), args=held.args(), held_at=clock.now()))
    return [MailWeek(member.id)]


def stretch_names(collective_id: UUID) -> None:
    """The longest names that a collective, a territory and people may have."""
    where = db.session.get_one(Collective, collective_id)
    where.name = "Collectif des tutrices et des tuteurs du littoral, de la presqu’île et des îles"
    territory = db.session.get_one(Territory, where.territory_id)
    territory.name = "Académie de la Basse-Vallée, du littoral et des Hautes-Terres de l’intérieur"
    for person in db.session.query(User):
        person.given_name, person.family_name = "Marie-Anne-Françoise " * 3, "de La Tour-d’Auvergne " * 3


def _usual_names(collective_id: UUID) -> None:
    """Names as people have them, in the place of the marked words of the proof."""
    db.session.get_one(Collective, collective_id).name = "Les Tilleuls"
    names = iter(["Maud Le Bihan", "Hélène Marchadier", "Karim Ouadah", "Odile Ferrand", "Yann Guével", "Inès Petit"])
    for person in db.session.query(User).order_by(User.created_at, User.id):
        person.given_name, _, person.family_name = next(names, "Camille Roux").partition(" ")


def write_all(folder: Path) -> None:
    """Each mail as a file of `folder`: « 03-sign_in_link.eml », and « 03-sign_in_link-long.eml »."""
    for suffix, rename in (("", _usual_names), ("-long", stretch_names)):
        with TemporaryDirectory() as data, time_machine.travel(NOW, tick=False):
            notices = Notices(contact="collectifs@academie.example")
            settings = replace(make_settings(Path(data), f"sqlite:///{data}/mails.db"), notices=notices)
            app = create_app(settings)
            with app.app_context():
                make_tables(app)
                _write_world(folder, suffix, rename)
                db.session.remove()
                db.engine.dispose()


def _write_world(folder: Path, suffix: str, rename: Any) -> None:
    here = world.build()
    mails = every_mail(here)
    rename(here.ids["collective_id"])
    db.session.commit()
    sent: list[Message] = []
    letters.deliver = sent.append
    for mail in mails:
        do(mail)
    for number, (mail, message) in enumerate(zip(mails, sent, strict=True), 1):
        name = f"{number:02}-{mail.kind().removeprefix('mail_')}{suffix}.eml"
        (folder / name).write_bytes(re.sub(rb"Canari", b"", message.as_bytes()))


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
