"""What somebody left behind in their former collectives, and the way to take it back."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.account.area import bp
from collectifs.kernel import clock
from collectifs.kernel.endings import situation_ends_on
from collectifs.kernel.text.typography import day_and_month, short_date
from collectifs.sheets.domain.life import SheetStatus
from collectifs.sheets.queries.left import Left, left_by
from collectifs.sheets.queries.sheets import SheetAccess
from collectifs.web.access import access, me, signed_in


@bp.get("/mon-compte/ce-que-j-ai-laisse")
@access(signed_in)
def left() -> ResponseReturnValue:
    """One's situations, and the sheets of the meetings where one was, collective by collective."""
    return render_template("account/left.html", left=[_words(each) for each in left_by(me().id)])


def _words(left: Left) -> dict[str, Any]:
    collective = left.access.collective
    return {
        "id": collective.id,
        "name": collective.name,
        "territory": left.access.territory.name,
        "zone": left.access.zone,
        "situations": left.situations,
        "until": short_date(situation_ends_on(collective.season)),
        "sheets": [_sheet(sheet) for sheet in left.sheets],
    }


def _sheet(sheet: SheetAccess) -> dict[str, Any]:
    status = sheet.seen_status(clock.now())
    day = day_and_month(sheet.meeting.starts_at.astimezone(sheet.access.zone).date())
    is_withdrawn = status is SheetStatus.WITHDRAWN
    return {
        "title": f"La fiche du {day}",
        "status": status.label,
        "url": url_for("sheets.show", sheet_id=sheet.sheet.id),
        "withdraw_url": "" if is_withdrawn else url_for("sheets.withdraw", sheet_id=sheet.sheet.id),
    }
