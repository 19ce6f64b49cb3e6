"""what tutors of pupils and students say of its modalities, added up; who answered

Revision ID: 0056
Revises: 0055
"""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evaluation_boxes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("territory_id", sa.Uuid(), nullable=False),
        sa.Column("season", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territories.id"], name=op.f("fk_evaluation_boxes_territory_id_territories")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_boxes")),
        sa.UniqueConstraint("territory_id", "season", name=op.f("uq_evaluation_boxes_territory_id_season")),
    )
    op.create_table(
        "evaluation_returns",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("territory_id", sa.Uuid(), nullable=False),
        sa.Column("season", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_evaluation_returns_user_id_users"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territories.id"], name=op.f("fk_evaluation_returns_territory_id_territories")
        ),
        sa.PrimaryKeyConstraint("user_id", "territory_id", "season", name=op.f("pk_evaluation_returns")),
    )


def downgrade() -> None:
    op.drop_table("evaluation_returns")
    op.drop_table("evaluation_boxes")
