"""calls of another kind

Revision ID: 0049
Revises: 0048
"""

import sqlalchemy as sa
from alembic import op

revision = '0049'
down_revision = '0048'
branch_labels = None
depends_on = None

ONE, OF_EACH = 'uq_calls_territory_id_season', 'uq_calls_territory_id_season_kind'


def upgrade() -> None:
    with op.batch_alter_table('calls') as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=16), nullable=False, server_default='tutors'))
        batch_op.drop_constraint(ONE, type_='unique')
        batch_op.create_unique_constraint(OF_EACH, ['territory_id', 'season', 'kind'])
    with op.batch_alter_table('calls') as batch_op:
        batch_op.alter_column('kind', server_default=None)


def downgrade() -> None:
    op.execute("DELETE FROM calls WHERE kind <> 'tutors'")
    with op.batch_alter_table('calls') as batch_op:
        batch_op.drop_constraint(OF_EACH, type_='unique')
        batch_op.create_unique_constraint(ONE, ['territory_id', 'season'])
        batch_op.drop_column('kind')
