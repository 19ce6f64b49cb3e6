"""the book of the year: its pages, who is asked, its editions

Revision ID: 0040
Revises: 0039
"""

import sqlalchemy as sa
from alembic import op

revision = '0040'
down_revision = '0039'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('books',
    sa.Column('territory_id', sa.Uuid(), nullable=False),
    sa.Column('season', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('foreword', sa.String(length=1200), nullable=False),
    sa.Column('licence', sa.String(length=32), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("title <> ''", name=op.f('ck_books_title')),
    sa.ForeignKeyConstraint(['territory_id'], ['territories.id'], name=op.f('fk_books_territory_id_territories')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_books')),
    sa.UniqueConstraint('slug', name=op.f('uq_books_slug')),
    sa.UniqueConstraint('territory_id', 'season', name=op.f('uq_books_territory_id_season'))
    )
    op.create_table('book_chapters',
    sa.Column('book_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('canvas_id', sa.String(length=60), nullable=False),
    sa.Column('title', sa.String(length=160), nullable=False),
    sa.Column('aim', sa.String(length=400), nullable=False),
    sa.Column('intro', sa.String(length=600), nullable=False),
    sa.Column('material', sa.String(length=400), nullable=False),
    sa.Column('before', sa.String(length=400), nullable=False),
    sa.Column('audience', sa.String(length=200), nullable=False),
    sa.Column('see', sa.JSON(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['book_id'], ['books.id'], name=op.f('fk_book_chapters_book_id_books'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_book_chapters')),
    sa.UniqueConstraint('book_id', 'canvas_id', name=op.f('uq_book_chapters_book_id_canvas_id'))
    )
    op.create_table('book_editions',
    sa.Column('book_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('progress', sa.Integer(), nullable=False),
    sa.Column('ready_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('key_id', sa.String(length=32), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['book_id'], ['books.id'], name=op.f('fk_book_editions_book_id_books'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_book_editions')),
    sa.UniqueConstraint('book_id', 'number', name=op.f('uq_book_editions_book_id_number'))
    )
    op.create_index(op.f('ix_book_editions_digest'), 'book_editions', ['digest'])
    op.create_table('book_themes',
    sa.Column('book_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("title <> ''", name=op.f('ck_book_themes_title')),
    sa.ForeignKeyConstraint(['book_id'], ['books.id'], name=op.f('fk_book_themes_book_id_books'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_book_themes'))
    )
    op.create_index(op.f('ix_book_themes_book_id'), 'book_themes', ['book_id'])
    op.create_table('book_entries',
    sa.Column('book_id', sa.Uuid(), nullable=False),
    sa.Column('theme_id', sa.Uuid(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('presenter', sa.LargeBinary(), nullable=True),
    sa.Column('kept_words', sa.LargeBinary(), nullable=True),
    sa.Column('see', sa.JSON(), nullable=False),
    sa.Column('continues_id', sa.Uuid(), nullable=True),
    sa.Column('change', sa.String(length=200), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('deadline_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('set_aside_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('printed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('key_id', sa.String(length=32), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['book_id'], ['books.id'], name=op.f('fk_book_entries_book_id_books'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['continues_id'], ['book_entries.id'], name=op.f('fk_book_entries_continues_id_book_entries'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['theme_id'], ['book_themes.id'], name=op.f('fk_book_entries_theme_id_book_themes'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_book_entries'))
    )
    op.create_index(op.f('ix_book_entries_book_id'), 'book_entries', ['book_id'])
    op.create_index(op.f('ix_book_entries_theme_id'), 'book_entries', ['theme_id'])
    op.create_table('book_renderings',
    sa.Column('edition_id', sa.Uuid(), nullable=False),
    sa.Column('format', sa.String(length=16), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('key_id', sa.String(length=32), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['book_editions.id'], name=op.f('fk_book_renderings_edition_id_book_editions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_book_renderings')),
    sa.UniqueConstraint('edition_id', 'format', name=op.f('uq_book_renderings_edition_id_format'))
    )
    op.create_table('book_consents',
    sa.Column('entry_id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deadline_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.LargeBinary(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('key_id', sa.String(length=32), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['book_entries.id'], name=op.f('fk_book_consents_entry_id_book_entries'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_book_consents_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_book_consents')),
    sa.UniqueConstraint('entry_id', 'user_id', name=op.f('uq_book_consents_entry_id_user_id'))
    )
    op.create_index(op.f('ix_book_consents_user_id'), 'book_consents', ['user_id'])
    op.create_table('book_presenter_answers',
    sa.Column('entry_id', sa.Uuid(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('agreed', sa.Boolean(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['book_entries.id'], name=op.f('fk_book_presenter_answers_entry_id_book_entries'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_book_presenter_answers')),
    sa.UniqueConstraint('entry_id', name=op.f('uq_book_presenter_answers_entry_id'))
    )
    op.create_table('book_sources',
    sa.Column('entry_id', sa.Uuid(), nullable=False),
    sa.Column('submitted_id', sa.Uuid(), nullable=True),
    sa.Column('workshop_page_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('(submitted_id IS NULL) <> (workshop_page_id IS NULL)', name=op.f('ck_book_sources_one_source')),
    sa.ForeignKeyConstraint(['entry_id'], ['book_entries.id'], name=op.f('fk_book_sources_entry_id_book_entries'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['submitted_id'], ['submitted_sheets.id'], name=op.f('fk_book_sources_submitted_id_submitted_sheets'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_book_sources')),
    sa.UniqueConstraint('submitted_id', name=op.f('uq_book_sources_submitted_id')),
    sa.UniqueConstraint('workshop_page_id', name=op.f('uq_book_sources_workshop_page_id'))
    )
    op.create_index(op.f('ix_book_sources_entry_id'), 'book_sources', ['entry_id'])


def downgrade() -> None:
    op.drop_index(op.f('ix_book_sources_entry_id'), table_name='book_sources')
    op.drop_table('book_sources')
    op.drop_table('book_presenter_answers')
    op.drop_index(op.f('ix_book_consents_user_id'), table_name='book_consents')
    op.drop_table('book_consents')
    op.drop_table('book_renderings')
    op.drop_index(op.f('ix_book_entries_theme_id'), table_name='book_entries')
    op.drop_index(op.f('ix_book_entries_book_id'), table_name='book_entries')
    op.drop_table('book_entries')
    op.drop_index(op.f('ix_book_themes_book_id'), table_name='book_themes')
    op.drop_table('book_themes')
    op.drop_index(op.f('ix_book_editions_digest'), table_name='book_editions')
    op.drop_table('book_editions')
    op.drop_table('book_chapters')
    op.drop_table('books')
