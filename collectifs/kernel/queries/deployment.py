"""The installation: which one the database belongs to, when time's work was last done, which keys texts need."""

from uuid import UUID

from sqlalchemy import select

from collectifs.kernel.extensions import db
from collectifs.kernel.models import Deployment


def get_deployment() -> Deployment | None:
    """The row of this installation; None before its first tables are complete."""
    return db.session.scalars(select(Deployment).order_by(Deployment.made_at, Deployment.id)).first()


def deployment_id() -> UUID | None:
    """Which installation this database belongs to."""
    return db.session.scalars(select(Deployment.id).order_by(Deployment.made_at, Deployment.id)).first()
