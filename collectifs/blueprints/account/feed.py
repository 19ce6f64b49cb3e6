"""One's own dates in one's own calendar program: an address made here, shown once, closed at will."""

from flask import Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.account.area import bp
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.documents.calendar import calendar_feed
from collectifs.meetings.mails.dates import calendar_event, tentative_event
from collectifs.meetings.queries.calendar import dated_meetings, feed_for_token, get_feed, open_feeds
from collectifs.meetings.queries.polls import tentative_dates
from collectifs.meetings.services.planning import close_feed as close
from collectifs.meetings.services.planning import make_feed
from collectifs.people.models import CalendarFeed
from collectifs.people.permissions import can_close_feed
from collectifs.web.access import access, anyone, me, signed_in
from collectifs.web.forms import BaseForm
from collectifs.web.gone import gone


@bp.route("/mon-compte/agenda", methods=["GET", "POST"])
@access(signed_in)
def feed() -> ResponseReturnValue:
    """The addresses that work, and another one: its page, and no other, ever shows it."""
    form, token = BaseForm(), ""
    if form.is_posted() and form.validate():
        try:
            token = make_feed(now=clock.now(), by=me())
        except RuleBroken as refusal:
            form.refuse(refusal)
    status = 422 if request.method == "POST" and not token else 200
    page = {"form": form, "feeds": open_feeds(me().id), "address": _address(token) if token else ""}
    return render_template("account/feed.html", **page), status


def _address(token: str) -> str:
    """The whole address, as people paste it elsewhere."""
    return f"{current_app.extensions['settings'].base_url}{url_for('account.calendar', token=token)}"


@bp.post("/agendas/<uuid:feed_id>/fermer")
@access(can_close_feed, feed=get_feed)
def close_feed(feed: CalendarFeed) -> ResponseReturnValue:
    """The address answers no more, wherever it was pasted."""
    close(feed, now=clock.now(), by=me())
    flash("L’adresse est fermée : les agendas qui la lisaient ne reçoivent plus rien.")
    return redirect(url_for(".feed"))


@bp.get("/agenda/<token>.ics")
@access(anyone)
def calendar(token: str) -> ResponseReturnValue:
    """Every date of whoever made this address. Calendar programs come alone, often, and sign in nowhere.

    A closed address and one that nobody made answer alike. They are not counted: a program that still asks
    would slow down the whole school behind it, and a token is too long to be guessed. Nor are they slowed down by
    what others do there.
    """
    now = clock.now()
    found = feed_for_token(token)
    if found is None:
        return gone("calendar")
    events = [
        calendar_event(own.meeting, own.collective_name, own.zone, said_at=own.said_at)
        for own in dated_meetings(found.user_id, now)
    ]
    events += map(tentative_event, tentative_dates(found.user_id, now))
    response: Response = make_response(calendar_feed("Mes regroupements", events))
    response.mimetype = "text/calendar"
    response.headers["Content-Disposition"] = 'inline; filename="mes-regroupements.ics"'
    response.add_etag()
    return response.make_conditional(request)
