"""A person's own data: asking for a copy, making it, letting it perish; leaving with everything that may go."""

from datetime import datetime
from uuid import uuid4

from collectifs.across.documents.own_data import zipped
from collectifs.across.domain.own_data import OwnData
from collectifs.across.domain.work import MakeDataCopy
from collectifs.across.queries.own_data import data_copies_of
from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.keeping import DATA_COPY_KEPT
from collectifs.kernel.models import ERASED
from collectifs.kernel.vault import make_key
from collectifs.kernel.vault.files import seal_file
from collectifs.kernel.work import DestroyKey
from collectifs.people.domain.person import Person
from collectifs.people.models import DataCopy


def ask_data_copy(*, now: datetime, by: Person) -> DataCopy:
    """Ask for everything of one's own. One at a time: the former copy goes, one that is being made is waited for."""
    for former in data_copies_of(by.id):
        if former.ready_at is None and former.asked_at > now - DATA_COPY_KEPT:
            raise RuleBroken("Votre copie se prépare déjà : elle sera ici dans un instant.")
        erase_data_copy(former)
    row = DataCopy(id=uuid4(), user_id=by.id, asked_at=now, key_id=make_key(), body=ERASED)
    db.session.add(row)
    db.session.flush()
    record("data_copy_asked", row, by=by)
    ask(MakeDataCopy(row.id))
    return row


def fill_data_copy(row: DataCopy, data: OwnData, *, now: datetime) -> None:
    """Seal the zip under the copy's own key; the seven days begin."""
    seal_file(row, zipped(data, now), now=now)


def erase_data_copy(row: DataCopy) -> None:
    """Nothing is left of a copy: its row and its key."""
    ask(DestroyKey(row.key_id))
    db.session.delete(row)
