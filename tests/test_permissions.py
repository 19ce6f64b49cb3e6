"""The rules on access as a table of cases: values only. The world and its addresses are in tests/test_access.py."""

import inspect
from datetime import timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace as Plain
from typing import Any
from uuid import UUID

import pytest

import collectifs
from collectifs.meetings.queries.meetings import MeetingAccess
from collectifs.people.domain.person import Role
from tests.permission_cases import (
    ADMINISTRATOR,
    AT,
    EVERY_ROLE_ELSEWHERE,
    HERE,
    INSPECTOR,
    MANAGER,
    ME,
    NOBODY,
    OF_A_MANAGER,
    OF_ROLES_AND_ONESELF,
    OTHER,
    Cases,
    facts,
    me,
    place,
)

SUBJECTS = sorted(file.parent.name for file in Path(collectifs.__file__).parent.glob("*/permissions.py"))
RULES = {
    name: rule
    for subject in SUBJECTS
    for name, rule in inspect.getmembers(import_module(f"collectifs.{subject}.permissions"), inspect.isfunction)
    if name.startswith("can_")
}


def access(*am: str, knew: bool = True) -> Any:
    """A collective in which I am what is named; somebody else is all of it."""
    ids = {name: frozenset({OTHER, ME} if name in am else {OTHER}) for name in ("member", "pilot", "consent")}
    return Plain(
        member_ids=ids["member"],
        pilot_ids=ids["pilot"],
        consent_ids=ids["consent"],
        facts=Plain(territory_id=HERE),
        came_before=lambda user_id, _starts, _ends: knew,
    )


def meeting(*am: str, knew: bool = True, cancelled: bool = False) -> Any:
    row = Plain(
        starts_at=AT,
        ends_at=AT + timedelta(hours=2),
        cancelled_at=AT if cancelled else None,
        note_taker_id=ME if "note_taker" in am else OTHER,
    )
    deputies = frozenset({ME} if "deputy" in am else ())
    plain = Plain(meeting=row, access=access(*am, knew=knew), deputy_ids=deputies)
    plain.standing = partial(MeetingAccess.standing, plain)
    return plain


def sheet(*am: str, shared: bool = True, settled: bool = False, knew: bool = True, withdrawn: bool = False) -> Any:
    return Plain(
        access=access(*am),
        is_shared=shared,
        is_settled=settled,
        was_there_ids=frozenset({ME} if "there" in am else ()),
        deputy_ids=frozenset({ME} if "deputy" in am else ()),
        knew_meeting=lambda user_id: knew,
        sheet=Plain(withdrawn_at=AT if withdrawn else None),
    )


def asked(presenter: UUID | None, *am: str, **of_the_sheet: bool) -> Any:
    """A sheet with who presented."""
    return Plain(sheet=sheet(*am, **of_the_sheet), presenter_id=presenter)


def held(holder: UUID, *am: str) -> Any:
    """A pilotship of somebody, in a collective."""
    return Plain(pilotship=Plain(user_id=holder), collective=access(*am))


def situation(*am: str) -> Any:
    author = Plain(author_id=ME if "author" in am else OTHER)
    return Plain(situation=author, access=access(*am), deputy_ids=frozenset({ME} if "deputy" in am else ()))


def roster(*am: str) -> Any:
    member = Plain(user_id=ME, is_pilot="pilot" in am, has_accepted="consent" in am)
    other = Plain(user_id=OTHER, is_pilot=True, has_accepted=True)
    return Plain(facts=Plain(territory_id=HERE), members=(other, member) if "member" in am else (other,))


MEMBER, INSIDE = ("member",), ("member", "consent")
PILOT = ("member", "consent", "pilot")
OUTSIDE_PILOT = ("member", "pilot")  # the charter not accepted

CASES: Cases = {
    **OF_ROLES_AND_ONESELF,
    "can_enter_collective": (
        [(NOBODY, access(*MEMBER)), (NOBODY, access(*INSIDE))],
        [(NOBODY, access()), (NOBODY, access("consent", "pilot")), (me(*Role), access())],
    ),
    "can_take_part": ([(NOBODY, access(*INSIDE))], [(NOBODY, access(*MEMBER)), (NOBODY, access("consent"))]),
    "can_pilot": (
        [(NOBODY, access(*PILOT))],
        [(NOBODY, access(*INSIDE)), (NOBODY, access(*OUTSIDE_PILOT)), (me(*Role), access())],
    ),
    "can_manage": OF_A_MANAGER,
    "can_follow_members": (
        [(MANAGER, roster())],
        [(NOBODY, roster(*PILOT)), (INSPECTOR, roster()), (EVERY_ROLE_ELSEWHERE, roster())],
    ),
    "can_list_members": (
        [(MANAGER, roster()), (NOBODY, roster(*PILOT))],
        [
            *((NOBODY, roster(*am)) for am in ((), INSIDE, OUTSIDE_PILOT)),
            (EVERY_ROLE_ELSEWHERE, roster()),
            (INSPECTOR, roster()),
        ],
    ),
    "can_see_travel": (
        [(MANAGER, Plain(pilot_ids={OTHER}, territory_id=HERE)), (NOBODY, Plain(pilot_ids={ME}, territory_id=HERE))],
        [
            (EVERY_ROLE_ELSEWHERE, Plain(pilot_ids={OTHER}, territory_id=HERE)),
            (INSPECTOR, Plain(pilot_ids={OTHER}, territory_id=HERE)),
        ],
    ),
    "can_print_certificate": (
        [(NOBODY, Plain(access=access(*PILOT)))],
        [(NOBODY, Plain(access=access(*INSIDE))), (MANAGER, Plain(access=access()))],
    ),
    "can_see_meeting": (
        [(NOBODY, meeting(*INSIDE)), (NOBODY, meeting(*PILOT, knew=False))],
        [
            *((NOBODY, meeting(*am)) for am in ((), MEMBER, OUTSIDE_PILOT)),
            (NOBODY, meeting(*INSIDE, knew=False)),
            (me(*Role), meeting()),
        ],
    ),
    "can_answer_dates": (
        [(NOBODY, Plain(access=access(*INSIDE)))],
        [*((NOBODY, Plain(access=access(*am))) for am in ((), MEMBER)), (me(*Role), Plain(access=access()))],
    ),
    "can_choose_date": (
        [(NOBODY, Plain(access=access(*PILOT)))],
        [*((NOBODY, Plain(access=access(*am))) for am in (INSIDE, OUTSIDE_PILOT)), (MANAGER, Plain(access=access()))],
    ),
    "can_plan_meeting": (
        [(NOBODY, meeting(*PILOT)), (NOBODY, meeting(*PILOT, cancelled=True))],
        [(NOBODY, meeting(*INSIDE)), (NOBODY, meeting(*INSIDE, "deputy")), (MANAGER, meeting())],
    ),
    "can_run_meeting": (
        [(NOBODY, meeting(*PILOT)), (NOBODY, meeting(*INSIDE, "deputy"))],
        [
            *((NOBODY, meeting(*am)) for am in (INSIDE, OUTSIDE_PILOT, (*INSIDE, "note_taker"))),
            (NOBODY, meeting(*PILOT, cancelled=True)),
            (NOBODY, meeting(*INSIDE, "deputy", cancelled=True)),
        ],
    ),
    "can_join_room": (
        [(NOBODY, meeting(*am)) for am in (PILOT, (*INSIDE, "deputy"), (*INSIDE, "note_taker"))],
        [
            *((NOBODY, meeting(*am)) for am in (INSIDE, ("note_taker",), (*MEMBER, "note_taker"))),
            (NOBODY, meeting(*INSIDE, "note_taker", cancelled=True)),
        ],
    ),
    "can_read_situation": (
        [(NOBODY, situation(*am)) for am in (("author", "member"), PILOT, ("deputy",))],
        [(NOBODY, situation(*am)) for am in (("author",), INSIDE, OUTSIDE_PILOT)],
    ),
    "can_edit_situation": (
        [(NOBODY, situation("author", "member"))],
        [(NOBODY, situation(*am)) for am in (("author",), PILOT, ("deputy", *INSIDE))],
    ),
    "can_withdraw_situation": (
        [(NOBODY, situation("author")), (NOBODY, situation("author", "member"))],
        [(NOBODY, situation(*PILOT))],
    ),
    "can_read_sheet": (
        [
            (NOBODY, sheet(*INSIDE)),
            (NOBODY, sheet("there", knew=False)),
            (NOBODY, sheet(*INSIDE, knew=False, settled=True)),
        ],
        [
            (NOBODY, sheet(*INSIDE, shared=False)),
            (NOBODY, sheet("there", shared=False)),
            (NOBODY, sheet(*INSIDE, knew=False)),
            (NOBODY, sheet(*MEMBER, settled=True)),
            (me(*Role), sheet(settled=True)),
        ],
    ),
    "can_write_sheet": (
        [(NOBODY, sheet(*PILOT, shared=False)), (NOBODY, sheet("deputy"))],
        [(NOBODY, sheet(*INSIDE, "there")), (NOBODY, sheet(*OUTSIDE_PILOT))],
    ),
    "can_read_version": (
        [(NOBODY, Plain(access=sheet(*PILOT))), (NOBODY, Plain(access=sheet("deputy")))],
        [(NOBODY, Plain(access=sheet(*PILOT, withdrawn=True))), (NOBODY, Plain(access=sheet(*INSIDE)))],
    ),
    "can_see_sheet": (
        [(NOBODY, sheet(*PILOT, shared=False)), (NOBODY, sheet(*INSIDE))],
        [(NOBODY, sheet(*INSIDE, shared=False)), (INSPECTOR, sheet(settled=True))],
    ),
    "can_object": (
        [(NOBODY, sheet(*INSIDE)), (NOBODY, sheet("there", knew=False))],
        [
            (NOBODY, sheet(*INSIDE, knew=False, settled=True)),
            (NOBODY, sheet(*MEMBER)),
            (NOBODY, sheet("there", *INSIDE, shared=False)),
        ],
    ),
    "can_withdraw_sheet": (
        [(NOBODY, sheet(*INSIDE)), (NOBODY, sheet("there", knew=False))],
        [(NOBODY, sheet(*INSIDE, knew=False, settled=True)), (NOBODY, sheet("there", shared=False))],
    ),
    "can_answer_as_presenter": (
        [(NOBODY, asked(ME, *INSIDE)), (NOBODY, asked(ME, "there", knew=False))],
        [
            (NOBODY, asked(None, *PILOT, "there")),  # a sheet that nobody presented
            (NOBODY, asked(OTHER, *PILOT, "there")),
            (NOBODY, asked(ME, "there", shared=False)),
        ],
    ),
    "can_erase_debrief": ([(NOBODY, Plain(author_ids={ME, OTHER}))], [(NOBODY, Plain(author_ids={OTHER}))]),
    "can_end_pilotship": (
        [(NOBODY, held(ME)), (NOBODY, held(OTHER, *PILOT)), (MANAGER, held(OTHER))],
        [(NOBODY, held(OTHER, *INSIDE)), (EVERY_ROLE_ELSEWHERE, held(OTHER))],
    ),
    "can_keep_resource": ([(ADMINISTRATOR, Plain())], [(NOBODY, Plain()), (MANAGER, Plain())]),
    "can_manage_member": (
        [(MANAGER, Plain(collective=facts))],
        [(NOBODY, Plain(collective=facts)), (EVERY_ROLE_ELSEWHERE, Plain(collective=facts))],
    ),
    "can_cancel_proposal": (
        [(MANAGER, Plain(access=Plain(territory=place)))],
        [
            (me(Role.INSPECTOR, Role.ADMINISTRATOR), Plain(access=Plain(territory=place))),
            (EVERY_ROLE_ELSEWHERE, Plain(access=Plain(territory=place))),
        ],
    ),
    "can_answer_proposal": (
        [(NOBODY, Plain(access=access(*PILOT)))],
        [(NOBODY, Plain(access=access(*INSIDE))), (MANAGER, Plain(access=access()))],
    ),
    "can_name_pilots": (
        [(NOBODY, access(*PILOT)), (MANAGER, access())],
        [(NOBODY, access(*INSIDE)), (NOBODY, access(*OUTSIDE_PILOT)), (EVERY_ROLE_ELSEWHERE, access())],
    ),
    "can_name_deputy": (
        [(NOBODY, Plain(collective=access(*PILOT))), (MANAGER, Plain(collective=access()))],
        [(NOBODY, Plain(collective=access(*INSIDE))), (EVERY_ROLE_ELSEWHERE, Plain(collective=access()))],
    ),
}


@pytest.mark.parametrize("rule", sorted(CASES))
def test_a_rule_lets_in_whom_it_names_and_nobody_else(rule: str) -> None:
    let_in, refused = CASES[rule]
    says = RULES[rule]
    assert [bool(says(*case)) for case in let_in] == [True] * len(let_in)
    assert [bool(says(*case)) for case in refused] == [False] * len(refused)


def test_every_rule_has_its_cases() -> None:
    rules = set(RULES)
    assert rules == set(CASES)
