"""attestations of engagement

Revision ID: 0047
Revises: 0046
"""

import sqlalchemy as sa
from alembic import op

revision = '0047'
down_revision = '0046'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('engagements',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('season', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=16), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_engagements_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_engagements')),
    sa.UniqueConstraint('code', name=op.f('uq_engagements_code'))
    )
    op.create_index(op.f('ix_engagements_user_id'), 'engagements', ['user_id'], unique=False)
    op.create_table('engagement_lines',
    sa.Column('engagement_id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.Enum('meeting', 'workshop', 'pilot', 'deputy', 'tutoring', 'head', name='linekind', native_enum=False, length=16), nullable=False),
    sa.ForeignKeyConstraint(['engagement_id'], ['engagements.id'], name=op.f('fk_engagement_lines_engagement_id_engagements'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('engagement_id', 'key', name=op.f('pk_engagement_lines'))
    )


def downgrade() -> None:
    op.drop_table('engagement_lines')
    op.drop_table('engagements')
