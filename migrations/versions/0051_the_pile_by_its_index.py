"""the pile by its index

Revision ID: 0051
Revises: 0050
"""

import sqlalchemy as sa
from alembic import op

revision = '0051'
down_revision = '0050'
branch_labels = None
depends_on = None

STANDS = sa.text('withdrawn_at IS NULL AND replaced_at IS NULL')
WITHDRAWN = sa.text('withdrawn_at IS NOT NULL')


def upgrade() -> None:
    op.drop_index('ix_submitted_sheets_pile', table_name='submitted_sheets')
    op.create_index('ix_submitted_sheets_pile', 'submitted_sheets', ['territory_id', 'season', 'submitted_at', 'id', 'reviewed_at'], unique=False, sqlite_where=STANDS, postgresql_where=STANDS)
    op.create_index('ix_submitted_sheets_withdrawn', 'submitted_sheets', ['territory_id', 'season', 'withdrawn_at'], unique=False, sqlite_where=WITHDRAWN, postgresql_where=WITHDRAWN)


def downgrade() -> None:
    op.drop_index('ix_submitted_sheets_withdrawn', table_name='submitted_sheets', sqlite_where=WITHDRAWN, postgresql_where=WITHDRAWN)
    op.drop_index('ix_submitted_sheets_pile', table_name='submitted_sheets', sqlite_where=STANDS, postgresql_where=STANDS)
    op.create_index('ix_submitted_sheets_pile', 'submitted_sheets', ['territory_id', 'season', 'submitted_at'], unique=False)
