"""What somebody's own copy says of their answers about pages of the book: with their account, or by their address."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from collectifs.book.domain.asking import Said
from collectifs.book.queries.pages import PageAccess, pages_asked_of
from collectifs.book.queries.requests import sentence_of
from collectifs.kernel.text.typography import month_year
from collectifs.network.queries.registrations import registrations_at


def told_of_answers(user_id: UUID, address: str) -> Iterator[Mapping[str, object]]:
    """Each page that somebody was asked about, and what they answered, opened for them alone."""
    for asked_id in (user_id, *(row.id for row in registrations_at(address))):
        for page in pages_asked_of(asked_id):
            said = page.life.said_by(asked_id)
            if said is not None:
                told = _told(page, said) | {"changement demandé": sentence_of(page.entry.id, asked_id)}
                yield {label: value for label, value in told.items() if value}


def _told(page: PageAccess, said: Said) -> dict[str, object]:
    answer = "" if said.agreed is None else "oui" if said.agreed else "non"
    months = sorted({each.month for each in page.sources})
    return {
        "recueil": page.access.book.title,
        "page écrite à partir de": ", ".join(month_year(each) for each in months),
        "votre réponse": answer or "pas encore de réponse",
        "répondu le": said.answered_at,
    }
