"""The form that puts somebody in the vivier."""

from collections.abc import Iterable
from uuid import UUID

from wtforms import BooleanField

from collectifs.domain.composition import QUALIFICATIONS
from collectifs.domain.typography import french
from collectifs.models import Territory
from collectifs.web.choices import select_one
from collectifs.web.forms import BaseForm, line


class PilotForm(BaseForm):
    """A person, a département, a qualification: a preference, never a lock. `sure` answers a doubt on the address."""

    who = line("« Prénom NOM <adresse> »", wanted="Écrivez qui entre dans le vivier.", most=400)
    territory = select_one("Le département", wanted="Choisissez un département.")
    qualification = select_one(
        "Sa qualification", choices={"": "Aucune, ou une autre"} | {word: word for word in QUALIFICATIONS}
    )
    sure = BooleanField("L’adresse est juste")

    def territory_id(self) -> UUID:
        """The département that was chosen."""
        return UUID(self.territory.data)


def pilot_form(territories: Iterable[Territory]) -> PilotForm:
    """The form on a manager's territories."""
    form = PilotForm()
    places = {str(territory.id): french(territory.name) for territory in territories}
    form.territory.choices = places if len(places) == 1 else {"": "Choisir…"} | places
    return form
