"""The only reader of the clock. The demonstration has its own, kept as an offset in its data folder."""

from datetime import UTC, datetime, timedelta

from flask import current_app

from collectifs.kernel.config import Settings, demo_offset_seconds, set_demo_offset


def now() -> datetime:
    """The present instant, aware and in UTC, moved by the demo's offset where there is one."""
    settings: Settings = current_app.extensions["settings"]
    if not settings.is_demo:
        return datetime.now(UTC)
    return datetime.now(UTC) + timedelta(seconds=demo_offset_seconds(settings.demo_mark))


def set_demo_clock(moment: datetime) -> None:
    """Make the clock of the demonstration show an instant; it goes on from there. Leaves the demo's mark."""
    settings: Settings = current_app.extensions["settings"]
    set_demo_offset(settings.demo_mark, (moment - datetime.now(UTC)).total_seconds())


def is_moved_by_hand() -> bool:
    """Whether this is the clock of a demonstration, that anybody moves by days."""
    settings: Settings = current_app.extensions["settings"]
    return settings.is_demo
