"""What every page of a campaign leans on: the names of communes."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from collectifs.blueprints.campaign import deciding, managing, openings, own, public
from collectifs.blueprints.campaign.area import bp
from collectifs.composition.queries.finding import completed
from collectifs.kernel.text.typed import one_line
from collectifs.web.access import access, anyone

__all__ = ["bp", "deciding", "managing", "openings", "own", "public"]
LONGEST_NAME = 80


@bp.get("/communes")
@access(anyone)
def communes() -> ResponseReturnValue:
    """The communes whose names begin like this, for a field that is being filled: public names, and nobody's."""
    return jsonify(communes=completed(one_line(request.args.get("nom"))[:LONGEST_NAME]))
