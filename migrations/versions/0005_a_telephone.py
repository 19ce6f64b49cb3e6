"""the telephone that a member gives to the pilot

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('memberships') as memberships:
        memberships.add_column(sa.Column('phone', sa.String(length=20), server_default='', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('memberships') as memberships:
        memberships.drop_column('phone')
