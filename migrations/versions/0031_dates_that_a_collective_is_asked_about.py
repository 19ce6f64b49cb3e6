"""dates that a collective is asked about

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None

OPEN = sa.text('closed_at IS NULL')


def upgrade() -> None:
    with op.batch_alter_table('collectives') as batch_op:
        batch_op.add_column(sa.Column('names_replies', sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_table(
        'date_polls',
        sa.Column('collective_id', sa.Uuid(), nullable=False),
        sa.Column('meeting_id', sa.Uuid(), nullable=True),
        sa.Column('least', sa.Integer(), nullable=True),
        sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('opened_by_id', sa.Uuid(), nullable=False),
        sa.Column('closes_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('closed_by_id', sa.Uuid(), nullable=True),
        sa.Column('chosen_id', sa.Uuid(), nullable=True),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ['collective_id'], ['collectives.id'], name=op.f('fk_date_polls_collective_id_collectives')
        ),
        sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_date_polls_meeting_id_meetings')),
        sa.ForeignKeyConstraint(['opened_by_id'], ['users.id'], name=op.f('fk_date_polls_opened_by_id_users')),
        sa.ForeignKeyConstraint(['closed_by_id'], ['users.id'], name=op.f('fk_date_polls_closed_by_id_users')),
        sa.ForeignKeyConstraint(['chosen_id'], ['meetings.id'], name=op.f('fk_date_polls_chosen_id_meetings')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_date_polls')),
    )
    op.create_index(op.f('ix_date_polls_collective_id'), 'date_polls', ['collective_id'])
    op.create_index(
        'uq_date_polls_open',
        'date_polls',
        ['collective_id'],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        'date_options',
        sa.Column('poll_id', sa.Uuid(), nullable=False),
        sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('place', sa.String(length=200), nullable=False),
        sa.Column('access_note', sa.String(length=400), nullable=False),
        sa.Column('commune', sa.String(length=80), nullable=False),
        sa.Column('sequence', sa.Integer(), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('struck_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_date_options_hours')),
        sa.CheckConstraint("place <> ''", name=op.f('ck_date_options_place')),
        sa.ForeignKeyConstraint(
            ['poll_id'], ['date_polls.id'], name=op.f('fk_date_options_poll_id_date_polls'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_date_options')),
    )
    op.create_index(op.f('ix_date_options_poll_id'), 'date_options', ['poll_id'])
    op.create_table(
        'date_answers',
        sa.Column('option_id', sa.Uuid(), nullable=False),
        sa.Column('user_id', sa.Uuid(), nullable=False),
        sa.Column('reply', sa.String(length=16), nullable=False),
        sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['option_id'], ['date_options.id'], name=op.f('fk_date_answers_option_id_date_options'), ondelete='CASCADE'
        ),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_date_answers_user_id_users')),
        sa.PrimaryKeyConstraint('option_id', 'user_id', name=op.f('pk_date_answers')),
    )
    op.create_index(op.f('ix_date_answers_user_id'), 'date_answers', ['user_id'])


def downgrade() -> None:
    op.drop_table('date_answers')
    op.drop_table('date_options')
    op.drop_table('date_polls')
    with op.batch_alter_table('collectives') as batch_op:
        batch_op.drop_column('names_replies')
