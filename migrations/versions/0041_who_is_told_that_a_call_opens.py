"""who is told that a call opens

Revision ID: 0041
Revises: 0040
"""

import sqlalchemy as sa
from alembic import op

revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('opening_notices',
    sa.Column('call_id', sa.Uuid(), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['calls.id'], name=op.f('fk_opening_notices_call_id_calls'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opening_notices')),
    sa.UniqueConstraint('call_id', 'address', name=op.f('uq_opening_notices_call_id_address')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_opening_notices_token_hash'))
    )
    op.create_index(op.f('ix_opening_notices_address'), 'opening_notices', ['address'], unique=False)


def downgrade() -> None:
    op.drop_table('opening_notices')
