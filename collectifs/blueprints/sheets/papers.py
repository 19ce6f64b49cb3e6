"""The sheet as paper: the collective's copy, its room on the page, and files for the browser."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Response

from collectifs.kernel.documents.pictures import page_png
from collectifs.kernel.documents.press import Rendered, missing_signs
from collectifs.kernel.documents.printing import PressBusy, waiting_at_most
from collectifs.kernel.keeping import Circle
from collectifs.kernel.text.typography import day_and_month, of_person
from collectifs.live.queries.devices import WaitedDevice
from collectifs.meetings.domain.devices import DeviceKind
from collectifs.sheets.documents.sheet import SheetPaper, sheet_room
from collectifs.sheets.domain.output import Format
from collectifs.sheets.domain.sheet import room_sentence, signs_sentence
from collectifs.sheets.models import SheetVersion, SubmittedSheet
from collectifs.sheets.queries.outputs import output_of_copy, output_of_version
from collectifs.sheets.services.sheets import Room

PICTURE_WIDTH = 840
BUSY = "L’impression est occupée : votre texte s’enregistre, la place sur la page sera mesurée ensuite."
NOT_MEASURED = {
    "busy": True,
    "say": "La place sur la page sera mesurée au prochain enregistrement.",
    "over": False,
    "over_answers": [],
    "signs": "",
    "filled": 0,
}


def room_of(paper: SheetPaper, *, patience_s: float) -> Room:
    """How the sheet holds on its page. Raises PressBusy."""
    with waiting_at_most(patience_s):
        room = sheet_room(paper)
    return Room(room.pages, room.lines_left)


def gauge(paper: SheetPaper, again: str, *, patience_s: float) -> dict[str, Any]:
    """The gauge of the editor, as its page and its script read it.

    Without figures while others print: `again` is where the script asks for them later.
    """
    try:
        with waiting_at_most(patience_s):
            return _measured(paper)
    except PressBusy:
        return NOT_MEASURED | {"say": BUSY, "again": again}


def _measured(paper: SheetPaper) -> dict[str, Any]:
    room, content = sheet_room(paper), paper.content
    places = [place for place, answer in enumerate(content.answers, 1) if not answer.is_blank]
    return {
        "pages": room.pages,
        "lines_left": room.lines_left,
        "say": room_sentence(room.pages, room.lines_left),
        "over": room.pages > 1,
        "over_answers": [places[number - 1] for number in room.over],
        "signs": signs_sentence(missing_signs("".join(content.texts()))),
        "filled": min(100, round(100 * room.height / room.offered)),
    }


def output_made(source: SheetVersion | SubmittedSheet | None, kind: Format) -> bytes | None:
    """What is handed over, as it was made with the version that is read; None of a draft, or before the worker came."""
    if isinstance(source, SheetVersion):
        return output_of_version(source.id, kind)
    return output_of_copy(source.id, Circle.COLLECTIVE, kind) if source else None


def output_file(made: bytes, kind: Format, name: str) -> Response:
    """A PDF opens in the browser, the others are kept; the name carries no typed word."""
    way = "inline" if kind is Format.PDF else "attachment"
    headers = {"Content-Disposition": f'{way}; filename="{name}.{kind.value}"'}
    return Response(made, mimetype=kind.mimetype, headers=headers)


def picture_file(paper: Rendered) -> Response:
    """The first page as a picture."""
    return Response(page_png(paper.pdf, PICTURE_WIDTH), mimetype="image/png")


def waited_words(device: WaitedDevice, zone: ZoneInfo) -> str:
    """« Le téléphone de Samir Haddad, préparé le 13 janvier, n’est pas revenu : des notes y attendent peut-être. »"""
    which = "Le téléphone" if device.kind is DeviceKind.PHONE else "L’ordinateur"
    day = day_and_month(device.prepared_at.astimezone(zone))
    whose = of_person(device.name)
    return f"{which} {whose}, préparé le {day}, n’est pas revenu : des notes y attendent peut-être."
