"""what a submitted sheet was filed under: closed lists, no text

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'submitted_tags',
        sa.Column('submitted_id', sa.Uuid(), nullable=False),
        sa.Column('axis', sa.String(length=16), nullable=False),
        sa.Column('code', sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ['submitted_id'], ['submitted_sheets.id'],
            name=op.f('fk_submitted_tags_submitted_id_submitted_sheets'),
        ),
        sa.PrimaryKeyConstraint('submitted_id', 'axis', 'code', name=op.f('pk_submitted_tags')),
    )


def downgrade() -> None:
    op.drop_table('submitted_tags')
