"""The blueprint of this area, apart so that each of its modules of views can hang its own on it."""

from typing import Any

from flask import Blueprint, url_for

from collectifs.blueprints.sheets.reading import Reading
from collectifs.kernel import clock
from collectifs.sheets.queries.sheets import SheetAccess
from collectifs.web.access import me

bp = Blueprint("sheets", __name__)
WITH_FORM = ["GET", "POST"]


def reading_of(sheet: SheetAccess) -> Reading:
    """A sheet as the signed-in person reads it now."""
    return Reading(sheet, me(), clock.now())


def way_to(view: str, sheet: SheetAccess, **values: Any) -> str:
    """The address of a page of this area about a sheet."""
    return url_for(f"sheets.{view}", sheet_id=sheet.sheet.id, **values)
