"""Publishing a draft: who would get which mail is read before; it may wait a day, and be taken back until then."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.composing.area import bp
from collectifs.blueprints.composing.showing import draft_page
from collectifs.campaign.permissions import can_manage_call
from collectifs.campaign.queries.arrivals import arrivals
from collectifs.campaign.queries.drafts import (
    CallFacts,
    DraftFacts,
    OpenedDraft,
    get_call_to_compose,
    get_draft,
    open_draft,
)
from collectifs.campaign.services.publishing import Planned, ask_publication, choose, planned, take_back, welcome
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.web.access import access, me


@bp.route("/composition/brouillons/<uuid:draft_id>/publier", methods=["GET", "POST"])
@access(can_manage_call, draft=get_draft)
def publish(draft: DraftFacts) -> ResponseReturnValue:
    """The collectives as they would be made, who would pilot, who would be invited; then the yes."""
    if request.method == "POST":
        return _published(draft)
    plans, problem = _planned(open_draft(draft))
    return render_template("composing/publish.html", page=draft_page(draft), plans=plans, problem=problem)


def _planned(draft: OpenedDraft) -> tuple[list[Planned], str]:
    try:
        return planned(draft), ""
    except RuleBroken as refusal:
        return [], refusal.sentence


def _published(draft: DraftFacts) -> ResponseReturnValue:
    """Keep names and pilots; publish when one asked for it."""
    said = request.form.get("seen", "")
    seen = int(said) if said.isdecimal() and len(said) < 9 else -1
    try:
        if draft.is_changed:
            choose(open_draft(draft), _chosen(), seen=seen)
        if request.form.get("when"):
            waits = request.form["when"] == "later"
            ask_publication(open_draft(draft), waits=waits, seen=seen, now=clock.now(), by=me())
            return redirect(url_for(".draft", draft_id=draft.id))
        flash("Noms et pilotes enregistrés.")
    except RuleBroken as refusal:
        flash(refusal.sentence)
    return redirect(url_for(".publish", draft_id=draft.id))


def _chosen() -> dict[str, tuple[str, UUID | None]]:
    """What was typed for each letter: `name-A`, `pilot-A`."""
    found: dict[str, tuple[str, UUID | None]] = {}
    for key, name in request.form.items():
        field, _, code = key.partition("-")
        if field == "name":
            found[code] = (name, _id(request.form.get(f"pilot-{code}", "")))
    return found


def _id(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


@bp.post("/composition/brouillons/<uuid:draft_id>/reprendre")
@access(can_manage_call, draft=get_draft)
def taken_back(draft: DraftFacts) -> ResponseReturnValue:
    """Do not publish: nothing has left yet."""
    try:
        take_back(open_draft(draft), by=me())
        flash("La publication est annulée : aucun courriel n’est parti.")
    except RuleBroken as refusal:
        flash(refusal.sentence)
    return redirect(url_for(".draft", draft_id=draft.id))


@bp.route("/composition/appels/<uuid:call_id>/arrivees", methods=["GET", "POST"])
@access(can_manage_call, call=get_call_to_compose)
def late(call: CallFacts) -> ResponseReturnValue:
    """Those who came once the collectives were published: three that would welcome them, where nobody else moves."""
    if request.method == "POST":
        who, where = _id(request.form.get("who", "")), _id(request.form.get("where", ""))
        try:
            is_invited = welcome(call, who or UUID(int=0), where or UUID(int=0), now=clock.now(), by=me())
            flash(
                "L’invitation part."
                if is_invited
                else "Ce collectif s’est déjà réuni : la question est posée à qui le pilote."
            )
        except RuleBroken as refusal:
            flash(refusal.sentence)
        return redirect(url_for(".late", call_id=call.id))
    return render_template("composing/late.html", call=call, people=arrivals(call.id))
