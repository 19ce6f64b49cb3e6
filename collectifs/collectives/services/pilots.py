"""Naming who pilots: together, in turn, or for one meeting. Each is told, and the private lane never passes."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from collectifs.collectives.domain.piloting import (
    ONE_DAY,
    check_collective_keeps_a_pilot,
    check_day_of_hand_over,
    check_hands_over_what_they_hold,
    check_is_another,
    check_meeting_can_be_run_by_another,
    check_no_hand_over_planned,
    check_pilots_not_yet,
    check_runs_it_not_yet,
    deputy_ends_at,
    local_day,
)
from collectifs.collectives.domain.work import MailPilotshipEnded, MailPilotshipNamed, MailPilotshipTold, PilotNews
from collectifs.collectives.models import Meeting, Membership, Pilotship
from collectifs.collectives.queries.collectives import open_membership
from collectifs.collectives.queries.pilots import Chosen, MeetingPiloting, Piloting, get_piloting
from collectifs.collectives.queries.pilotships import PilotshipFacts, pilotship_row, pilotships_of
from collectifs.kernel.audit import ask, record
from collectifs.kernel.extensions import db
from collectifs.people.domain.guests import check_is_no_hierarchy
from collectifs.people.domain.person import Person
from collectifs.people.services.account import person_at

CANCELLATION_IS_READ = timedelta(days=2)


def name_co_pilot(collective: Piloting, *, to: Chosen, now: datetime, by: Person) -> Pilotship:
    """Somebody pilots with those who do already, from today on. Members are told: they will be read by one more."""
    _check_may_pilot(collective, to)
    user_id, news = _welcome(collective, to, PilotNews.CO_PILOT, None, now, by)
    pilotship = _add(collective, user_id, local_day(now, collective.zone), by)
    record("co_pilot_named", pilotship, by=by)
    _tell(collective, pilotship, news, by)
    return pilotship


def hand_over(collective: Piloting, *, of: UUID | None, to: Chosen, on: date, now: datetime, by: Person) -> Pilotship:
    """From a day on, one person pilots in the place of another (`of`; None when nobody pilots any more)."""
    check_day_of_hand_over(on, local_day(now, collective.zone), collective.facts.season)
    ahead = next(iter(collective.ahead), None)
    check_no_hand_over_planned(ahead.name if ahead else "", ahead.starts_on if ahead else None)
    holder = next((each for each in collective.pilots if each.user_id == of), None)
    check_hands_over_what_they_hold(is_pilot=holder is not None or not collective.pilots)
    check_is_another(is_same=holder is not None and to.guest.user_id == holder.user_id, field=to.field)
    _check_may_pilot(collective, to)
    user_id, news = _welcome(collective, to, PilotNews.HAND_OVER, None, now, by)
    pilotship = _add(collective, user_id, on, by)
    record("pilot_handed_over", pilotship, by=by)
    if holder is not None:
        pilotship_row(holder.id).ends_on = on - ONE_DAY
        _tell_former(holder, by)
    _tell(collective, pilotship, news, by, but=[holder.user_id] if holder else [])
    return pilotship


def name_deputy(meeting: MeetingPiloting, *, to: Chosen, now: datetime, by: Person) -> Pilotship:
    """Somebody runs one meeting in the pilot's place and writes its sheet; a former deputy of it makes room."""
    collective = meeting.collective
    check_meeting_can_be_run_by_another(meeting.ends_at, now, collective.zone)
    check_is_no_hierarchy(to.guest, to.field)
    check_pilots_not_yet(pilots_already=to.guest.user_id in collective.pilot_ids, field=to.field)
    running = {each.user_id for each in meeting.deputies}
    check_runs_it_not_yet(runs_already=to.guest.user_id in running, field=to.field)
    for former in meeting.deputies:
        _end(former, now, by)
        _tell_former(former, by)
    until = deputy_ends_at(meeting.ends_at)
    user_id, news = _welcome(collective, to, PilotNews.DEPUTY, until, now, by)
    pilotship = _add(collective, user_id, local_day(now, collective.zone), by, meeting.id)
    record("deputy_named", pilotship, by=by)
    _tell(collective, pilotship, news, by)
    return pilotship


def end_pilotship(pilotship: PilotshipFacts, *, now: datetime, by: Person) -> None:
    """A co-pilot or a deputy stops at once; a hand-over to come is called off. A collective keeps a pilot."""
    collective = get_piloting(pilotship.collective_id)
    if collective is None or pilotship.is_behind(now):
        return
    if not pilotship.is_deputy and not pilotship.is_ahead(now):
        check_collective_keeps_a_pilot(others=collective.others_than(pilotship.user_id))
    _end(pilotship, now, by)
    _tell_former(pilotship, by)
    told = collective.member_ids - {pilotship.user_id, by.id}
    _tell_ended(pilotship, told, now)


def release_pilotships(user_id: UUID, collective_id: UUID, *, now: datetime, by: Person) -> None:
    """Whoever leaves holds nothing any more. Those who pilot learn of a deputy, or of a successor, whom they lose."""
    collective = get_piloting(collective_id)
    own = [each for each in pilotships_of(collective_id) if each.user_id == user_id and not each.is_behind(now)]
    for each in own:
        _end(each, now, by)
        if collective and (each.is_deputy or each.is_ahead(now)):
            _tell_ended(each, collective.pilot_ids - {user_id}, now)


def follow_meeting(meeting: Meeting, *, now: datetime) -> None:
    """A meeting moved, or was cancelled: those who came for it alone stay as long as its sheet asks, no longer."""
    for each in pilotships_of(meeting.collective_id):
        if each.meeting_id == meeting.id:
            _set_end_of_stay(each, now, least=now + CANCELLATION_IS_READ)


def _check_may_pilot(collective: Piloting, to: Chosen) -> None:
    check_is_no_hierarchy(to.guest, to.field)
    taken = collective.pilot_ids | {each.user_id for each in collective.ahead}
    check_pilots_not_yet(pilots_already=to.guest.user_id in taken, field=to.field)


def _welcome(
    collective: Piloting, to: Chosen, news: PilotNews, until: datetime | None, now: datetime, by: Person
) -> tuple[UUID, PilotNews]:
    """Make somebody from outside a member, until an instant for a deputy; the news then says that they join."""
    user = person_at(to.guest.person, now=now, by=by)
    membership = open_membership(user.id, collective.facts.id)
    if membership is None:
        membership = Membership(user_id=user.id, collective_id=collective.facts.id, starts_at=now, ends_at=until)
        db.session.add(membership)
        db.session.flush()
        record("member_invited", membership, by=by)
        return user.id, news.joining
    if membership.ends_at is not None:
        membership.ends_at = None if until is None else max(membership.ends_at, until)
    return user.id, news


def _add(collective: Piloting, user_id: UUID, day: date, by: Person, meeting_id: UUID | None = None) -> Pilotship:
    pilotship = Pilotship(
        user_id=user_id,
        collective_id=collective.facts.id,
        starts_on=day,
        appointed_by_id=by.id,
        meeting_id=meeting_id,
    )
    db.session.add(pilotship)
    db.session.flush()
    return pilotship


def _end(pilotship: PilotshipFacts, now: datetime, by: Person) -> None:
    """At once: a pilotship holds to the end of its last day, which is yesterday."""
    row = pilotship_row(pilotship.id)
    if pilotship.is_ahead(now):
        _reopen_former(pilotship)
    row.ends_on = min(pilotship.starts_on, local_day(now, pilotship.zone)) - ONE_DAY
    record("deputy_ended" if pilotship.is_deputy else "pilotship_ended", row, by=by)
    db.session.flush()
    if pilotship.is_deputy:
        _set_end_of_stay(pilotship, now, least=now)


def _reopen_former(successor: PilotshipFacts) -> None:
    """A hand-over that is called off leaves things as they stood."""
    for each in pilotships_of(successor.collective_id):
        if not each.is_deputy and each.ends_on == successor.starts_on - ONE_DAY:
            pilotship_row(each.id).ends_on = None


def _set_end_of_stay(pilotship: PilotshipFacts, now: datetime, *, least: datetime) -> None:
    """Whoever belongs for some meetings only (their membership has an end) stays for those that are left."""
    membership = open_membership(pilotship.user_id, pilotship.collective_id)
    if membership is None or membership.ends_at is None:
        return
    left = [
        deputy_ends_at(each.meeting_ends_at)
        for each in pilotships_of(pilotship.collective_id)
        if each.user_id == pilotship.user_id and each.meeting_ends_at is not None and each.holds(now)
    ]
    membership.ends_at = max([least, *left])


def _tell(collective: Piloting, pilotship: Pilotship, news: PilotNews, by: Person, but: Iterable[UUID] = ()) -> None:
    """To the person concerned, with the way in; to the members, who runs it, where and when."""
    ask(MailPilotshipNamed(pilotship.user_id, pilotship.id, news))
    for user_id in sorted(collective.member_ids - {pilotship.user_id, by.id, *but}):
        ask(MailPilotshipTold(user_id, pilotship.id, news))


def _tell_former(pilotship: PilotshipFacts, by: Person) -> None:
    if pilotship.user_id != by.id:
        ask(MailPilotshipEnded(pilotship.user_id, pilotship.id))


def _tell_ended(pilotship: PilotshipFacts, people: Iterable[UUID], now: datetime) -> None:
    """To those who counted on it."""
    planned = PilotNews.HAND_OVER_ENDED if pilotship.is_ahead(now) else PilotNews.CO_PILOT_ENDED
    news = PilotNews.DEPUTY_ENDED if pilotship.is_deputy else planned
    for user_id in sorted(people):
        ask(MailPilotshipTold(user_id, pilotship.id, news))
