"""where pages look for their mails

A page of a proposal, or of who manages, read every mail of thirty days for its own.

Revision ID: 0038
Revises: 0037
"""

from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None

COLUMNS = ('user_id', 'proposal_id')


def upgrade() -> None:
    for column in COLUMNS:
        op.add_column('jobs', sa.Column(column, sa.Uuid(), nullable=True))
    fill()
    for column in COLUMNS:
        op.create_index(f'ix_jobs_{column}', 'jobs', [column])
    op.create_index('ix_jobs_kind_created', 'jobs', ['kind', 'created_at'])
    op.create_index('ix_sheet_proposals_sheet_id', 'sheet_proposals', ['sheet_id'])


def fill() -> None:
    """What the jobs that are written down already are about."""
    jobs = sa.table(
        'jobs',
        sa.column('id', sa.Uuid()),
        sa.column('args', sa.JSON()),
        *(sa.column(name, sa.Uuid()) for name in COLUMNS),
    )
    connection = op.get_bind()
    for id_, args in connection.execute(sa.select(jobs.c.id, jobs.c.args)).all():
        named = {name: UUID(args[name]) for name in COLUMNS if args.get(name)}
        if named:
            connection.execute(sa.update(jobs).where(jobs.c.id == id_).values(named))


def downgrade() -> None:
    op.drop_index('ix_sheet_proposals_sheet_id', 'sheet_proposals')
    op.drop_index('ix_jobs_kind_created', 'jobs')
    for column in reversed(COLUMNS):
        op.drop_index(f'ix_jobs_{column}', 'jobs')
        with op.batch_alter_table('jobs') as batch_op:
            batch_op.drop_column(column)
