"""what former members say yes to

Revision ID: 0050
Revises: 0049
"""

import sqlalchemy as sa
from alembic import op

revision = '0050'
down_revision = '0049'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('former_yeses',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('territory_id', sa.Uuid(), nullable=False),
    sa.Column('season', sa.Integer(), nullable=False),
    sa.Column('wishes', sa.JSON(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['territory_id'], ['territories.id'], name=op.f('fk_former_yeses_territory_id_territories')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_former_yeses_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_former_yeses')),
    sa.UniqueConstraint('user_id', 'season', name=op.f('uq_former_yeses_user_id_season'))
    )
    op.create_index(op.f('ix_former_yeses_territory_id'), 'former_yeses', ['territory_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_former_yeses_territory_id'), table_name='former_yeses')
    op.drop_table('former_yeses')
