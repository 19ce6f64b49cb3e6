"""What became of the invitations of a collective: one line a person, those who declined included."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, exists, select

from collectifs.collectives.domain.charter import is_accepted
from collectifs.collectives.domain.mending import Sendings, Standing, standing_of
from collectifs.collectives.domain.work import MailInvitation
from collectifs.collectives.models import CharterConsent, Collective, Meeting, Membership
from collectifs.collectives.queries.collectives import (
    CollectiveAccess,
    CollectiveFacts,
    MemberFacts,
)
from collectifs.collectives.queries.memberships import is_present
from collectifs.collectives.queries.stays import Known, Stay
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.mail.refusals import passing_words
from collectifs.kernel.models import AuditEvent, Job, JobState, UtcDateTime
from collectifs.kernel.queries.jobs import HeldBack, held_back, mails_to
from collectifs.kernel.text.typography import join_names
from collectifs.people.domain.guests import Guest
from collectifs.people.domain.sign_in import LinkPurpose
from collectifs.people.models import PersonalLink

UNDER_WAY = (JobState.WAITING, JobState.RUNNING)
RETURN_SHOWN = timedelta(days=14)
INVITED, AGAIN, LEFT = "member_invited", "member_invited_again", "member_left"


@dataclass(frozen=True)
class Followed:
    """One person of the list. `member` is None for whoever declined; `elsewhere`: other collectives of the season.

    `held_back`: why the latest mail did not arrive, when that says nothing of the address.
    """

    name: str
    address: str
    standing: Standing
    sendings: Sendings
    member: MemberFacts | None = None
    elsewhere: str = ""
    held_back: HeldBack | None = None

    @property
    def held_back_words(self) -> str:
        """« boîte pleine (552 5.2.2) »."""
        return f"{passing_words(self.held_back.code)} ({self.held_back.code})" if self.held_back else ""


# Asked each time that a manager looks at a collective: written once.
_EVENTS = (
    select(AuditEvent)
    .where(AuditEvent.object_id.in_(bindparam("membership_ids", expanding=True)))
    .where(AuditEvent.kind.in_([INVITED, AGAIN, LEFT]))
    .order_by(AuditEvent.at, AuditEvent.id)
)
_L, _M, _C = PersonalLink.__table__.c, Membership.__table__.c, Collective.__table__
_OPENED: Any = (
    select(_L.user_id, _L.used_at)
    .where(_L.collective_id == bindparam("collective_id"), _L.purpose == LinkPurpose.PERSONAL, _L.used_at.is_not(None))
    .order_by(_L.used_at, _L.id)
)
_BELONGINGS: Any = (
    select(_M.user_id, _C.c.id, _C.c.name, _C.c.territory_id)
    .join(_C, _C.c.id == _M.collective_id)
    .where(_M.user_id.in_(bindparam("user_ids", expanding=True)), _C.c.season == bindparam("season"))
    .where(is_present(bindparam("now", type_=UtcDateTime())))
    .order_by(_C.c.territory_id != bindparam("territory_id"), _C.c.name, _C.c.id)
)


def followed(access: CollectiveAccess) -> list[Followed]:
    """The present members and those who declined, by family name."""
    collective_id = access.collective.id
    members = {each.membership_id: each for each in access.members}
    events, opened = _events(each.id for each in access.memberships), _opened(collective_id)
    rows = [each for each in access.memberships if each.id in members]
    rows += _declined(access, events)
    elsewhere = collectives_beside({each.user_id for each in rows}, access.collective)
    mails = mails_to({each.user_id for each in rows})
    found = [
        Followed(
            f"{row.user.given_name} {row.user.family_name}".strip(),
            row.user.address,
            _standing(members.get(row.id), _is_leaving(mails.get(row.user_id, []), collective_id)),
            _sendings(row, events[row.id], opened.get(row.user_id)),
            members.get(row.id),
            elsewhere.get(row.user_id, ""),
            _held_back(row.user, mails.get(row.user_id, [])),
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: each.member is None)


def _is_leaving(mails: Sequence[Job], collective_id: UUID) -> bool:
    """Whether somebody's invitation to the collective has not left yet."""
    mine = [each for each in mails if each.kind == MailInvitation.kind() and each.state in UNDER_WAY]
    return any(MailInvitation.read(each.args).collective_id == collective_id for each in mine)


def _held_back(user: Known, mails: Sequence[Job]) -> HeldBack | None:
    """What a server answered to the latest mail, else what came back lately; nothing where the address is refused."""
    if user.address_refused_at is not None:
        return None
    came_back = user.mail_delayed_at is not None and user.mail_delayed_at > clock.now() - RETURN_SHOWN
    return held_back(mails) or (HeldBack(user.mail_delay, None) if came_back else None)


def _standing(member: MemberFacts | None, is_leaving_soon: bool) -> Standing:
    return standing_of(
        has_accepted=member is not None and member.has_accepted,
        has_declined=member is None,
        is_unreached=member is not None and bool(member.address_refusal),
        is_leaving_soon=is_leaving_soon,
    )


def _sendings(row: Stay, events: list[AuditEvent], opened: list[datetime] | None) -> Sendings:
    first = next((each.at for each in events if each.kind == INVITED), row.starts_at)
    again = [each.at for each in events if each.kind == AGAIN]
    used = [at for at in opened or () if at >= first]
    return Sendings(first, len(again), again[-1] if again else None, used[0] if used else None)


def _declined(access: CollectiveAccess, events: dict[UUID, list[AuditEvent]]) -> list[Stay]:
    """Who went before accepting the charter, by their own gesture, and was not invited anew: their latest stay."""
    gone: dict[UUID, Stay] = {}
    for each in access.memberships:
        has_accepted = any(is_accepted(given.version, given.accepted_at, each.starts_at) for given in each.consents)
        if each.user_id not in access.member_ids and not has_accepted and each.ends_at is not None:
            gone[each.user_id] = each
    return [each for each in gone.values() if any(event.kind == LEFT for event in events[each.id])]


def _events(membership_ids: Iterable[UUID]) -> dict[UUID, list[AuditEvent]]:
    """What was done about each membership, oldest first."""
    found: dict[UUID, list[AuditEvent]] = defaultdict(list)
    for each in db.session.scalars(_EVENTS, {"membership_ids": list(membership_ids)}):
        found[each.object_id].append(each)
    return found


def _opened(collective_id: UUID) -> dict[UUID, list[datetime]]:
    """When each person opened a link to this collective, oldest first."""
    found: dict[UUID, list[datetime]] = defaultdict(list)
    for user_id, used_at in db.session.execute(_OPENED, {"collective_id": collective_id}):
        found[user_id].append(used_at)
    return found


def collectives_beside(user_ids: Collection[UUID], here: Collective | CollectiveFacts) -> dict[UUID, str]:
    """In which other collectives of the season some people are; those of other territories are not named."""
    return belongings_in(user_ids, here.territory_id, here.season, but=here.id)


def belongings_in(
    user_ids: Collection[UUID], territory_id: UUID, season: int, but: UUID | None = None
) -> dict[UUID, str]:
    """« L’Estuaire », « L’Estuaire et un collectif d’un autre territoire »; nobody who is in none."""
    if not user_ids:
        return {}
    told = {"user_ids": list(user_ids), "season": season, "territory_id": territory_id, "now": clock.now()}
    found: dict[UUID, list[str]] = defaultdict(list)
    for user_id, collective_id, name, where in db.session.execute(_BELONGINGS, told):
        if collective_id != but:
            found[user_id].append(name if where == territory_id else "un collectif d’un autre territoire")
    return {user_id: join_names(names) for user_id, names in found.items()}


def told_elsewhere(guests: Sequence[Guest], territory_id: UUID, season: int) -> list[Guest]:
    """The same guests, each with the collectives of the season to which they belong already."""
    known = belongings_in({each.user_id for each in guests if each.user_id}, territory_id, season)
    return [replace(each, elsewhere=known.get(each.user_id, "") if each.user_id else "") for each in guests]


def has_ever_met_or_planned(collective_id: UUID) -> bool:
    """Whether a date was ever fixed, cancelled ones included."""
    return bool(db.session.scalar(select(exists().where(Meeting.collective_id == collective_id))))


def has_consents(collective_id: UUID) -> bool:
    """Whether anybody ever accepted its charter."""
    return bool(db.session.scalar(select(exists().where(CharterConsent.collective_id == collective_id))))


def links_to(collective_id: UUID, user_id: UUID) -> list[PersonalLink]:
    """The links of a person that open this collective, and still may."""
    query = (
        select(PersonalLink)
        .where(
            PersonalLink.user_id == user_id,
            PersonalLink.collective_id == collective_id,
            PersonalLink.revoked_at.is_(None),
            PersonalLink.used_at.is_(None),
        )
        .order_by(PersonalLink.minted_at)
    )
    return list(db.session.scalars(query))


def memberships_ever(collective_id: UUID) -> list[UUID]:
    """Every membership of a collective, ended ones included."""
    query = select(Membership.id).where(Membership.collective_id == collective_id).order_by(Membership.id)
    return list(db.session.scalars(query))
