"""« Saint-Denis : lequel ? »: the names of communes that several bear, asked of whoever manages the territory."""

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.planning.area import bp
from collectifs.meetings.queries.communes import Doubt, doubts_on
from collectifs.meetings.services.communes import settle_communes
from collectifs.people.models import Territory
from collectifs.people.permissions import can_manage_territory
from collectifs.people.queries.people import get_territory
from collectifs.web.access import access, me
from collectifs.web.choices import select_one
from collectifs.web.forms import BaseForm
from collectifs.web.perform import perform


@bp.route("/territoires/<uuid:territory_id>/communes", methods=["GET", "POST"])
@access(can_manage_territory, territory=get_territory)
def which_commune(territory: Territory) -> ResponseReturnValue:
    """Each name once, with the communes that bear it; where people live is not asked here."""
    doubts = doubts_on(territory.id)
    form, asked = _form(doubts), _numbered(doubts)
    return perform(
        form,
        lambda: settle_communes(territory, {each.name: form[f"name_{at}"].data for at, each in asked}, by=me()),
        then=url_for(".which_commune", territory_id=territory.id),
        page="planning/which_commune.html",
        said="C’est noté.",
        territory=territory,
        asked=[(each, form[f"name_{at}"]) for at, each in asked],
    )


def _numbered(doubts: list[Doubt]) -> list[tuple[int, Doubt]]:
    return list(enumerate(doubts, 1))


def _form(doubts: list[Doubt]) -> Any:
    """A list to unfold for each name."""
    fields = {
        f"name_{at}": select_one(f"{each.name} : lequel ?", choices={"": "Je ne sais pas"} | each.choices)
        for at, each in _numbered(doubts)
    }
    return type("WhichCommuneForm", (BaseForm,), fields)()
