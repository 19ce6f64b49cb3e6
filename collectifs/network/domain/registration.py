"""A registration to a day: its life, and until when something may be done with it."""

from datetime import datetime, timedelta
from enum import StrEnum

from collectifs.kernel.errors import RuleBroken
from collectifs.network.domain.event import EventState

UNCONFIRMED_KEPT = timedelta(days=7)


class RegistrationState(StrEnum):
    """Where a registration stands. Its person alone confirms and withdraws it; unconfirmed, it takes no place."""

    STARTED = "started"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class SeatNews(StrEnum):
    """Why somebody's place changed without them."""

    CANCELLED = "cancelled"
    FEWER = "fewer"


def check_may_register(state: EventState) -> None:
    """Only while registrations are open."""
    if state is not EventState.OPEN:
        raise RuleBroken(
            {
                EventState.CANCELLED: "Cette journée est annulée.",
                EventState.OVER: "Cette journée est passée.",
            }.get(state, "Les inscriptions à cette journée sont closes.")
        )


def check_may_choose(state: EventState) -> None:
    """Choices change until the day begins, registrations closed or not: a place that frees serves somebody."""
    if state in (EventState.CANCELLED, EventState.OVER, EventState.DRAFT):
        check_may_register(state)


def check_offer(offered_until: datetime | None, now: datetime) -> None:
    """An offer is taken while it lasts."""
    if offered_until is None or now >= offered_until:
        raise RuleBroken("Cette place n’est plus offerte : elle est passée à la personne suivante.")
