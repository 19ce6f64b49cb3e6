"""a mail that came back for another reason than the address: when, with which code

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('users', sa.Column('mail_delayed_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('users', sa.Column('mail_delay', sa.String(length=16), nullable=False, server_default=''))
    with op.batch_alter_table('users') as table:
        table.alter_column('mail_delay', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('users') as table:
        table.drop_column('mail_delay')
        table.drop_column('mail_delayed_at')
