"""Who is registered for a day, for its manager: the lists, in files and on paper."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from collectifs.blueprints.events.area import bp
from collectifs.kernel.documents.tables import Cell, csv_table, ods_table
from collectifs.kernel.paging import Place
from collectifs.kernel.text.typed import one_line
from collectifs.kernel.text.typography import long_date, time_range
from collectifs.network.documents.roll import RollPaper, RollPerson, WorkshopRoll, roll_pdf
from collectifs.network.models import EventSlot
from collectifs.network.permissions import can_manage_event
from collectifs.network.queries.events import EventAccess, get_event, programme_of
from collectifs.network.queries.registrations import (
    Seated,
    confirmed_of,
    event_choices,
    seated_by_workshop,
)
from collectifs.web.access import access
from collectifs.web.files import pdf_file, table_file
from collectifs.web.paging import pages_of

HEADER = ("Nom", "Prénom", "Adresse", "Vient de", "Créneau", "Atelier", "Salle", "En attente de", "Présence")


@bp.get("/journees/<uuid:event_id>/inscriptions")
@access(can_manage_event, event=get_event)
def people(event: EventAccess) -> ResponseReturnValue:
    """Everybody who confirmed, by name, and where each sits."""
    rows = confirmed_of(event.id)
    place = Place.asked(one_line(request.args.get("page")), len(rows))
    slots = programme_of(event.id)
    return render_template(
        "events/people.html",
        access=event,
        slots=slots,
        titles={each.id: each.title for slot in slots for each in slot.workshops},
        rows=place.of(rows),
        total=len(rows),
        choices=event_choices(event.id),
        pages=pages_of(place, ".people", event_id=event.id),
    )


@bp.get("/journees/<uuid:event_id>/inscriptions.csv")
@access(can_manage_event, event=get_event)
def people_csv(event: EventAccess) -> ResponseReturnValue:
    """The same, for a spreadsheet; no formula acts in it."""
    return table_file(csv_table(HEADER, _cells(event)), "inscriptions", "csv")


@bp.get("/journees/<uuid:event_id>/inscriptions.ods")
@access(can_manage_event, event=get_event)
def people_ods(event: EventAccess) -> ResponseReturnValue:
    """The same, as a spreadsheet."""
    return table_file(ods_table("Inscriptions", HEADER, _cells(event)), "inscriptions", "ods")


def _cells(event: EventAccess) -> list[list[Cell]]:
    """A row for each person and slot in which they asked for something."""
    programme = programme_of(event.id)
    known = {each.id: each for slot in programme for each in slot.workshops}
    slots = {each.slot.id: each.slot for each in programme}
    choices = event_choices(event.id)
    found: list[list[Cell]] = []
    for row in confirmed_of(event.id):
        for slot_id, slot in slots.items():
            choice = choices.get((row.id, slot_id))
            if choice is None:
                continue
            sits = known[choice.seat_id] if choice.seat_id else None
            waits = known[choice.first_id].title if choice.first_id and choice.first_id != choice.seat_id else ""
            who: list[Cell] = [row.family_name, row.given_name, row.address, row.comes_from]
            seat: list[Cell] = [sits.title, sits.room] if sits else ["", ""]
            found.append([*who, _hours(slot, event), *seat, waits, "oui" if choice.came_at else ""])
    return found


def _hours(slot: EventSlot, event: EventAccess) -> str:
    day = long_date(slot.starts_at.astimezone(event.zone))
    return f"{day}, {time_range(slot.starts_at, slot.ends_at, event.zone)}"


@bp.get("/journees/<uuid:event_id>/feuilles-d-emargement.pdf")
@access(can_manage_event, event=get_event)
def roll(event: EventAccess) -> ResponseReturnValue:
    """The lists to sign, a workshop a page."""
    seated, zone = seated_by_workshop(event.id), event.zone
    workshops = tuple(
        WorkshopRoll(
            each.title,
            slot.slot.starts_at.astimezone(zone),
            slot.slot.ends_at.astimezone(zone),
            each.room,
            each.host,
            tuple(map(_on_paper, seated.get(each.id, ()))),
        )
        for slot in programme_of(event.id)
        for each in slot.held
    )
    paper = RollPaper(f"Feuilles d’émargement, {event.event.title}", event.event.title, event.event.place, workshops)
    return pdf_file(roll_pdf(paper).pdf, "emargement-journee")


def _on_paper(each: Seated) -> RollPerson:
    row = each.registration
    return RollPerson(f"{row.family_name} {row.given_name}".strip(), row.comes_from)
