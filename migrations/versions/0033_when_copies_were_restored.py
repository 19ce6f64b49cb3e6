"""when copies were last restored for a drill, and a text made to perish by which it is tried

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None

COLUMNS = (
    ('drilled_at', sa.DateTime(timezone=True)),
    ('proved_at', sa.DateTime(timezone=True)),
    ('proof', sa.LargeBinary()),
    ('proof_key_id', sa.String(length=32)),
    ('former_proof', sa.LargeBinary()),
    ('former_proof_key_id', sa.String(length=32)),
)


def upgrade() -> None:
    for name, kind in COLUMNS:
        op.add_column('deployments', sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('deployments') as table:
        for name, _kind in reversed(COLUMNS):
            table.drop_column(name)
