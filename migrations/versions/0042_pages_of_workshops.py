"""the page that a workshop leaves, and the link of its host

Revision ID: 0042
Revises: 0041
"""

import sqlalchemy as sa
from alembic import op

revision = '0042'
down_revision = '0041'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('workshops', sa.Column('host_address', sa.String(length=254), nullable=False, server_default=''))
    op.create_table('host_links',
    sa.Column('workshop_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('minted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshops.id'], name=op.f('fk_host_links_workshop_id_workshops'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_host_links')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_host_links_token_hash'))
    )
    op.create_index(op.f('ix_host_links_workshop_id'), 'host_links', ['workshop_id'], unique=False)
    op.create_table('workshop_pages',
    sa.Column('workshop_id', sa.Uuid(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('proposal_id', sa.Uuid(), nullable=True),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('deadline_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('key_id', sa.String(length=32), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshops.id'], name=op.f('fk_workshop_pages_workshop_id_workshops'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop_pages')),
    sa.UniqueConstraint('workshop_id', name=op.f('uq_workshop_pages_workshop_id'))
    )
    op.create_table('page_objections',
    sa.Column('page_id', sa.Uuid(), nullable=False),
    sa.Column('member', sa.LargeBinary(), nullable=False),
    sa.Column('sentence', sa.LargeBinary(), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('key_id', sa.String(length=32), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['page_id'], ['workshop_pages.id'], name=op.f('fk_page_objections_page_id_workshop_pages'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_page_objections'))
    )
    op.create_index(op.f('ix_page_objections_page_id'), 'page_objections', ['page_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_page_objections_page_id'), table_name='page_objections')
    op.drop_table('page_objections')
    op.drop_table('workshop_pages')
    op.drop_index(op.f('ix_host_links_workshop_id'), table_name='host_links')
    op.drop_table('host_links')
    op.drop_column('workshops', 'host_address')
