"""Telling somebody that a call opens: when an address may be left, and until when it is kept. Pure rules."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from collectifs.campaign.domain.call import CallState
from collectifs.kernel.errors import RuleBroken

UNCONFIRMED_KEPT = timedelta(days=7)
TOLD_FROM = time(8)


def check_may_be_told(state: CallState) -> None:
    """A call that is published and opens later. Raises RuleBroken."""
    if state is not CallState.SOON:
        raise RuleBroken(
            {
                CallState.OPEN: "L’appel est ouvert : proposez votre candidature depuis sa page.",
                CallState.PAUSED: "Cet appel est suspendu pour le moment.",
            }.get(state, "Cet appel est clos.")
        )


def told_from(opens_on: date, zone: ZoneInfo) -> datetime:
    """Eight in the morning of that day, where the territory is: nobody is woken."""
    return datetime.combine(opens_on, TOLD_FROM, zone)
