"""places that free are offered

Revision ID: 0036
Revises: 0035
"""

import sqlalchemy as sa
from alembic import op

revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None

COLUMNS = ('freed_at', 'offers_stopped_at')


def upgrade() -> None:
    with op.batch_alter_table('candidacies') as batch_op:
        for each in COLUMNS:
            batch_op.add_column(sa.Column(each, sa.DateTime(timezone=True), nullable=True))
    op.create_table('place_offers',
    sa.Column('freed_id', sa.Uuid(), nullable=False),
    sa.Column('candidacy_id', sa.Uuid(), nullable=False),
    sa.Column('asks_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_taken', sa.Boolean(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['candidacy_id'], ['candidacies.id'], name=op.f('fk_place_offers_candidacy_id_candidacies'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['freed_id'], ['candidacies.id'], name=op.f('fk_place_offers_freed_id_candidacies'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_place_offers'))
    )
    op.create_index(op.f('ix_place_offers_candidacy_id'), 'place_offers', ['candidacy_id'], unique=False)
    op.create_index(op.f('ix_place_offers_freed_id'), 'place_offers', ['freed_id'], unique=False)


def downgrade() -> None:
    op.drop_table('place_offers')
    with op.batch_alter_table('candidacies') as batch_op:
        for each in reversed(COLUMNS):
            batch_op.drop_column(each)
