"""where the places of a day are looked for

Revision ID: 0039
Revises: 0038
"""

from alembic import op

revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f('ix_slot_choices_slot_id'), 'slot_choices', ['slot_id'])
    op.create_index(op.f('ix_slot_choices_offered_until'), 'slot_choices', ['offered_until'])


def downgrade() -> None:
    op.drop_index(op.f('ix_slot_choices_offered_until'), 'slot_choices')
    op.drop_index(op.f('ix_slot_choices_slot_id'), 'slot_choices')
