"""changes that are asked of a page of the book

Revision ID: 0054
Revises: 0053
"""

import sqlalchemy as sa
from alembic import op

revision = '0054'
down_revision = '0053'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('book_change_requests',
    sa.Column('consent_id', sa.Uuid(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('key_id', sa.String(length=32), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['consent_id'], ['book_consents.id'], name=op.f('fk_book_change_requests_consent_id_book_consents'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_book_change_requests')),
    sa.UniqueConstraint('consent_id', name=op.f('uq_book_change_requests_consent_id'))
    )


def downgrade() -> None:
    op.drop_table('book_change_requests')
