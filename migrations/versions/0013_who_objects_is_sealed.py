"""who objects is sealed with the drafts of the sheet, and perishes with them

Revision ID: 0013
Revises: 0012
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from collectifs.kernel.vault import Perished, current_vault

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

OPEN = sa.text('lifted_at IS NULL')
ROWS = sa.table(
    'objections',
    sa.column('id', sa.Uuid()),
    sa.column('key_id', sa.String()),
    sa.column('member_id', sa.Uuid()),
    sa.column('member', sa.LargeBinary()),
)


def upgrade() -> None:
    with op.batch_alter_table('objections') as batch_op:
        batch_op.add_column(sa.Column('member', sa.LargeBinary(), nullable=False, server_default=''))
    for row, place in rows():
        try:
            sealed = current_vault().seal(str(row.member_id), row.key_id, place)
        except Perished:
            sealed = b''
        write(row.id, member=sealed)
    with op.batch_alter_table('objections') as batch_op:
        batch_op.drop_index('uq_objections_open', sqlite_where=OPEN, postgresql_where=OPEN)
        batch_op.drop_constraint('fk_objections_member_id_users', type_='foreignkey')
        batch_op.drop_column('member_id')
        batch_op.alter_column('member', server_default=None)
        batch_op.create_index('ix_objections_proposal_id', ['proposal_id'])


def downgrade() -> None:
    with op.batch_alter_table('objections') as batch_op:
        batch_op.drop_index('ix_objections_proposal_id')
        batch_op.add_column(sa.Column('member_id', sa.Uuid(), nullable=True))
    for row, place in rows():
        try:
            write(row.id, member_id=UUID(current_vault().open_sealed(row.member, row.key_id, place)))
        except Perished:  # whose it was is gone
            op.get_bind().execute(sa.delete(ROWS).where(ROWS.c.id == row.id))
    with op.batch_alter_table('objections') as batch_op:
        batch_op.drop_column('member')
        batch_op.alter_column('member_id', existing_type=sa.Uuid(), nullable=False)
        batch_op.create_foreign_key('fk_objections_member_id_users', 'users', ['member_id'], ['id'])
        batch_op.create_index(
            'uq_objections_open',
            ['proposal_id', 'member_id', 'about'],
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        )


def rows() -> Iterator[tuple[Any, str]]:
    """Each objection, with the place to which what it seals is bound."""
    known = [column for column in ROWS.c if column.name in columns()]
    for row in op.get_bind().execute(sa.select(*known)).all():
        yield row, f'objections/{row.id}/member/{row.key_id}'


def columns() -> set[str]:
    return {column['name'] for column in sa.inspect(op.get_bind()).get_columns('objections')}


def write(row_id: UUID, **values: Any) -> None:
    op.get_bind().execute(sa.update(ROWS).where(ROWS.c.id == row_id).values(**values))
