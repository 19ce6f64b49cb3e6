"""A former member says one yes a year, takes it back at once; it is recalled to them once, and ends with its season."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import delete

from collectifs.campaign.queries.calls import open_calls
from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_of
from collectifs.network.domain.after import AfterWish, check_wishes_after, is_time_to_remind, may_say, season_asked
from collectifs.network.domain.work import MailFormerReminded
from collectifs.network.models import FormerYes
from collectifs.network.queries.after import last_belonging, yes_of, yeses_to_remind
from collectifs.people.domain.person import Person


def say_yes(wishes: Collection[AfterWish], *, now: datetime, by: Person) -> FormerYes:
    """To these, for the season that is asked about; said again, the new words stand."""
    last, today = last_belonging(by.id), now.date()
    if last is None or not may_say(last.season, today):
        raise RuleBroken("Cette question se pose à partir de mai, quand votre collectif a fini sa saison.")
    check_wishes_after(wishes)
    row = yes_of(by.id, season_asked(today))
    if row is None:
        row = FormerYes(id=uuid4(), user_id=by.id, territory_id=last.territory.id, season=season_asked(today))
        db.session.add(row)
    row.wishes, row.said_at = [each.value for each in AfterWish if each in wishes], now
    db.session.flush()
    record("former_yes_said", row, by=by)
    return row


def take_back_yes(*, now: datetime, by: Person) -> None:
    """Nothing of it is kept."""
    row = yes_of(by.id, season_asked(now.date()))
    if row is not None:
        record("former_yes_taken_back", row, by=by)
        db.session.delete(row)


def remind_former(*, now: datetime) -> None:
    """Once, those who wanted it: as a call of their territory opens, else in the middle of September."""
    today = now.date()
    rows = yeses_to_remind(season_of(today))
    if not rows:
        return
    territories = {each.territory.id for each in open_calls(today)}
    for row in rows:
        if is_time_to_remind(today, has_open_call=row.territory_id in territories):
            row.reminded_at = now
            ask(MailFormerReminded(row.user_id, row.id))


def forget_yeses(*, today: date) -> None:
    """Those of past seasons."""
    db.session.execute(delete(FormerYes).where(FormerYes.season < season_of(today)))
