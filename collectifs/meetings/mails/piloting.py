"""Mails about who pilots: which collective, from when, for which meeting. Never a word of what is said there."""

from typing import Any
from uuid import UUID

from collectifs.collectives.domain.piloting import deputy_ends_at, local_day
from collectifs.collectives.domain.work import MailPilotshipEnded, MailPilotshipNamed, MailPilotshipTold, PilotNews
from collectifs.collectives.mails.foot import about_collective
from collectifs.collectives.queries.pilots import MeetingPiloting, Piloting, get_meeting_piloting, get_piloting
from collectifs.collectives.queries.pilotships import PilotshipFacts, get_pilotship
from collectifs.kernel import clock
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.mail.subject import subject_with
from collectifs.kernel.seasons import PARIS
from collectifs.kernel.text.typography import day_and_month, long_date, short_date, time_range
from collectifs.meetings.queries.meetings import meetings_of, next_meeting
from collectifs.people.domain.person import Role
from collectifs.people.domain.sign_in import LinkPurpose
from collectifs.people.domain.work import MailRoleRevoked
from collectifs.people.mails.letters import answers_on, page_url, send_letter
from collectifs.people.models import User
from collectifs.people.queries.people import get_territory, get_user, person_from
from collectifs.people.services.sign_in import mint_link, revoke_former_links

SUBJECTS = {
    "co_pilot": "une personne de plus pilote",
    "hand_over": "une autre personne pilote, {day}",
    "deputy": "une autre personne anime",
    "co_pilot_ended": "qui pilote maintenant",
    "hand_over_ended": "le relais prévu n’a pas lieu",
    "deputy_ended": "le remplacement prévu n’a pas lieu",
}


@does
def pilotship_named(mail: MailPilotshipNamed) -> None:
    """To whoever will pilot, or run one meeting: what, from when; and the way in when the charter comes first."""
    found = _found(mail.user_id, mail.pilotship_id)
    if found is None or found[1].is_behind(clock.now()):
        return
    user, pilotship, collective = found
    token = _way_in(user, collective)
    meeting = _meeting(pilotship)
    _send(
        "pilotship_named",
        user,
        pilotship,
        collective,
        _subject_of(pilotship, meeting),
        is_together=mail.because in (PilotNews.CO_PILOT, PilotNews.CO_PILOT_JOINS),
        until=long_date(deputy_ends_at(meeting.ends_at).astimezone(collective.zone).date()) if meeting else "",
        has_link=token is not None,
        decline=page_url("pilots.end", pilotship_id=pilotship.id),
        url=page_url("auth.link", token=token) if token else _page_of(pilotship),
    )
    if token is not None:
        revoke_former_links(user, token=token, collective=collective.facts, now=clock.now())


@does
def pilotship_told(mail: MailPilotshipTold) -> None:
    """To each member: who runs it, from when, where; and that situations sent already are read by one more."""
    found = _found(mail.user_id, mail.pilotship_id)
    if found is None or found[0].id not in found[2].member_ids:
        return
    user, pilotship, collective = found
    if pilotship.is_behind(clock.now()) != mail.because.is_end:
        return  # it changed again meanwhile: that is told apart
    day = _from_day(pilotship)
    _send(
        "pilotship_told",
        user,
        pilotship,
        collective,
        SUBJECTS[mail.because.word].format(day=day),
        word=mail.because.word,
        joins=mail.because.joins,
        url=_page_of(pilotship) if user.id in collective.consent_ids else page_url("home.index"),
    )


@does
def pilotship_ended(mail: MailPilotshipEnded) -> None:
    """To whoever pilots no more, or will not: it was taken back, or handed over."""
    found = _found(mail.user_id, mail.pilotship_id)
    ends_on = found[1].ends_on if found else None
    if found is None or ends_on is None:
        return
    user, pilotship, collective = found
    subject = "vous n’animez pas ce regroupement" if pilotship.is_deputy else "vous ne pilotez plus ce collectif"
    if not pilotship.is_behind(clock.now()):
        subject = f"vous pilotez jusqu’au {short_date(ends_on)}"
    _send(
        "pilotship_ended",
        user,
        pilotship,
        collective,
        subject,
        is_over=pilotship.is_behind(clock.now()),
        until=short_date(ends_on),
        url=page_url("home.index"),
    )


@does
def role_revoked(mail: MailRoleRevoked) -> None:
    """To the former holder of a role: it was taken back, and what that changes."""
    user, held = get_user(mail.user_id), mail.role
    territory = get_territory(mail.territory_id) if mail.territory_id else None
    today = clock.now().astimezone(PARIS).date()
    if user is None or person_from(user, today).has(held, territory.id if territory else None):
        return
    where = ", {name}" if territory else ""
    send_letter(
        "role_revoked",
        user,
        subject_with(f"{TAKEN_BACK[held]}{where}", territory.name if territory else ""),
        answers=answers_on(territory.id if territory else None),
        role=held.value,
        territory=territory,
        url=page_url("home.index"),
    )


TAKEN_BACK = {
    Role.ADMINISTRATOR: "L’administration ne vous est plus confiée",
    Role.MANAGER: "La gestion des collectifs ne vous est plus confiée",
    Role.INSPECTOR: "La lecture des fiches transmises ne vous est plus confiée",
    Role.PILOT: "Vous quittez le vivier de pilotes",
}


def _found(user_id: UUID, pilotship_id: UUID) -> tuple[User, PilotshipFacts, Piloting] | None:
    user, pilotship = get_user(user_id), get_pilotship(pilotship_id)
    if user is None or pilotship is None or pilotship.is_cancelled:
        return None  # the mail of a cancelled meeting says it all
    collective = get_piloting(pilotship.collective_id)
    return (user, pilotship, collective) if collective else None


def _way_in(user: User, collective: Piloting) -> str | None:
    """A personal link, for whoever has not accepted the charter: it is the first page that they see."""
    if user.id in collective.consent_ids:
        return None
    return mint_link(user, purpose=LinkPurpose.PERSONAL, now=clock.now(), collective=collective.facts)


def _meeting(pilotship: PilotshipFacts) -> MeetingPiloting | None:
    return get_meeting_piloting(pilotship.meeting_id) if pilotship.meeting_id else None


def _subject_of(pilotship: PilotshipFacts, meeting: MeetingPiloting | None) -> str:
    if meeting is None:
        return f"vous pilotez, {_from_day(pilotship)}"
    return "vous l’animez"


def _from_day(pilotship: PilotshipFacts) -> str:
    """« dès aujourd’hui », « à partir du 18 janvier 2027 »."""
    today = local_day(clock.now(), pilotship.zone)
    return "dès aujourd’hui" if pilotship.starts_on <= today else f"à partir du {short_date(pilotship.starts_on)}"


def _page_of(pilotship: PilotshipFacts) -> str:
    if pilotship.meeting_id is not None:
        return page_url("meetings.show", meeting_id=pilotship.meeting_id)
    return page_url("collectives.show", collective_id=pilotship.collective_id)


def _send(kind: str, user: User, pilotship: PilotshipFacts, collective: Piloting, subject: str, **words: Any) -> None:
    """Its meeting, or the next one of the collective, with day, hours and place."""
    coming = next_meeting(meetings_of(collective.facts.id), clock.now())
    meeting = _meeting(pilotship) if pilotship.is_deputy else coming
    day = long_date(meeting.starts_at.astimezone(collective.zone).date()) if meeting else ""
    about = ""
    if meeting and pilotship.is_deputy:
        about = f", regroupement {meeting.number} du {day_and_month(meeting.starts_at.astimezone(collective.zone))}"
    send_letter(
        kind,
        user,
        subject_with(f"{{name}}{about} : {subject}", collective.facts.name),
        collective=collective.facts.name,
        territory=collective.facts.territory_name,
        pilotship=pilotship,
        pilots=[each.name for each in collective.pilots],
        from_day=_from_day(pilotship),
        meeting=meeting,
        day=day,
        hours=time_range(meeting.starts_at, meeting.ends_at, collective.zone) if meeting else "",
        **about_collective(user.id, collective.facts.id),
        **words,
    )
