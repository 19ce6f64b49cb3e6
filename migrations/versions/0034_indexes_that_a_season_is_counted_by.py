"""indexes that a season is counted by

Meetings and who came to them are counted off the index, without their rows.

Revision ID: 0034
Revises: 0033
"""

from alembic import op

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None

SEASON = ['collective_id', 'cancelled_at', 'ends_at', 'starts_at']


def upgrade() -> None:
    op.create_index('ix_meetings_season', 'meetings', SEASON)
    op.drop_index('ix_meetings_collective_id', 'meetings')
    op.create_index('ix_attendances_meeting_state', 'attendances', ['meeting_id', 'state'])


def downgrade() -> None:
    op.drop_index('ix_attendances_meeting_state', 'attendances')
    op.create_index('ix_meetings_collective_id', 'meetings', ['collective_id'])
    op.drop_index('ix_meetings_season', 'meetings')
