"""What somebody's own copy says of their candidacies, found by the address of their account."""

from collections.abc import Iterator, Mapping

from sqlalchemy import select

from collectifs.campaign.domain.candidacy import CandidacyState, HalfDay, WishKind
from collectifs.campaign.models.calls import Candidacy, CandidacyStatus, Wish
from collectifs.campaign.queries.candidacies import candidacies_at, wish_words
from collectifs.composition.queries.finding import label_of
from collectifs.kernel.extensions import db
from collectifs.people.models import AccompaniedStatus


def told_of_candidacies(address: str) -> Iterator[Mapping[str, object]]:
    """Everything that each candidacy at this address holds, wishes included; nothing of one that was withdrawn."""
    for row in candidacies_at(address):
        if row.state is not CandidacyState.WITHDRAWN:
            yield {label: value for label, value in _told(row).items() if value not in (None, "", [])}


def _told(row: Candidacy) -> dict[str, object]:
    return {
        "état": row.state.label,
        "nom": f"{row.given_name} {row.family_name}",
        "adresse": row.address,
        "degré": row.degree.label if row.degree else "",
        "années de tutorat": row.tutoring_years,
        "commune de travail": label_of(row.work_insee),
        "commune de résidence": label_of(row.home_insee),
        "établissement": row.school,
        "UAI": row.uai,
        "circonscription": row.district,
        "demi-journées": [HalfDay(each).label for each in row.half_days],
        "piloter": row.would_pilot.label if row.would_pilot else "",
        "certifications": row.qualifications,
        "hiérarchie de": row.supervises,
        "personnes accompagnées": _statuses(row),
        "souhaits": [f"{kind.label} {address}" for kind, address in _wishes(row)],
        "ce qui vous a été répondu": row.answer,
        "commencée le": row.started_at,
        "complète le": row.completed_at,
    }


def _statuses(row: Candidacy) -> list[str]:
    query = select(AccompaniedStatus.label).join(CandidacyStatus, CandidacyStatus.status_id == AccompaniedStatus.id)
    mine = query.where(CandidacyStatus.candidacy_id == row.id)
    return list(db.session.scalars(mine.order_by(AccompaniedStatus.position)))


def _wishes(row: Candidacy) -> list[tuple[WishKind, str]]:
    query = select(Wish).where(Wish.candidacy_id == row.id).order_by(Wish.id)
    return [said for said in map(wish_words, db.session.scalars(query)) if said]
