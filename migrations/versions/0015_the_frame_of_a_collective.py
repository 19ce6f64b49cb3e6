"""a collective adjusts its frame, each says yes anew, and the history stays until the season ends

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'frame_adjustments',
        sa.Column('collective_id', sa.Uuid(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('text', sa.LargeBinary(), nullable=False),
        sa.Column('asks_again', sa.Boolean(), nullable=False),
        sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('key_id', sa.String(length=32), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ['collective_id'], ['collectives.id'], name=op.f('fk_frame_adjustments_collective_id_collectives')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_frame_adjustments')),
        sa.UniqueConstraint('collective_id', 'number', name=op.f('uq_frame_adjustments_collective_id_number')),
    )
    op.create_index(op.f('ix_frame_adjustments_collective_id'), 'frame_adjustments', ['collective_id'])
    op.create_table(
        'frame_yeses',
        sa.Column('adjustment_id', sa.Uuid(), nullable=False),
        sa.Column('user_id', sa.Uuid(), nullable=False),
        sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['adjustment_id'],
            ['frame_adjustments.id'],
            name=op.f('fk_frame_yeses_adjustment_id_frame_adjustments'),
            ondelete='CASCADE',
        ),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_frame_yeses_user_id_users')),
        sa.PrimaryKeyConstraint('adjustment_id', 'user_id', name=op.f('pk_frame_yeses')),
    )


def downgrade() -> None:
    op.drop_table('frame_yeses')
    op.drop_table('frame_adjustments')
