"""where one was going, beside the link that was asked for; what was told about a sheet, once

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

TOLD = ('presenter_told_at', 'objection_told_at', 'ready_told_at')


def upgrade() -> None:
    op.add_column('personal_links', sa.Column('leads_to', sa.String(length=200), nullable=True))
    for name in TOLD:
        op.add_column('sheet_proposals', sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('sheet_proposals') as table:
        for name in TOLD:
            table.drop_column(name)
    with op.batch_alter_table('personal_links') as table:
        table.drop_column('leads_to')
