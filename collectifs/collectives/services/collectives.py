"""What people do with a collective as a whole: create it, accept its charter, leave it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from collectifs.collectives.domain.charter import VERSION
from collectifs.collectives.domain.composition import check_can_leave, check_name_is_free, new_code
from collectifs.collectives.domain.piloting import local_day
from collectifs.collectives.models import CharterConsent, Collective, Pilotship
from collectifs.collectives.queries.collectives import (
    CollectiveAccess,
    charter_consent,
    codes_taken,
    names_taken,
    open_membership,
)
from collectifs.collectives.services.frame import accept_frame_with_charter
from collectifs.collectives.services.invitations import add_member
from collectifs.collectives.services.pilots import release_pilotships
from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_of
from collectifs.people.domain.guests import Guest, check_guests, check_is_no_hierarchy
from collectifs.people.domain.person import Degree, Person, Role
from collectifs.people.queries.people import zone_of
from collectifs.people.queries.roles import is_in_vivier, managers_of
from collectifs.people.services.appointments import add_to_vivier


@dataclass(frozen=True)
class Composition:
    """A collective to be made: its name and place, who pilots, who is invited.

    `pilot_field` is the field where a refusal about the pilot is shown.
    """

    name: str
    territory_id: UUID
    degree: Degree | None
    pilot: Guest
    guests: Sequence[Guest]
    pilot_field: str = "pilot"


def check_composition(new: Composition, *, now: datetime, by: Person) -> None:
    """Everything that may be refused, without making anything: what the page shows before the sending."""
    if not by.has(Role.MANAGER, new.territory_id):
        raise RuleBroken("Ce territoire n’est pas le vôtre.", "territory")
    check_name_is_free(new.name, names_taken(new.territory_id, season_of(now.date())))
    check_is_no_hierarchy(new.pilot, new.pilot_field)
    check_guests(new.guests)


def create_collective(new: Composition, *, now: datetime, by: Person) -> Collective:
    """Create a collective for this season: its pilot and its members are invited, the charter comes first.

    A pilot who was not in the vivier enters it.
    """
    check_composition(new, now=now, by=by)
    if not is_in_vivier(new.pilot.user_id, new.territory_id, now.date()):
        add_to_vivier(new.pilot.person, territory_id=new.territory_id, field=new.pilot_field, now=now, by=by)
    season = season_of(now.date())
    collective = Collective(
        name=new.name,
        code=new_code(codes_taken(new.territory_id, season), secrets.choice),
        territory_id=new.territory_id,
        season=season,
        degree=new.degree,
        created_at=now,
        created_by_id=by.id,
    )
    _compose(collective, new, now, by)
    return collective


def _compose(collective: Collective, new: Composition, now: datetime, by: Person) -> None:
    db.session.add(collective)
    db.session.flush()
    record("collective_created", collective, by=by)
    user = add_member(new.pilot, collective.id, degree=new.degree, now=now, by=by)
    today = local_day(now, zone_of(collective.territory_id))
    pilotship = Pilotship(user_id=user.id, collective_id=collective.id, starts_on=today, appointed_by_id=by.id)
    db.session.add(pilotship)
    db.session.flush()
    record("pilot_named", pilotship, by=by)
    for guest in new.guests:
        if guest.is_invited:
            add_member(guest, collective.id, degree=new.degree, now=now, by=by)


def accept_charter(access: CollectiveAccess, *, now: datetime, by: Person) -> None:
    """Accept the charter of the collective. Accepting it twice changes nothing; whoever comes back accepts again."""
    if by.id in access.consent_ids:
        return
    consent = charter_consent(by.id, access.collective.id)
    if consent is None or consent.version != VERSION:
        consent = CharterConsent(user_id=by.id, collective_id=access.collective.id, version=VERSION)
        db.session.add(consent)
    consent.accepted_at = now
    db.session.flush()
    record("charter_accepted", consent, by=by)
    accept_frame_with_charter(access, now=now, by=by)


def check_leaving(access: CollectiveAccess, *, now: datetime, by: Person) -> None:
    """A collective keeps a pilot: the last one hands over first, with whom manages the territory."""
    managers = managers_of(access.territory.id, now.date())
    contacts = [f"{manager.name} ({manager.address})" for manager in managers]
    others = (access.pilot_ids & access.consent_ids) - {by.id}
    check_can_leave(is_last_pilot=by.id in access.pilot_ids and not others, managers=contacts)


def leave_collective(access: CollectiveAccess, *, now: datetime, by: Person) -> None:
    """Leave, without a reason and without a word to anybody. A collective keeps a pilot."""
    check_leaving(access, now=now, by=by)
    membership = open_membership(by.id, access.collective.id)
    if membership is None:
        return
    membership.ends_at = now
    release_pilotships(by.id, access.collective.id, now=now, by=by)
    record("member_left", membership, by=by)
