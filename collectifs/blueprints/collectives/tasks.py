"""The one thing to do now in a collective: for who pilots, and for who takes part."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import url_for

from collectifs.collectives.domain.composition import ordinal
from collectifs.collectives.permissions import can_pilot
from collectifs.collectives.queries.collectives import CollectiveAccess
from collectifs.kernel.retention import notes_end_at
from collectifs.kernel.text.typography import clock_time, count, long_date, minutes, sentence_case, time_range
from collectifs.meetings.domain.planning import USUAL_MEETINGS
from collectifs.meetings.models import Situation
from collectifs.meetings.queries.meetings import MeetingFacts, next_meeting
from collectifs.meetings.queries.situations import waiting_among
from collectifs.people.domain.person import Person
from collectifs.sheets.domain.life import SheetStatus
from collectifs.sheets.permissions import can_object
from collectifs.sheets.queries.sheets import SheetAccess, seen_life

Task = dict[str, Any]
Meetings = Sequence[MeetingFacts]
Sheets = dict[UUID, SheetAccess]
Situations = Sequence[Situation]
SOON = timedelta(hours=1)


def first_thing(
    access: CollectiveAccess, person: Person, now: datetime, meetings: Meetings, sheets: Sheets, sent: Situations
) -> Task:
    """What stands at the top of the page: {margin, title, text, actions, …}. `sent`: the situations."""
    if can_pilot(person, access):
        return (
            _open_the_room(access, now, meetings, sent)
            or _read_again(access, now, meetings, sheets)
            or _answer_an_objection(access, now, sheets)
            or _finish_the_sheet(access, now, meetings, sheets)
            or _prepare(access, now, meetings, sent)
            or _plan(access, meetings)
        )
    return (
        _stand_in(access, person, now, meetings, sheets, sent)
        or _read_a_sheet(access, person, now, sheets)
        or _come(access, now, meetings)
    )


def _stand_in(
    access: CollectiveAccess, person: Person, now: datetime, meetings: Meetings, sheets: Sheets, sent: Situations
) -> Task | None:
    """For whoever runs one meeting in the pilot's place: that meeting, then its sheet."""
    theirs = [meeting for meeting in meetings if person.id in access.deputies_for(meeting.id)]
    return (
        _open_the_room(access, now, theirs, sent)
        or _read_again(access, now, theirs, sheets)
        or _finish_the_sheet(access, now, theirs, sheets)
        or _prepare(access, now, theirs, sent, plans=False)
    )


def _action(label: str, endpoint: str, kind: str = "", **ids: UUID) -> dict[str, str]:
    values: dict[str, Any] = dict(ids)
    return {"url": url_for(endpoint, **values), "label": label, "kind": kind}


def _open_the_room(access: CollectiveAccess, now: datetime, meetings: Meetings, sent: Situations) -> Task | None:
    """On the day itself, until the meeting is closed."""
    today = now.astimezone(access.zone).date()
    for meeting in meetings:
        starts = meeting.starts_at.astimezone(access.zone)
        is_over = meeting.is_closed or (meeting.ends_at < now and not meeting.is_started)
        if starts.date() == today and not is_over:
            break
    else:
        return None
    verb = "est en cours" if meeting.is_started else f"commence à {clock_time(starts)}"
    return {
        "margin": ["Aujourd’hui", *_soon(meeting.starts_at - now)],
        "title": f"Le {ordinal(meeting.number)} regroupement {verb}",
        "text": " ".join((f"{meeting.place}.", _proposed(sent))).strip(),
        "actions": [
            _action("Ouvrir la séance", "live.run", "primary", meeting_id=meeting.id),
            _action("Revoir le déroulé", "meetings.prepare", meeting_id=meeting.id),
        ],
    }


def _soon(wait: timedelta) -> list[dict[str, str]]:
    if not timedelta() < wait <= SOON:
        return []
    return [{"b": f"dans {minutes(max(1, round(wait.total_seconds() / 60)))}"}]


def _proposed(sent: Situations) -> str:
    """How many situations wait for the pilot's choice."""
    number = len(waiting_among(sent))
    if not number:
        return ""
    words = count(number, "situation vous a été proposée", "situations vous ont été proposées", feminine=True)
    return f"{sentence_case(words)}."


def _read_again(access: CollectiveAccess, now: datetime, meetings: Meetings, sheets: Sheets) -> Task | None:
    """A meeting that nobody closed, half a day after its end, while its notes can be read."""
    for meeting in meetings:
        sheet = sheets.get(meeting.id)
        is_draft = sheet is not None and sheet.life.status(now) is SheetStatus.DRAFT
        if meeting.is_left_open(now) and is_draft and now < notes_end_at(meeting.ends_at):
            return {
                "margin": "À relire",
                "title": f"Le {ordinal(meeting.number)} regroupement est resté ouvert",
                "text": "Personne n’a clos la séance. Relisez ses notes, puis fermez-la : la fiche vient ensuite.",
                "actions": [_action("Relire la séance", "live.run", "primary", meeting_id=meeting.id)],
            }
    return None


def _finish_the_sheet(access: CollectiveAccess, now: datetime, meetings: Meetings, sheets: Sheets) -> Task | None:
    """The sheet of the latest meeting held, while it is a draft."""
    past = [meeting for meeting in meetings if meeting.is_past(now)]
    sheet = sheets.get(past[-1].id) if past else None
    if sheet is None or sheet.life.status(now) is not SheetStatus.DRAFT or sheet.life.institution_since:
        return None  # a new version waits on nobody: it is reached from the series
    return {
        "margin": long_date(past[-1].starts_at.astimezone(access.zone)),
        "title": f"La fiche du {ordinal(past[-1].number)} regroupement est à finir",
        "text": "Deux rubriques, une page. Les notes de la séance restent lisibles tant que le collectif n’a pas "
        "accepté la fiche, trente jours au plus.",
        "actions": [_action("Finir la fiche", "sheets.edit", "primary", sheet_id=sheet.sheet.id)],
    }


def _answer_an_objection(access: CollectiveAccess, now: datetime, sheets: Sheets) -> Task | None:
    """A sheet that somebody holds back, from the hour when the pilot may know of it."""
    for sheet in sheets.values():
        if seen_life(sheet, now).text_objections and sheet.life.withdrawn_at is None:
            return {
                "margin": "En attente",
                "title": f"Une objection retient la fiche du {ordinal(sheet.meeting.number)} regroupement",
                "text": "La reprendre et la proposer de nouveau, ou la garder dans le collectif : les deux se peuvent.",
                "actions": [_action("Lire l’objection", "sheets.show", "primary", sheet_id=sheet.sheet.id)],
            }
    return None


def _prepare(
    access: CollectiveAccess, now: datetime, meetings: Meetings, sent: Situations, *, plans: bool = True
) -> Task | None:
    meeting = next_meeting(meetings, now)
    if meeting is None:
        return None
    move = [_action("Changer la date ou le lieu", "planning.edit", "quiet", meeting_id=meeting.id)] if plans else []
    when = f"{time_range(meeting.starts_at, meeting.ends_at, access.zone)}, {meeting.place}."
    return {
        "margin": ["Prochain regroupement", {"b": long_date(meeting.starts_at.astimezone(access.zone))}],
        "title": f"Préparer le {ordinal(meeting.number)} regroupement",
        "text": " ".join((sentence_case(when), _proposed(sent))).strip(),
        "actions": [
            _action("Préparer la séance", "meetings.prepare", "primary", meeting_id=meeting.id),
            *move,
        ],
    }


def _plan(access: CollectiveAccess, meetings: Meetings) -> Task:
    number = len(meetings) + 1
    here = access.collective.id
    if number > USUAL_MEETINGS[1]:
        return {
            "margin": "La série",
            "title": "Les regroupements prévus ont eu lieu",
            "text": "Rien ne vous attend ici. Le collectif peut encore se retrouver s’il le souhaite.",
            "actions": [_action("Ajouter un regroupement", "planning.create", collective_id=here)],
        }
    return {
        "margin": "Pour commencer" if number == 1 else "La suite",
        "title": f"Fixer la date du {ordinal(number)} regroupement",
        "text": "Deux heures, en présence, entre novembre et avril. Chaque membre en reçoit la date et le lieu.",
        "actions": [_action("Fixer la date", "planning.create", "primary", collective_id=here)],
    }


def _read_a_sheet(access: CollectiveAccess, person: Person, now: datetime, sheets: Sheets) -> Task | None:
    """A sheet proposed to the members, while the delay runs."""
    for sheet in sheets.values():
        deadline = sheet.life.deadline_at
        is_open = deadline is not None and now < deadline and sheet.life.withdrawn_at is None
        if deadline is not None and is_open and can_object(person, sheet):
            local = deadline.astimezone(access.zone)
            until = f"{long_date(local)}, {clock_time(local)}"
            return {
                "margin": ["À lire", {"b": f"jusqu’au {until}"}],
                "title": f"La fiche du {ordinal(sheet.meeting.number)} regroupement vous est proposée",
                "text": "Une page. Sans opposition d’ici là, elle est acceptée : vous n’avez rien à faire si elle "
                "vous convient.",
                "actions": [_action("Lire la fiche", "sheets.show", "primary", sheet_id=sheet.sheet.id)],
            }
    return None


def _come(access: CollectiveAccess, now: datetime, meetings: Meetings) -> Task:
    """The next date, and a situation to propose if one wishes."""
    meeting = next_meeting(meetings, now)
    propose = _action("Proposer une situation", "meetings.propose", "primary", collective_id=access.collective.id)
    if meeting is None:
        return {
            "margin": "Prochain regroupement",
            "title": "La date n’est pas encore fixée",
            "text": "Vous la recevrez par courriel, avec le lieu. D’ici là, vous pouvez déjà confier une situation.",
            "actions": [propose],
        }
    return {
        "margin": "Prochain regroupement",
        "title": sentence_case(long_date(meeting.starts_at.astimezone(access.zone))),
        "meeting": meeting,
        "actions": [propose],
    }
