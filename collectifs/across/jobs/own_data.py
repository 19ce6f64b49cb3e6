"""The copy of one's own data, gathered outside of the request that asked for it."""

from collectifs.across.domain.work import MakeDataCopy
from collectifs.across.queries.own_data import gather
from collectifs.across.services.own_data import fill_data_copy
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import does
from collectifs.people.models import DataCopy


@does
def make_data_copy(work: MakeDataCopy) -> None:
    """How much is done is committed on the way, for whoever waits before the page; one that is gone is left."""
    row = db.session.get(DataCopy, work.copy_id)
    if row is None or row.ready_at is not None:
        return

    def tell(progress: int) -> None:
        row.progress = progress
        db.session.commit()

    data = gather(row.user_id, tell)
    fill_data_copy(row, data, now=clock.now())
