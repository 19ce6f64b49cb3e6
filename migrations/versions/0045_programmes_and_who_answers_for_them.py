"""programmes, who answers for them, what is written to these

Revision ID: 0045
Revises: 0044
"""

import sqlalchemy as sa
from alembic import op

revision = '0045'
down_revision = '0044'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('programmes',
    sa.Column('territory_id', sa.Uuid(), nullable=False),
    sa.Column('season', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('about', sa.String(length=400), nullable=False),
    sa.Column('places', sa.String(length=200), nullable=False),
    sa.Column('audience', sa.String(length=16), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_season', sa.Integer(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("name <> ''", name=op.f('ck_programmes_name')),
    sa.ForeignKeyConstraint(['territory_id'], ['territories.id'], name=op.f('fk_programmes_territory_id_territories')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programmes'))
    )
    op.create_index(op.f('ix_programmes_territory_id'), 'programmes', ['territory_id'], unique=False)
    op.create_table('relays',
    sa.Column('territory_id', sa.Uuid(), nullable=False),
    sa.Column('programme_id', sa.Uuid(), nullable=True),
    sa.Column('given_name', sa.String(length=80), nullable=False),
    sa.Column('family_name', sa.String(length=80), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('season', sa.Integer(), nullable=False),
    sa.Column('named_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programmes.id'], name=op.f('fk_relays_programme_id_programmes'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['territory_id'], ['territories.id'], name=op.f('fk_relays_territory_id_territories')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_relays'))
    )
    op.create_index(op.f('ix_relays_address'), 'relays', ['address'], unique=False)
    op.create_index(op.f('ix_relays_programme_id'), 'relays', ['programme_id'], unique=False)
    op.create_index(op.f('ix_relays_territory_id'), 'relays', ['territory_id'], unique=False)
    op.create_table('relay_links',
    sa.Column('relay_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('minted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['relay_id'], ['relays.id'], name=op.f('fk_relay_links_relay_id_relays'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_relay_links')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_relay_links_token_hash'))
    )
    op.create_index(op.f('ix_relay_links_relay_id'), 'relay_links', ['relay_id'], unique=False)
    op.create_table('relay_messages',
    sa.Column('relay_id', sa.Uuid(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('key_id', sa.String(length=32), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['relay_id'], ['relays.id'], name=op.f('fk_relay_messages_relay_id_relays'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_relay_messages'))
    )
    op.create_index(op.f('ix_relay_messages_relay_id'), 'relay_messages', ['relay_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_relay_messages_relay_id'), table_name='relay_messages')
    op.drop_table('relay_messages')
    op.drop_index(op.f('ix_relay_links_relay_id'), table_name='relay_links')
    op.drop_table('relay_links')
    op.drop_index(op.f('ix_relays_territory_id'), table_name='relays')
    op.drop_index(op.f('ix_relays_programme_id'), table_name='relays')
    op.drop_index(op.f('ix_relays_address'), table_name='relays')
    op.drop_table('relays')
    op.drop_index(op.f('ix_programmes_territory_id'), table_name='programmes')
    op.drop_table('programmes')
