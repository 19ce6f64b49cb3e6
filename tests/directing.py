"""Programmes of the directory, and who answers for them."""

from typing import Any

from collectifs.kernel import clock
from collectifs.kernel.seasons import season_of
from collectifs.network.domain.directory import Audience
from collectifs.network.models import Programme, Relay, RelayLink
from collectifs.people.models import Territory
from collectifs.people.queries.people import hashed
from tests import factories


def programme(where: Territory | None = None, name: str = "Passerelle", **values: Any) -> Programme:
    """A programme that its relay confirmed this season."""
    now = clock.now()
    usual = {
        "territory_id": (where or factories.territory()).id,
        "season": season_of(now.date()),
        "name": name,
        "about": "Une aide au travail personnel, deux soirs par semaine.",
        "places": "Saint-Aubin-des-Prés",
        "audience": Audience.PUPILS,
        "made_at": now,
        "confirmed_season": season_of(now.date()),
        "confirmed_at": now,
    }
    return factories.add(Programme(**(usual | values)))


def relay(of: Programme | Territory, given: str = "Solène", **values: Any) -> Relay:
    """Somebody who said yes this season."""
    now, number = clock.now(), next(factories._counter)
    is_programme = isinstance(of, Programme)
    usual = {
        "territory_id": of.territory_id if is_programme else of.id,
        "programme_id": of.id if is_programme else None,
        "given_name": given,
        "family_name": f"Rocher{number}",
        "address": f"relais{number}@ecole.example",
        "season": season_of(now.date()),
        "named_at": now,
        "agreed_at": now,
    }
    return factories.add(Relay(**(usual | values)))


def link(row: Relay, token: str) -> str:
    """The address of the page that a link opens."""
    factories.add(RelayLink(relay_id=row.id, token_hash=hashed(token), minted_at=clock.now()))
    return f"/mon-relais/{token}"
