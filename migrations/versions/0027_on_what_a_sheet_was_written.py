"""on what kind of device a draft was saved last

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('synthesis_sheets', sa.Column('saved_on', sa.String(length=16), nullable=True))


def downgrade() -> None:
    op.drop_column('synthesis_sheets', 'saved_on')
