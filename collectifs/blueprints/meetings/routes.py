"""A meeting's page; proposing a situation, reading it again, taking it back."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.meetings import debrief, mine, preparing, spares
from collectifs.blueprints.meetings.area import bp
from collectifs.blueprints.meetings.forms import situation_form
from collectifs.blueprints.meetings.from_note import begins_with_note
from collectifs.blueprints.meetings.pages import (
    cancelled_page,
    circle_of,
    meeting_page,
    situation_page,
    who_has,
)
from collectifs.collectives.permissions import can_take_part
from collectifs.collectives.queries.collectives import CollectiveAccess, get_collective
from collectifs.kernel import clock
from collectifs.meetings.permissions import (
    can_edit_situation,
    can_read_situation,
    can_see_meeting,
    can_withdraw_situation,
)
from collectifs.meetings.queries.meetings import MeetingAccess, get_meeting
from collectifs.meetings.queries.situations import SituationAccess, get_situation, words_of
from collectifs.meetings.services.situations import edit_situation as edit_words
from collectifs.meetings.services.situations import propose_situation, withdraw_situation
from collectifs.tutoring.queries.own import opened_notes
from collectifs.web.access import access, me
from collectifs.web.forms import BaseForm
from collectifs.web.gone import gone
from collectifs.web.perform import perform

MORE_VIEWS = (debrief, mine, preparing, spares)  # modules that hang their own views on the blueprint


@bp.get("/regroupements/<uuid:meeting_id>")
@access(can_see_meeting, meeting=get_meeting)
def show(meeting: MeetingAccess) -> ResponseReturnValue:
    """When, where, how to get in, whom to ask, and the agenda in words."""
    if meeting.meeting.cancelled_at:
        return render_template("meetings/cancelled.html", **cancelled_page(meeting, me(), clock.now()))
    return render_template("meetings/show.html", **meeting_page(meeting, me(), clock.now()))


@bp.route("/collectifs/<uuid:collective_id>/proposer-une-situation", methods=["GET", "POST"])
@access(can_take_part, collective=get_collective)
def propose(collective: CollectiveAccess) -> ResponseReturnValue:
    """A title, one sentence, a question: read by whoever pilots until the day it is chosen."""
    form = situation_form(collective.guarded)
    around = {"collective": collective, "notes": opened_notes(me().id), **circle_of(collective, me())}
    if begins_with_note(form, me()):
        return render_template("meetings/propose.html", form=form, **around)

    def send() -> Any:
        shows_title, now = form.shows_title.data, clock.now()
        return propose_situation(collective, words=form.words(), shows_title=shows_title, now=now, by=me())

    return perform(
        form,
        send,
        then=lambda situation: url_for("meetings.situation", situation_id=situation.id),
        page="meetings/propose.html",
        said="Merci : votre situation est proposée.",
        **around,
    )


@bp.get("/situations/<uuid:situation_id>")
@access(can_read_situation, situation=get_situation)
def situation(situation: SituationAccess) -> ResponseReturnValue:
    """What was proposed, for its author and for the pilot."""
    opened = words_of(situation.situation)
    if opened is None:
        return gone("situation")
    return render_template("meetings/situation.html", **situation_page(situation, opened, me(), clock.now()))


@bp.route("/situations/<uuid:situation_id>/modifier", methods=["GET", "POST"])
@access(can_edit_situation, situation=get_situation)
def edit_situation(situation: SituationAccess) -> ResponseReturnValue:
    """Its author writes it again, until it is chosen."""
    opened = words_of(situation.situation)
    if opened is None:
        return gone("situation")
    form = situation_form(situation.access.guarded, opened)
    return perform(
        form,
        lambda: edit_words(situation.situation, words=form.words(), shows_title=form.shows_title.data, by=me()),
        then=url_for("meetings.situation", situation_id=opened.id),
        page="meetings/edit_situation.html",
        said="Votre situation est enregistrée.",
        collective=situation.access,
        opened=opened,
        **circle_of(situation.access, me()),
    )


@bp.route("/situations/<uuid:situation_id>/retirer", methods=["GET", "POST"])
@access(can_withdraw_situation, situation=get_situation)
def withdraw(situation: SituationAccess) -> ResponseReturnValue:
    """Its author takes it back, even after leaving; its words are erased for good."""
    from_inside = me().id in situation.access.member_ids
    home = url_for("collectives.show", collective_id=situation.access.collective.id)
    return perform(
        BaseForm(),
        lambda: withdraw_situation(situation.situation, now=clock.now(), by=me()),
        then=home if from_inside else url_for("home.index"),
        page="meetings/withdraw.html",
        said="Votre situation est retirée. Ses mots s’effacent, sans retour.",
        situation=situation,
        back=url_for("meetings.situation", situation_id=situation.situation.id) if from_inside else None,
        **who_has(situation, me()),
    )
