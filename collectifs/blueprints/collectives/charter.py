"""The charter of a collective: read, accepted, adjusted by those who live under it."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, HiddenField

from collectifs.blueprints.collectives.area import bp
from collectifs.blueprints.collectives.forms import PressForm
from collectifs.collectives.domain.charter import VERSION
from collectifs.collectives.domain.composition import towards
from collectifs.collectives.domain.frame import FRAME_LIMIT
from collectifs.collectives.permissions import can_enter_collective, can_take_part
from collectifs.collectives.queries.collectives import CollectiveAccess, charter_consent, get_collective
from collectifs.collectives.queries.frame import frame_of
from collectifs.collectives.services.collectives import accept_charter
from collectifs.collectives.services.frame import adjust_frame, agree_to_frame
from collectifs.kernel import clock
from collectifs.kernel.text.typed import whole_number
from collectifs.kernel.text.typography import clock_time, long_date
from collectifs.web.access import access, me
from collectifs.web.forms import BaseForm, text
from collectifs.web.perform import perform
from collectifs.web.refusals import why_not


class FrameForm(BaseForm):
    """The whole text of the frame; `seen`: the number of the last one when the page was made."""

    text = text("Le cadre de votre collectif", most=FRAME_LIMIT)
    is_wording = BooleanField("C’est une correction de mots : rien de plus n’est demandé à personne")
    seen = HiddenField()


@bp.route("/collectifs/<uuid:collective_id>/charte", methods=["GET", "POST"])
@access(can_enter_collective, collective=get_collective)
def charter(collective: CollectiveAccess) -> ResponseReturnValue:
    """The four principles in full, the limit that the law sets, what the collective added; and the acceptance."""
    now = clock.now()
    local = now.astimezone(collective.zone)
    return perform(
        PressForm(),
        lambda: accept_charter(collective, now=now, by=me()),
        then=url_for(".my_facts", collective_id=collective.collective.id),
        page="collectives/charter.html",
        said=f"Charte acceptée le {long_date(local)} à {clock_time(local)}.",
        access=collective,
        frame=frame_of(collective),
        version=VERSION,
        consent=charter_consent(me().id, collective.collective.id) if can_take_part(me(), collective) else None,
        pilots=collective.pilots,
        welcome=_welcome(collective),
    )


def _welcome(collective: CollectiveAccess) -> str:
    if collective.accepted_once(me().id):
        return "La charte a changé"
    return f"Bienvenue {towards(collective.collective.name)}, {me().given_name}"


@bp.route("/collectifs/<uuid:collective_id>/charte/ajuster", methods=["GET", "POST"])
@access(can_take_part, collective=get_collective)
def adjust_charter(collective: CollectiveAccess) -> ResponseReturnValue:
    """Other words for the frame of the collective, put to everybody in it."""
    frame, now = frame_of(collective), clock.now()
    last = frame.adjustments[-1].number if frame.adjustments else 0
    form = FrameForm(data={"text": frame.text, "seen": str(last)})
    return perform(
        form,
        lambda: adjust_frame(
            collective,
            text=form.text.data or "",
            is_wording=bool(form.is_wording.data),
            seen=whole_number(form.seen.data) or 0,
            now=now,
            by=me(),
        ),
        then=url_for(".charter", collective_id=collective.collective.id),
        page="collectives/adjust_charter.html",
        said="C’est noté.",
        access=collective,
        frame=frame,
    )


@bp.post("/collectifs/<uuid:collective_id>/charte/oui", endpoint="agree_to_frame")
@access(can_take_part, collective=get_collective)
def say_yes(collective: CollectiveAccess) -> ResponseReturnValue:
    """One's yes to the text that was read."""
    number = whole_number(request.form.get("number")) or 0
    refused = why_not(lambda: agree_to_frame(collective, number=number, now=clock.now(), by=me()))
    flash(refused or "Vous avez dit oui à ce cadre.")
    return redirect(url_for(".charter", collective_id=collective.collective.id))
