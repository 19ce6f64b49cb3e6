"""days that a collective taken over from another is proposed

Revision ID: 0051
Revises: 0050
"""

import sqlalchemy as sa
from alembic import op

revision = '0051'
down_revision = '0050'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('collectives', sa.Column('proposed_days', sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column('collectives', 'proposed_days')
