"""what machines must share, so that one that differs is told

Revision ID: 0037
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('deployments', sa.Column('secret_key_hash', sa.LargeBinary(), nullable=True))
    op.add_column('worker_breaths', sa.Column('build', sa.String(length=12), nullable=False, server_default=''))


def downgrade() -> None:
    with op.batch_alter_table('worker_breaths') as table:
        table.drop_column('build')
    with op.batch_alter_table('deployments') as table:
        table.drop_column('secret_key_hash')
