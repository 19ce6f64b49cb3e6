"""a programme launched from another

Revision ID: 0046
Revises: 0045
"""

import sqlalchemy as sa
from alembic import op

revision = '0046'
down_revision = '0045'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('launches',
    sa.Column('territory_id', sa.Uuid(), nullable=False),
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('source_id', sa.Uuid(), nullable=False),
    sa.Column('call_id', sa.Uuid(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('days', sa.JSON(), nullable=False),
    sa.Column('title', sa.String(length=160), nullable=False),
    sa.Column('incitation', sa.String(length=2000), nullable=False),
    sa.Column('prerequisites', sa.String(length=2000), nullable=False),
    sa.Column('process', sa.String(length=2000), nullable=False),
    sa.Column('meetings', sa.Integer(), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('first_month', sa.Integer(), nullable=True),
    sa.Column('last_month', sa.Integer(), nullable=True),
    sa.Column('canvases', sa.JSON(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['calls.id'], name=op.f('fk_launches_call_id_calls'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['programme_id'], ['programmes.id'], name=op.f('fk_launches_programme_id_programmes'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['source_id'], ['territories.id'], name=op.f('fk_launches_source_id_territories')),
    sa.ForeignKeyConstraint(['territory_id'], ['territories.id'], name=op.f('fk_launches_territory_id_territories')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_launches'))
    )
    op.create_index(op.f('ix_launches_programme_id'), 'launches', ['programme_id'], unique=False)
    op.create_index(op.f('ix_launches_territory_id'), 'launches', ['territory_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_launches_territory_id'), table_name='launches')
    op.drop_index(op.f('ix_launches_programme_id'), table_name='launches')
    op.drop_table('launches')
