"""days that a collective taken over from another is proposed

Revision ID: 0052
Revises: 0051
"""

import sqlalchemy as sa
from alembic import op

revision = '0052'
down_revision = '0051'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('collectives', sa.Column('proposed_days', sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column('collectives', 'proposed_days')
