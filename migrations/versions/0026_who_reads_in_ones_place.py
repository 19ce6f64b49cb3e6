"""an inspector who is away: who reads in their place

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('granted_roles') as table:
        table.add_column(sa.Column('stands_in_for_id', sa.Uuid(), nullable=True))
        table.create_foreign_key(op.f('fk_granted_roles_stands_in_for_id_users'), 'users', ['stands_in_for_id'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('granted_roles') as table:
        table.drop_constraint(op.f('fk_granted_roles_stands_in_for_id_users'), type_='foreignkey')
        table.drop_column('stands_in_for_id')
