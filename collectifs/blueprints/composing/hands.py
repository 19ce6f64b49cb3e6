"""Changing a draft by hand: moving, pinning, undoing; when two managers met, both changes are kept."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.composing.area import bp
from collectifs.blueprints.composing.showing import draft_page
from collectifs.campaign.domain.drafting import DraftChanged
from collectifs.campaign.permissions import can_manage_call
from collectifs.campaign.queries.drafts import DraftFacts, get_draft, moves_since, open_draft
from collectifs.campaign.services.drafting import keep_apart, move_by_hand, pin, undo
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.web.access import access, me


@bp.post("/composition/brouillons/<uuid:draft_id>/deplacer")
@access(can_manage_call, draft=get_draft)
def move(draft: DraftFacts) -> ResponseReturnValue:
    """Put somebody in another collective; or, when somebody else changed it first, in a draft of one's own."""
    who, code, seen = _who(), request.form.get("code", "")[:4], _seen()
    opened = open_draft(draft)
    if request.form.get("apart"):
        try:
            copy = keep_apart(opened, who, code, seen=seen, now=clock.now(), by=me())
        except RuleBroken as refusal:
            flash(refusal.sentence)
            return redirect(url_for(".draft", draft_id=draft.id))
        flash("Votre déplacement est gardé dans ce brouillon, à part.")
        return redirect(url_for(".draft", draft_id=copy.id))
    return _changed(
        draft, lambda: move_by_hand(opened, who, code, seen=seen, now=clock.now(), by=me()), f"groupe-{code}"
    )


@bp.post("/composition/brouillons/<uuid:draft_id>/epingler")
@access(can_manage_call, draft=get_draft)
def pinned(draft: DraftFacts) -> ResponseReturnValue:
    """Pin somebody where they stand, or no more."""
    stays = request.form.get("stays") == "1"
    opened = open_draft(draft)
    return _changed(draft, lambda: pin(opened, _who(), stays=stays, seen=_seen(), now=clock.now(), by=me()), "groupes")


@bp.post("/composition/brouillons/<uuid:draft_id>/annuler")
@access(can_manage_call, draft=get_draft)
def undone(draft: DraftFacts) -> ResponseReturnValue:
    """Take back the last change."""
    return _changed(draft, lambda: undo(draft, seen=_seen(), now=clock.now()), "resume")


def _changed(draft: DraftFacts, act: Callable[[], None], anchor: str) -> ResponseReturnValue:
    """Back to the draft; 409 with both changes when somebody else was first."""
    try:
        act()
    except DraftChanged:
        return _both(draft), 409
    except RuleBroken as refusal:
        flash(refusal.sentence)
    return redirect(url_for(".draft", draft_id=draft.id, _anchor=anchor))


def _both(draft: DraftFacts) -> str:
    return render_template(
        "composing/changed.html",
        page=draft_page(draft),
        theirs=moves_since(draft.id, _seen()),
        who=request.form.get("who", ""),
        code=request.form.get("code", "")[:4],
        seen=_seen(),
    )


def _who() -> UUID:
    try:
        return UUID(request.form.get("who", ""))
    except ValueError:
        return UUID(int=0)  # nobody: refused where it is looked for


def _seen() -> int:
    said = request.form.get("seen", "")
    return int(said) if said.isdecimal() and len(said) < 9 else -1
