"""whoever inspects a territory may also stand in there for somebody who is away

Revision ID: 0055
Revises: 0054
"""

import sqlalchemy as sa
from alembic import op

revision = '0055'
down_revision = '0054'
branch_labels = None
depends_on = None

OPEN = 'revoked_at IS NULL'
OWN = f'{OPEN} AND stands_in_for_id IS NULL'


def upgrade() -> None:
    _only_one_open_where(OWN)


def downgrade() -> None:
    op.execute(f'UPDATE granted_roles SET revoked_at = CURRENT_TIMESTAMP WHERE {OPEN} AND stands_in_for_id IS NOT NULL')
    _only_one_open_where(OPEN)


def _only_one_open_where(which: str) -> None:
    op.drop_index('uq_granted_roles_open', table_name='granted_roles')
    op.create_index(
        'uq_granted_roles_open', 'granted_roles', ['user_id', 'role', 'territory_id'], unique=True,
        sqlite_where=sa.text(which), postgresql_where=sa.text(which),
    )
