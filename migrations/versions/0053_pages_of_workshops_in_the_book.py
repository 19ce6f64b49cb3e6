"""pages of workshops in the book: who without an account is asked about them

Revision ID: 0053
Revises: 0052
"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

ONE_PERSON = (
    "(user_id IS NOT NULL AND registration_id IS NULL AND workshop_id IS NULL)"
    " OR (user_id IS NULL AND registration_id IS NOT NULL AND workshop_id IS NULL)"
    " OR (user_id IS NULL AND registration_id IS NULL AND workshop_id IS NOT NULL)"
)
KNOWN_BY = (("registration_id", "registrations"), ("workshop_id", "workshops"))


def upgrade() -> None:
    op.add_column("workshops", sa.Column("lost_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("book_entries", sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("book_sources") as batch_op:
        batch_op.create_foreign_key(
            op.f("fk_book_sources_workshop_page_id_workshop_pages"),
            "workshop_pages",
            ["workshop_page_id"],
            ["id"],
            ondelete="CASCADE",
        )
    with op.batch_alter_table("book_consents") as batch_op:
        batch_op.alter_column("user_id", existing_type=sa.Uuid(), nullable=True)
        for column, table in KNOWN_BY:
            batch_op.add_column(sa.Column(column, sa.Uuid(), nullable=True))
            batch_op.create_foreign_key(
                op.f(f"fk_book_consents_{column}_{table}"), table, [column], ["id"], ondelete="CASCADE"
            )
            batch_op.create_unique_constraint(op.f(f"uq_book_consents_entry_id_{column}"), ["entry_id", column])
        batch_op.create_check_constraint(op.f("ck_book_consents_one_person"), ONE_PERSON)
    for column, _ in KNOWN_BY:
        op.create_index(op.f(f"ix_book_consents_{column}"), "book_consents", [column])
    op.create_table(
        "book_removal_requests",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["book_entries.id"],
            name=op.f("fk_book_removal_requests_entry_id_book_entries"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_removal_requests")),
    )
    op.create_index(op.f("ix_book_removal_requests_entry_id"), "book_removal_requests", ["entry_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_book_removal_requests_entry_id"), table_name="book_removal_requests")
    op.drop_table("book_removal_requests")
    op.execute("DELETE FROM book_consents WHERE user_id IS NULL")
    for column, _ in reversed(KNOWN_BY):
        op.drop_index(op.f(f"ix_book_consents_{column}"), table_name="book_consents")
    with op.batch_alter_table("book_consents") as batch_op:
        batch_op.drop_constraint(op.f("ck_book_consents_one_person"), type_="check")
        for column, table in reversed(KNOWN_BY):
            batch_op.drop_constraint(op.f(f"uq_book_consents_entry_id_{column}"), type_="unique")
            batch_op.drop_constraint(op.f(f"fk_book_consents_{column}_{table}"), type_="foreignkey")
            batch_op.drop_column(column)
        batch_op.alter_column("user_id", existing_type=sa.Uuid(), nullable=False)
    with op.batch_alter_table("book_sources") as batch_op:
        batch_op.drop_constraint(op.f("fk_book_sources_workshop_page_id_workshop_pages"), type_="foreignkey")
    op.drop_column("book_entries", "agreed_at")
    op.drop_column("workshops", "lost_at")
