"""drafts of collectives

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('call_travels',
    sa.Column('call_id', sa.Uuid(), nullable=False),
    sa.Column('barriers', sa.JSON(), nullable=False),
    sa.Column('measured', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['calls.id'], name=op.f('fk_call_travels_call_id_calls'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('call_id', name=op.f('pk_call_travels'))
    )
    op.create_table('drafts',
    sa.Column('call_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('aims', sa.JSON(), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('moves', sa.Integer(), nullable=True),
    sa.Column('begun_from_id', sa.Uuid(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Uuid(), nullable=True),
    sa.Column('progress', sa.Integer(), nullable=False),
    sa.Column('stop_asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('walk', sa.JSON(), nullable=True),
    sa.Column('digest', sa.String(length=32), nullable=False),
    sa.Column('codes', sa.JSON(), nullable=False),
    sa.Column('minutes', sa.LargeBinary(), nullable=False),
    sa.Column('problem', sa.String(length=300), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('ready_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('publishes_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('publishes_by_id', sa.Uuid(), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by_id'], ['users.id'], name=op.f('fk_drafts_asked_by_id_users'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['begun_from_id'], ['drafts.id'], name=op.f('fk_drafts_begun_from_id_drafts'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['call_id'], ['calls.id'], name=op.f('fk_drafts_call_id_calls'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['publishes_by_id'], ['users.id'], name=op.f('fk_drafts_publishes_by_id_users'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_drafts')),
    sa.UniqueConstraint('call_id', 'number', name=op.f('uq_drafts_call_id_number'))
    )
    op.create_index(op.f('ix_drafts_call_id'), 'drafts', ['call_id'], unique=False)
    op.create_table('draft_groups',
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(length=4), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('pilot_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_draft_groups_draft_id_drafts'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['pilot_id'], ['candidacies.id'], name=op.f('fk_draft_groups_pilot_id_candidacies'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('draft_id', 'code', name=op.f('pk_draft_groups'))
    )
    op.create_table('draft_moves',
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('hand', sa.String(length=8), nullable=False),
    sa.Column('candidacy_id', sa.Uuid(), nullable=False),
    sa.Column('from_code', sa.String(length=4), nullable=False),
    sa.Column('to_code', sa.String(length=4), nullable=False),
    sa.Column('moved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('moved_by_id', sa.Uuid(), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['candidacy_id'], ['candidacies.id'], name=op.f('fk_draft_moves_candidacy_id_candidacies'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_draft_moves_draft_id_drafts'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['moved_by_id'], ['users.id'], name=op.f('fk_draft_moves_moved_by_id_users'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_moves')),
    sa.UniqueConstraint('draft_id', 'sequence', name=op.f('uq_draft_moves_draft_id_sequence'))
    )
    op.create_index(op.f('ix_draft_moves_candidacy_id'), 'draft_moves', ['candidacy_id'], unique=False)
    op.create_index(op.f('ix_draft_moves_draft_id'), 'draft_moves', ['draft_id'], unique=False)
    op.create_table('draft_places',
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('candidacy_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(length=4), nullable=False),
    sa.Column('is_pinned', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['candidacy_id'], ['candidacies.id'], name=op.f('fk_draft_places_candidacy_id_candidacies'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_draft_places_draft_id_drafts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('draft_id', 'candidacy_id', name=op.f('pk_draft_places'))
    )
    op.create_index(op.f('ix_draft_places_candidacy_id'), 'draft_places', ['candidacy_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_draft_places_candidacy_id'), table_name='draft_places')
    op.drop_table('draft_places')
    op.drop_index(op.f('ix_draft_moves_draft_id'), table_name='draft_moves')
    op.drop_index(op.f('ix_draft_moves_candidacy_id'), table_name='draft_moves')
    op.drop_table('draft_moves')
    op.drop_table('draft_groups')
    op.drop_index(op.f('ix_drafts_call_id'), table_name='drafts')
    op.drop_table('drafts')
    op.drop_table('call_travels')
