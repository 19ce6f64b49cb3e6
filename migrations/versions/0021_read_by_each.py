"""who of the inspection has read which sheet

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'reading_marks',
        sa.Column('submitted_id', sa.Uuid(), nullable=False),
        sa.Column('reader_id', sa.Uuid(), nullable=False),
        sa.Column('marked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ['submitted_id'], ['submitted_sheets.id'], name=op.f('fk_reading_marks_submitted_id_submitted_sheets')
        ),
        sa.ForeignKeyConstraint(['reader_id'], ['users.id'], name=op.f('fk_reading_marks_reader_id_users')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_reading_marks')),
        sa.UniqueConstraint('reader_id', 'submitted_id', name=op.f('uq_reading_marks_reader_id_submitted_id')),
    )
    op.create_index(op.f('ix_reading_marks_submitted_id'), 'reading_marks', ['submitted_id'])
    op.create_index(op.f('ix_reading_traces_reader_id'), 'reading_traces', ['reader_id'])
    op.create_index('ix_submitted_sheets_pile', 'submitted_sheets', ['territory_id', 'season', 'submitted_at'])
    marks, copies = sa.table(
        'reading_marks', *(sa.column(each) for each in ('id', 'submitted_id', 'reader_id', 'marked_at'))
    ), sa.table(
        'submitted_sheets', *(sa.column(each) for each in ('id', 'reviewed_by_id', 'reviewed_at'))
    )
    # Whoever marked a sheet before has read it: the mark takes the id of the sheet, one a sheet.
    read = sa.select(copies.c.id, copies.c.id, copies.c.reviewed_by_id, copies.c.reviewed_at)
    op.execute(marks.insert().from_select(list(marks.c), read.where(copies.c.reviewed_by_id.is_not(None))))


def downgrade() -> None:
    op.drop_index('ix_submitted_sheets_pile', table_name='submitted_sheets')
    op.drop_index(op.f('ix_reading_traces_reader_id'), table_name='reading_traces')
    op.drop_table('reading_marks')
