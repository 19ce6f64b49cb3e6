"""The forms that put somebody in the vivier, and that choose who pilots."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from wtforms import BooleanField
from wtforms.validators import InputRequired

from collectifs.collectives.domain.composition import QUALIFICATIONS
from collectifs.collectives.domain.piloting import chosen_day
from collectifs.collectives.queries.pilots import Chosen, Piloting, PossiblePilot, chosen_pilot
from collectifs.kernel.text.typography import french
from collectifs.people.domain.guests import check_address_is_sure
from collectifs.people.models import Territory
from collectifs.web.choices import chosen_id, required_id, select_one
from collectifs.web.forms import BaseForm, DayField, line


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
        return required_id(self.territory)


def pilot_form(territories: Iterable[Territory]) -> PilotForm:
    """The form on a manager's territories."""
    form = PilotForm()
    places = {str(territory.id): french(territory.name) for territory in territories}
    form.territory.choices = places if len(places) == 1 else {"": "Choisir…"} | places
    return form


class WhoForm(BaseForm):
    """Somebody of the list, or somebody written in full. `sure` answers a doubt on the address."""

    person = select_one("Choisir une personne")
    who = line("Ou écrire « Prénom NOM <adresse> »", most=400)
    sure = BooleanField("L’adresse est juste")

    def offer(self, people: Iterable[PossiblePilot]) -> None:
        """The people of the list, with what each brings."""
        self.person.choices = {"": "Choisir…"} | {
            str(each.user_id): french(f"{each.name} ({each.about})" if each.about else each.name) for each in people
        }

    def chosen(self, collective: Piloting) -> Chosen:
        """Who was chosen. Refused beside the field."""
        found = chosen_pilot(collective, chosen_id(self.person), self.who.data or "")
        check_address_is_sure(found.guest.person, is_sure=self.sure.data, field=found.field)
        return found


class HandOverForm(WhoForm):
    """Who takes over, from which day; and from whom, when several people pilot (`of`)."""

    of = select_one("À la place de")
    day = DayField("À partir du", format=["%Y-%m-%d", "%d/%m/%Y"], validators=[InputRequired("Choisissez un jour.")])

    def replaced(self) -> UUID | None:
        """Whose place is taken; None when nobody pilots."""
        return chosen_id(self.of)

    def first_day(self) -> date:
        """The day, or a refusal."""
        return chosen_day(self.day.data)


class EndForm(BaseForm):
    """Only a button: end a pilotship, take somebody out of the vivier."""
