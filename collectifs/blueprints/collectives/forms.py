"""The forms around a collective: a new one, a list of people, a reminder, and those that are only a button."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired

from collectifs.collectives.queries.pilots import VivierPilot
from collectifs.collectives.services.collectives import Composition
from collectifs.kernel.text.typography import french
from collectifs.people.domain.guests import Guest, named_pilot
from collectifs.people.domain.people import without_nobody
from collectifs.people.domain.person import Degree
from collectifs.people.models import Territory
from collectifs.web.choices import chosen_id, pick_one, required_id, select_one
from collectifs.web.forms import BaseForm, line
from collectifs.web.sent import sent_id

BOTH = "both"
NOBODY_HERE = "Cette personne n’est pas, ou n’est plus, dans ce collectif."
LINES = "Collez au moins une ligne : « Prénom NOM <adresse> »."


def as_pasted(typed: str | None) -> str:
    """A list as it was pasted: broken accents are made of signs that a cleaning would take away."""
    return (typed or "").replace("\r\n", "\n").replace("\x00", "").strip()


def person_in(field: Field) -> UUID:
    """The person whom a field that nobody sees names; refused for what is no person."""
    return sent_id(field.data, NOBODY_HERE)


class GuestsForm(BaseForm):
    """A pasted list. `seen` marks the list that was shown; `send` is the second button, which sends that very list.

    `ignore` is the button that leaves out the lines that are no person.
    """

    people = TextAreaField("Les membres", validators=[DataRequired(LINES)], filters=[as_pasted])
    seen = HiddenField()
    send = StringField()
    ignore = StringField()

    def leave_nobody_out(self) -> None:
        """Take away the lines that are no person, when that was asked for. Raises RuleBroken for what is no list."""
        if self.ignore.data:
            self.people.data = without_nobody(self.people.data or "")

    def is_sending(self, digest: str) -> bool:
        """Whether the sending was asked for, of the list that was shown."""
        return bool(self.send.data) and self.seen.data == digest

    def has_changed(self, digest: str) -> bool:
        """Whether the sending was asked for, of a list that is not the one shown."""
        return bool(self.send.data) and self.seen.data != digest


class CollectiveForm(GuestsForm):
    """A name, a territory, a degree, a pilot, a list of members."""

    name = line("Le nom du collectif", wanted="Donnez un nom au collectif.", most=80)
    territory = select_one("Le département", wanted="Choisissez un département.")
    degree = pick_one(
        "Le degré",
        choices={degree.value: degree.label for degree in Degree} | {BOTH: "les deux"},
        default=BOTH,
        wanted="Dites si le collectif réunit le 1er degré, le 2d degré ou les deux.",
    )
    pilot = select_one("Choisir dans le vivier")
    pilot_line = line("Ou écrire « Prénom NOM <adresse> »", most=400)

    def territory_id(self) -> UUID:
        """The département that was chosen."""
        return required_id(self.territory)

    def pilot_id(self) -> UUID | None:
        """The line of the vivier that was chosen, if one was."""
        return chosen_id(self.pilot)

    def chosen_degree(self) -> Degree | None:
        """The degree; None for both."""
        return None if self.degree.data == BOTH else Degree(self.degree.data)

    def composition(self, pilot: Guest | None, guests: Sequence[Guest]) -> Composition:
        """What is asked for, with the people as they were understood."""
        field = "pilot_line" if self.pilot_line.data else "pilot"
        return Composition(self.name.data, self.territory_id(), self.chosen_degree(), named_pilot(pilot), guests, field)


def collective_form(territories: Iterable[Territory], pilots: Iterable[VivierPilot]) -> CollectiveForm:
    """The form of a new collective on a manager's territories."""
    form = CollectiveForm()
    places = {str(territory.id): french(territory.name) for territory in territories}
    form.territory.choices = places if len(places) == 1 else {"": "Choisir…"} | places
    form.pilot.choices = {"": "Choisir…"} | {str(pilot.role.id): _words(pilot) for pilot in pilots}
    return form


def _words(pilot: VivierPilot) -> str:
    parts = [pilot.role.name, pilot.role.qualification, pilot.territory_name]
    if pilot.collectives:
        parts.append(f"pilote {', '.join(pilot.collectives)}")
    return french(", ".join(part for part in parts if part))


class ReminderForm(BaseForm):
    """Whom to invite again: one person, or (empty) all who have not accepted the charter."""

    user = StringField()

    def user_id(self) -> UUID | None:
        """The person, or None for all. Refused for what is no person."""
        return person_in(self.user) if self.user.data else None


class PressForm(BaseForm):
    """Only a button: accept, leave."""
