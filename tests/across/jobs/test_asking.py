"""What may be asked of the worker: each kind has its work, holds no text, and keeps its name and fields in its rows."""

import importlib
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints
from uuid import UUID, uuid4

import pytest
from flask import Flask

from collectifs.kernel.jobs.registry import do, does, done_kinds, queue_of, work_of
from collectifs.kernel.work import MAILS, DestroyKey, Mail, Queue, Work
from collectifs.meetings.domain.work import MailMeetingMoved

PACKAGE = Path(__file__).resolve().parents[3] / "collectifs"
SUBJECTS = [path.parts[-3] for path in sorted(PACKAGE.glob("*/domain/work.py"))]
MODULES = ["collectifs.kernel.work", *(f"collectifs.{subject}.domain.work" for subject in SUBJECTS)]

# Rows that a former version asked for are run by this one: a name leaves this list with a migration, never alone.
IN_THE_TABLE = {
    "compose_draft": {"draft_id"},
    "publish_draft": {"draft_id"},
    "destroy_key": {"key_id"},
    "erase_removed_notes": {"meeting_id"},
    "mail_account_ends": {"user_id"},
    "mail_address_changed": {"link_id", "to"},
    "mail_charter_asked": {"user_id", "collective_id"},
    "mail_dates_asked": {"user_id", "poll_id"},
    "mail_dates_ready": {"user_id", "poll_id"},
    "mail_dates_reminder": {"user_id", "poll_id"},
    "mail_frame_asked": {"user_id", "adjustment_id"},
    **{f"mail_candidacy_{each}": {"candidacy_id"} for each in ("answered", "link", "received", "waits", "withdrawn")},
    "mail_candidacy_address": {"candidacy_id", "to_new"},
    **{f"mail_registration_{each}": {"registration_id"} for each in ("link", "received", "withdrawn")},
    **{f"mail_event_{each}": {"registration_id"} for each in ("moved", "cancelled")},
    "mail_day_reminder": {"registration_id"},
    "mail_host_link": {"workshop_id"},
    "mail_page_proposed": {"registration_id", "workshop_id", "proposal_id"},
    "mail_page_withdrawn": {"registration_id", "workshop_id"},
    "mail_tutoring_entrusted": {"user_id", "programme_id"},
    "mail_notebook_ends": {"notebook_id"},
    "mail_place_offered": {"registration_id", "slot_id"},
    **{f"mail_relay_{each}": {"relay_id"} for each in ("asked", "named")},
    "mail_former_reminded": {"user_id", "yes_id"},
    "mail_relay_message": {"message_id"},
    "mail_seat_changed": {"registration_id", "workshop_id", "because"},
    "mail_candidacy_place": {"offer_id"},
    "mail_opening_link": {"notice_id"},
    "mail_call_opens": {"notice_id"},
    "offer_places": {"call_id"},
    "mail_invitation": {"user_id", "collective_id"},
    "mail_meeting_cancelled": {"user_id", "meeting_id"},
    "mail_meeting_moved": {"user_id", "meeting_id"},
    "mail_meeting_planned": {"user_id", "meeting_id"},
    "mail_meeting_reminder": {"user_id", "meeting_id"},
    "mail_member_proposed": {"user_id", "proposal_id"},
    "mail_membership_removed": {"user_id", "territory_id"},
    "mail_new_address": {"link_id"},
    "mail_newcomer": {"user_id", "membership_id"},
    "mail_password_changed": {"user_id"},
    "mail_book_removal_asked": {"user_id", "entry_id"},
    "mail_book_page_asked": {"user_id", "entry_id"},
    "mail_book_page_withdrawn": {"user_id", "entry_id"},
    **{f"mail_book_page_{each}_registered": {"registration_id", "entry_id"} for each in ("asked", "withdrawn")},
    **{f"mail_book_page_{each}_host": {"workshop_id", "entry_id"} for each in ("asked", "withdrawn")},
    "mail_book_reminder": {"user_id", "book_id"},
    "mail_book_unpublished": {"user_id", "book_id"},
    "mail_pilotship_ended": {"user_id", "pilotship_id"},
    "mail_pilotship_named": {"user_id", "pilotship_id", "because"},
    "mail_pilotship_told": {"user_id", "pilotship_id", "because"},
    "mail_presenter_awaited": {"sheet_id"},
    "mail_questionnaire": {"user_id", "collective_id"},
    "mail_remark": {"user_id", "sheet_id"},
    "mail_role_granted": {"user_id", "role"},
    "mail_role_revoked": {"user_id", "role"},
    "mail_second_device": {"device_id"},
    "mail_sheet_accepted_in_room": {"user_id", "sheet_id"},
    "mail_sheet_proposed": {"user_id", "sheet_id"},
    "mail_sheet_waits": {"user_id", "sheet_id"},
    "mail_sheet_withdrawn": {"user_id", "sheet_id"},
    "mail_sheets_wait": {"user_id"},
    "mail_export_ready": {"user_id", "export_id"},
    "make_sheet_export": {"export_id"},
    "render_edition": {"edition_id"},
    "mail_sign_in_link": {"user_id"},
    "mail_week": {"user_id"},
    "make_data_copy": {"copy_id"},
    "perish_notes": {"meeting_id"},
    "render_copy": {"submitted_id"},
    "render_version": {"version_id"},
}

# The words that a row may hold: the name of a key, the path of one of our pages without what a form added to it.
NAMES = ("key_id", "leads_to")


def written_kinds() -> set[type[Work]]:
    """Every kind that a module tells; those that only hold what others share are no kind themselves."""
    named = [each for module in MODULES for each in vars(importlib.import_module(module)).values()]
    told = [each for each in named if is_dataclass(each) and issubclass(each, Work)]
    shared = {Work, Mail} | {base for kind in told for base in kind.__mro__[1:]}
    return set(told) - shared


def test_every_kind_has_its_work_and_no_work_is_for_another(app: Flask) -> None:
    assert written_kinds() == done_kinds()


def test_the_kinds_keep_their_names_and_their_fields_in_the_table(app: Flask) -> None:
    needed = {kind.kind(): {each.name for each in fields(kind) if each.default is MISSING} for kind in written_kinds()}
    assert needed == IN_THE_TABLE


@pytest.mark.parametrize("kind", sorted(written_kinds(), key=lambda kind: kind.kind()))
def test_a_job_holds_ids_and_words_of_closed_lists_never_a_text_an_address_or_a_token(
    app: Flask, kind: type[Work]
) -> None:
    for name, hint in hints(kind).items():
        types = set(get_args(hint)) - {NoneType} if isinstance(hint, UnionType) else {hint}
        assert all(each in (UUID, int, bool, date) or issubclass(each, Enum) for each in types) or name in NAMES
    assert kind.__dataclass_params__.frozen
    assert issubclass(kind, Mail) == kind.kind().startswith(MAILS) == (queue_of(kind.kind()) is Queue.MAILS)


@pytest.mark.parametrize("kind", sorted(written_kinds(), key=lambda kind: kind.kind()))
def test_what_is_written_into_a_row_is_read_as_it_was(app: Flask, kind: type[Work]) -> None:
    work = kind(**{name: something(hint) for name, hint in hints(kind).items()})
    assert all(isinstance(value, str | int | bool | None) for value in work.args().values())
    assert work_of(kind.kind(), work.args()) == work


def hints(kind: type[Work]) -> dict[str, Any]:
    """The types of its fields."""
    return {each.name: get_type_hints(kind)[each.name] for each in fields(kind)}


def something(hint: object) -> object:
    """A value of a type."""
    kind = get_args(hint)[0] if isinstance(hint, UnionType) else hint
    return uuid4() if kind is UUID else next(iter(kind)) if issubclass(kind, Enum) else kind()


def test_a_row_with_a_field_too_few_or_unknown_is_not_guessed_at(app: Flask) -> None:
    with pytest.raises(TypeError):
        work_of("mail_meeting_moved", {"user_id": str(uuid4())})
    with pytest.raises(TypeError):
        work_of("destroy_key", {"key_id": "k", "other": "k"})
    with pytest.raises(KeyError):
        work_of("nobody_does_this", {})


def test_whoever_does_work_says_which_and_is_the_only_one(app: Flask) -> None:
    def untyped(work):
        pass

    def two(work: DestroyKey, other: DestroyKey) -> None:
        pass

    def again(work: DestroyKey) -> None:
        pass

    for function in (untyped, two, again):
        with pytest.raises(TypeError):
            does(function)
    with pytest.raises(KeyError):
        do(Work())
    assert MailMeetingMoved in done_kinds()
