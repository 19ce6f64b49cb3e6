"""The next date as the live screen sends it: plain answers, the page stays, nothing typed is lost."""

from typing import Any

from flask import jsonify, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.planning.forms import SlotForm
from collectifs.collectives.models import Meeting
from collectifs.collectives.permissions import can_pilot
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import french
from collectifs.meetings.domain.planning import place_in_time, series_title
from collectifs.meetings.queries.meetings import MeetingAccess
from collectifs.meetings.services.planning import plan_meeting
from collectifs.web.access import me


def agreed_in_the_room(form: SlotForm, meeting: MeetingAccess) -> ResponseReturnValue:
    """Plan what the room agreed on; or say what is wrong by field, or what is unusual and may be kept."""
    if form.validate():
        try:
            planned = plan_meeting(meeting.access, slot=form.slot(), now=clock.now(), by=me())
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return jsonify(_words(planned, meeting))
    return jsonify(_what_is_wrong(form)), 422


def _words(planned: Meeting, meeting: MeetingAccess) -> dict[str, str]:
    when = place_in_time(planned.starts_at, planned.ends_at, planned.place, meeting.access.zone)
    url = url_for("planning.edit", meeting_id=planned.id) if can_pilot(me(), meeting.access) else ""
    return {"title": series_title(planned.number), "when": french(when), "url": url}


def _what_is_wrong(form: SlotForm) -> dict[str, Any]:
    errors = {name: french(str(found[0])) for name, found in form.errors.items() if name and found}
    keep = form.day.data.isoformat() if form.warnings and form.day.data else ""
    warnings = [french(sentence) for sentence in form.warnings]
    return {"errors": errors, "refusal": french(form.refusal), "warnings": warnings, "keep": keep}
