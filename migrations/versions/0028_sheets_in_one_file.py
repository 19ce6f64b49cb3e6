"""sheets that an inspector asked for in one file

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'sheet_exports',
        sa.Column('user_id', sa.Uuid(), nullable=False),
        sa.Column('form', sa.String(length=8), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('progress', sa.Integer(), nullable=False),
        sa.Column('ready_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('body', sa.LargeBinary(), nullable=False),
        sa.Column('key_id', sa.String(length=32), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_sheet_exports_user_id_users')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet_exports')),
    )
    op.create_index(op.f('ix_sheet_exports_user_id'), 'sheet_exports', ['user_id'])
    op.create_table(
        'exported_sheets',
        sa.Column('export_id', sa.Uuid(), nullable=False),
        sa.Column('submitted_id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ['export_id'], ['sheet_exports.id'], name=op.f('fk_exported_sheets_export_id_sheet_exports')
        ),
        sa.ForeignKeyConstraint(
            ['submitted_id'], ['submitted_sheets.id'], name=op.f('fk_exported_sheets_submitted_id_submitted_sheets')
        ),
        sa.PrimaryKeyConstraint('export_id', 'submitted_id', name=op.f('pk_exported_sheets')),
    )
    op.create_index(op.f('ix_exported_sheets_submitted_id'), 'exported_sheets', ['submitted_id'])


def downgrade() -> None:
    op.drop_table('exported_sheets')
    op.drop_table('sheet_exports')
