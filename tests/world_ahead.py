"""What the collective of the world has before it: dates to choose among, its frame, what the series has set aside."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from collectifs.collectives.models import FrameAdjustment, FrameYes
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.vault.texts import seal_text
from collectifs.live.models import ParkedItem
from collectifs.meetings.domain.polls import Reply
from collectifs.meetings.models import DateOption
from tests import factories

if TYPE_CHECKING:
    from tests.world import World


def dates(world: "World", ours: Any) -> None:
    """Two dates for the next meeting, about which one member has answered."""
    starts = [clock.now().replace(microsecond=0) + timedelta(days=days) for days in (28, 35)]
    poll = factories.poll(ours, world.people["pilot"], *starts)
    for option in db.session.query(DateOption).filter_by(poll_id=poll.id):
        option.place = "Collège CanariAuChoix"
        factories.reply(option, world.people["presenter"], Reply.NO)
    world.ids["poll_id"] = poll.id


def frame(world: "World", ours: Any) -> None:
    """What the collective has added to its charter."""
    row = FrameAdjustment(
        id=uuid4(),
        collective_id=ours.id,
        number=1,
        key_id=ours.series_key_id,
        asks_again=True,
        proposed_at=clock.now(),
    )
    seal_text(row, FrameAdjustment.text, "CanariCadre")
    factories.add(row)
    factories.add(FrameYes(adjustment_id=row.id, user_id=world.people["pilot"].id, said_at=clock.now()))


def parked(world: "World", ours: Any) -> None:
    """What the series has set aside."""
    row = ParkedItem(
        id=uuid4(),
        collective_id=ours.id,
        meeting_id=world.meetings["draft"].id,
        key_id=ours.series_key_id,
        parked_at=clock.now(),
    )
    seal_text(row, ParkedItem.text, "CanariPense")
    factories.add(row)
