"""which words of a sheet were looked at and kept before it left: hashes, sealed with its drafts

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('synthesis_sheets', sa.Column('kept_words', sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('synthesis_sheets') as table:
        table.drop_column('kept_words')
