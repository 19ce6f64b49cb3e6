"""The season of a manager's territories: meetings, hours, how many came; the hours of each person. No content."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template, request
from flask.typing import ResponseReturnValue

from collectifs.blueprints.planning.area import bp
from collectifs.kernel import clock
from collectifs.kernel.documents.tables import csv_table, ods_table
from collectifs.kernel.paging import Place
from collectifs.kernel.seasons import season_label, season_of
from collectifs.kernel.text.typed import one_line
from collectifs.kernel.text.typography import count, join_names, long_date, sentence_case, short_date, time_range
from collectifs.meetings.documents.season import CollectiveRows, MeetingRow, PersonRow, SeasonPaper, season_pdf
from collectifs.meetings.domain.attendance import hours_as_number, hours_in_figures
from collectifs.meetings.queries.season import (
    PersonHours,
    SeasonMeeting,
    SeasonTotals,
    meeting_collectives,
    season_hours,
    season_meetings,
    season_totals,
)
from collectifs.people.domain.person import Role
from collectifs.people.permissions import can_manage_somewhere
from collectifs.people.queries.roles import departments_among
from collectifs.web.access import access, me
from collectifs.web.files import pdf_file, table_file
from collectifs.web.paging import pages_of

COLLECTIVES, LONGEST = 10, 100  # those of a page, some fifty meetings; letters that are looked for
MEETINGS_HEADER = (
    *("Territoire", "Collectif", "Code", "Regroupement", "Date", "Début", "Fin", "Durée en heures"),
    *("Lieu", "Commune", "Présences", "Personnes invitées"),
)
HOURS_HEADER = ("Nom", "Prénom", "Rôle", "Collectif", "Code", "Regroupements", "Heures")


@bp.get("/saison")
@access(can_manage_somewhere)
def season() -> ResponseReturnValue:
    """The meetings and the hours, ten collectives at a time: each brings its meetings and its people."""
    now, managed = clock.now(), me().territories(Role.MANAGER)
    year, words = season_of(now.date()), one_line(request.args.get("mots"))[:LONGEST]
    found = meeting_collectives(managed, year, words)
    place = Place.asked(request.args.get("page", ""), len(found), COLLECTIVES)
    shown = place.of(found)
    return render_template(
        "planning/season.html",
        label=season_label(year),
        territory=_territory_names(),
        collectives=[
            (rows[0], [_meeting_row(each, now) for each in rows])
            for rows in _by_collective(season_meetings(managed, year, shown))
        ],
        people=_by_place(_person_row(each) for each in season_hours(managed, year, shown)),
        total=_total(season_totals(managed, year, now)),
        words=words,
        pages=pages_of(place, ".season", **({"mots": words} if words else {})),
    )


@bp.get("/saison/regroupements.csv")
@access(can_manage_somewhere)
def season_csv() -> ResponseReturnValue:
    """The meetings, for a spreadsheet."""
    return table_file(csv_table(MEETINGS_HEADER, _meeting_cells()), "regroupements", "csv")


@bp.get("/saison/regroupements.ods")
@access(can_manage_somewhere)
def season_ods() -> ResponseReturnValue:
    """The meetings, as a spreadsheet."""
    return table_file(ods_table("Regroupements", MEETINGS_HEADER, _meeting_cells()), "regroupements", "ods")


@bp.get("/saison/heures.csv")
@access(can_manage_somewhere)
def hours_csv() -> ResponseReturnValue:
    """The hours of each person, for a spreadsheet."""
    return table_file(csv_table(HOURS_HEADER, _hours_cells()), "heures", "csv")


@bp.get("/saison/heures.ods")
@access(can_manage_somewhere)
def hours_ods() -> ResponseReturnValue:
    """The hours of each person, as a spreadsheet."""
    return table_file(ods_table("Heures", HOURS_HEADER, _hours_cells()), "heures", "ods")


@bp.get("/saison/regroupements.pdf")
@access(can_manage_somewhere)
def season_sheet() -> ResponseReturnValue:
    """The meetings and the hours, on paper."""
    now = clock.now()
    meetings, label = _meetings(now), season_label(season_of(now.date()))
    paper = SeasonPaper(
        title=f"Regroupements et heures, année scolaire {label}",
        issuer=f"{_territory_names()} · année scolaire {label} · au {short_date(now.date())}",
        collectives=tuple(_printed(rows, now) for rows in _by_collective(meetings)),
        people=tuple(_person_row(each) for each in _hours(now)),
        total=_total(season_totals(me().territories(Role.MANAGER), season_of(now.date()), now)),
    )
    return pdf_file(season_pdf(paper).pdf, "regroupements-et-heures")


def _meetings(now: datetime) -> list[SeasonMeeting]:
    return season_meetings(me().territories(Role.MANAGER), season_of(now.date()))


def _hours(now: datetime) -> list[PersonHours]:
    return season_hours(me().territories(Role.MANAGER), season_of(now.date()))


def _territory_names() -> str:
    return join_names([each.name for each in departments_among(me().territories(Role.MANAGER))])


def _by_collective(meetings: list[SeasonMeeting]) -> list[list[SeasonMeeting]]:
    return [list(rows) for _, rows in groupby(meetings, key=lambda each: each.collective_id)]


def _by_place(people: Iterable[PersonRow]) -> list[tuple[str, list[PersonRow]]]:
    """The hours that follow one another under the name of one collective."""
    return [(name, list(rows)) for name, rows in groupby(people, key=attrgetter("collective"))]


def _total(totals: SeasonTotals) -> str:
    """« Douze regroupements tenus, 24 heures, 96 présences. »"""
    words = sentence_case(count(totals.held, "regroupement tenu", "regroupements tenus"))
    presences = count(totals.presences, "présence", feminine=True)
    return f"{words}, {hours_in_figures(totals.minutes)}, {presences}."


def _meeting_cells() -> list[list[Any]]:
    rows = []
    for each in _meetings(clock.now()):
        zone = ZoneInfo(each.timezone)
        starts, ends = each.starts_at.astimezone(zone), each.ends_at.astimezone(zone)
        rows.append(
            [
                each.territory_name,
                each.collective_name,
                each.code,
                each.number,
                starts.date(),
                f"{starts:%H:%M}",
                f"{ends:%H:%M}",
                hours_as_number(each.minutes),
                each.place,
                each.commune,
                each.came,
                each.guests,
            ]
        )
    return rows


def _hours_cells() -> list[list[Any]]:
    return [
        [
            each.family_name,
            each.given_name,
            "pilote" if each.is_pilot else "membre",
            each.collective_name,
            each.code,
            each.meetings,
            hours_as_number(each.minutes),
        ]
        for each in _hours(clock.now())
    ]


def _printed(rows: list[SeasonMeeting], now: datetime) -> CollectiveRows:
    held = [each for each in rows if each.ends_at <= now]
    return CollectiveRows(
        rows[0].collective_name,
        tuple(_meeting_row(each, now) for each in rows),
        f"{hours_in_figures(sum(each.minutes for each in held))} tenues",
    )


def _meeting_row(each: SeasonMeeting, now: datetime) -> MeetingRow:
    zone = ZoneInfo(each.timezone)
    came = count(each.came, "personne", feminine=True) if each.came else "non relevées"
    if each.guests:
        came += f", {count(each.guests, 'invitée', feminine=True)}"
    return MeetingRow(
        str(each.number),
        long_date(each.starts_at.astimezone(zone)),
        time_range(each.starts_at, each.ends_at, zone),
        f"{each.place}, {each.commune}" if each.commune else each.place,
        came if each.ends_at <= now else "à venir",
        hours_in_figures(each.minutes),
    )


def _person_row(each: PersonHours) -> PersonRow:
    name = f"{each.family_name} {each.given_name}"
    return PersonRow(name, each.collective_name, str(each.meetings), hours_in_figures(each.minutes), each.is_pilot)
