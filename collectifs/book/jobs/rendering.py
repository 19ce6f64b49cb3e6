"""The files of an edition, made outside of the request that published it; another worker goes on where one was lost."""

import base64
from uuid import uuid4

from collectifs.book.documents.rendering import QUICKEST_FIRST, render
from collectifs.book.domain.work import RenderEdition
from collectifs.book.models import BookRendering
from collectifs.book.queries.editions import latest_edition, open_edition
from collectifs.book.queries.reading import edition_row, made_forms
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.vault.texts import seal_text


@does
def render_edition(work: RenderEdition) -> None:
    """One file after the other, each committed with how far it is; an edition that was replaced meanwhile is left.

    Each is made outside of any transaction, so that nobody waits to write.
    """
    for place, form in enumerate(QUICKEST_FIRST, 1):
        row = edition_row(work.edition_id)
        edition = open_edition(row) if row and row.ready_at is None else None
        if row is None or edition is None or latest_edition(row.book_id) is not row:
            return
        if form not in made_forms(row.id):
            db.session.commit()
            content = render(edition, form)
            db.session.refresh(row)
            if not row.body:  # replaced while the press was at work
                return
            made = BookRendering(id=uuid4(), key_id=row.key_id, edition_id=row.id, format=form, made_at=clock.now())
            seal_text(made, BookRendering.body, base64.b64encode(content).decode())
            db.session.add(made)
        row.progress = 100 * place // len(QUICKEST_FIRST)
        if place == len(QUICKEST_FIRST):
            row.ready_at = clock.now()
        db.session.commit()
