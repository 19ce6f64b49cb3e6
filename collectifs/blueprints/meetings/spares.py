"""The library of spare situations: for the day when nobody brings one. They belong to nobody, anybody may read them."""

from flask import render_template
from flask.typing import ResponseReturnValue

from collectifs.blueprints.meetings.area import bp
from collectifs.meetings.domain.spare import bank
from collectifs.meetings.queries.resources import videos_to_begin_with
from collectifs.web.access import access, signed_in


@bp.get("/situations-de-secours")
@access(signed_in)
def spares() -> ResponseReturnValue:
    """Each with its story and its questions, the first to be offered first."""
    return render_template("meetings/spares.html", bank=bank().values(), theme=videos_to_begin_with())
