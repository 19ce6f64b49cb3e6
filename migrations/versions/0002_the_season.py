"""the season

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('accompanied_statuses',
    sa.Column('label', sa.String(length=80), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_accompanied_statuses')),
    sa.UniqueConstraint('label', name=op.f('uq_accompanied_statuses_label'))
    )
    op.create_table('calendar_feeds',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_calendar_feeds_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_feeds')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_calendar_feeds_token_hash'))
    )
    with op.batch_alter_table('calendar_feeds', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_calendar_feeds_user_id'), ['user_id'], unique=False)

    op.create_table('membership_proposals',
    sa.Column('collective_id', sa.Uuid(), nullable=False),
    sa.Column('given_name', sa.String(length=80), nullable=False),
    sa.Column('family_name', sa.String(length=80), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('proposed_by_id', sa.Uuid(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('agreed', sa.Boolean(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['answered_by_id'], ['users.id'], name=op.f('fk_membership_proposals_answered_by_id_users')),
    sa.ForeignKeyConstraint(['collective_id'], ['collectives.id'], name=op.f('fk_membership_proposals_collective_id_collectives')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['users.id'], name=op.f('fk_membership_proposals_proposed_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership_proposals'))
    )
    with op.batch_alter_table('membership_proposals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_proposals_collective_id'), ['collective_id'], unique=False)

    op.create_table('attendance_changes',
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('before', sa.String(length=16), nullable=False),
    sa.Column('after', sa.String(length=16), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_attendance_changes_by_id_users')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_attendance_changes_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_attendance_changes_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance_changes'))
    )
    with op.batch_alter_table('attendance_changes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attendance_changes_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('follow_ups',
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('key_id', sa.String(length=32), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_follow_ups_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_follow_ups_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_ups')),
    sa.UniqueConstraint('meeting_id', 'user_id', name=op.f('uq_follow_ups_meeting_id_user_id'))
    )
    with op.batch_alter_table('follow_ups', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follow_ups_user_id'), ['user_id'], unique=False)

    op.create_table('meeting_changes',
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_meeting_changes_by_id_users')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_meeting_changes_meeting_id_meetings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_changes'))
    )
    with op.batch_alter_table('meeting_changes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_changes_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('meeting_guests',
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('establishment', sa.String(length=120), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('added_by_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['added_by_id'], ['users.id'], name=op.f('fk_meeting_guests_added_by_id_users')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_meeting_guests_meeting_id_meetings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_guests'))
    )
    with op.batch_alter_table('meeting_guests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_guests_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('membership_statuses',
    sa.Column('membership_id', sa.Uuid(), nullable=False),
    sa.Column('status_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['membership_id'], ['memberships.id'], name=op.f('fk_membership_statuses_membership_id_memberships')),
    sa.ForeignKeyConstraint(['status_id'], ['accompanied_statuses.id'], name=op.f('fk_membership_statuses_status_id_accompanied_statuses')),
    sa.PrimaryKeyConstraint('membership_id', 'status_id', name=op.f('pk_membership_statuses'))
    )
    with op.batch_alter_table('collectives', schema=None) as batch_op:
        batch_op.add_column(sa.Column('series_key_id', sa.String(length=32), nullable=True))

    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('commune', sa.String(length=80), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('spare_link', sa.String(length=300), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('calendar_sequence', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('week_reminded_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('day_reminded_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(batch_op.f('uq_meetings_collective_id_number'), type_='unique')
        batch_op.create_index('uq_meetings_number', ['collective_id', 'number'], unique=True, sqlite_where=sa.text('cancelled_at IS NULL'), postgresql_where=sa.text('cancelled_at IS NULL'))

    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.add_column(sa.Column('school', sa.String(length=120), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('uai', sa.String(length=8), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('work_commune', sa.String(length=80), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('home_commune', sa.String(length=80), nullable=False, server_default=''))

    with op.batch_alter_table('pilotships', schema=None) as batch_op:
        batch_op.add_column(sa.Column('meeting_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_pilotships_meeting_id_meetings'), 'meetings', ['meeting_id'], ['id'])

    with op.batch_alter_table('sheet_proposals', schema=None) as batch_op:
        batch_op.add_column(sa.Column('asks_name', sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table('sheet_versions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reason', sa.String(length=16), nullable=False, server_default='proposed'))

    with op.batch_alter_table('submitted_sheets', schema=None) as batch_op:
        batch_op.add_column(sa.Column('collective_name', sa.String(length=80), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('synthesis_sheets', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reopened_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('given_up_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('territories', schema=None) as batch_op:
        batch_op.add_column(sa.Column('contact_name', sa.String(length=80), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('contact_address', sa.String(length=254), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('convocation_columns', sa.JSON(), nullable=False, server_default='[]'))

    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.add_column(sa.Column('address_refused_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('address_refusal', sa.String(length=16), nullable=False, server_default=''))



def downgrade() -> None:
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.drop_column('address_refusal')
        batch_op.drop_column('address_refused_at')

    with op.batch_alter_table('territories', schema=None) as batch_op:
        batch_op.drop_column('convocation_columns')
        batch_op.drop_column('contact_address')
        batch_op.drop_column('contact_name')

    with op.batch_alter_table('synthesis_sheets', schema=None) as batch_op:
        batch_op.drop_column('given_up_at')
        batch_op.drop_column('reopened_at')

    with op.batch_alter_table('submitted_sheets', schema=None) as batch_op:
        batch_op.drop_column('replaced_at')
        batch_op.drop_column('collective_name')

    with op.batch_alter_table('sheet_versions', schema=None) as batch_op:
        batch_op.drop_column('reason')

    with op.batch_alter_table('sheet_proposals', schema=None) as batch_op:
        batch_op.drop_column('asks_name')

    with op.batch_alter_table('pilotships', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_pilotships_meeting_id_meetings'), type_='foreignkey')
        batch_op.drop_column('meeting_id')

    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.drop_column('home_commune')
        batch_op.drop_column('work_commune')
        batch_op.drop_column('uai')
        batch_op.drop_column('school')

    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.drop_index('uq_meetings_number', sqlite_where=sa.text('cancelled_at IS NULL'), postgresql_where=sa.text('cancelled_at IS NULL'))
        batch_op.create_unique_constraint(batch_op.f('uq_meetings_collective_id_number'), ['collective_id', 'number'])
        batch_op.drop_column('day_reminded_at')
        batch_op.drop_column('week_reminded_at')
        batch_op.drop_column('calendar_sequence')
        batch_op.drop_column('cancelled_at')
        batch_op.drop_column('spare_link')
        batch_op.drop_column('commune')

    with op.batch_alter_table('collectives', schema=None) as batch_op:
        batch_op.drop_column('series_key_id')

    op.drop_table('membership_statuses')
    with op.batch_alter_table('meeting_guests', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_guests_meeting_id'))

    op.drop_table('meeting_guests')
    with op.batch_alter_table('meeting_changes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_changes_meeting_id'))

    op.drop_table('meeting_changes')
    with op.batch_alter_table('follow_ups', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_follow_ups_user_id'))

    op.drop_table('follow_ups')
    with op.batch_alter_table('attendance_changes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attendance_changes_meeting_id'))

    op.drop_table('attendance_changes')
    with op.batch_alter_table('membership_proposals', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_membership_proposals_collective_id'))

    op.drop_table('membership_proposals')
    with op.batch_alter_table('calendar_feeds', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_calendar_feeds_user_id'))

    op.drop_table('calendar_feeds')
    op.drop_table('accompanied_statuses')
