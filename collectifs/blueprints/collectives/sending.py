"""A list is shown as it was understood, then sent: two presses, and nothing leaves at the first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from collectifs.blueprints.collectives.forms import CollectiveForm, GuestsForm
from collectifs.collectives.domain.composition import list_digest, size_remark
from collectifs.collectives.queries.collectives import CollectiveFacts, members_of
from collectifs.collectives.queries.following import told_elsewhere
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.seasons import season_of
from collectifs.people.domain.guests import Guest
from collectifs.people.domain.people import NOBODY
from collectifs.people.queries.people import guests_in, pilot_named
from collectifs.web.perform import perform


@dataclass(frozen=True)
class Draft:
    """A list as understood. `others`: how many are in the collective besides."""

    guests: list[Guest]
    digest: str
    pilot: Guest | None = None
    others: int = 0

    @property
    def invited(self) -> int:
        """How many invitations would leave."""
        return sum(guest.is_invited for guest in self.guests) + (self.pilot is not None)

    @property
    def nobody(self) -> int:
        """How many lines are no person."""
        return sum(guest.problem == NOBODY for guest in self.guests)

    @property
    def size_remark(self) -> str:
        """What the size of the collective would mean, when it is unusual."""
        return size_remark(self.invited + self.others)


def digest_of(form: GuestsForm) -> str:
    """The mark of everything that was typed, so that what is sent is what was shown."""
    return list_digest(
        (field.name, field.data) for field in form if field.name not in ("seen", "send", "ignore", "csrf_token")
    )


def new_draft(form: CollectiveForm, today: date) -> Draft:
    """A new collective as understood. Refused when nobody can be read as its pilot."""
    territory_id = form.territory_id()
    pilot = pilot_named(form.pilot_id(), form.pilot_line.data or "", territory_id, today)
    guests = guests_in(form.people.data or "", territory_id, today, pilot_address=pilot.person.address)
    season = season_of(today)
    [pilot, *guests] = told_elsewhere([pilot, *guests], territory_id, season)
    return Draft(guests, digest_of(form), pilot)


def more_guests(form: GuestsForm, collective: CollectiveFacts, today: date) -> Draft:
    """More people for a collective, as understood."""
    members = frozenset(member.user_id for member in members_of(collective.id))
    guests = guests_in(form.people.data or "", collective.territory_id, today, member_ids=members)
    guests = told_elsewhere(guests, collective.territory_id, collective.season)
    return Draft(guests, digest_of(form), others=len(members))


def show_then_send(
    form: GuestsForm,
    read: Callable[[], Draft],
    check: Callable[[Draft], None],
    send: Callable[[Draft], Any],
    *,
    page: str,
    then: Callable[[Any], str],
    said: str,
    **context: Any,
) -> ResponseReturnValue:
    """At the first press show the list, with what `check` refuses; at the second, of the same list, send it."""
    draft = None
    if form.is_posted() and form.validate():
        try:
            form.leave_nobody_out()
            draft = read()
            check(draft)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            if form.is_sending(draft.digest):
                return perform(form, lambda: send(draft), then=then, page=page, said=said, draft=draft, **context)
    return _show(form, draft, page, context)


def _show(form: GuestsForm, draft: Draft | None, page: str, context: dict[str, Any]) -> ResponseReturnValue:
    """The page, with the list when it could be read. What may be sent is no refusal: it answers 200."""
    may_send = draft is not None and not form.errors and not form.refusal
    status = 422 if form.is_posted() and not may_send else 200
    has_changed = draft is not None and form.has_changed(draft.digest)
    form.seen.data = draft.digest if draft else ""
    rendered = render_template(page, form=form, draft=draft, may_send=may_send, has_changed=has_changed, **context)
    return rendered, status
