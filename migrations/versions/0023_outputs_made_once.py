"""the outputs of a version, made once and sealed with it

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'sheet_renderings',
        sa.Column('sheet_id', sa.Uuid(), nullable=False),
        sa.Column('version_id', sa.Uuid(), nullable=True),
        sa.Column('submitted_id', sa.Uuid(), nullable=True),
        sa.Column('circle', sa.String(length=16), nullable=False),
        sa.Column('format', sa.String(length=8), nullable=False),
        sa.Column('body', sa.LargeBinary(), nullable=False),
        sa.Column('key_id', sa.String(length=32), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            '(version_id IS NULL) <> (submitted_id IS NULL)', name=op.f('ck_sheet_renderings_one_source')
        ),
        sa.ForeignKeyConstraint(
            ['sheet_id'], ['synthesis_sheets.id'], name=op.f('fk_sheet_renderings_sheet_id_synthesis_sheets')
        ),
        sa.ForeignKeyConstraint(
            ['submitted_id'], ['submitted_sheets.id'],
            name=op.f('fk_sheet_renderings_submitted_id_submitted_sheets'),
        ),
        sa.ForeignKeyConstraint(
            ['version_id'], ['sheet_versions.id'], name=op.f('fk_sheet_renderings_version_id_sheet_versions')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet_renderings')),
    )
    for column in ('sheet_id', 'version_id', 'submitted_id'):
        op.create_index(op.f(f'ix_sheet_renderings_{column}'), 'sheet_renderings', [column])


def downgrade() -> None:
    for column in ('submitted_id', 'version_id', 'sheet_id'):
        op.drop_index(op.f(f'ix_sheet_renderings_{column}'), table_name='sheet_renderings')
    op.drop_table('sheet_renderings')
