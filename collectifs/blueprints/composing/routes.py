"""Composition: the drafts of a call, asking for one, the page of a draft."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.composing import hands, publication, travel
from collectifs.blueprints.composing.area import bp
from collectifs.blueprints.composing.showing import draft_page
from collectifs.campaign.permissions import can_manage_call
from collectifs.campaign.queries.drafts import (
    CallFacts,
    DraftFacts,
    calls_to_compose,
    drafts_of,
    get_call_to_compose,
    get_draft,
)
from collectifs.campaign.services.drafting import ask_draft, stop_composing
from collectifs.composition.domain.aims import MIXED_FIRST, NEAR_FIRST, Aim, order_in_words, order_read, raised
from collectifs.kernel import clock
from collectifs.kernel.seasons import season_of
from collectifs.people.domain.person import Role
from collectifs.people.permissions import can_manage_somewhere
from collectifs.web.access import access, me

VIEWS = (hands, publication, travel)  # importing them hangs their views on the blueprint


@bp.get("/composition")
@access(can_manage_somewhere)
def index() -> ResponseReturnValue:
    """The calls of one's territories; the only one is opened at once."""
    calls = calls_to_compose(me().territories(Role.MANAGER), season_of(clock.now().date()))
    if len(calls) == 1:
        return redirect(url_for(".call", call_id=calls[0].id))
    return render_template("composing/index.html", calls=calls)


@bp.get("/composition/appels/<uuid:call_id>")
@access(can_manage_call, call=get_call_to_compose)
def call(call: CallFacts) -> ResponseReturnValue:
    """What can be composed, in which order, and the drafts side by side."""
    order = _order(request.args.get("ordre", ""))
    return render_template(
        "composing/call.html",
        call=call,
        drafts=[(each, draft_page(each)) for each in drafts_of(call)],
        order=order,
        moved={each: {up: _said(raised(order, each, up=up)) for up in (True, False)} for each in order},
        in_words=order_in_words,
    )


def _order(said: str) -> tuple[Aim, ...]:
    return order_read(said.split(",")) if said else MIXED_FIRST


def _said(order: tuple[Aim, ...]) -> str:
    return ",".join(order)


@bp.post("/composition/appels/<uuid:call_id>/composer")
@access(can_manage_call, call=get_call_to_compose)
def compose(call: CallFacts) -> ResponseReturnValue:
    """Ask for a draft in this order; or for two, « mixte d’abord » and « près d’abord », to compare them."""
    now = clock.now()
    if request.form.get("both"):
        for order in (MIXED_FIRST, NEAR_FIRST):
            ask_draft(call, order, now=now, by=me())
        return redirect(url_for(".call", call_id=call.id, _anchor="brouillons"))
    row = ask_draft(call, _order(request.form.get("order", "")), now=now, by=me())
    return redirect(url_for(".draft", draft_id=row.id))


@bp.get("/composition/brouillons/<uuid:draft_id>")
@access(can_manage_call, draft=get_draft)
def draft(draft: DraftFacts) -> ResponseReturnValue:
    """A draft: in brief, on a map, collective by collective; what moving somebody would change."""
    return render_template(
        "composing/draft.html", page=draft_page(draft, _asked("personne"), request.args.get("vers", ""))
    )


def _asked(name: str) -> UUID | None:
    try:
        return UUID(request.args.get(name, ""))
    except ValueError:
        return None


@bp.post("/composition/brouillons/<uuid:draft_id>/arreter")
@access(can_manage_call, draft=get_draft)
def stop(draft: DraftFacts) -> ResponseReturnValue:
    """Keep what was found so far."""
    stop_composing(draft, now=clock.now())
    return redirect(url_for(".draft", draft_id=draft.id))


@bp.post("/composition/brouillons/<uuid:draft_id>/recomposer")
@access(can_manage_call, draft=get_draft)
def compose_around(draft: DraftFacts) -> ResponseReturnValue:
    """A new draft around those who are pinned in this one."""
    row = ask_draft(draft.call, draft.aims, now=clock.now(), by=me(), around=draft, seed=draft.number)
    return redirect(url_for(".draft", draft_id=row.id))
