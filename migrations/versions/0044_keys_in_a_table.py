"""keys in a table, under epochs whose keys lie in files

Revision ID: 0044
Revises: 0043
"""

import sqlalchemy as sa
from alembic import op

revision = '0044'
down_revision = '0043'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "key_epochs",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_key_epochs")),
    )
    op.create_table(
        "wrapped_keys",
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["epoch"], ["key_epochs.number"], name=op.f("fk_wrapped_keys_epoch_key_epochs")),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_wrapped_keys")),
    )
    op.create_table(
        "destroyed_keys",
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_destroyed_keys")),
    )


def downgrade() -> None:
    met = op.get_bind().execute(sa.text("SELECT count(*) FROM wrapped_keys")).scalar()
    if met:
        raise SystemExit("Des clés sont dans la table : flask keys move --to folder.")
    op.drop_table("destroyed_keys")
    op.drop_table("wrapped_keys")
    op.drop_table("key_epochs")
