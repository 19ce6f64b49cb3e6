"""The report of a season, for whoever decides whether to extend it, then for those who lived it. Numbers only."""

from datetime import date, datetime

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import IntegerField
from wtforms.validators import Optional

from collectifs.blueprints.report.area import bp
from collectifs.blueprints.report.pages import ReportPage, report_cells, report_page, report_paper
from collectifs.blueprints.report.themes import themes_on_paper
from collectifs.collectives.permissions import can_take_part
from collectifs.collectives.queries.collectives import CollectiveAccess, get_collective
from collectifs.kernel import clock
from collectifs.kernel.documents.tables import ods_table
from collectifs.kernel.seasons import PARIS, season_of
from collectifs.kernel.text.typed import whole_number
from collectifs.people.models import Territory
from collectifs.people.permissions import can_manage_territory
from collectifs.report.documents.report import report_pdf
from collectifs.report.domain.numbers import WORDS_LIMIT
from collectifs.report.domain.questionnaire import results_from
from collectifs.report.permissions import can_read_report, can_read_reports
from collectifs.report.queries.reports import get_territory, report_of, seasons_of, territories_of
from collectifs.report.services.reports import keep_wish
from collectifs.web.access import access, me
from collectifs.web.files import pdf_file, table_file
from collectifs.web.forms import BaseForm, text
from collectifs.web.perform import perform


class WishForm(BaseForm):
    """What the management would open next year."""

    wanted = IntegerField("Collectifs l’an prochain", validators=[Optional()])
    needed = text("Ce qu’il faudrait pour cela", most=WORDS_LIMIT)


@bp.get("/bilan")
@access(can_read_reports)
def index() -> ResponseReturnValue:
    """The territories that one manages or inspects; straight to the report when there is one."""
    found = territories_of(me())
    if len(found) == 1:
        return redirect(url_for(".show", territory_id=found[0].id))
    return render_template("report/index.html", territories=found)


@bp.get("/territoires/<uuid:territory_id>/bilan")
@access(can_read_report, territory=get_territory)
def show(territory: Territory) -> ResponseReturnValue:
    """The report of a season on a page."""
    return render_template(
        "report/show.html", page=_page(territory), can_complete=can_manage_territory(me(), territory)
    )


@bp.get("/collectifs/<uuid:collective_id>/bilan")
@access(can_take_part, collective=get_collective)
def of_collective(collective: CollectiveAccess) -> ResponseReturnValue:
    """The report of their territory, for those who lived the season; from July on."""
    now, season = clock.now(), collective.collective.season
    if _today(now) < results_from(season):
        abort(404)
    page = report_page(report_of(collective.territory, season, now, _today(now)), [season], _today(now))
    return render_template("report/show.html", page=page, access=collective)


@bp.get("/territoires/<uuid:territory_id>/bilan.pdf")
@access(can_read_report, territory=get_territory)
def pdf(territory: Territory) -> ResponseReturnValue:
    """The report on paper."""
    page = _page(territory)
    paper = report_paper(page, themes_on_paper(territory, page.report.season))
    return pdf_file(report_pdf(paper).pdf, "bilan-de-saison")


@bp.get("/territoires/<uuid:territory_id>/bilan.ods")
@access(can_read_report, territory=get_territory)
def ods(territory: Territory) -> ResponseReturnValue:
    """Its numbers, for a spreadsheet."""
    header, rows = report_cells(_page(territory))
    return table_file(ods_table("Bilan", header, rows), "bilan-de-saison", "ods")


@bp.route("/territoires/<uuid:territory_id>/bilan/besoins", methods=["GET", "POST"])
@access(can_manage_territory, territory=get_territory)
def needs(territory: Territory) -> ResponseReturnValue:
    """What the management would open next year, and what it would need."""
    page = _page(territory)
    form = WishForm(data={"wanted": page.report.wanted, "needed": page.report.words})
    return perform(
        form,
        lambda: keep_wish(
            territory, page.report.season, wanted=form.wanted.data, words=form.needed.data or "", by=me()
        ),
        then=url_for(".show", territory_id=territory.id, saison=page.report.season),
        page="report/needs.html",
        said="C’est enregistré dans le bilan.",
        territory=territory,
        season=page.report.season,
        shown=page,
    )


def _page(territory: Territory) -> ReportPage:
    """The season asked for, else the latest; one that is not theirs to read does not exist."""
    now = clock.now()
    today = _today(now)
    seasons = seasons_of(territory.id, season_of(today))
    asked = whole_number(request.args.get("saison"))
    season = seasons[0] if asked is None else asked
    if season not in seasons:
        abort(404)
    return report_page(report_of(territory, season, now, today), seasons, today)


def _today(now: datetime) -> date:
    return now.astimezone(PARIS).date()
