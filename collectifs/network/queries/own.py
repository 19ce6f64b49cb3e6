"""What somebody's own copy says of their registrations to days, and of what they are a relay of: by their address."""

from collections.abc import Iterator, Mapping

from collectifs.kernel.seasons import season_label
from collectifs.network.domain.registration import RegistrationState
from collectifs.network.models import Registration
from collectifs.network.queries.day import my_day
from collectifs.network.queries.directory import get_relay, relays_at
from collectifs.network.queries.events import get_event
from collectifs.network.queries.pages import objections_of
from collectifs.network.queries.registrations import registrations_at


def told_of_registrations(address: str) -> Iterator[Mapping[str, object]]:
    """Everything that each registration at this address holds; nothing of one that was withdrawn."""
    for row in registrations_at(address):
        if row.state is not RegistrationState.WITHDRAWN:
            yield {label: value for label, value in _told(row).items() if value not in (None, "", [])}


def _told(row: Registration) -> dict[str, object]:
    access, lines = get_event(row.event_id), my_day(row)
    return {
        "journée": access.event.title if access else "",
        "nom": f"{row.given_name} {row.family_name}",
        "adresse": row.address,
        "d’où vous venez": row.comes_from,
        "ateliers": [each.seat.title for each in lines if each.seat],
        "en attente de": [workshop.title for each in lines for workshop, _ in each.waits],
        "place offerte": [each.offer.title for each in lines if each.offer],
        "présence notée": [each.seat.title for each in lines if each.seat and each.came_at],
        "mes objections à la page d’un atelier": objections_of(row.id),
        "inscription du": row.started_at,
        "confirmée le": row.confirmed_at,
    }


def told_of_relays(address: str) -> Iterator[Mapping[str, object]]:
    """What each programme, or territory, that somebody answers for keeps of them."""
    for row in relays_at(address):
        found = get_relay(row.id)
        if found is not None:
            told = {
                "relais de": found.programme.name if found.programme else found.territory.name,
                "nom": f"{row.given_name} {row.family_name}",
                "adresse": row.address,
                "saison": season_label(row.season),
                "nommé le": row.named_at,
                "votre oui, le": row.agreed_at,
            }
            yield {label: value for label, value in told.items() if value is not None}
