"""when the database and the keys were last saved, so that the age of both is known

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

COLUMNS = ('saved_at', 'keys_saved_at')


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column('deployments', sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('deployments') as table:
        for name in COLUMNS:
            table.drop_column(name)
