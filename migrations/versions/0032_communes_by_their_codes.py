"""communes by their codes

Their names are matched by `flask communes`, and once a day, where the list of communes was made.

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None

COLUMNS = (
    ('memberships', 'work_insee'),
    ('memberships', 'home_insee'),
    ('meetings', 'insee'),
    ('date_options', 'insee'),
)


def upgrade() -> None:
    for table, column in COLUMNS:
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column(column, sa.String(length=5), nullable=False, server_default=''))


def downgrade() -> None:
    for table, column in reversed(COLUMNS):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column(column)
