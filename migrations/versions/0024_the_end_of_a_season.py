"""what members answer at the end of a season, added up; the report of a territory

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

from collectifs.kernel.models import SealedColumn, UtcDateTime

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('collectives', sa.Column('questionnaire_asked_at', UtcDateTime(), nullable=True))
    op.create_table(
        'questionnaire_boxes',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('key_id', sa.String(length=32), nullable=False),
        sa.Column('territory_id', sa.Uuid(), nullable=False),
        sa.Column('season', sa.Integer(), nullable=False),
        sa.Column('body', SealedColumn(), nullable=False),
        sa.ForeignKeyConstraint(['territory_id'], ['territories.id'], name=op.f('fk_questionnaire_boxes_territory_id_territories')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_questionnaire_boxes')),
        sa.UniqueConstraint('territory_id', 'season', name=op.f('uq_questionnaire_boxes_territory_id_season')),
    )
    op.create_table(
        'questionnaire_returns',
        sa.Column('user_id', sa.Uuid(), nullable=False),
        sa.Column('territory_id', sa.Uuid(), nullable=False),
        sa.Column('season', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['user_id'], ['users.id'], name=op.f('fk_questionnaire_returns_user_id_users'), ondelete='CASCADE'
        ),
        sa.ForeignKeyConstraint(['territory_id'], ['territories.id'], name=op.f('fk_questionnaire_returns_territory_id_territories')),
        sa.PrimaryKeyConstraint('user_id', 'territory_id', 'season', name=op.f('pk_questionnaire_returns')),
    )
    op.create_table(
        'season_reports',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('territory_id', sa.Uuid(), nullable=False),
        sa.Column('season', sa.Integer(), nullable=False),
        sa.Column('numbers', sa.JSON(none_as_null=True), nullable=True),
        sa.Column('frozen_at', UtcDateTime(), nullable=True),
        sa.Column('wanted', sa.Integer(), nullable=True),
        sa.Column('words', sa.String(length=800), nullable=False),
        sa.ForeignKeyConstraint(['territory_id'], ['territories.id'], name=op.f('fk_season_reports_territory_id_territories')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_season_reports')),
        sa.UniqueConstraint('territory_id', 'season', name=op.f('uq_season_reports_territory_id_season')),
    )


def downgrade() -> None:
    op.drop_table('season_reports')
    op.drop_table('questionnaire_returns')
    op.drop_table('questionnaire_boxes')
    op.drop_column('collectives', 'questionnaire_asked_at')
