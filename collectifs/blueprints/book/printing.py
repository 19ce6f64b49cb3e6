"""Publishing: the edition as it would be now, before the click."""

from flask import url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.book.area import bp
from collectifs.blueprints.book.forms import PublishForm
from collectifs.book.domain.edition import Edition
from collectifs.book.permissions import can_edit_book
from collectifs.book.queries.books import BookAccess, get_book
from collectifs.book.services.publishing import edition_of, publish_edition
from collectifs.book.services.reading import record_book_reading
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.web.access import access, me
from collectifs.web.perform import perform


@bp.route("/recueil/<uuid:book_id>/publier", methods=["GET", "POST"])
@access(can_edit_book, traced=record_book_reading, book=get_book)
def publish(book: BookAccess) -> ResponseReturnValue:
    """What it would contain; published, anybody reads it."""
    now = clock.now()
    edition, refused = _edition(book)
    form = PublishForm(data={"digest": edition.digest() if edition else ""})
    return perform(
        form,
        lambda: publish_edition(book, digest=form.digest.data or "", now=now, by=me()),
        then=url_for(".manage", book_id=book.id),
        page="book/publish.html",
        said="L’édition est publiée. Ses fichiers se préparent.",
        book=book,
        edition=edition,
        refused=refused,
        digest=edition.digest() if edition else "",
    )


def _edition(book: BookAccess) -> tuple[Edition | None, str]:
    try:
        return edition_of(book, now=clock.now()), ""
    except RuleBroken as refusal:
        return None, refusal.sentence
