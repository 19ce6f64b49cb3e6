"""The installation: which one the database belongs to, when time's work was last done, which keys texts need."""

from uuid import UUID

from sqlalchemy import select

from collectifs.extensions import db
from collectifs.models import Collective, Deployment, Meeting, Remark, Situation, SubmittedSheet, SynthesisSheet

# Under which key texts that still live are sealed; everything else stands under one of these.
NEEDED = (
    select(Meeting.key_id).where(Meeting.notes_perished_at.is_(None)),
    select(Situation.key_id).where(Situation.withdrawn_at.is_(None)),
    select(SynthesisSheet.key_id).where(SynthesisSheet.draft != b""),
    select(SubmittedSheet.key_id).where(SubmittedSheet.body != b""),
    select(Remark.key_id).where(Remark.body != b""),
    select(Collective.series_key_id).where(Collective.series_key_id.is_not(None)),
)


def get_deployment() -> Deployment | None:
    """The row of this installation; None before its first tables are complete."""
    return db.session.scalars(select(Deployment).order_by(Deployment.made_at, Deployment.id)).first()


def deployment_id() -> UUID | None:
    """Which installation this database belongs to."""
    return db.session.scalars(select(Deployment.id).order_by(Deployment.made_at, Deployment.id)).first()


def needed_keys() -> set[str]:
    """The ids of the keys that texts which are not erased still need."""
    found: set[str | None] = set()
    for query in NEEDED:
        found.update(db.session.scalars(query.distinct().order_by(None)))
    return {key_id for key_id in found if key_id}
