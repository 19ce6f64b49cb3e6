"""what the administration says of a resource of the library

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'resource_amendments',
        sa.Column('resource_id', sa.String(length=40), nullable=False),
        sa.Column('address', sa.String(length=400), nullable=False),
        sa.Column('checked_on', sa.Date(), nullable=True),
        sa.Column('is_hidden', sa.Boolean(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_resource_amendments')),
        sa.UniqueConstraint('resource_id', name=op.f('uq_resource_amendments_resource_id')),
    )


def downgrade() -> None:
    op.drop_table('resource_amendments')
