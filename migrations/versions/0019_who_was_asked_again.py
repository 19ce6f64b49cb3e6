"""whoever accepted a former charter is told once, by mail, that the new one asks more

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('charter_consents', sa.Column('told_version', sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column('charter_consents', 'told_version')
