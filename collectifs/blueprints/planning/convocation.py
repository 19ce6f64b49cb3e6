"""Data for the summons that the administration makes: a preview, the file, the columns that its software wants."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.planning.area import bp
from collectifs.blueprints.planning.columns import ColumnsForm, columns_form
from collectifs.collectives.permissions import can_manage
from collectifs.collectives.queries.collectives import CollectiveFacts, get_collective_facts
from collectifs.kernel import clock
from collectifs.kernel.documents.tables import csv_table
from collectifs.meetings.domain.convocation import HOLDS, rows_for
from collectifs.meetings.queries.convocation import convocation_columns, convocation_facts
from collectifs.meetings.services.attendance import forget_columns, keep_columns
from collectifs.people.models import Territory
from collectifs.people.permissions import can_manage_territory
from collectifs.people.queries.people import get_territory
from collectifs.web.access import access, me
from collectifs.web.files import table_file
from collectifs.web.perform import perform

PREVIEWED = 5


@bp.get("/collectifs/<uuid:collective_id>/convocation")
@access(can_manage, collective=get_collective_facts)
def convocation(collective: CollectiveFacts) -> ResponseReturnValue:
    """The first rows of the file, and the way to it."""
    columns = convocation_columns(collective.territory_id)
    facts = convocation_facts(collective.id, clock.now())
    return render_template(
        "planning/convocation.html",
        collective=collective,
        columns=columns,
        rows=rows_for(columns, facts[:PREVIEWED]),
        number=len(facts),
        untold=sorted({each["family_name"] for each in facts if not each["uai"]}),
    )


@bp.get("/collectifs/<uuid:collective_id>/convocation.csv")
@access(can_manage, collective=get_collective_facts)
def convocation_csv(collective: CollectiveFacts) -> ResponseReturnValue:
    """The file: UTF-8 with its mark, `;`, formulas neutralised."""
    columns = convocation_columns(collective.territory_id)
    rows = rows_for(columns, convocation_facts(collective.id, clock.now()))
    return table_file(csv_table([column.title for column in columns], rows), "convocation", "csv")


@bp.route("/territoires/<uuid:territory_id>/colonnes-de-convocation", methods=["GET", "POST"])
@access(can_manage_territory, territory=get_territory)
def convocation_columns_of(territory: Territory) -> ResponseReturnValue:
    """Which columns, in which order, under which titles."""
    form = columns_form(convocation_columns(territory.id))
    return perform(
        form,
        lambda: _keep(form, territory),
        then=url_for(".convocation_columns_of", territory_id=territory.id),
        page="planning/convocation_columns_of.html",
        said="Les colonnes sont enregistrées.",
        territory=territory,
        is_usual=not territory.convocation_columns,
        holds=HOLDS,
    )


def _keep(form: ColumnsForm, territory: Territory) -> None:
    if form.reset.data:
        forget_columns(territory, by=me())
        return
    chosen = form.columns()
    keep_columns(territory, [column for column, _ in chosen], fields=[field for _, field in chosen], by=me())
