"""the room

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('hand_offers',
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('offered_by_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_hand_offers_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['offered_by_id'], ['users.id'], name=op.f('fk_hand_offers_offered_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hand_offers')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_hand_offers_token_hash'))
    )
    with op.batch_alter_table('hand_offers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hand_offers_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('parked_items',
    sa.Column('collective_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('key_id', sa.String(length=32), nullable=False),
    sa.Column('text', sa.LargeBinary(), nullable=False),
    sa.Column('parked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['collective_id'], ['collectives.id'], name=op.f('fk_parked_items_collective_id_collectives')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_parked_items_meeting_id_meetings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_parked_items'))
    )
    with op.batch_alter_table('parked_items', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_parked_items_collective_id'), ['collective_id'], unique=False)

    op.create_table('prepared_devices',
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('device', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('prepared_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('returned_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_prepared_devices_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_prepared_devices_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_prepared_devices')),
    sa.UniqueConstraint('meeting_id', 'device', name=op.f('uq_prepared_devices_meeting_id_device'))
    )
    with op.batch_alter_table('prepared_devices', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_prepared_devices_user_id'), ['user_id'], unique=False)

    with op.batch_alter_table('collectives', schema=None) as batch_op:
        batch_op.add_column(sa.Column('canvas_id', sa.String(length=60), server_default='', nullable=False))
        batch_op.add_column(sa.Column('steps', sa.JSON(), nullable=True))

    with op.batch_alter_table('meeting_events', schema=None) as batch_op:
        batch_op.add_column(sa.Column('note_id', sa.Uuid(), nullable=True))
        batch_op.create_index('ix_meeting_events_note', ['meeting_id', 'note_id'], unique=False)

    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('room_closes_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('keeps_notes', sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column('note_taker_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_meetings_note_taker_id_users'), 'users', ['note_taker_id'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_meetings_note_taker_id_users'), type_='foreignkey')
        batch_op.drop_column('note_taker_id')
        batch_op.drop_column('keeps_notes')
        batch_op.drop_column('room_closes_at')

    with op.batch_alter_table('meeting_events', schema=None) as batch_op:
        batch_op.drop_index('ix_meeting_events_note')
        batch_op.drop_column('note_id')

    with op.batch_alter_table('collectives', schema=None) as batch_op:
        batch_op.drop_column('steps')
        batch_op.drop_column('canvas_id')

    with op.batch_alter_table('prepared_devices', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_prepared_devices_user_id'))

    op.drop_table('prepared_devices')
    with op.batch_alter_table('parked_items', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_parked_items_collective_id'))

    op.drop_table('parked_items')
    with op.batch_alter_table('hand_offers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hand_offers_meeting_id'))

    op.drop_table('hand_offers')
