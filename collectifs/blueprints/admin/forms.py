"""The forms of the administration: a nomination, a territory, a role taken back."""

from collections.abc import Iterable
from uuid import UUID

from wtforms import BooleanField

from collectifs.kernel.text.typography import french
from collectifs.people.domain.appointing import TIMEZONES, ZONES
from collectifs.people.domain.person import Role
from collectifs.people.queries.roles import TerritoryFacts
from collectifs.web.choices import chosen_id, pick_one, required_id, select_one
from collectifs.web.forms import BaseForm, line

ROLES = {Role.MANAGER.value: "le service de formation", Role.INSPECTOR.value: "l’inspection"}


class NominationForm(BaseForm):
    """A person, a role, a territory. `sure` answers a doubt on the address."""

    who = line("« Prénom NOM <adresse> »", wanted="Écrivez qui vous nommez.", most=400)
    role = pick_one("À quoi", choices=ROLES, wanted="Choisissez le service de formation ou l’inspection.")
    territory = select_one("Le territoire", wanted="Choisissez un territoire.")
    sure = BooleanField("L’adresse est juste")

    def chosen_role(self) -> Role:
        """The role that was chosen."""
        return Role(self.role.data)

    def territory_id(self) -> UUID:
        """The territory that was chosen."""
        return required_id(self.territory)


class TerritoryForm(BaseForm):
    """An académie, or a département inside one."""

    name = line("Le nom", wanted="Donnez le nom du territoire.", most=80)
    code = line("Le code", wanted="Donnez le code du territoire, par exemple « 29 ».", most=16)
    parent = select_one("Dans l’académie")
    zone = pick_one(
        "La zone des vacances", choices={zone: zone for zone in ZONES}, wanted="Choisissez la zone des vacances."
    )
    timezone = select_one(
        "Fuseau horaire", choices=TIMEZONES, default="Europe/Paris", wanted="Choisissez un fuseau horaire."
    )

    def parent_id(self) -> UUID | None:
        """The académie that it belongs to; None for an académie."""
        return chosen_id(self.parent)


class RevokeForm(BaseForm):
    """Only a button."""


def nomination_form(territories: Iterable[TerritoryFacts]) -> NominationForm:
    """The form of a nomination."""
    form = NominationForm()
    places = {str(each.id): french(f"— {each.name}" if each.parent_id else each.name) for each in territories}
    form.territory.choices = {"": "Choisir…"} | places
    return form


def territory_form(territories: Iterable[TerritoryFacts]) -> TerritoryForm:
    """The form of a territory."""
    form = TerritoryForm()
    tops = {str(each.id): french(each.name) for each in territories if each.parent_id is None}
    form.parent.choices = {"": french("Aucune : c’est une académie")} | tops
    return form
