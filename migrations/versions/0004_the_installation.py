"""the installation and its witness, a breath for each worker

Revision ID: 0004
Revises: 0003
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from flask import current_app

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    deployments = op.create_table('deployments',
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tidied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deployments'))
    )
    met = op.get_bind().execute(sa.text('SELECT count(*) FROM meetings WHERE notes_perished_at IS NULL')).scalar()
    deployment = current_app.extensions['vault'].found(expects_keys=bool(met))
    op.bulk_insert(deployments, [{'id': deployment, 'made_at': datetime.now(UTC)}])
    op.drop_table('worker_breaths')
    op.create_table('worker_breaths',
    sa.Column('worker', sa.String(length=80), nullable=False),
    sa.Column('breathed_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('worker', name=op.f('pk_worker_breaths'))
    )


def downgrade() -> None:
    op.drop_table('worker_breaths')
    op.create_table('worker_breaths',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('breathed_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_worker_breaths'))
    )
    op.drop_table('deployments')
