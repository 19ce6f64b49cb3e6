"""Who is in a collective at an instant: members, pilots, consents; its name and its code; what is told of a charter."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from collectifs.collectives.domain.charter import ASKED
from collectifs.collectives.domain.work import MailInvitation
from collectifs.collectives.models import CharterConsent, Collective
from collectifs.collectives.queries import collectives
from collectifs.collectives.queries.collectives import CollectiveAccess
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import Job, JobState
from collectifs.people.domain.person import Degree
from collectifs.people.models import Territory, User
from tests import factories
from tests.factories import NOVEMBER

HOUR = timedelta(hours=1)


@pytest.fixture
def now(app: Flask, moment: object) -> datetime:
    return clock.now()


@pytest.fixture
def where(place: Territory, helene: User, maud: User) -> Collective:
    return factories.collective(place, pilot=helene, members=[maud], name="Les Tilleuls", code="B7")


def access(row: Collective) -> CollectiveAccess:
    found = collectives.get_collective(row.id)
    assert found is not None
    return found


def accepted(who: User, where: Collective, version: int, at: datetime) -> None:
    row = CharterConsent(user_id=who.id, collective_id=where.id, version=version, accepted_at=at)
    factories.add(row)


@pytest.mark.parametrize(
    ("version", "after", "counts", "once"),
    [
        (ASKED, 0, True, False),
        (ASKED - 1, 0, False, True),  # a charter that asked less
        (ASKED, -1, False, False),  # of an older membership
        (None, 0, False, False),
    ],
)
def test_a_consent_counts_for_this_membership_and_what_is_asked_today(
    now: datetime, where: Collective, version: int | None, after: int, counts: bool, once: bool
) -> None:
    jo = factories.user("Jo", "Dupont")
    factories.membership(jo, where, consents=False, starts_at=now - HOUR)
    if version is not None:
        accepted(jo, where, version, now - HOUR + after * HOUR)
    found = access(where)
    assert jo.id in found.member_ids
    assert (jo.id in found.consent_ids) is counts
    assert found.accepted_once(jo.id) is once
    [member] = [each for each in found.members if each.user_id == jo.id]
    assert (member.has_accepted, member.is_pilot, member.name) == (counts, False, "Jo Dupont")


def test_everybody_who_ever_belonged_is_known_and_only_the_present_are_members(
    now: datetime, where: Collective, helene: User, maud: User
) -> None:
    gone = factories.user("Ana", "Partie")
    factories.membership(gone, where, ends_at=now)
    found = access(where)
    assert found.member_ids == found.consent_ids == {helene.id, maud.id}
    assert [each.user_id for each in found.members] == [maud.id, helene.id]
    assert [each.user_id for each in found.pilots] == [helene.id]
    assert [each.id for each in found.everybody] == [maud.id, helene.id, gone.id]
    assert found.zone.key == "Europe/Paris"
    assert not found.accepted_once(gone.id)
    assert found.periods[gone.id] == ((NOVEMBER, now),)
    assert found.came_before(gone.id, now - HOUR, now)
    assert not found.came_before(gone.id, now, now + HOUR)
    assert not found.came_before(uuid4(), now, now + HOUR)
    assert collectives.get_collective(uuid4()) is None
    assert collectives.members_of(uuid4()) == []
    assert collectives.accesses_to([]) == {}


@pytest.mark.parametrize(
    ("consents", "ends", "stands_in"), [(True, None, True), (False, None, False), (True, 0, False)]
)
def test_a_deputy_runs_the_meeting_that_they_were_named_for_as_a_member_under_the_charter(
    now: datetime, where: Collective, consents: bool, ends: int | None, stands_in: bool
) -> None:
    jo, row, other = factories.user("Jo"), factories.meeting(where), factories.meeting(where, number=2)
    factories.membership(jo, where, consents=consents, ends_at=None if ends is None else now)
    factories.deputy(row, jo)
    found = access(where)
    assert found.deputies_for(row.id) == ({jo.id} if stands_in else set())
    assert found.deputies_for(other.id) == frozenset()


@pytest.mark.parametrize(
    ("refused", "refusal", "said", "kind"),
    [(True, "550 5.1.1", "550 5.1.1", "unknown"), (False, "550 5.1.1", "", "")],
)
def test_a_refusal_of_an_address_is_told_while_it_stands(
    now: datetime, where: Collective, maud: User, refused: bool, refusal: str, said: str, kind: str
) -> None:
    maud.address_refused_at, maud.address_refusal = now if refused else None, refusal
    db.session.flush()
    [member] = [each for each in access(where).members if each.user_id == maud.id]
    assert member.address_refusal == said
    assert not said or member.refusal_kind == kind


def test_the_collectives_of_somebody_come_the_newest_first_each_with_whether_they_belong_now(
    now: datetime, where: Collective, place: Territory, maud: User
) -> None:
    old = factories.collective(place, name="D’avant", season=2025, created_at=NOVEMBER - 365 * 24 * HOUR)
    factories.membership(maud, old, ends_at=now)
    back = factories.collective(place, name="Retour", created_at=now)
    factories.membership(maud, back, ends_at=now - HOUR)
    factories.membership(maud, back, consents=False, starts_at=now)
    found = [(each.name, each.season, holds) for each, holds in collectives.belongings_of(maud.id)]
    assert found == [("Retour", 2026, True), ("Les Tilleuls", 2026, True), ("D’avant", 2025, False)]


def test_names_and_codes_are_taken_on_a_territory_in_a_season(where: Collective, place: Territory) -> None:
    factories.collective(place, name="D’avant", code="C1", season=2025, degree=Degree.SECOND)
    factories.collective(factories.territory("Ailleurs"), name="Ailleurs", code="D1", degree=Degree.SECOND)
    assert collectives.names_taken(place.id, 2026) == {"Les Tilleuls"}
    assert collectives.codes_taken(place.id, 2026) == {"B7"}
    assert [each.name for each in collectives.collectives_on(frozenset({place.id}), 2026)] == ["Les Tilleuls"]
    assert collectives.degree_of(where.id) is Degree.FIRST
    facts = collectives.get_collective_facts(where.id)
    assert facts is not None
    assert (facts.name, facts.code, facts.territory_id, facts.season) == ("Les Tilleuls", "B7", place.id, 2026)
    assert collectives.get_collective_facts(uuid4()) is None
    assert collectives.locked_collective(where.id) is where


@pytest.mark.parametrize(("ends", "is_open"), [(None, True), (1, True), (0, False)])
def test_a_membership_is_open_until_its_end(now: datetime, where: Collective, ends: int | None, is_open: bool) -> None:
    jo = factories.user()
    row = factories.membership(jo, where, ends_at=None if ends is None else now + ends * HOUR)
    assert collectives.open_membership(jo.id, where.id) is (row if is_open else None)
    assert collectives.open_membership(jo.id, uuid4()) is None


def test_whoever_accepted_a_former_charter_is_asked_anew_once(now: datetime, where: Collective) -> None:
    jo, told, new = (factories.user(name) for name in ("Jo", "Prévenue", "Nouvelle"))
    for who, version in ((jo, ASKED), (told, ASKED), (new, ASKED + 1)):
        accepted(who, where, version, NOVEMBER)
    row = collectives.charter_consent(told.id, where.id)
    assert row is not None
    row.told_version = ASKED + 1
    db.session.flush()
    found = {each.user_id for each in collectives.consents_to_ask_anew(ASKED + 1)}
    assert jo.id in found
    assert not {told.id, new.id} & found
    accepted(jo, where, ASKED + 1, now)
    latest = collectives.charter_consent(jo.id, where.id)
    assert latest is not None
    assert latest.version == ASKED + 1
    assert collectives.charter_consent(new.id, uuid4()) is None


def test_an_invitation_waits_until_its_mail_has_left(now: datetime, where: Collective) -> None:
    people = [factories.user() for _ in range(5)]
    waiting, running, done, failed, other = (each.id for each in people)
    states = (
        (waiting, JobState.WAITING),
        (running, JobState.RUNNING),
        (done, JobState.DONE),
        (failed, JobState.FAILED),
    )
    for user_id, state in states:
        invitation(user_id, where.id, now, state=state)
    invitation(other, uuid4(), now)
    invitation(other, where.id, now, kind="mail_other")
    assert collectives.invited_and_waiting(where.id) == {waiting, running}


def invitation(user_id: UUID, where: UUID, now: datetime, **values: object) -> None:
    args = {"user_id": str(user_id), "collective_id": str(where)}
    usual = {"kind": MailInvitation.kind(), "args": args, "run_after": now, "created_at": now}
    factories.add(Job(**(usual | values)))
