"""first tables

Revision ID: 0001
Revises: 
"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('jobs',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('args', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('run_after', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('token', sa.String(length=32), nullable=False),
    sa.Column('error', sa.String(length=80), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_jobs'))
    )
    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.create_index('ix_jobs_state_run_after', ['state', 'run_after'], unique=False)

    op.create_table('sign_in_failures',
    sa.Column('subject', sa.LargeBinary(length=32), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_failures'))
    )
    with op.batch_alter_table('sign_in_failures', schema=None) as batch_op:
        batch_op.create_index('ix_sign_in_failures_subject_at', ['subject', 'at'], unique=False)

    op.create_table('territories',
    sa.Column('code', sa.String(length=16), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('parent_id', sa.Uuid(), nullable=True),
    sa.Column('zone', sa.String(length=1), nullable=False),
    sa.Column('timezone', sa.String(length=40), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['parent_id'], ['territories.id'], name=op.f('fk_territories_parent_id_territories')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_territories')),
    sa.UniqueConstraint('code', name=op.f('uq_territories_code'))
    )
    op.create_table('users',
    sa.Column('given_name', sa.String(length=80), nullable=False),
    sa.Column('family_name', sa.String(length=80), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('demo_circle', sa.String(length=16), nullable=True),
    sa.Column('demo_line', sa.String(length=200), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_users')),
    sa.UniqueConstraint('address', name=op.f('uq_users_address'))
    )
    op.create_table('worker_breaths',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('breathed_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_worker_breaths'))
    )
    op.create_table('audit_events',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('object_kind', sa.String(length=40), nullable=False),
    sa.Column('object_id', sa.Uuid(), nullable=False),
    sa.Column('actor_id', sa.Uuid(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['users.id'], name=op.f('fk_audit_events_actor_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_events'))
    )
    with op.batch_alter_table('audit_events', schema=None) as batch_op:
        batch_op.create_index('ix_audit_events_object', ['object_kind', 'object_id'], unique=False)

    op.create_table('collectives',
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('territory_id', sa.Uuid(), nullable=False),
    sa.Column('season', sa.Integer(), nullable=False),
    sa.Column('degree', sa.Enum('first', 'second', name='degree', native_enum=False, length=32), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['created_by_id'], ['users.id'], name=op.f('fk_collectives_created_by_id_users')),
    sa.ForeignKeyConstraint(['territory_id'], ['territories.id'], name=op.f('fk_collectives_territory_id_territories')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_collectives')),
    sa.UniqueConstraint('territory_id', 'season', 'code', name=op.f('uq_collectives_territory_id_season_code')),
    sa.UniqueConstraint('territory_id', 'season', 'name', name=op.f('uq_collectives_territory_id_season_name'))
    )
    with op.batch_alter_table('collectives', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_collectives_season'), ['season'], unique=False)
        batch_op.create_index(batch_op.f('ix_collectives_territory_id'), ['territory_id'], unique=False)

    op.create_table('devices',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('secret_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('label', sa.String(length=80), nullable=False),
    sa.Column('bound_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_devices_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_devices')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_devices_secret_hash'))
    )
    with op.batch_alter_table('devices', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_devices_user_id'), ['user_id'], unique=False)

    op.create_table('granted_roles',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.Enum('administrator', 'manager', 'inspector', 'pilot', name='role', native_enum=False, length=32), nullable=False),
    sa.Column('territory_id', sa.Uuid(), nullable=True),
    sa.Column('qualification', sa.String(length=80), nullable=False),
    sa.Column('granted_by_id', sa.Uuid(), nullable=True),
    sa.Column('granted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['granted_by_id'], ['users.id'], name=op.f('fk_granted_roles_granted_by_id_users')),
    sa.ForeignKeyConstraint(['territory_id'], ['territories.id'], name=op.f('fk_granted_roles_territory_id_territories')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_granted_roles_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_granted_roles'))
    )
    with op.batch_alter_table('granted_roles', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_granted_roles_territory_id'), ['territory_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_granted_roles_user_id'), ['user_id'], unique=False)
        batch_op.create_index('uq_granted_roles_open', ['user_id', 'role', 'territory_id'], unique=True, sqlite_where=sa.text('revoked_at IS NULL'), postgresql_where=sa.text('revoked_at IS NULL'))

    op.create_table('charter_consents',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('collective_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['collective_id'], ['collectives.id'], name=op.f('fk_charter_consents_collective_id_collectives')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_charter_consents_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_charter_consents')),
    sa.UniqueConstraint('user_id', 'collective_id', 'version', name=op.f('uq_charter_consents_user_id_collective_id_version'))
    )
    with op.batch_alter_table('charter_consents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_charter_consents_collective_id'), ['collective_id'], unique=False)

    op.create_table('meetings',
    sa.Column('collective_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('access_note', sa.String(length=400), nullable=False),
    sa.Column('canvas_id', sa.String(length=60), nullable=False),
    sa.Column('steps', sa.JSON(), nullable=False),
    sa.Column('spare_id', sa.String(length=60), nullable=False),
    sa.Column('prepared_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('key_id', sa.String(length=32), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('notes_perished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("place <> ''", name=op.f('ck_meetings_place')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_meetings_hours')),
    sa.ForeignKeyConstraint(['collective_id'], ['collectives.id'], name=op.f('fk_meetings_collective_id_collectives')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meetings')),
    sa.UniqueConstraint('collective_id', 'number', name=op.f('uq_meetings_collective_id_number'))
    )
    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meetings_collective_id'), ['collective_id'], unique=False)

    op.create_table('memberships',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('collective_id', sa.Uuid(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('degree', sa.Enum('first', 'second', name='degree', native_enum=False, length=32), nullable=True),
    sa.Column('tutoring_years', sa.Integer(), nullable=True),
    sa.Column('setting', sa.String(length=80), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('ends_at IS NULL OR ends_at >= starts_at', name=op.f('ck_memberships_period')),
    sa.ForeignKeyConstraint(['collective_id'], ['collectives.id'], name=op.f('fk_memberships_collective_id_collectives')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_memberships_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_memberships'))
    )
    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_memberships_collective_id'), ['collective_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_memberships_user_id'), ['user_id'], unique=False)
        batch_op.create_index('uq_memberships_open', ['user_id', 'collective_id'], unique=True, sqlite_where=sa.text('ends_at IS NULL'), postgresql_where=sa.text('ends_at IS NULL'))

    op.create_table('personal_links',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('purpose', sa.String(length=16), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('collective_id', sa.Uuid(), nullable=True),
    sa.Column('new_address', sa.String(length=254), nullable=True),
    sa.Column('former_address', sa.String(length=254), nullable=True),
    sa.Column('minted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['collective_id'], ['collectives.id'], name=op.f('fk_personal_links_collective_id_collectives')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_personal_links_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_personal_links')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_personal_links_token_hash'))
    )
    with op.batch_alter_table('personal_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_personal_links_user_id'), ['user_id'], unique=False)

    op.create_table('pilotships',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('collective_id', sa.Uuid(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('appointed_by_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['appointed_by_id'], ['users.id'], name=op.f('fk_pilotships_appointed_by_id_users')),
    sa.ForeignKeyConstraint(['collective_id'], ['collectives.id'], name=op.f('fk_pilotships_collective_id_collectives')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_pilotships_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pilotships'))
    )
    with op.batch_alter_table('pilotships', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pilotships_collective_id'), ['collective_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pilotships_user_id'), ['user_id'], unique=False)

    op.create_table('situations',
    sa.Column('collective_id', sa.Uuid(), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('key_id', sa.String(length=32), nullable=False),
    sa.Column('title', sa.LargeBinary(), nullable=False),
    sa.Column('sentence', sa.LargeBinary(), nullable=False),
    sa.Column('question', sa.LargeBinary(), nullable=False),
    sa.Column('story', sa.LargeBinary(), nullable=False),
    sa.Column('chosen', sa.LargeBinary(), nullable=True),
    sa.Column('shows_title', sa.Boolean(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_situations_author_id_users')),
    sa.ForeignKeyConstraint(['collective_id'], ['collectives.id'], name=op.f('fk_situations_collective_id_collectives')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_situations'))
    )
    with op.batch_alter_table('situations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_situations_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_situations_collective_id'), ['collective_id'], unique=False)

    op.create_table('attendances',
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('marked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_attendances_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_attendances_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendances')),
    sa.UniqueConstraint('meeting_id', 'user_id', name=op.f('uq_attendances_meeting_id_user_id'))
    )
    with op.batch_alter_table('attendances', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attendances_user_id'), ['user_id'], unique=False)

    op.create_table('meeting_events',
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('hand', sa.Integer(), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=True),
    sa.Column('is_private', sa.Boolean(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_meeting_events_author_id_users')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_meeting_events_meeting_id_meetings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_events')),
    sa.UniqueConstraint('meeting_id', 'sequence', name=op.f('uq_meeting_events_meeting_id_sequence'))
    )
    with op.batch_alter_table('meeting_events', schema=None) as batch_op:
        batch_op.create_index('ix_meeting_events_meeting_kind', ['meeting_id', 'kind'], unique=False)

    op.create_table('synthesis_sheets',
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('key_id', sa.String(length=32), nullable=False),
    sa.Column('draft', sa.LargeBinary(), nullable=False),
    sa.Column('presenter', sa.LargeBinary(), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('saved_by_id', sa.Uuid(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_synthesis_sheets_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['saved_by_id'], ['users.id'], name=op.f('fk_synthesis_sheets_saved_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_synthesis_sheets')),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_synthesis_sheets_meeting_id'))
    )
    op.create_table('sheet_versions',
    sa.Column('sheet_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('key_id', sa.String(length=32), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('cut_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cut_by_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['cut_by_id'], ['users.id'], name=op.f('fk_sheet_versions_cut_by_id_users')),
    sa.ForeignKeyConstraint(['sheet_id'], ['synthesis_sheets.id'], name=op.f('fk_sheet_versions_sheet_id_synthesis_sheets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet_versions')),
    sa.UniqueConstraint('sheet_id', 'number', name=op.f('uq_sheet_versions_sheet_id_number'))
    )
    op.create_table('submitted_sheets',
    sa.Column('sheet_id', sa.Uuid(), nullable=False),
    sa.Column('version_number', sa.Integer(), nullable=False),
    sa.Column('territory_id', sa.Uuid(), nullable=False),
    sa.Column('season', sa.Integer(), nullable=False),
    sa.Column('collective_code', sa.String(length=8), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('degree', sa.Enum('first', 'second', name='degree', native_enum=False, length=32), nullable=True),
    sa.Column('key_id', sa.String(length=32), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_by_id', sa.Uuid(), nullable=False),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reviewed_by_id', sa.Uuid(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['reviewed_by_id'], ['users.id'], name=op.f('fk_submitted_sheets_reviewed_by_id_users')),
    sa.ForeignKeyConstraint(['sheet_id'], ['synthesis_sheets.id'], name=op.f('fk_submitted_sheets_sheet_id_synthesis_sheets')),
    sa.ForeignKeyConstraint(['submitted_by_id'], ['users.id'], name=op.f('fk_submitted_sheets_submitted_by_id_users')),
    sa.ForeignKeyConstraint(['territory_id'], ['territories.id'], name=op.f('fk_submitted_sheets_territory_id_territories')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_submitted_sheets')),
    sa.UniqueConstraint('sheet_id', 'version_number', name=op.f('uq_submitted_sheets_sheet_id_version_number'))
    )
    with op.batch_alter_table('submitted_sheets', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_submitted_sheets_sheet_id'), ['sheet_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_submitted_sheets_territory_id'), ['territory_id'], unique=False)

    op.create_table('reading_traces',
    sa.Column('submitted_id', sa.Uuid(), nullable=False),
    sa.Column('reader_id', sa.Uuid(), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['reader_id'], ['users.id'], name=op.f('fk_reading_traces_reader_id_users')),
    sa.ForeignKeyConstraint(['submitted_id'], ['submitted_sheets.id'], name=op.f('fk_reading_traces_submitted_id_submitted_sheets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reading_traces'))
    )
    with op.batch_alter_table('reading_traces', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reading_traces_submitted_id'), ['submitted_id'], unique=False)

    op.create_table('remarks',
    sa.Column('submitted_id', sa.Uuid(), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('from_inspection', sa.Boolean(), nullable=False),
    sa.Column('key_id', sa.String(length=32), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_remarks_author_id_users')),
    sa.ForeignKeyConstraint(['submitted_id'], ['submitted_sheets.id'], name=op.f('fk_remarks_submitted_id_submitted_sheets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_remarks'))
    )
    with op.batch_alter_table('remarks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_remarks_submitted_id'), ['submitted_id'], unique=False)

    op.create_table('sheet_proposals',
    sa.Column('sheet_id', sa.Uuid(), nullable=False),
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deadline_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('everybody_agreed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('asks_transmission', sa.Boolean(), nullable=False),
    sa.Column('lapsed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['sheet_id'], ['synthesis_sheets.id'], name=op.f('fk_sheet_proposals_sheet_id_synthesis_sheets')),
    sa.ForeignKeyConstraint(['version_id'], ['sheet_versions.id'], name=op.f('fk_sheet_proposals_version_id_sheet_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet_proposals'))
    )
    with op.batch_alter_table('sheet_proposals', schema=None) as batch_op:
        batch_op.create_index('uq_sheet_proposals_open', ['sheet_id'], unique=True, sqlite_where=sa.text('lapsed_at IS NULL'), postgresql_where=sa.text('lapsed_at IS NULL'))

    op.create_table('objections',
    sa.Column('proposal_id', sa.Uuid(), nullable=False),
    sa.Column('member_id', sa.Uuid(), nullable=False),
    sa.Column('about', sa.String(length=16), nullable=False),
    sa.Column('key_id', sa.String(length=32), nullable=False),
    sa.Column('sentence', sa.LargeBinary(), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['users.id'], name=op.f('fk_objections_member_id_users')),
    sa.ForeignKeyConstraint(['proposal_id'], ['sheet_proposals.id'], name=op.f('fk_objections_proposal_id_sheet_proposals')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objections'))
    )
    with op.batch_alter_table('objections', schema=None) as batch_op:
        batch_op.create_index('uq_objections_open', ['proposal_id', 'member_id', 'about'], unique=True, sqlite_where=sa.text('lifted_at IS NULL'), postgresql_where=sa.text('lifted_at IS NULL'))

    op.create_table('presenter_answers',
    sa.Column('proposal_id', sa.Uuid(), nullable=False),
    sa.Column('agreed', sa.Boolean(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['proposal_id'], ['sheet_proposals.id'], name=op.f('fk_presenter_answers_proposal_id_sheet_proposals')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_presenter_answers')),
    sa.UniqueConstraint('proposal_id', name=op.f('uq_presenter_answers_proposal_id'))
    )


def downgrade() -> None:
    op.drop_table('presenter_answers')
    with op.batch_alter_table('objections', schema=None) as batch_op:
        batch_op.drop_index('uq_objections_open', sqlite_where=sa.text('lifted_at IS NULL'), postgresql_where=sa.text('lifted_at IS NULL'))

    op.drop_table('objections')
    with op.batch_alter_table('sheet_proposals', schema=None) as batch_op:
        batch_op.drop_index('uq_sheet_proposals_open', sqlite_where=sa.text('lapsed_at IS NULL'), postgresql_where=sa.text('lapsed_at IS NULL'))

    op.drop_table('sheet_proposals')
    with op.batch_alter_table('remarks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_remarks_submitted_id'))

    op.drop_table('remarks')
    with op.batch_alter_table('reading_traces', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reading_traces_submitted_id'))

    op.drop_table('reading_traces')
    with op.batch_alter_table('submitted_sheets', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_submitted_sheets_territory_id'))
        batch_op.drop_index(batch_op.f('ix_submitted_sheets_sheet_id'))

    op.drop_table('submitted_sheets')
    op.drop_table('sheet_versions')
    op.drop_table('synthesis_sheets')
    with op.batch_alter_table('meeting_events', schema=None) as batch_op:
        batch_op.drop_index('ix_meeting_events_meeting_kind')

    op.drop_table('meeting_events')
    with op.batch_alter_table('attendances', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attendances_user_id'))

    op.drop_table('attendances')
    with op.batch_alter_table('situations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_situations_collective_id'))
        batch_op.drop_index(batch_op.f('ix_situations_author_id'))

    op.drop_table('situations')
    with op.batch_alter_table('pilotships', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pilotships_user_id'))
        batch_op.drop_index(batch_op.f('ix_pilotships_collective_id'))

    op.drop_table('pilotships')
    with op.batch_alter_table('personal_links', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_personal_links_user_id'))

    op.drop_table('personal_links')
    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.drop_index('uq_memberships_open', sqlite_where=sa.text('ends_at IS NULL'), postgresql_where=sa.text('ends_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_memberships_user_id'))
        batch_op.drop_index(batch_op.f('ix_memberships_collective_id'))

    op.drop_table('memberships')
    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meetings_collective_id'))

    op.drop_table('meetings')
    with op.batch_alter_table('charter_consents', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_charter_consents_collective_id'))

    op.drop_table('charter_consents')
    with op.batch_alter_table('granted_roles', schema=None) as batch_op:
        batch_op.drop_index('uq_granted_roles_open', sqlite_where=sa.text('revoked_at IS NULL'), postgresql_where=sa.text('revoked_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_granted_roles_user_id'))
        batch_op.drop_index(batch_op.f('ix_granted_roles_territory_id'))

    op.drop_table('granted_roles')
    with op.batch_alter_table('devices', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_devices_user_id'))

    op.drop_table('devices')
    with op.batch_alter_table('collectives', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_collectives_territory_id'))
        batch_op.drop_index(batch_op.f('ix_collectives_season'))

    op.drop_table('collectives')
    with op.batch_alter_table('audit_events', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_events_object')

    op.drop_table('audit_events')
    op.drop_table('worker_breaths')
    op.drop_table('users')
    op.drop_table('territories')
    with op.batch_alter_table('sign_in_failures', schema=None) as batch_op:
        batch_op.drop_index('ix_sign_in_failures_subject_at')

    op.drop_table('sign_in_failures')
    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.drop_index('ix_jobs_state_run_after')

    op.drop_table('jobs')
