"""One's own calendar address: made, shown once, closed."""

import secrets
from datetime import datetime
from uuid import uuid4

from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Person
from collectifs.people.models import CalendarFeed
from collectifs.people.queries.people import hashed
from collectifs.queries.calendar import open_feeds

MOST_FEEDS = 5


def make_feed(*, now: datetime, by: Person) -> str:
    """Another address; its token is returned once, only its hash is kept."""
    if len(open_feeds(by.id)) >= MOST_FEEDS:
        raise RuleBroken("Vous avez déjà cinq adresses d’agenda : fermez-en une pour en faire une autre.")
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed(id=uuid4(), user_id=by.id, token_hash=hashed(token), made_at=now)
    db.session.add(feed)
    record("calendar_feed_made", feed, by=by)
    return token


def close_feed(feed: CalendarFeed, *, now: datetime, by: Person) -> None:
    """The address answers no more. Closed twice, it stays closed since the first time."""
    if feed.revoked_at is None:
        feed.revoked_at = now
        record("calendar_feed_closed", feed, by=by)
