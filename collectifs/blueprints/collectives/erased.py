"""What was erased of a collective, for those inside: kinds, counts and days."""

from flask import render_template
from flask.typing import ResponseReturnValue

from collectifs.blueprints.collectives.area import bp
from collectifs.collectives.permissions import can_take_part
from collectifs.collectives.queries.collectives import CollectiveAccess, get_collective
from collectifs.kernel import clock
from collectifs.kernel.queries.deployment import erasures_late_since
from collectifs.kernel.queries.erasures import erasures_of, settles_later
from collectifs.web.access import access


@bp.get("/collectifs/<uuid:collective_id>/effacements")
@access(can_take_part, collective=get_collective)
def erased(collective: CollectiveAccess) -> ResponseReturnValue:
    """The log, and whether anything that is due still waits."""
    return render_template(
        "collectives/erased.html",
        access=collective,
        erased=erasures_of(collective.collective.id),
        settles_later=settles_later(),
        late_since=erasures_late_since(clock.now()),
    )
