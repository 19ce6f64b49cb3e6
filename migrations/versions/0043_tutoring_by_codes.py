"""tutoring of pupils and students by codes; a tutor's own notes

Revision ID: 0043
Revises: 0042
"""

import sqlalchemy as sa
from alembic import op

revision = '0043'
down_revision = '0042'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('tutoring_openings',
    sa.Column('territory_id', sa.Uuid(), nullable=False),
    sa.Column('advised_on', sa.Date(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['territory_id'], ['territories.id'], name=op.f('fk_tutoring_openings_territory_id_territories')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tutoring_openings'))
    )
    op.create_index(op.f('ix_tutoring_openings_territory_id'), 'tutoring_openings', ['territory_id'], unique=False)
    op.create_index('uq_tutoring_openings_open', 'tutoring_openings', ['territory_id'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
    op.create_table('tutoring_programmes',
    sa.Column('territory_id', sa.Uuid(), nullable=False),
    sa.Column('season', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('school', sa.String(length=120), nullable=False),
    sa.Column('head_id', sa.Uuid(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['head_id'], ['users.id'], name=op.f('fk_tutoring_programmes_head_id_users')),
    sa.ForeignKeyConstraint(['territory_id'], ['territories.id'], name=op.f('fk_tutoring_programmes_territory_id_territories')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tutoring_programmes'))
    )
    op.create_index(op.f('ix_tutoring_programmes_head_id'), 'tutoring_programmes', ['head_id'], unique=False)
    op.create_index(op.f('ix_tutoring_programmes_territory_id'), 'tutoring_programmes', ['territory_id'], unique=False)
    op.create_table('notebooks',
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['tutoring_programmes.id'], name=op.f('fk_notebooks_programme_id_tutoring_programmes'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_notebooks_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notebooks')),
    sa.UniqueConstraint('programme_id', 'user_id', name='uq_notebooks_programme_user')
    )
    op.create_index(op.f('ix_notebooks_user_id'), 'notebooks', ['user_id'], unique=False)
    op.create_table('tutored_codes',
    sa.Column('notebook_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(length=3), nullable=False),
    sa.Column('told_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('length(code) BETWEEN 1 AND 3', name=op.f('ck_tutored_codes_no_name')),
    sa.ForeignKeyConstraint(['notebook_id'], ['notebooks.id'], name=op.f('fk_tutored_codes_notebook_id_notebooks'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tutored_codes')),
    sa.UniqueConstraint('notebook_id', 'code', name='uq_tutored_codes_notebook_code')
    )
    op.create_table('interviews',
    sa.Column('code_id', sa.Uuid(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('key_id', sa.String(length=32), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['code_id'], ['tutored_codes.id'], name=op.f('fk_interviews_code_id_tutored_codes'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interviews'))
    )
    op.create_index(op.f('ix_interviews_code_id'), 'interviews', ['code_id'], unique=False)
    op.create_table('practice_books',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('season', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_practice_books_user_id_users')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_practice_books'))
    )
    op.create_table('practice_notes',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('season', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('key_id', sa.String(length=32), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_practice_notes_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_practice_notes'))
    )
    op.create_index(op.f('ix_practice_notes_user_id'), 'practice_notes', ['user_id'], unique=False)


def downgrade() -> None:
    op.drop_table('practice_notes')
    op.drop_table('practice_books')
    op.drop_table('interviews')
    op.drop_table('tutored_codes')
    op.drop_table('notebooks')
    op.drop_table('tutoring_programmes')
    op.drop_table('tutoring_openings')
