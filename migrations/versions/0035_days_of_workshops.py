"""days of workshops, and who registers

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('events',
    sa.Column('territory_id', sa.Uuid(), nullable=False),
    sa.Column('season', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('title', sa.String(length=160), nullable=False),
    sa.Column('invitation', sa.String(length=1200), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cancel_words', sa.String(length=400), nullable=False),
    sa.Column('calendar_sequence', sa.Integer(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("place <> ''", name=op.f('ck_events_place')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_events_hours')),
    sa.ForeignKeyConstraint(['territory_id'], ['territories.id'], name=op.f('fk_events_territory_id_territories')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_events')),
    sa.UniqueConstraint('slug', name=op.f('uq_events_slug'))
    )
    op.create_index(op.f('ix_events_territory_id'), 'events', ['territory_id'], unique=False)
    op.create_table('event_partners',
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('slug', sa.String(length=16), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_event_partners_event_id_events'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_partners')),
    sa.UniqueConstraint('slug', name=op.f('uq_event_partners_slug'))
    )
    op.create_index(op.f('ix_event_partners_event_id'), 'event_partners', ['event_id'], unique=False)
    op.create_table('event_slots',
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_event_slots_hours')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_event_slots_event_id_events'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_slots'))
    )
    op.create_index(op.f('ix_event_slots_event_id'), 'event_slots', ['event_id'], unique=False)
    op.create_table('registrations',
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('partner_id', sa.Uuid(), nullable=True),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('given_name', sa.String(length=80), nullable=False),
    sa.Column('family_name', sa.String(length=80), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('comes_from', sa.String(length=120), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_registrations_event_id_events'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['partner_id'], ['event_partners.id'], name=op.f('fk_registrations_partner_id_event_partners'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registrations'))
    )
    op.create_index(op.f('ix_registrations_address'), 'registrations', ['address'], unique=False)
    op.create_index('ix_registrations_event_state', 'registrations', ['event_id', 'state'], unique=False)
    op.create_table('workshops',
    sa.Column('slot_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.String(length=160), nullable=False),
    sa.Column('summary', sa.String(length=500), nullable=False),
    sa.Column('host', sa.String(length=120), nullable=False),
    sa.Column('room', sa.String(length=80), nullable=False),
    sa.Column('canvas_id', sa.String(length=60), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('capacity > 0', name=op.f('ck_workshops_capacity')),
    sa.ForeignKeyConstraint(['slot_id'], ['event_slots.id'], name=op.f('fk_workshops_slot_id_event_slots'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshops'))
    )
    op.create_index(op.f('ix_workshops_slot_id'), 'workshops', ['slot_id'], unique=False)
    op.create_table('registration_links',
    sa.Column('registration_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('minted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['registration_id'], ['registrations.id'], name=op.f('fk_registration_links_registration_id_registrations'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_links')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_registration_links_token_hash'))
    )
    op.create_index(op.f('ix_registration_links_registration_id'), 'registration_links', ['registration_id'], unique=False)
    op.create_table('slot_choices',
    sa.Column('registration_id', sa.Uuid(), nullable=False),
    sa.Column('slot_id', sa.Uuid(), nullable=False),
    sa.Column('first_id', sa.Uuid(), nullable=True),
    sa.Column('second_id', sa.Uuid(), nullable=True),
    sa.Column('first_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('second_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seat_id', sa.Uuid(), nullable=True),
    sa.Column('offer_id', sa.Uuid(), nullable=True),
    sa.Column('offered_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('came_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('first_id <> second_id', name=op.f('ck_slot_choices_two_wishes')),
    sa.ForeignKeyConstraint(['first_id'], ['workshops.id'], name=op.f('fk_slot_choices_first_id_workshops')),
    sa.ForeignKeyConstraint(['offer_id'], ['workshops.id'], name=op.f('fk_slot_choices_offer_id_workshops')),
    sa.ForeignKeyConstraint(['registration_id'], ['registrations.id'], name=op.f('fk_slot_choices_registration_id_registrations'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['seat_id'], ['workshops.id'], name=op.f('fk_slot_choices_seat_id_workshops')),
    sa.ForeignKeyConstraint(['second_id'], ['workshops.id'], name=op.f('fk_slot_choices_second_id_workshops')),
    sa.ForeignKeyConstraint(['slot_id'], ['event_slots.id'], name=op.f('fk_slot_choices_slot_id_event_slots'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('registration_id', 'slot_id', name=op.f('pk_slot_choices'))
    )
    op.create_index(op.f('ix_slot_choices_offer_id'), 'slot_choices', ['offer_id'], unique=False)
    op.create_index(op.f('ix_slot_choices_seat_id'), 'slot_choices', ['seat_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_slot_choices_seat_id'), table_name='slot_choices')
    op.drop_index(op.f('ix_slot_choices_offer_id'), table_name='slot_choices')
    op.drop_table('slot_choices')
    op.drop_index(op.f('ix_registration_links_registration_id'), table_name='registration_links')
    op.drop_table('registration_links')
    op.drop_index(op.f('ix_workshops_slot_id'), table_name='workshops')
    op.drop_table('workshops')
    op.drop_index('ix_registrations_event_state', table_name='registrations')
    op.drop_index(op.f('ix_registrations_address'), table_name='registrations')
    op.drop_table('registrations')
    op.drop_index(op.f('ix_event_slots_event_id'), table_name='event_slots')
    op.drop_table('event_slots')
    op.drop_index(op.f('ix_event_partners_event_id'), table_name='event_partners')
    op.drop_table('event_partners')
    op.drop_index(op.f('ix_events_territory_id'), table_name='events')
    op.drop_table('events')
