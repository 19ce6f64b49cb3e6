"""How a case of retention is told: whether the thing is there, and the instant from which it is gone."""

from collections.abc import Callable
from datetime import UTC, datetime

from collectifs.kernel.extensions import db

Case = tuple[Callable[[], bool], datetime]


def on(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


SEASON_OVER, YEAR_AFTER, FIVE_AFTER = on(2027, 9, 1), on(2028, 9, 1), on(2032, 9, 1)


def any_row(model: type, **values: object) -> bool:
    return db.session.query(model).filter_by(**values).count() > 0
