"""Launching one collective from one that works, for its manager: from which, under which name."""

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.directory.area import bp
from collectifs.collectives.models import Collective
from collectifs.kernel import clock
from collectifs.kernel.seasons import season_label, season_of
from collectifs.kernel.text.typography import count, french
from collectifs.meetings.domain.canvas import DEFAULT_CANVAS, library
from collectifs.network.queries.launching import CollectiveSource, collectives_that_met
from collectifs.network.services.launching_collectives import launch_collective
from collectifs.people.domain.person import Role
from collectifs.people.permissions import can_manage_somewhere
from collectifs.web.access import access, me
from collectifs.web.choices import required_id, select_one
from collectifs.web.forms import BaseForm, line
from collectifs.web.perform import perform


class CollectiveLaunchForm(BaseForm):
    """What it begins from, and its name."""

    source = select_one("Partir de", wanted="Choisissez d’où partir.")
    name = line("Le nom du collectif", wanted="Donnez un nom au collectif.", most=80)


@bp.route("/collectifs/reprendre", methods=["GET", "POST"])
@access(can_manage_somewhere)
def launch_one() -> ResponseReturnValue:
    """One act takes over what works; the page of the collective says what remains."""
    now = clock.now()
    managed = me().territories(Role.MANAGER)
    sources = {each.id: each for each in collectives_that_met(managed, season_of(now.date()), now)}
    form = CollectiveLaunchForm()
    form.source.choices = {"": "Choisir…"} | {str(id_): _words(each) for id_, each in sources.items()}

    def make() -> Collective:
        chosen: UUID = required_id(form.source)
        return launch_collective(sources[chosen], form.name.data or "", now=now, by=me())

    return perform(
        form,
        make,
        then=lambda row: url_for("collectives.manage", collective_id=row.id),
        page="directory/launch_one.html",
        said="Le collectif est créé. Ce qui reste est ci-dessous : personne n’est encore prévenu.",
        sources=sources.values(),
    )


def _words(source: CollectiveSource) -> str:
    """« Les Tilleuls, saison 2026-2027 : quatre regroupements, canevas … »."""
    collective, shelf = source.collective, library()
    canvas = shelf.get(collective.canvas_id) or shelf[DEFAULT_CANVAS]
    met, season = count(len(source.meetings), "regroupement"), season_label(collective.season)
    return french(f"{collective.name}, {source.territory.name}, {season} : {met}, « {canvas.title} »")
