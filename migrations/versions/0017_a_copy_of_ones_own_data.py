"""everything of somebody as they asked for it, sealed for seven days

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'data_copies',
        sa.Column('user_id', sa.Uuid(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('progress', sa.Integer(), nullable=False),
        sa.Column('ready_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('body', sa.LargeBinary(), nullable=False),
        sa.Column('key_id', sa.String(length=32), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_data_copies_user_id_users')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_data_copies')),
    )
    op.create_index(op.f('ix_data_copies_user_id'), 'data_copies', ['user_id'])


def downgrade() -> None:
    op.drop_table('data_copies')
