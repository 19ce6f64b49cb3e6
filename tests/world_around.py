"""Around the meetings of the world: what the attendance sheet prints, the end of the season, devices, roles and links.

They are what the remaining addresses of the matrix name.
"""

import base64
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from collectifs.collectives.models import Collective, Membership, MembershipProposal
from collectifs.kernel import clock, vault
from collectifs.kernel.extensions import db
from collectifs.kernel.vault.files import seal_file
from collectifs.kernel.vault.texts import seal_text
from collectifs.meetings.models import MeetingGuest
from collectifs.people.domain.person import Role
from collectifs.people.models import AccompaniedStatus, CalendarFeed, DataCopy, Device, GrantedRole, PersonalLink, User
from collectifs.people.queries.people import hashed
from collectifs.report.domain.questionnaire import Box
from collectifs.report.models import QuestionnaireBox, QuestionnaireReturn, SeasonReport
from collectifs.review.models import ExportedSheet, SavedFilter, SheetExport
from tests import factories

if TYPE_CHECKING:
    from tests.world import World


def paper(world: "World") -> None:
    """What the attendance sheet prints: a guest, and where a member works."""
    meeting, member = world.meetings["running"], world.people["member"]
    now, pilot = clock.now(), world.people["pilot"]
    factories.add(
        MeetingGuest(
            meeting_id=meeting.id, name="CanariInvitee", establishment="INSPÉ", added_at=now, added_by_id=pilot.id
        )
    )
    membership = db.session.query(Membership).filter_by(user_id=member.id).one()
    membership.school, membership.uai = "Collège CanariEcole", "0750655E"
    world.ids["membership_id"] = membership.id
    membership.home_commune, membership.work_commune = "CanariDomicile", "CanariBureau"
    membership.phone = "CanariTelephone"
    _newcomers(world)


def _newcomers(world: "World") -> None:
    """Somebody proposed after the first meeting; a status that the administration keeps."""
    proposed = MembershipProposal(
        collective_id=world.ids["collective_id"],
        given_name="Nouvelle",
        family_name="CanariArrivee",
        address="nouvelle@academie.example",
        proposed_by_id=world.people["manager"].id,
        proposed_at=clock.now() - timedelta(hours=1),
    )
    status = AccompaniedStatus(label="Stagiaire à mi-temps", position=1)
    world.ids |= {"proposal_id": factories.add(proposed).id, "status_id": factories.add(status).id}


def _own_copy(who: User) -> None:
    """Everything of somebody, as they asked for it: ready, and theirs alone."""
    now = clock.now()
    row = DataCopy(id=uuid4(), user_id=who.id, asked_at=now, ready_at=now, progress=100, key_id=vault.make_key())
    seal_text(row, DataCopy.body, base64.b64encode(b"CanariCopie").decode())
    factories.add(row)


def _end_of_season(world: "World", here: Any) -> None:
    """What members answered, which nobody reads before July; what the management writes in the report."""
    season = db.session.get_one(Collective, world.ids["collective_id"]).season
    row = QuestionnaireBox(id=uuid4(), territory_id=here.id, season=season, key_id=vault.make_key())
    counts = {"fear": {"yes_fully": 6}}
    seal_text(row, QuestionnaireBox.body, Box(6, counts, ("CanariPhraseDeFin",)).written())
    factories.add(row)
    factories.add(QuestionnaireReturn(user_id=world.people["presenter"].id, territory_id=here.id, season=season))
    factories.add(SeasonReport(territory_id=here.id, season=season, words="CanariBesoins"))


def small_things(world: "World", here: Any, token: str) -> None:
    """A device, a role, a link, a demo person, a copy of one's data: what the remaining addresses name."""
    _own_copy(world.people["member"])
    _end_of_season(world, here)
    factories.device(world.people["member"], "l-appareil-du-membre")
    device = db.session.query(Device).filter_by(user_id=world.people["member"].id).one()
    role = db.session.query(GrantedRole).filter_by(user_id=world.people["manager"].id).one()
    now = clock.now()
    standing_in = factories.grant(factories.user("Suppléante", "Ailleurs"), Role.INSPECTOR, here)
    standing_in.stands_in_for_id = world.people["inspector"].id
    factories.add(
        PersonalLink(
            user_id=world.people["newcomer"].id,
            purpose="personal",
            token_hash=hashed(token),
            collective_id=world.ids["collective_id"],
            minted_at=now,
            expires_at=now + timedelta(days=100),
        )
    )
    # The address that everybody tries is of somebody elsewhere: whoever holds one reads its dates.
    factories.add(CalendarFeed(user_id=world.people["other_member"].id, token_hash=hashed(token), made_at=now))
    feed = factories.add(CalendarFeed(user_id=world.people["member"].id, token_hash=hashed("autre"), made_at=now))
    export = SheetExport(
        id=uuid4(), user_id=world.people["inspector"].id, form="csv", asked_at=now, key_id=vault.make_key()
    )
    seal_file(export, b"CanariExport", now=now)
    factories.add(export)
    factories.add(ExportedSheet(export_id=export.id, submitted_id=world.ids["submitted_id"]))
    world.ids["export_id"] = export.id
    kept = SavedFilter(user_id=world.people["inspector"].id, name="Le premier degré", args={"degre": "1"}, made_at=now)
    world.ids |= {
        "deputy_id": standing_in.id,
        "kept_id": factories.add(kept).id,
        "feed_id": feed.id,
        "device_id": device.id,
        "role_id": role.id,
        "pilot_role_id": db.session.query(GrantedRole).filter_by(user_id=world.people["pilot"].id).one().id,
        "user_id": world.people["member"].id,
        "mail_id": uuid4(),
        "territory_id": here.id,
        "canvas_id": "genot-soutoul",
        "resource_id": "multi-agenda",
        "token": token,
        "build": "aucun",
        "filename": "css/base.css",
    }
