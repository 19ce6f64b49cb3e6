"""What a territory works on: charts of what its transmitted sheets are filed under, and the same in tables."""

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from collectifs.blueprints.report.area import bp
from collectifs.kernel import clock
from collectifs.kernel.documents.tables import Cell, ods_table
from collectifs.kernel.seasons import PARIS, season_label, season_of
from collectifs.kernel.text.typed import whole_number
from collectifs.kernel.text.typography import MONTHS
from collectifs.meetings.domain.tags import Axis
from collectifs.people.models import Territory
from collectifs.people.permissions import can_inspect
from collectifs.report.documents.charts import MASKED, Bars, bar_chart, key_swatch
from collectifs.report.documents.report import ThemeRows
from collectifs.report.domain.themes import FEWEST_SHEETS, Grid, by_degree, by_month
from collectifs.report.permissions import can_read_report, can_read_themes
from collectifs.report.queries.reports import get_territory
from collectifs.report.queries.themes import filed_sheets, sheets_there
from collectifs.web.access import access, me
from collectifs.web.files import table_file


@dataclass(frozen=True)
class Shown:
    """A list of things: its chart and its key, and the tables of the same counts."""

    grid: Grid
    months: Grid
    chart: Markup
    keys: tuple[tuple[Markup, str], ...]


@bp.get("/territoires/<uuid:territory_id>/travaille")
@access(can_read_themes, territory=get_territory)
def themes(territory: Territory) -> ResponseReturnValue:
    """Dilemmas, concerns, domains; under ten sheets nothing is counted."""
    season = _season()
    number, collectives = sheets_there(territory.id, season)
    return render_template(
        "report/themes.html",
        territory=territory,
        label=season_label(season),
        number=number,
        collectives=collectives,
        fewest=FEWEST_SHEETS,
        shown=themes_of(territory, season) if number >= FEWEST_SHEETS else [],
        reads_sheets=can_inspect(me()),
        reads_report=can_read_report(me(), territory),
        few=MASKED,
    )


@bp.get("/territoires/<uuid:territory_id>/travaille.ods")
@access(can_read_themes, territory=get_territory)
def themes_ods(territory: Territory) -> ResponseReturnValue:
    """The same counts, for a spreadsheet."""
    season = _season()
    number, _ = sheets_there(territory.id, season)
    rows: list[list[Cell]] = [
        [each.grid.title, line.label, column, MASKED if value is None else value]
        for each in (themes_of(territory, season) if number >= FEWEST_SHEETS else [])
        for table in (each.grid, each.months)
        for line in table.lines
        for column, value in zip(table.columns, line.counts, strict=True)
    ]
    return table_file(
        ods_table("Ce que le territoire travaille", ("Liste", "Rangée sous", "Où", "Fiches"), rows), "themes", "ods"
    )


def themes_of(territory: Territory, season: int) -> list[Shown]:
    """The three lists, those with nothing to show left out."""
    return [_shown(*found) for found in _grids(territory, season)]


def themes_on_paper(territory: Territory, season: int) -> tuple[ThemeRows, ...]:
    """The same for a paper, by degree; none under ten sheets."""
    number, _ = sheets_there(territory.id, season)
    return tuple(_rows(grid) for _, grid, _ in (_grids(territory, season) if number >= FEWEST_SHEETS else []))


def _rows(grid: Grid) -> ThemeRows:
    rows = ((line.label, tuple(MASKED if each is None else str(each) for each in line.counts)) for line in grid.lines)
    return ThemeRows(grid.title, grid.finding, grid.columns, tuple(rows))


def _grids(territory: Territory, season: int) -> list[tuple[Axis, Grid, Grid]]:
    filed = filed_sheets(territory.id, season)
    months = sorted({each.month for each in filed})
    names = [MONTHS[month.month - 1] for month in months]
    found = [(axis, by_degree(axis, filed), by_month(axis, filed, months, names)) for axis in Axis]
    return [each for each in found if each[1].lines]


def _shown(axis: Axis, grid: Grid, months: Grid) -> Shown:
    lines = [Bars(line.label, line.counts) for line in grid.lines]
    name = axis.value
    keys = tuple((Markup(key_swatch(name, place)), words) for place, words in enumerate(grid.columns))  # noqa: S704
    chart = Markup(bar_chart(name, f"{grid.title} des fiches", grid.finding, lines))  # noqa: S704  it escapes
    return Shown(grid, months, chart, keys if len(keys) > 1 else ())


def _season() -> int:
    present = season_of(clock.now().astimezone(PARIS).date())
    asked = whole_number(request.args.get("saison"))
    return present if asked is None or not present - 5 <= asked <= present else asked
