"""Keeping the report of a season: freezing its numbers, saying what would be needed next year."""

from datetime import date, datetime
from uuid import uuid4

from collectifs.kernel.audit import record
from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Person
from collectifs.people.models import Territory
from collectifs.report.domain.numbers import check_wish
from collectifs.report.models import SeasonReport
from collectifs.report.queries.numbers import season_numbers
from collectifs.report.queries.reports import report_row, to_freeze


def freeze_reports(*, now: datetime, today: date) -> None:
    """Write down the numbers of seasons that are over, while what members gave is still there (done twice: once)."""
    for territory_id, season in to_freeze(today):
        row = report_row(territory_id, season) or _new(territory_id, season)
        row.numbers, row.frozen_at = season_numbers([territory_id], season, now).written(), now


def keep_wish(territory: Territory, season: int, *, wanted: int | None, words: str, by: Person) -> SeasonReport:
    """How many collectives the management would open next year, and what it would need for them."""
    check_wish(wanted, words)
    row = report_row(territory.id, season) or _new(territory.id, season)
    row.wanted, row.words = wanted, words
    record("report_completed", row, by=by)
    return row


def _new(territory_id: object, season: int) -> SeasonReport:
    row = SeasonReport(id=uuid4(), territory_id=territory_id, season=season)
    db.session.add(row)
    db.session.flush()
    return row
