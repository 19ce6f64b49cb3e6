"""« Me prévenir à l’ouverture »: an address is left; the link of a mail confirms it or takes it back."""

from datetime import datetime

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.campaign.area import bp
from collectifs.blueprints.campaign.forms import NoticeForm
from collectifs.blueprints.campaign.public import call_at
from collectifs.campaign.domain.opening import check_may_be_told
from collectifs.campaign.models.openings import OpeningNotice
from collectifs.campaign.queries.calls import CallAccess, get_call
from collectifs.campaign.queries.openings import notice_for_token
from collectifs.campaign.services.openings import ask_to_be_told, confirm_opening, forget_opening
from collectifs.kernel import clock
from collectifs.people.domain.people import normal_address
from collectifs.people.services.sign_in import count_asking, is_slowed, note_failure
from collectifs.web.access import access, anyone
from collectifs.web.forms import BaseForm
from collectifs.web.gone import gone
from collectifs.web.limits import SlowedDown, asked_for, asking
from collectifs.web.perform import perform
from collectifs.web.refusals import why_not


@bp.route("/appel/<slug>/ouverture", methods=["GET", "POST"])
@access(anyone)
def notify(slug: str) -> ResponseReturnValue:
    """An address, before the call opens; afterwards the page of the call."""
    found, form, now = call_at(slug), NoticeForm(), clock.now()
    is_closed = why_not(lambda: check_may_be_told(found.state(now.astimezone(found.zone).date())))
    if is_closed and request.method == "GET":
        return redirect(url_for(".call", slug=slug))
    if request.method == "POST" and is_slowed(asking(), now):
        raise SlowedDown(link_helps=False)
    return perform(
        form,
        lambda: _ask(found, form, now),
        then=url_for(".notify", slug=slug, suite="message"),
        page="campaign/notify.html",
        access=found,
        is_sent=request.args.get("suite") == "message",
    )


def _ask(found: CallAccess, form: NoticeForm, now: datetime) -> None:
    """An address that was written to too often gets no more mail for a while; the answer is the same."""
    note_failure(asking().values(), now=now)
    address = normal_address(form.address.data or "")
    if count_asking(asked_for(address), now=now):
        ask_to_be_told(found, address=address, now=now)


def left_by(token: str) -> tuple[OpeningNotice, CallAccess]:
    """What a link opens; otherwise the page of a link that serves no more."""
    row = notice_for_token(token)
    call = get_call(row.call_id) if row else None
    if row is None or call is None:
        abort(gone("opening"))
    return row, call


@bp.route("/ouverture/<token>", methods=["GET", "POST"])
@access(anyone)
def opening(token: str) -> ResponseReturnValue:
    """Confirm the address; once it is, take it back."""
    row, call = left_by(token)
    now = clock.now()
    return perform(
        BaseForm(),
        lambda: confirm_opening(row, call, now=now),
        then=url_for(".opening", token=token),
        page="campaign/opening.html",
        access=call,
        row=row,
        token=token,
        state=call.state(now.astimezone(call.zone).date()).value,
    )


@bp.post("/ouverture/<token>/retirer")
@access(anyone)
def forget_notice(token: str) -> ResponseReturnValue:
    """The address is erased at once."""
    row, call = left_by(token)
    forget_opening(row)
    flash("Votre adresse est effacée : aucun message ne partira.")
    return redirect(url_for(".notify", slug=call.call.slug))
