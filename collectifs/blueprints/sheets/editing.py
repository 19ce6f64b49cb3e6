"""What the editor and the page before proposing are told."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from flask import request, url_for

from collectifs.blueprints.sheets.forms import DOMAIN_FIELD, SheetForm
from collectifs.blueprints.sheets.papers import NOT_MEASURED, gauge, room_of
from collectifs.blueprints.sheets.reading import Reading
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import clock_time, day_and_month
from collectifs.live.queries.events import notes_at_hand
from collectifs.meetings.domain.cards import cards
from collectifs.meetings.domain.devices import DeviceKind
from collectifs.meetings.domain.resources import proposed, tagged
from collectifs.meetings.domain.tags import Axis
from collectifs.meetings.queries.calendar import calendar_at
from collectifs.meetings.queries.resources import shelf
from collectifs.people.queries.people import get_user
from collectifs.sheets.documents.sheet import SheetPaper, is_measured
from collectifs.sheets.domain.diff import Change, differences
from collectifs.sheets.domain.life import deadline_for
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.queries.sheets import SheetAccess, open_draft
from collectifs.sheets.queries.versions import former_content, last_version
from collectifs.sheets.services.papers import collective_paper
from collectifs.sheets.services.sheets import Room, check_ready_to_propose, doubts_in, everybody_was_there
from collectifs.web.transaction import made_apart

Made = TypeVar("Made")
# How long a page waits for whoever prints to measure it; one that asks again is answered soon.
OPENS_WITHIN_S, SAVES_WITHIN_S = 8.0, 2.0


def editor(reading: Reading, form: SheetForm) -> dict[str, Any]:
    """The draft as kept, its room on the page, the notes « pour la fiche » while they live.

    What is sent is not measured here: whoever writes waits for no page.
    """
    draft, shown = open_draft(reading.sheet.sheet), shelf()
    return {
        "reading": reading,
        "sheet": reading.sheet,
        "draft": draft,
        "gauge": gauge_of(reading.sheet, draft, OPENS_WITHIN_S) if request.method == "GET" else NOT_MEASURED,
        "saved_label": saved_label(reading),
        "saved_by": saved_by(reading),
        "has_versions": bool(last_version(reading.sheet.sheet.id)),
        "axes": list(Axis),
        "dilemmas": [(card, bool(tagged(card.title, shown))) for card in cards()],
        "resources": shown,
        "proposed_ids": {each.id for each in proposed(form.draft.tags.words(), shown)},
        "notes": notes_at_hand(reading.sheet.meeting, reading.person.id),
    }


def gauge_of(sheet: SheetAccess, draft: SheetContent, patience_s: float) -> dict[str, Any]:
    """The gauge of the draft as kept."""
    paper = collective_paper(sheet, draft)
    return _of_page(paper, partial(gauge, paper, _again(sheet), patience_s=patience_s))


def _of_page(paper: SheetPaper, measure: Callable[[], Made]) -> Made:
    """What `measure` says of a page: it is laid out while no transaction is open, unless it is known already."""
    found: Made = measure() if is_measured(paper) else made_apart(paper, measure)
    return found


def _again(sheet: SheetAccess) -> str:
    return url_for("sheets.gauge", sheet_id=sheet.sheet.id)


def saved(reading: Reading) -> Callable[[], dict[str, Any]]:
    """What the script is told once the draft is kept: the text itself, for whoever took another window's.

    Its room on the page is measured when this is called, after the transaction.
    """
    row = reading.sheet.sheet
    paper, again = collective_paper(reading.sheet, open_draft(row)), _again(reading.sheet)
    told = {
        "revision": row.revision,
        "content": paper.content.to_dict(),
        "saved_at": row.saved_at.isoformat() if row.saved_at else None,
        "saved_label": saved_label(reading),
        "preview_url": url_for("sheets.page", sheet_id=row.id, r=row.revision),
    }
    return lambda: told | gauge(paper, again, patience_s=SAVES_WITHIN_S)


def place_after(form: SheetForm, do: str) -> str | None:
    """Where the page opens again: on the answer just added."""
    return f"reponse-{len(form.draft.answers) + 1}-text" if do == "add" else None


def saved_label(reading: Reading) -> str:
    """« Enregistré à 14 h 32 », with its day when it was another."""
    saved_at = reading.sheet.sheet.saved_at
    if saved_at is None:
        return "Rien d’écrit encore"
    local, today = saved_at.astimezone(reading.zone), reading.now.astimezone(reading.zone).date()
    day = "" if local.date() == today else f"le {day_and_month(local.date())} "
    return f"Enregistré {day}à {clock_time(local)}"


def saved_by(reading: Reading) -> str:
    """Who saved last, and on what: « Hélène Marchadier, sur un téléphone, à 14 h 32 »."""
    row = reading.sheet.sheet
    user = get_user(row.saved_by_id) if row.saved_by_id else None
    is_other = user is not None and user.id != reading.person.id
    who = f"{user.given_name} {user.family_name}" if user and is_other else "vous"
    said = [who, _where_saved(row.saved_on, is_other)]
    if row.saved_at:
        said.append(f"à {clock_time(row.saved_at.astimezone(reading.zone))}")
    return ", ".join(each for each in said if each)


def _where_saved(kind: DeviceKind | None, is_other: bool) -> str:
    """On what; one's own device may have two windows."""
    if kind is None:
        return "" if is_other else "sur un autre appareil"
    is_alike = not is_other and kind is device_here()
    return f"dans une autre fenêtre ou sur un autre {kind.noun}" if is_alike else f"sur {kind.label}"


def device_here() -> DeviceKind:
    """What this request comes from, as browsers say it: they put « Mobi » in the name of those of telephones."""
    return DeviceKind.PHONE if "Mobi" in request.user_agent.string else DeviceKind.COMPUTER


def room_to_propose(sheet: SheetAccess) -> Room:
    """How the draft holds on its page; whoever writes meanwhile does not wait for it. Raises PressBusy."""
    paper = collective_paper(sheet, open_draft(sheet.sheet))
    return _of_page(paper, partial(room_of, paper, patience_s=OPENS_WITHIN_S))


def proposal(reading: Reading, room: Room) -> dict[str, Any]:
    """What keeps the sheet from being proposed, and where to mend it; otherwise what will happen."""
    blocked = None
    try:
        check_ready_to_propose(reading.sheet, room=room, now=reading.now)
    except RuleBroken as refusal:
        blocked = refusal
    calendar = calendar_at(reading.sheet.access.territory)
    return {
        "reading": reading,
        "sheet": reading.sheet,
        "blocked": blocked.sentence if blocked else "",
        "blocked_at": _place_of(blocked.field) if blocked else None,
        "deadline": reading.instant(deadline_for(reading.now, reading.zone, calendar)),
        "changes": _changes(reading),
        "doubts": doubts_in(reading.sheet, open_draft(reading.sheet.sheet).without_blanks()),
        "all_there": everybody_was_there(reading.sheet),
    }


def _changes(reading: Reading) -> list[Change]:
    """How the draft differs from what the collective read last."""
    former = former_content(reading.sheet.sheet.id)
    return differences(former, open_draft(reading.sheet.sheet).without_blanks()) if former else []


def _place_of(field: str | None) -> str | None:
    """The control of the editor that a rule names."""
    found = DOMAIN_FIELD.fullmatch(field or "")
    if found:
        return f"reponse-{int(found[1]) + 1}-{(field or '').rpartition('-')[2]}"
    return {"question": "question", "answers": "reponses"}.get(field or "")
