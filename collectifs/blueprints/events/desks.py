"""What the manager of a day and the host of a workshop do alike: who was there, the page that the workshop leaves."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from collectifs.blueprints.events.door_code import token_of
from collectifs.blueprints.events.page_forms import ProposePageForm, page_form
from collectifs.kernel import clock
from collectifs.kernel.documents.square_code import MARGIN, code_path, square_code
from collectifs.kernel.errors import RuleBroken
from collectifs.network.domain.door import turn_at, turn_begins, turns_of
from collectifs.network.domain.event import Hours
from collectifs.network.domain.page import check_page_opens
from collectifs.network.queries.events import WorkshopAccess
from collectifs.network.queries.pages import PageAccess, content_left, page_left_by
from collectifs.network.queries.registrations import seated_by_workshop
from collectifs.network.services.attendance import mark_who_came
from collectifs.network.services.pages import propose_page, save_page, take_up_page
from collectifs.people.domain.person import Person
from collectifs.people.mails.letters import page_url
from collectifs.sheets.domain.life import SheetStatus, deadline_for
from collectifs.web.forms import BaseForm
from collectifs.web.perform import perform
from collectifs.web.refusals import why_not


@dataclass(frozen=True)
class Desk:
    """From where a workshop is kept: by the link of its host (`by` is None), or by the manager of the day."""

    found: WorkshopAccess
    by: Person | None
    back: str
    attendance: str
    page: str
    propose: str
    take_up: str
    door: str

    @property
    def words(self) -> dict[str, Any]:
        """What its templates are given."""
        found = self.found
        return {"desk": self, "access": found.access, "slot": found.slot, "workshop": found.workshop}


def tick(desk: Desk) -> ResponseReturnValue:
    """Who was there, of those who had a place: ticked, and put right."""
    found, now = desk.found, clock.now()

    def mark() -> None:
        mark_who_came(found, _ids("present"), _ids("shown"), now=now, by=desk.by)
        flash("Les présences sont enregistrées.")

    return perform(
        BaseForm(),
        mark,
        then=desk.attendance,
        page="events/attendance.html",
        people=seated_by_workshop(found.access.id).get(found.workshop.id, []),
        is_open=found.is_held and found.access.event.starts_at <= now,
        **desk.words,
    )


def _ids(name: str) -> set[UUID]:
    found = set()
    for each in request.form.getlist(name):
        try:
            found.add(UUID(each))
        except ValueError:
            continue
    return found


def show_door(desk: Desk) -> ResponseReturnValue:
    """The square codes of the room, from half an hour before it begins until it ends; one stands at a time.

    All of them travel at once, so that the page goes on turning without network.
    """
    found, now = desk.found, clock.now()
    is_today = found.is_held and now.astimezone(found.access.zone).date() == _day_of(found)
    turns = turns_of(Hours(found.slot.starts_at, found.slot.ends_at)) if is_today else range(0)
    codes = [_code(found, turn) for turn in turns]
    return render_template("events/door.html", codes=codes, present=turn_at(now), **desk.words)


def _day_of(found: WorkshopAccess) -> date:
    return found.slot.starts_at.astimezone(found.access.zone).date()


def _code(found: WorkshopAccess, turn: int) -> tuple[int, datetime, str, int]:
    rows = square_code(page_url("events.door", token=token_of(found.workshop.id, turn)))
    return turn, turn_begins(turn), code_path(rows), len(rows) + 2 * MARGIN


def write_page(desk: Desk) -> ResponseReturnValue:
    """The two headings while they are a draft; then the page as it was put to those who were there."""
    found, now = desk.found, clock.now()
    page = page_left_by(found)
    closed = why_not(lambda: check_page_opens(found.slot.starts_at, now, is_held=found.is_held))
    if page is not None and page.status(now) is not SheetStatus.DRAFT and request.method == "GET":
        return _shown(desk, page)
    form = page_form(page)
    return perform(
        form,
        lambda: save_page(found, form.content(), form.read, now=now, by=desk.by),
        then=desk.page,
        page="events/page.html",
        said="La page est enregistrée.",
        left=page,
        closed=closed,
        **desk.words,
    )


def _shown(desk: Desk, page: PageAccess) -> ResponseReturnValue:
    now = clock.now()
    seen = page.seen_life(now)
    return render_template(
        "events/page_shown.html",
        left=page,
        content=content_left(page),
        status=seen.status(now),
        is_held_back=seen.text_objections > 0,
        deadline=page.life.deadline_at,
        sentences=page.sentences(now),
        **desk.words,
    )


def propose(desk: Desk) -> ResponseReturnValue:
    """What will happen, before the click; the passages that may tell who is spoken of are asked about once."""
    page, now = page_left_by(desk.found), clock.now()
    if page is None:
        return redirect(desk.page)
    form, content = ProposePageForm(), content_left(page)
    return perform(
        form,
        lambda: propose_page(page, sure=form.sure.data or "", now=now, by=desk.by),
        then=desk.page,
        page="events/page_propose.html",
        said="La page est proposée à celles et ceux qui étaient là.",
        left=page,
        content=content,
        digest=content.digest(),
        deadline=deadline_for(now, page.access.zone, page.calendar),
        **desk.words,
    )


def take_up(desk: Desk) -> ResponseReturnValue:
    """Back to writing: what was answered about the former text no longer counts."""
    page = page_left_by(desk.found)
    try:
        if page is not None:
            take_up_page(page, now=clock.now(), by=desk.by)
    except RuleBroken as refusal:
        flash(refusal.sentence, "stop")
    return redirect(desk.page)
