"""the call of a territory, and candidacies

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('calls',
    sa.Column('territory_id', sa.Uuid(), nullable=False),
    sa.Column('season', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('opens_on', sa.Date(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=False),
    sa.Column('answers_on', sa.Date(), nullable=False),
    sa.Column('meets_on', sa.Date(), nullable=True),
    sa.Column('title', sa.String(length=160), nullable=False),
    sa.Column('incitation', sa.String(length=2000), nullable=False),
    sa.Column('prerequisites', sa.String(length=2000), nullable=False),
    sa.Column('process', sa.String(length=2000), nullable=False),
    sa.Column('contact', sa.String(length=300), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('paused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('deadline_told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('wishes_key_id', sa.String(length=32), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('closes_on >= opens_on', name=op.f('ck_calls_days')),
    sa.ForeignKeyConstraint(['territory_id'], ['territories.id'], name=op.f('fk_calls_territory_id_territories')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calls')),
    sa.UniqueConstraint('slug', name=op.f('uq_calls_slug')),
    sa.UniqueConstraint('territory_id', 'season', name=op.f('uq_calls_territory_id_season'))
    )
    op.create_index(op.f('ix_calls_territory_id'), 'calls', ['territory_id'], unique=False)
    op.create_table('call_partners',
    sa.Column('call_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('uai', sa.String(length=8), nullable=False),
    sa.Column('slug', sa.String(length=16), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['calls.id'], name=op.f('fk_call_partners_call_id_calls'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_partners')),
    sa.UniqueConstraint('slug', name=op.f('uq_call_partners_slug'))
    )
    op.create_index(op.f('ix_call_partners_call_id'), 'call_partners', ['call_id'], unique=False)
    op.create_table('testimonials',
    sa.Column('call_id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.String(length=600), nullable=False),
    sa.Column('said_by', sa.String(length=16), nullable=False),
    sa.Column('signed', sa.String(length=120), nullable=False),
    sa.Column('agreed_by', sa.String(length=160), nullable=False),
    sa.Column('agreed_on', sa.Date(), nullable=False),
    sa.Column('shown_until', sa.Date(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['calls.id'], name=op.f('fk_testimonials_call_id_calls'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_testimonials'))
    )
    op.create_index(op.f('ix_testimonials_call_id'), 'testimonials', ['call_id'], unique=False)
    op.create_table('candidacies',
    sa.Column('call_id', sa.Uuid(), nullable=False),
    sa.Column('partner_id', sa.Uuid(), nullable=True),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('given_name', sa.String(length=80), nullable=False),
    sa.Column('family_name', sa.String(length=80), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('new_address', sa.String(length=254), nullable=False),
    sa.Column('degree', sa.String(length=32), nullable=True),
    sa.Column('tutoring_years', sa.Integer(), nullable=True),
    sa.Column('work_insee', sa.String(length=5), nullable=False),
    sa.Column('home_insee', sa.String(length=5), nullable=False),
    sa.Column('school', sa.String(length=120), nullable=False),
    sa.Column('uai', sa.String(length=8), nullable=False),
    sa.Column('district', sa.String(length=80), nullable=False),
    sa.Column('half_days', sa.JSON(), nullable=False),
    sa.Column('would_pilot', sa.String(length=8), nullable=True),
    sa.Column('qualifications', sa.JSON(), nullable=False),
    sa.Column('supervises', sa.String(length=80), nullable=False),
    sa.Column('answer', sa.String(length=600), nullable=False),
    sa.Column('collective_id', sa.Uuid(), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('completed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tells_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('placed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['calls.id'], name=op.f('fk_candidacies_call_id_calls'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['collective_id'], ['collectives.id'], name=op.f('fk_candidacies_collective_id_collectives'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['partner_id'], ['call_partners.id'], name=op.f('fk_candidacies_partner_id_call_partners'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_candidacies'))
    )
    op.create_index(op.f('ix_candidacies_address'), 'candidacies', ['address'], unique=False)
    op.create_index('ix_candidacies_call_state', 'candidacies', ['call_id', 'state'], unique=False)
    op.create_table('candidacy_links',
    sa.Column('candidacy_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('proves', sa.String(length=254), nullable=False),
    sa.Column('minted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['candidacy_id'], ['candidacies.id'], name=op.f('fk_candidacy_links_candidacy_id_candidacies'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_candidacy_links')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_candidacy_links_token_hash'))
    )
    op.create_index(op.f('ix_candidacy_links_candidacy_id'), 'candidacy_links', ['candidacy_id'], unique=False)
    op.create_table('candidacy_statuses',
    sa.Column('candidacy_id', sa.Uuid(), nullable=False),
    sa.Column('status_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['candidacy_id'], ['candidacies.id'], name=op.f('fk_candidacy_statuses_candidacy_id_candidacies'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['status_id'], ['accompanied_statuses.id'], name=op.f('fk_candidacy_statuses_status_id_accompanied_statuses')),
    sa.PrimaryKeyConstraint('candidacy_id', 'status_id', name=op.f('pk_candidacy_statuses'))
    )
    op.create_table('wishes',
    sa.Column('candidacy_id', sa.Uuid(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('key_id', sa.String(length=32), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['candidacy_id'], ['candidacies.id'], name=op.f('fk_wishes_candidacy_id_candidacies'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wishes'))
    )
    op.create_index(op.f('ix_wishes_candidacy_id'), 'wishes', ['candidacy_id'], unique=False)


def downgrade() -> None:
    op.drop_table('wishes')
    op.drop_table('candidacy_statuses')
    op.drop_table('candidacy_links')
    op.drop_table('candidacies')
    op.drop_table('testimonials')
    op.drop_table('call_partners')
    op.drop_table('calls')
