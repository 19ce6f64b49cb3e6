"""Who somebody is, for the rules on access; and the cases of the rules that ask for a role, or for oneself alone."""

from datetime import UTC, datetime
from types import SimpleNamespace as Plain
from typing import Any
from uuid import UUID, uuid4

from collectifs.people.domain.person import Grant, Person, Role

# Rule, person, about what: first who is let in, then who is not.
Cases = dict[str, tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]]

HERE, ELSEWHERE, ME, OTHER = uuid4(), uuid4(), uuid4(), uuid4()
AT = datetime(2027, 1, 13, 13, tzinfo=UTC)


def me(*roles: Role, where: UUID = HERE) -> Person:
    return Person(ME, "Camille", "Personne", "c@a.example", tuple(Grant(role, frozenset({where})) for role in roles))


NOBODY, MANAGER, INSPECTOR, ADMINISTRATOR = me(), me(Role.MANAGER), me(Role.INSPECTOR), me(Role.ADMINISTRATOR)
PILOT_HERE, EVERY_ROLE_ELSEWHERE = me(Role.PILOT), me(*Role, where=ELSEWHERE)
NEITHER = me(Role.ADMINISTRATOR, Role.PILOT)  # neither manages nor inspects
facts, place = Plain(territory_id=HERE), Plain(id=HERE)


def submitted(**dates: datetime) -> Any:
    return Plain(**{"territory_id": HERE, "withdrawn_at": None, "replaced_at": None} | dates)


def role(which: Role, territory_id: UUID | None = HERE) -> Any:
    return Plain(role=which, territory_id=territory_id)


def page(*, is_agreed: bool = True) -> Any:
    """The page of a workshop."""
    return Plain(territory_id=HERE, is_agreed=is_agreed)


def programme(head: UUID | None, *tutors: UUID) -> Any:
    return Plain(head_id=head, tutor_ids=tutors)


def evaluation(*heads: UUID) -> Any:
    return Plain(head_ids=heads, territory=place)


def whose(person: UUID) -> Any:
    """What belongs to one person."""
    return Plain(user_id=person)


OF_A_MANAGER = ([(MANAGER, facts)], [(NOBODY, facts), (INSPECTOR, facts), (EVERY_ROLE_ELSEWHERE, facts)])
OF_EITHER_SOMEWHERE = ([(MANAGER,), (INSPECTOR,), (EVERY_ROLE_ELSEWHERE,)], [(NOBODY,), (NEITHER,)])
OF_ONESELF = ([(NOBODY, whose(ME))], [(me(*Role), whose(OTHER))])

OF_ROLES_AND_ONESELF: Cases = {
    # people
    "can_manage_somewhere": ([(MANAGER,), (EVERY_ROLE_ELSEWHERE,)], [(NOBODY,), (INSPECTOR,), (ADMINISTRATOR,)]),
    "can_manage_territory": ([(MANAGER, place)], [(EVERY_ROLE_ELSEWHERE, place), (INSPECTOR, place)]),
    "can_inspect": ([(INSPECTOR,), (EVERY_ROLE_ELSEWHERE,)], [(NOBODY,), (MANAGER,), (ADMINISTRATOR,)]),
    "can_administer": ([(ADMINISTRATOR,)], [(NOBODY,), (me(Role.MANAGER, Role.INSPECTOR, Role.PILOT),)]),
    "can_revoke_role": (
        [(ADMINISTRATOR, role(Role.MANAGER)), (ADMINISTRATOR, role(Role.INSPECTOR))],
        [
            (ADMINISTRATOR, role(Role.PILOT)),
            (ADMINISTRATOR, role(Role.ADMINISTRATOR)),
            (MANAGER, role(Role.MANAGER)),
        ],
    ),
    "can_end_deputy": (
        [(NOBODY, Plain(stands_in_for_id=ME))],
        [(EVERY_ROLE_ELSEWHERE, Plain(stands_in_for_id=OTHER)), (INSPECTOR, Plain(stands_in_for_id=None))],
    ),
    "can_close_feed": OF_ONESELF,
    "can_close_device": OF_ONESELF,
    "can_keep_status": ([(ADMINISTRATOR, Plain())], [(NOBODY, Plain()), (MANAGER, Plain())]),
    "can_revoke_pilot": (
        [(MANAGER, role(Role.PILOT))],
        [
            (MANAGER, role(Role.MANAGER)),
            (MANAGER, role(Role.PILOT, ELSEWHERE)),
            (MANAGER, role(Role.PILOT, None)),
            (INSPECTOR, role(Role.PILOT)),
        ],
    ),
    # review
    "can_review": (
        [(INSPECTOR, submitted())],
        [
            (INSPECTOR, submitted(withdrawn_at=AT)),
            (INSPECTOR, submitted(replaced_at=AT)),
            (EVERY_ROLE_ELSEWHERE, submitted()),
            (MANAGER, submitted()),
        ],
    ),
    "can_drop_filter": OF_ONESELF,
    "can_open_export": (
        [(INSPECTOR, Plain(user_id=ME, is_whole=True, territory_ids=frozenset({HERE})))],
        [
            (INSPECTOR, Plain(user_id=OTHER, is_whole=True, territory_ids=frozenset({HERE}))),
            (INSPECTOR, Plain(user_id=ME, is_whole=False, territory_ids=frozenset({HERE}))),
            (INSPECTOR, Plain(user_id=ME, is_whole=True, territory_ids=frozenset({HERE, ELSEWHERE}))),
            (EVERY_ROLE_ELSEWHERE, Plain(user_id=ME, is_whole=True, territory_ids=frozenset({HERE}))),
        ],
    ),
    # campaign
    "can_manage_call": OF_A_MANAGER,
    "can_volunteer_again": ([(NOBODY, Plain(former_ids={ME}))], [(MANAGER, Plain(former_ids={OTHER}))]),
    # network
    "can_manage_event": OF_A_MANAGER,
    "can_keep_directory": OF_A_MANAGER,
    "can_read_pages": OF_EITHER_SOMEWHERE,
    "can_read_workshop_page": (
        [(MANAGER, page()), (INSPECTOR, page())],
        [
            (me(*Role), page(is_agreed=False)),
            *((user, page()) for user in (NOBODY, NEITHER, EVERY_ROLE_ELSEWHERE)),
        ],
    ),
    # report
    "can_read_reports": OF_EITHER_SOMEWHERE,
    "can_read_themes": (
        [(MANAGER, place), (INSPECTOR, place), (PILOT_HERE, place)],
        [(NOBODY, place), (ADMINISTRATOR, place), (EVERY_ROLE_ELSEWHERE, place)],
    ),
    "can_read_report": (
        [(MANAGER, place), (INSPECTOR, place)],
        [(NOBODY, place), (NEITHER, place), (EVERY_ROLE_ELSEWHERE, place)],
    ),
    "can_read_evaluation": (
        [(NOBODY, evaluation(OTHER, ME)), (MANAGER, evaluation(OTHER))],
        [(NOBODY, evaluation()), (INSPECTOR, evaluation(OTHER)), (EVERY_ROLE_ELSEWHERE, evaluation(OTHER))],
    ),
    # book
    "can_see_books": OF_EITHER_SOMEWHERE,
    "can_open_book": (
        [(MANAGER, place), (INSPECTOR, place)],
        [(NOBODY, place), (NEITHER, place), (EVERY_ROLE_ELSEWHERE, place)],
    ),
    "can_run_book": (
        [(MANAGER, facts), (INSPECTOR, facts)],
        [(NOBODY, facts), (NEITHER, facts), (EVERY_ROLE_ELSEWHERE, facts)],
    ),
    "can_edit_book": ([(INSPECTOR, facts)], [(NOBODY, facts), (MANAGER, facts), (EVERY_ROLE_ELSEWHERE, facts)]),
    "can_answer_page": ([(NOBODY, Plain(asked_ids={ME, OTHER}))], [(me(*Role), Plain(asked_ids={OTHER}))]),
    # tutoring
    "can_head_programme": (
        [(NOBODY, programme(ME))],
        [(me(*Role), programme(OTHER, ME)), (NOBODY, programme(None, ME))],
    ),
    "can_hand_out": (
        [(NOBODY, programme(ME)), (NOBODY, programme(OTHER, ME)), (NOBODY, programme(None, OTHER, ME))],
        [(me(*Role), programme(OTHER)), (me(*Role), programme(OTHER, OTHER))],
    ),
    "can_keep_notebook": OF_ONESELF,
    "can_keep_note": OF_ONESELF,
    # engagement
    "can_keep_engagement": OF_ONESELF,
}
