"""Signed in: what to do first, one thing, then the others, then where one may go."""

from datetime import datetime
from typing import Any

from flask import url_for

from collectifs.across.domain.situation import CollectiveSeen, Situation
from collectifs.across.domain.what_now import what_now
from collectifs.across.queries.navigation import own_things_among
from collectifs.across.queries.short_lists import short_lists_of
from collectifs.across.queries.situation import situation_of
from collectifs.blueprints.home.entrusted import entrusted_places
from collectifs.campaign.queries.again import calls_again
from collectifs.campaign.queries.calls import CallAccess
from collectifs.collectives.queries.collectives import belongings_of
from collectifs.kernel.seasons import PARIS, season_of
from collectifs.kernel.text.typography import clock_time, day_and_month
from collectifs.network.domain.after import may_say
from collectifs.people.domain.person import Person, Role
from collectifs.web.navigation import Navigation
from collectifs.web.read_here import read_here
from collectifs.web.tasks import shown_tasks


def welcome(person: Person, now: datetime) -> dict[str, Any]:
    """What home/index.html shows to somebody."""
    ever = belongings_of(person.id)
    here = [row.id for row, is_present in ever if is_present]
    kept = short_lists_of(person.id, now)
    situation = situation_of(person, here, now, read=read_here(), kept=kept)
    tasks = [task for task in what_now(situation, now) if not task.kind.is_rest]
    shown = shown_tasks(situation, tasks, now)
    return {
        "nav": Navigation(lambda _: own_things_among(ever)),  # the page has read it already
        "given_name": person.given_name,
        "kind": _kind(person, situation, tutors=bool(kept.tutoring)),
        "first": shown[0] if shown else None,
        "first_of": situation.name_of(tasks[0]) if tasks else "",
        "then": [(each, situation.name_of(task)) for each, task in zip(shown[1:], tasks[1:], strict=True)],
        "calls": _calls_again(person, [row.season for row, _ in ever], now),
        "collectives": [_line(each, now) for each in situation.collectives],
        "others": entrusted_places(
            person,
            kept.tutoring,
            has_left=len(here) < len(ever),
            is_after=may_say(max((row.season for row, _ in ever), default=None), now.astimezone(PARIS).date()),
        ),
    }


def _calls_again(person: Person, seasons: list[int], now: datetime) -> list[CallAccess]:
    """Looked for where somebody was a member in a season that is over."""
    today = now.astimezone(PARIS).date()
    is_former = any(season < season_of(today) for season in seasons)
    return calls_again(person.id, person.address, today) if is_former else []


def _kind(person: Person, situation: Situation, *, tutors: bool) -> str:
    if situation.collectives:
        if not any(each.has_accepted for each in situation.collectives):
            return "newcomer"
        return "pilot" if any(each.pilots for each in situation.collectives) else "member"
    kinds = (Role.INSPECTOR, Role.MANAGER, Role.ADMINISTRATOR)
    found = next((role.value for role in kinds if person.has(role)), "")
    return found or ("vivier" if person.has(Role.PILOT) else "tutoring" if tutors else "alone")


def _line(collective: CollectiveSeen, now: datetime) -> dict[str, Any]:
    when = "pas de date à venir"
    coming = next((each for each in collective.meetings if not each.is_past(now)), None)
    if coming:
        starts = coming.starts_at.astimezone(collective.zone)
        when = f"regroupement {coming.number} le {day_and_month(starts.date())} à {clock_time(starts)}"
    text = f"vous pilotez, {when}" if collective.pilots else when
    url = url_for("collectives.show", collective_id=collective.id)
    return {"title": collective.name, "text": text, "url": url}
