"""a collective remembers whether its meetings keep notes

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('collectives', sa.Column('keeps_notes', sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column('collectives', 'keeps_notes')
