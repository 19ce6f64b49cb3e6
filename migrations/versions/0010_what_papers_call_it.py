"""how papers name the training: title, organiser, numbers; a status under its name

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

LENGTHS = {'scheme_title': 120, 'organizer': 120, 'scheme_number': 20, 'module_number': 20}
FORMER = 'Contrat en alternance'
PRESENT = 'Contractuel ou contractuelle alternante (M1, M2 MEEF)'


def rename(former: str, present: str) -> None:
    """A status of the usual list, where nobody wrote it otherwise; a list that holds both is left alone."""
    table = sa.table('accompanied_statuses', sa.column('label', sa.String))
    other = table.alias()
    is_free = ~sa.exists().where(other.c.label == present)
    op.execute(table.update().where(table.c.label == former, is_free).values(label=present))


def upgrade() -> None:
    for name, length in LENGTHS.items():
        op.add_column('territories', sa.Column(name, sa.String(length=length), nullable=False, server_default=''))
    with op.batch_alter_table('territories') as table:
        for name in LENGTHS:
            table.alter_column(name, server_default=None)
    rename(FORMER, PRESENT)


def downgrade() -> None:
    rename(PRESENT, FORMER)
    with op.batch_alter_table('territories') as table:
        for name in LENGTHS:
            table.drop_column(name)
