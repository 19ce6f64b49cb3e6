"""what was erased of a collective: how much, on which day, never what

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'erasures',
        sa.Column('collective_id', sa.Uuid(), nullable=False),
        sa.Column('what', sa.String(length=16), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ['collective_id'], ['collectives.id'],
            name=op.f('fk_erasures_collective_id_collectives'), ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_erasures')),
    )
    op.create_index(op.f('ix_erasures_collective_id'), 'erasures', ['collective_id'])


def downgrade() -> None:
    op.drop_index(op.f('ix_erasures_collective_id'), table_name='erasures')
    op.drop_table('erasures')
