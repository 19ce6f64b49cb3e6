"""The forms of a launch: from what and under which name, then one form a step."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms.validators import DataRequired, Optional

from collectifs.blueprints.directory.forms import RelayForm
from collectifs.campaign.queries.calls import CallAccess
from collectifs.network.domain.launching import Step
from collectifs.network.services.launching import DAYS, CallDays
from collectifs.people.domain.scheme import LONGEST_NUMBER
from collectifs.web.choices import pick_one
from collectifs.web.forms import BaseForm, DayField, address, line

A_DAY = "Choisissez un jour."


class LaunchForm(BaseForm):
    """What it begins from, and its name."""

    source = pick_one("Partir de", wanted="Choisissez d’où partir.")
    name = line("Nom du programme", wanted="Écrivez un nom.", most=120)


def launch_form(sources: Sequence[CallAccess], name: str) -> LaunchForm:
    """The form; with one source alone it is chosen."""
    chosen = {"source": str(sources[0].id)} if len(sources) == 1 else {}
    form = LaunchForm(data={"name": name} | chosen)
    form.source.choices = {str(each.id): each.territory.name for each in sources}
    return form


class ContactStep(BaseForm):
    """Who answers questions: everybody reads it."""

    name = line("Qui répond", wanted="Écrivez un nom ou un service.", most=80)
    address = address("À quelle adresse")


class DaysStep(BaseForm):
    """The days of the call."""

    opens_on = DayField("Il ouvre le", validators=[DataRequired(A_DAY)])
    closes_on = DayField("Il ferme le", validators=[DataRequired(A_DAY)])
    answers_on = DayField("Réponse à chaque personne le", validators=[DataRequired(A_DAY)])
    meets_on = DayField("Premiers regroupements à partir du", validators=[Optional()])

    def days(self) -> CallDays:
        """What was said."""
        said: Any = {each: self[each].data for each in DAYS}  # sound: the form was validated
        return CallDays(**said)


class PapersStep(BaseForm):
    """The numbers that papers bear."""

    number = line("Numéro du dispositif", wanted="Écrivez ce numéro, ou passez cette étape.", most=LONGEST_NUMBER)
    module = line("Numéro du module", most=LONGEST_NUMBER)


StepForm = ContactStep | DaysStep | PapersStep | RelayForm | BaseForm


def step_form(step: Step | None, proposed: Sequence[date | None]) -> StepForm:
    """The form of a step; the days of the former call, years later, are only proposed."""
    if step is Step.DAYS:
        return DaysStep(data=dict(zip(DAYS, proposed, strict=True)))
    made: dict[Step, type[BaseForm]] = {Step.CONTACT: ContactStep, Step.PAPERS: PapersStep, Step.RELAY: RelayForm}
    return made.get(step, BaseForm)() if step else BaseForm()
