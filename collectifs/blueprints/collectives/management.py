"""What a manager sees of one collective: dates, places, presences, members and addresses. Never a content."""

from typing import Any

from collectifs.blueprints.collectives.mix import mix_said
from collectifs.collectives.domain.mending import check_is_empty
from collectifs.collectives.queries.following import followed
from collectifs.collectives.queries.newcomers import proposals_to
from collectifs.collectives.queries.rosters import Roster, never_entered
from collectifs.kernel import clock
from collectifs.kernel.text.typography import long_date
from collectifs.meetings.domain.pattern import proposed_after
from collectifs.meetings.domain.planning import hour_words
from collectifs.meetings.queries.meetings import presences_of, series_of
from collectifs.network.domain.launching import CollectiveStep, left_for_a_collective
from collectifs.web.refusals import why_not


def management(roster: Roster) -> dict[str, Any]:
    """Everything that collectives/manage.html needs, but its form."""
    now, collective = clock.now(), roster.facts
    series = series_of(collective.id)
    members, meetings = roster.members, series.meetings
    has_met = any(meeting.is_started or meeting.is_past(now) for meeting in meetings)
    has_dates = bool(meetings or series.cancelled)
    has_consents = any(each.consents for each in roster.access.memberships)
    refused = [member.user_id for member in members if member.address_refusal]
    return {
        "collective": collective,
        "members": members,
        "people": followed(roster.access),
        "waiting": [member for member in members if not member.has_accepted],
        "correctable": never_entered([] if has_met else refused),
        "meetings": meetings,
        "cancelled": series.cancelled,
        "presences": presences_of(collective.id),
        "has_met": has_met,
        "may_delete": not why_not(lambda: check_is_empty(has_consents=has_consents, has_meetings=has_dates)),
        "mix": mix_said(collective.id, roster.mix, roster.degree),
        "proposals": proposals_to(collective.id),
        "now": now,
        "remains": _remains(roster, len(meetings)),
    }


def _remains(roster: Roster, meetings: int) -> dict[str, Any] | None:
    """What a collective taken over from another still asks for; None for one that was made from nothing."""
    kept, now = roster.access.collective.proposed_days, clock.now()
    if kept is None:
        return None
    pilots = sum(each.is_pilot for each in roster.members)
    counts = {"pilots": pilots, "members": len(roster.members), "meetings": meetings, "proposed": len(kept)}
    days = [f"{long_date(each.day)} à {hour_words(each.starts)}" for each in proposed_after(kept, now.date())]
    return {"left": left_for_a_collective(**counts), "steps": tuple(CollectiveStep), "proposed": days}
