"""Candidacies: whose they are, what composing reads of them, what their people wish about one another."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from collectifs.campaign.domain.call import PartnerKind
from collectifs.campaign.domain.candidacy import CandidacyState, HalfDay, WishKind, WouldPilot
from collectifs.campaign.domain.funnel import DIRECT, MASKED
from collectifs.campaign.domain.kinds import CallKind
from collectifs.campaign.models.calls import Call, CallPartner, Candidacy, CandidacyLink, CandidacyStatus, Wish
from collectifs.campaign.queries import candidacies
from collectifs.campaign.queries.candidacies import OpenedWishes
from collectifs.campaign.queries.funnel import funnel_of
from collectifs.campaign.queries.own import told_of_candidacies
from collectifs.kernel import clock, vault
from collectifs.kernel.extensions import db
from collectifs.kernel.models import SealedText
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.models import Attendance
from collectifs.people.domain.person import Degree
from collectifs.people.models import AccompaniedStatus
from collectifs.people.queries.people import hashed
from tests import factories
from tests.closed import flip

STATE = CandidacyState
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TOGETHER, APART = WishKind


@pytest.fixture
def call(app: Flask) -> Call:
    return factories.call()


@pytest.fixture
def now(app: Flask) -> datetime:
    return clock.now()


def status(row: Candidacy, label: str, position: int) -> UUID:
    made = factories.add(AccompaniedStatus(label=label, position=position))
    factories.add(CandidacyStatus(candidacy_id=row.id, status_id=made.id))
    return made.id


def test_composing_reads_what_was_told_and_takes_for_granted_the_least_where_nothing_was(call: Call) -> None:
    told = factories.candidacy(
        call, "Zoé", id=UUID(int=1), state=STATE.RETAINED, degree=Degree.SECOND, tutoring_years=4, half_days=["wed_pm"],
        would_pilot=WouldPilot.YES, qualifications=["CAFFA"], district="Nord", supervises="Sud", uai="0470001A",
    )  # fmt: skip
    silent = factories.candidacy(
        call, id=UUID(int=2), state=STATE.RETAINED, degree=None, tutoring_years=None, would_pilot=None
    )
    factories.candidacy(call)
    factories.candidacy(factories.call(), state=STATE.RETAINED)
    ids = {status(told, "Contractuelle", 1), status(told, "Alternant", 2)}
    one, other = candidacies.retained(call.id)
    assert (one.id, one.name, one.degree, one.is_new, one.pilots) == (
        told.id, f"Zoé {told.family_name}", Degree.SECOND, False, True,
    )  # fmt: skip
    assert (one.district, one.supervises, one.uai, one.qualifications) == ("Nord", "Sud", "0470001A", ("CAFFA",))
    assert (one.half_days, set(one.status_ids)) == ({HalfDay.WEDNESDAY_AFTERNOON}, ids)
    assert (other.degree, other.tutoring_years, other.would_pilot) == (Degree.FIRST, 0, WouldPilot.NO)
    assert (other.id, other.is_new, other.pilots, other.status_ids) == (silent.id, True, False, ())


def test_a_candidacy_is_found_by_its_address_by_its_name_and_by_its_link(call: Call, now: datetime) -> None:
    late, early = (
        factories.candidacy(call, each, family_name="Élan", address="z@x", started_at=now - hours * HOUR)
        for each, hours in (("Zoé", 0), ("Luc", 1))
    )
    gone = factories.candidacy(call, "Ève", family_name="Élan", address="z@x", state=STATE.WITHDRAWN)
    link = factories.add(CandidacyLink(candidacy_id=late.id, token_hash=hashed("token"), minted_at=now))
    assert next(each.id for each in candidacies.candidacies_at("z@x")) == early.id
    assert set(candidacies.candidacies_at("z@x")) == {early, late, gone}
    assert candidacies.candidacies_at("y@x") == []
    assert candidacies.same_candidacy(call.id, "z@x", "zoe ELAN") is late
    assert candidacies.same_candidacy(call.id, "z@x", "Ève Élan") is None
    assert candidacies.same_candidacy(call.id, "y@x", "Zoé Élan") is None
    assert candidacies.same_candidacy(factories.call().id, "z@x", "Zoé Élan") is None
    assert candidacies.candidacy_for_token("token") == (late, link)
    assert candidacies.candidacy_for_token("tokens") is None
    assert candidacies.get_candidacy(late.id) is late
    assert candidacies.get_candidacy(UUID(int=9)) is None
    assert candidacies.kind_of(late) is CallKind.TUTORS
    assert candidacies.kind_of(factories.candidacy(factories.call(kind=CallKind.PREPARATORY))) is CallKind.PREPARATORY


@pytest.fixture
def three(call: Call) -> list[Candidacy]:
    """Retained: a@x, b@x, and one more who also gave b@x."""
    return [
        factories.candidacy(call, id=UUID(int=number), address=address, state=STATE.RETAINED)
        for number, address in enumerate(("a@x", "b@x", "B@x"), 1)
    ]


def pairs(*said: tuple[int, int]) -> frozenset[frozenset[UUID]]:
    return frozenset(frozenset(UUID(int=each) for each in pair) for pair in said)


@pytest.mark.parametrize(
    ("wishes", "together", "apart"),
    [
        ([(1, "b@x", TOGETHER)], (), ()),  # one of two asked
        ([(1, "B@X", TOGETHER), (2, "a@x", TOGETHER)], ((1, 2),), ()),
        ([(1, "b@x", TOGETHER), (3, "a@x", TOGETHER)], (), ()),  # a shared address means its first candidacy
        ([(1, "b@x", APART)], (), ((1, 2),)),
        ([(1, "b@x", TOGETHER), (2, "a@x", TOGETHER), (2, "a@x", APART)], (), ((1, 2),)),
        ([(1, "a@x", APART), (1, "c@x", APART)], (), ()),  # oneself, or somebody who did not volunteer
        ([(4, "a@x", APART)], (), ()),  # who is not retained
    ],
)
def test_together_counts_when_both_ask_for_it_and_apart_wins(
    call: Call, three: list[Candidacy], wishes: list[tuple[int, str, WishKind]], together: Any, apart: Any
) -> None:
    people = [*three, factories.candidacy(call, address="d@x")]
    for who, address, kind in wishes:
        factories.wish(people[who - 1], address, kind)
    retained = candidacies.retained(call.id)
    assert candidacies.wishes_of(call.id, retained) == OpenedWishes(pairs(*together), pairs(*apart))
    assert candidacies.wishes_of(factories.call().id, retained) == OpenedWishes()


def test_wishes_are_told_to_their_own_person_until_they_have_perished(call: Call, three: list[Candidacy]) -> None:
    first, second = factories.wish(three[0], "b@x"), factories.wish(three[0], "c@x", APART)
    factories.wish(three[1], "a@x")
    assert set(candidacies.wishes_told(three[0].id)) == {(TOGETHER, "b@x"), (APART, "c@x")}
    second.body = SealedText(flip(second.body))
    db.session.flush()
    assert candidacies.wish_words(second) is None
    assert candidacies.wishes_told(three[0].id) == [(TOGETHER, "b@x")]
    vault.destroy_key(first.key_id)
    assert candidacies.wishes_told(three[0].id) == []
    assert candidacies.wish_words(db.session.get_one(Wish, first.id)) is None


def test_what_belongs_to_earlier_seasons_is_found_to_go(app: Flask) -> None:
    old, new = (factories.call(season=season, wishes_key_id=key) for season, key in ((2025, "k1"), (2026, "k2")))
    done = factories.call(season=2024)
    rows = [factories.candidacy(each) for each in (old, new, done)]
    assert candidacies.calls_with_wishes_before(2026) == [old]
    before = candidacies.ids_of_candidacies_before(2026).order_by(Candidacy.id)
    assert set(db.session.scalars(before)) == {rows[0].id, rows[2].id}
    assert list(db.session.scalars(candidacies.ids_of_candidacies(new.id).order_by(Candidacy.id))) == [rows[1].id]


@pytest.mark.parametrize(
    ("state", "address", "days", "found"),
    [
        (STATE.WITHDRAWN, "a@x", 1, True),
        (STATE.WITHDRAWN, "a@x", 0, False),
        (STATE.WITHDRAWN, "", 1, False),
        (STATE.WITHDRAWN, "a@x", None, False),
        (STATE.COMPLETE, "a@x", 1, False),
    ],
)
def test_an_address_that_a_mail_could_not_leave_to_is_found_the_day_after(
    call: Call, now: datetime, state: STATE, address: str, days: int | None, found: bool
) -> None:
    at = None if days is None else now - days * DAY
    row = factories.candidacy(call, state=state, address=address, withdrawn_at=at)
    assert candidacies.withdrawn_before(now.date()) == ([row] if found else [])


def test_the_half_days_of_a_collective_are_those_of_whoever_told_any(call: Call) -> None:
    here = factories.collective()
    for state, days, where in (
        (STATE.PLACED, ["wed_pm", "mon_am"], here.id),
        (STATE.PLACED, [], here.id),
        (STATE.RETAINED, ["tue_am"], here.id),
        (STATE.PLACED, ["tue_am"], factories.collective().id),
    ):
        factories.candidacy(call, state=state, half_days=days, collective_id=where)
    assert candidacies.half_days_told(here.id) == [{"mercredi après-midi", "lundi matin"}]


def test_ones_own_copy_says_all_that_was_told_and_nothing_that_was_withdrawn(call: Call, now: datetime) -> None:
    row = factories.candidacy(
        call,
        "Zoé",
        family_name="Élan",
        address="z@x",
        half_days=["wed_pm"],
        would_pilot=WouldPilot.MAYBE,
        uai="0470001A",
    )
    factories.candidacy(call, address="z@x", state=STATE.WITHDRAWN)
    factories.candidacy(call, "Léo", address="y@x")
    status(row, "Contractuelle", 2)
    status(row, "Alternant", 1)
    factories.wish(row, "b@x", APART)
    [told] = told_of_candidacies("z@x")
    assert told == {
        "état": "à examiner",
        "nom": "Zoé Élan",
        "adresse": "z@x",
        "degré": Degree.FIRST.label,
        "années de tutorat": 0,
        "commune de travail": "Marmande (47)",
        "commune de résidence": "Marmande (47)",
        "établissement": "École du Lavoir",
        "UAI": "0470001A",
        "demi-journées": ["mercredi après-midi"],
        "piloter": "peut-être",
        "personnes accompagnées": ["Alternant", "Contractuelle"],
        "souhaits": ["sans b@x"],
        "commencée le": now,
        "complète le": now,
    }


def test_what_each_partner_brought_is_counted_to_the_first_meeting(call: Call, now: datetime) -> None:
    inspe = factories.add(CallPartner(call_id=call.id, name="INSPÉ", kind=PartnerKind.INSPE, slug="inspe", made_at=now))
    here = factories.collective()
    meetings = [factories.meeting(here, number=number) for number in (1, 2)]
    there = [AttendanceState.PRESENT] * 4 + [AttendanceState.LATE, AttendanceState.EXCUSED]
    for number in range(6):
        who = factories.user()
        factories.candidacy(call, address=who.address, partner_id=inspe.id, state=STATE.PLACED, collective_id=here.id)
        for each in meetings[: 2 if number < 2 else 1]:  # few come again
            factories.add(Attendance(meeting_id=each.id, user_id=who.id, state=there[number], marked_at=now))
    for state, times in ((STATE.RETAINED, {}), (STATE.STARTED, {"confirmed_at": None, "completed_at": None})):
        factories.candidacy(call, partner_id=inspe.id, state=state, **times)
    for _ in range(5):
        factories.candidacy(call)
    one, direct = funnel_of(call.id)
    assert (one.name, direct.name) == ("INSPÉ", DIRECT)
    assert dict(one.numbers) == {"started": 8, "confirmed": 7, "complete": 7, "retained": 7, "placed": 6, "came": 5}
    assert direct.shown() == ["5", "5", "5", MASKED, MASKED, MASKED]
    meetings[0].cancelled_at = now
    db.session.flush()
    assert funnel_of(call.id)[0].numbers["came"] == 0
    assert [each.name for each in funnel_of(factories.call().id)] == [DIRECT]
