"""Proposing dates, answering, choosing; one address for each member, who comes in by their personal link."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.dates.area import bp
from collectifs.blueprints.dates.forms import ChooseForm, ReplyForm, new_poll_form, poll_form_of, sent_id
from collectifs.blueprints.dates.pages import choice_page, closed_page, doubt_of, pilots_series, poll_page
from collectifs.collectives.permissions import can_pilot
from collectifs.collectives.queries.collectives import CollectiveAccess, get_collective
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import french, long_date
from collectifs.kernel.work import Pace
from collectifs.meetings.domain.polls import Option
from collectifs.meetings.domain.work import MailDatesReminder
from collectifs.meetings.permissions import can_answer_dates, can_choose_date, can_plan_meeting
from collectifs.meetings.queries.meetings import MeetingAccess, get_meeting
from collectifs.meetings.queries.polls import PollAccess, get_poll, open_poll_of
from collectifs.meetings.services.polls import (
    answer_date,
    change_dates,
    choose_date,
    propose_dates,
    refuse_dates,
    remind_silent,
    stop_asking,
)
from collectifs.people.services.mails import choose_paces
from collectifs.web.access import access, me
from collectifs.web.choices import chosen_id
from collectifs.web.forms import BaseForm
from collectifs.web.perform import perform

WITH_FORM = ["GET", "POST"]
ASKED = "Les dates sont proposées. Chaque membre reçoit un courriel."


@bp.route("/collectifs/<uuid:collective_id>/proposer-des-dates", methods=WITH_FORM)
@access(can_pilot, collective=get_collective)
def propose(collective: CollectiveAccess) -> ResponseReturnValue:
    """Ask the collective when its next meeting suits it."""
    back = url_for("collectives.show", collective_id=collective.collective.id)
    return _propose(collective, None, back)


@bp.route("/regroupements/<uuid:meeting_id>/proposer-d-autres-dates", methods=WITH_FORM)
@access(can_plan_meeting, meeting=get_meeting)
def propose_again(meeting: MeetingAccess) -> ResponseReturnValue:
    """Ask about other dates for a meeting that has one: it stands until another is chosen."""
    return _propose(meeting.access, meeting, url_for("meetings.show", meeting_id=meeting.meeting.id))


def _propose(collective: CollectiveAccess, meeting: MeetingAccess | None, back: str) -> ResponseReturnValue:
    present = open_poll_of(collective.collective.id)
    if present is not None and request.method == "GET":
        return redirect(url_for(".choose", poll_id=present.id))
    series, now = pilots_series(collective, meeting.meeting.id if meeting else None), clock.now()
    form = new_poll_form(collective, series, now)
    return perform(
        form,
        lambda: propose_dates(collective, form.question(), meeting=meeting, now=now, by=me()),
        then=lambda poll: url_for(".show", poll_id=poll.id),
        page="dates/propose.html",
        said=ASKED,
        collective=collective,
        meeting=meeting.meeting if meeting else None,
        number=series.number,
        back=back,
    )


@bp.route("/dates/<uuid:poll_id>", methods=WITH_FORM)
@access(can_answer_dates, poll=get_poll)
def show(poll: PollAccess) -> ResponseReturnValue:
    """Yes, if need be, no: each reply is kept as it is given, and nothing is written by looking."""
    if not poll.is_open:
        return _closed(poll)
    form, now = ReplyForm(), clock.now()
    return perform(
        form,
        lambda: _answer(poll, form),
        then=lambda number: url_for(".show", poll_id=poll.poll.id, _anchor=f"date-{number}" if number else None),
        page="dates/show.html",
        **poll_page(poll, me(), now),
    )


def _answer(poll: PollAccess, form: ReplyForm) -> int:
    """Keep it; returns the place of its date on the page, to come back to it."""
    now = clock.now()
    if form.refuses_all:
        refuse_dates(poll, now=now, by=me())
        flash("C’est noté : aucune de ces dates ne vous convient.")
        return 0
    option_id = sent_id(form.option.data)
    answer_date(poll, option_id, form.said(), now=now, by=me())
    ids = [each.option.id for each in poll_page(poll, me(), now)["options"]]
    return ids.index(option_id) + 1 if option_id in ids else 0


@bp.route("/dates/<uuid:poll_id>/choisir", methods=WITH_FORM)
@access(can_choose_date, poll=get_poll)
def choose(poll: PollAccess) -> ResponseReturnValue:
    """Choose one: whom it shuts out is said, and asked once."""
    if not poll.is_open:
        return _closed(poll)
    form, now = _choose_form(poll), clock.now()
    option = poll.option(sent_id(form.option.data)) if form.is_posted() else None
    asked = _asked_first(form, poll, option) if option else {}
    if asked:
        return render_template("dates/choose.html", form=form, **choice_page(poll, me(), now), **asked), 422
    return perform(
        form,
        lambda: choose_date(poll, sent_id(form.option.data), deputy=chosen_id(form.deputy), now=now, by=me()),
        then=lambda meeting: url_for("meetings.show", meeting_id=meeting.id),
        page="dates/choose.html",
        said="La date est choisie. Chaque membre reçoit un courriel, avec l’entrée d’agenda.",
        **choice_page(poll, me(), now),
    )


def _choose_form(poll: PollAccess) -> ChooseForm:
    form = ChooseForm()
    option = poll.option(sent_id(form.option.data))
    may = [each for each in poll.asked if option and each in option.coming and each not in poll.access.pilot_ids]
    form.deputy.choices = {"": "Choisir…"} | {str(each): french(poll.names[each]) for each in may}
    return form


def _asked_first(form: ChooseForm, poll: PollAccess, option: Option) -> dict[str, Any]:
    """What is shown before the date is fixed: whom it shuts out, who would lead it; nothing once that was answered."""
    doubt = doubt_of(option, poll)
    lacks_pilot = option.has_no_pilot(poll.access.pilot_ids)
    is_answered = doubt is None or form.keep.data == doubt.key
    if is_answered and (not lacks_pilot or form.deputy.data):
        return {}
    if is_answered and lacks_pilot:
        form.deputy.errors = [*form.deputy.errors, "Vous ne pouvez pas venir à cette date : choisissez qui l’animera."]
    day = long_date(option.slot.starts_at.astimezone(poll.zone).date())
    return {"asking": option, "doubt": doubt, "lacks_pilot": lacks_pilot, "day": day}


@bp.route("/dates/<uuid:poll_id>/changer", methods=WITH_FORM)
@access(can_choose_date, poll=get_poll)
def change(poll: PollAccess) -> ResponseReturnValue:
    """Other dates, or more time: answers are kept, and only those concerned are asked again."""
    if not poll.is_open:
        return _closed(poll)
    series = pilots_series(poll.access, poll.poll.meeting_id)
    form = poll_form_of(poll, series)
    return perform(
        form,
        lambda: change_dates(poll, form.question(), now=clock.now(), by=me()),
        then=url_for(".choose", poll_id=poll.poll.id),
        page="dates/change.html",
        said="C’est changé. Seules les personnes que cela concerne reçoivent un courriel.",
        collective=poll.access,
        number=series.number,
        back=url_for(".choose", poll_id=poll.poll.id),
    )


@bp.route("/dates/<uuid:poll_id>/arreter", methods=WITH_FORM)
@access(can_choose_date, poll=get_poll)
def stop(poll: PollAccess) -> ResponseReturnValue:
    """Choose none: the collective will speak of it in the room."""
    if not poll.is_open:
        return _closed(poll)
    return perform(
        BaseForm(),
        lambda: stop_asking(poll, now=clock.now(), by=me()),
        then=url_for("collectives.show", collective_id=poll.access.collective.id),
        page="dates/stop.html",
        said="La question est close. Les réponses sont effacées.",
        **choice_page(poll, me(), clock.now()),
    )


@bp.post("/dates/<uuid:poll_id>/relancer")
@access(can_choose_date, poll=get_poll)
def remind(poll: PollAccess) -> ResponseReturnValue:
    """Ask again those who have not answered."""
    if not poll.is_open:
        return _closed(poll)
    try:
        number = remind_silent(poll, now=clock.now(), by=me())
        who = f"les {number} personnes qui n’ont" if number > 1 else "la personne qui n’a"
        flash(f"Un message part vers {who} pas répondu, sauf qui n’en veut plus.")
    except RuleBroken as refusal:
        flash(refusal.sentence, "stop")
    return redirect(url_for(".choose", poll_id=poll.poll.id))


@bp.post("/dates/<uuid:poll_id>/ne-plus-relancer")
@access(can_answer_dates, poll=get_poll)
def mute(poll: PollAccess) -> ResponseReturnValue:
    """« Ne plus me rappeler »: no reminder about dates any more; the page of one's mails takes it back."""
    choose_paces({MailDatesReminder.kind(): Pace.NEVER}, by=me())
    flash("Vous ne serez plus relancé ou relancée pour des dates. « Mes courriels » permet de revenir sur ce choix.")
    return redirect(url_for(".show", poll_id=poll.poll.id))


def _closed(poll: PollAccess) -> ResponseReturnValue:
    """What became of it; 409 for whoever was answering or choosing meanwhile."""
    status = 409 if request.method == "POST" else 200
    return render_template("dates/closed.html", **closed_page(poll, me())), status
