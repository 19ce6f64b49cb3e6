"""How pages write: French typography, dates and hours where the reader lives."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import accumulate
from zoneinfo import ZoneInfo

from flask import Flask
from markupsafe import Markup, escape

from collectifs.collectives.domain.charter import charter_for
from collectifs.kernel.seasons import PARIS
from collectifs.kernel.text import typography
from collectifs.meetings.domain.planning import series_title
from collectifs.web.addresses import make_addresses_once
from collectifs.web.attributes import boxes
from collectifs.web.notices import notices
from collectifs.web.plain_json import PlainJson

MARKS = re.compile(r"(<[^>]*>|&#?\w+;)")


def _zone(zone: ZoneInfo | str | None) -> ZoneInfo:
    return ZoneInfo(zone) if isinstance(zone, str) else (zone or PARIS)


def _day(moment: date | datetime, zone: ZoneInfo | str | None) -> date:
    return moment.astimezone(_zone(zone)).date() if isinstance(moment, datetime) else moment


def fr(text: object) -> str:
    """Typeset a text; what is already markup stays markup."""
    if type(text) is str:
        return typography.french(text)
    if isinstance(text, Markup):
        pieces = MARKS.split(str(text))  # tags and entities (odd places) are left as they are
        typeset = (piece if place % 2 else typography.french(piece) for place, piece in enumerate(pieces))
        return Markup("".join(typeset))  # noqa: S704  already escaped
    return typography.french(str(text))


def day(moment: date | datetime, zone: ZoneInfo | str | None = None) -> str:
    """« mercredi 13 janvier 2027 »."""
    return typography.long_date(_day(moment, zone))


def short_day(moment: date | datetime, zone: ZoneInfo | str | None = None) -> str:
    """« 13 janvier »."""
    return typography.day_and_month(_day(moment, zone))


def month(moment: date | datetime, zone: ZoneInfo | str | None = None) -> str:
    """« janvier 2027 »."""
    return typography.month_year(_day(moment, zone))


def hour(moment: datetime, zone: ZoneInfo | str | None = None) -> str:
    """« 14 h 30 »."""
    return typography.clock_time(moment, _zone(zone))


def hours(slot: object, zone: ZoneInfo | str | None = None) -> str:
    """« de 14 h à 16 h », of anything with `starts_at` and `ends_at`."""
    return typography.time_range(slot.starts_at, slot.ends_at, _zone(zone))  # type: ignore[attr-defined]


def lines(text: str) -> Markup:
    """Typeset several lines, each break kept."""
    return Markup("<br>".join(escape(fr(part)) for part in text.split("\n")))  # noqa: S704  each is escaped


def strokes(minutes: Sequence[int]) -> tuple[str, str]:
    """The ticks of a ruler, one every five minutes, and its longer strokes, one where each step ends."""
    total = max(sum(minutes), 1)
    return _upwards(range(0, total + 1, 5), total, 7), _upwards(accumulate(minutes), total, 24)


def _upwards(places: Iterable[int], total: int, tall: int) -> str:
    """From the foot of a drawing, 1200 wide."""
    return "".join([f"M{round(place * 1200 / total, 1)} 40v-{tall}" for place in places])


def add_filters(app: Flask) -> None:
    """Give templates these filters, the words for numbers, and quick addresses."""
    make_addresses_once(app)
    app.jinja_env.policies["json.dumps_function"] = PlainJson(app).dumps  # what a page hands to its script
    app.jinja_env.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    for name in (fr, day, short_day, month, hour, hours, lines, strokes):
        app.jinja_env.filters[name.__name__] = name
    for word in ("of", "of_person", "join_names", "minutes"):
        app.jinja_env.filters[word] = getattr(typography, word)
    app.jinja_env.globals["charter_words"] = lambda: charter_for(is_association=notices().is_association)
    app.jinja_env.globals["is_association"] = lambda: notices().is_association
    app.jinja_env.globals["boxes"] = boxes
    app.jinja_env.globals["count"] = typography.count
    app.jinja_env.globals["of_person"] = typography.of_person
    app.jinja_env.globals["join_names"] = typography.join_names
    app.jinja_env.globals["series_title"] = series_title
