"""What the pages about dates show: to whoever answers, to whoever chooses."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from collectifs.campaign.queries.candidacies import half_days_told
from collectifs.collectives.permissions import can_pilot
from collectifs.collectives.queries.collectives import CollectiveAccess
from collectifs.kernel.text.typography import count, join_names
from collectifs.meetings.domain.polls import (
    Doubt,
    Option,
    Reply,
    check_may_remind,
    clashes,
    doubt_about,
    last_day,
    ranked,
    silent,
)
from collectifs.meetings.permissions import can_see_meeting
from collectifs.meetings.queries.meetings import get_meeting
from collectifs.meetings.queries.polls import PollAccess, Series, engagements_of, judged, series_beside
from collectifs.people.domain.person import Person
from collectifs.web.refusals import why_not

REPLIES = tuple(Reply)


@dataclass(frozen=True)
class Shown:
    """A date as a page shows it. `mine`: what its reader said; `tally`: what the others said, a line for each word."""

    option: Option
    number: int
    mine: Reply | None
    is_doubtful: bool
    remarks: tuple[str, ...]
    tally: tuple[str, ...]
    out: tuple[str, ...] = ()


def poll_page(found: PollAccess, reader: Person, now: datetime) -> dict[str, Any]:
    """The dates for somebody who answers: numbers before their own reply, names afterwards, or never."""
    series = series_beside(found.access, found.poll.meeting_id)
    busy = engagements_of(reader.id, found.access.collective.id, now)
    options = sorted(judged(found, series), key=lambda each: (each.slot.starts_at, each.id))
    shown = [
        Shown(
            each,
            number,
            each.replies.get(reader.id),
            reader.id in each.doubtful,
            (*clashes(each.slot, busy, found.zone), *each.warnings),
            _tally(each, found, reader),
        )
        for number, each in enumerate(options, 1)
    ]
    return {
        **_common(found, series.number),
        "options": shown,
        "replies": REPLIES,
        "names_later": found.access.collective.names_replies,
        "is_answerable": found.is_answerable(now),
        "is_pilot": can_pilot(reader, found.access),
        "left": sum(each.mine is None or each.is_doubtful for each in shown),
    }


def _common(found: PollAccess, number: int) -> dict[str, Any]:
    return {
        "found": found,
        "collective": found.access.collective,
        "people": count(len(found.access.member_ids), "personne", feminine=True),
        "number": number,
        "zone": found.zone,
        "until": last_day(found.poll.closes_at, found.zone),
        "proposed_by": found.names.get(found.poll.opened_by_id, ""),
    }


def _tally(option: Option, found: PollAccess, reader: Person) -> tuple[str, ...]:
    """What the others said: « Rose, Yann : oui » for whoever has replied, where the collective shows it."""
    others = {person: reply for person, reply in option.replies.items() if person != reader.id}
    if not others:
        return ()
    if reader.id in option.replies and found.access.collective.names_replies:
        return tuple(f"{_given(who, found)} : {reply.label.lower()}" for reply, who in _by_reply(others).items())
    return (_numbers(others),)


def _by_reply(replies: Mapping[UUID, Reply]) -> dict[Reply, list[UUID]]:
    found = {reply: [person for person, said in replies.items() if said is reply] for reply in REPLIES}
    return {reply: who for reply, who in found.items() if who}


def _given(who: list[UUID], found: PollAccess) -> str:
    return join_names(sorted(found.names[each] for each in who))


def _numbers(replies: Mapping[UUID, Reply]) -> str:
    """« 6 oui, 1 si besoin, 1 non »."""
    return ", ".join(f"{len(who)} {reply.label.lower()}" for reply, who in _by_reply(replies).items())


def pilots_series(access: CollectiveAccess, meeting_id: UUID | None) -> Series:
    """The meetings beside which whoever pilots judges dates, and the half-days that people told when they applied."""
    half_days = tuple(half_days_told(access.collective.id))
    return replace(series_beside(access, meeting_id), half_days=half_days)


def choice_page(found: PollAccess, reader: Person, now: datetime) -> dict[str, Any]:
    """The dates for whoever chooses: first the one that shuts out fewest, and whom it shuts out."""
    series = pilots_series(found.access, found.poll.meeting_id)
    options = ranked(judged(found, series), found.access.pilot_ids)
    missing = [found.names[each] for each in silent(found.options, found.asked)]
    shown = [
        Shown(
            each, number, None, False, each.warnings, (_numbers(each.replies) or "aucune réponse",), _out(each, found)
        )
        for number, each in enumerate(options, 1)
    ]
    return {
        **_common(found, series.number),
        "options": shown,
        "missing": missing,
        **_reminding(found, reader, now),
        "heard": len(found.asked) - len(missing),
        "suits_all": [each for each in options if not each.shut_out],
        "is_answerable": found.is_answerable(now),
        "pilots": found.access.pilot_ids,
    }


def _reminding(found: PollAccess, reader: Person, now: datetime) -> dict[str, Any]:
    """Whom a reminder would reach, and whether it may leave now."""
    poll = found.poll
    people = [found.names[each] for each in silent(found.options, found.asked) if each != reader.id]
    times = (poll.opened_at, poll.closes_at, poll.reminded_at)
    may = not why_not(lambda: check_may_remind(*times, silent=len(people), now=now))
    return {"to_remind": people if may else [], "reminded_at": poll.reminded_at}


def _out(option: Option, found: PollAccess) -> tuple[str, ...]:
    return tuple(sorted(found.names[each] for each in option.shut_out))


def doubt_of(option: Option, found: PollAccess) -> Doubt | None:
    """What choosing this date asks first."""
    return doubt_about(option, found.names, found.poll.least)


def closed_page(found: PollAccess, reader: Person) -> dict[str, Any]:
    """What became of a question that is closed."""
    meeting = get_meeting(found.poll.chosen_id) if found.poll.chosen_id else None
    may_see = meeting is not None and meeting.meeting.cancelled_at is None and can_see_meeting(reader, meeting)
    return {
        "found": found,
        "collective": found.access.collective,
        "meeting": meeting.meeting if meeting and may_see else None,
        "zone": found.zone,
        "closed_by": found.names.get(found.poll.closed_by_id, "") if found.poll.closed_by_id else "",
    }
