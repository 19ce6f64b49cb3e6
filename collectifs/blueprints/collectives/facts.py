"""What a member tells of themselves, if they wish: a page that is asked for once and may stay empty."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue
from wtforms import Field, ValidationError

from collectifs.blueprints.collectives.area import bp
from collectifs.collectives.domain.composition import check_phone, check_years
from collectifs.collectives.permissions import can_take_part
from collectifs.collectives.queries.collectives import CollectiveAccess, get_collective
from collectifs.collectives.queries.facts import FactsTold, facts_told
from collectifs.collectives.services.memberships import tell_facts
from collectifs.composition.queries.finding import located, shown_as
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import french
from collectifs.people.domain.person import Degree
from collectifs.people.domain.uai import check_uai, normal_uai
from collectifs.people.queries.contacts import statuses_offered
from collectifs.web.access import access, me
from collectifs.web.choices import pick_one, pick_several
from collectifs.web.forms import BaseForm, line
from collectifs.web.perform import perform

UNTOLD = {"": "je ne dis pas"}


class FactsForm(BaseForm):
    """Nothing in it is required: an empty answer is an answer."""

    degree = pick_one("Votre degré", choices={degree.value: degree.label for degree in Degree} | UNTOLD, default="")
    tutoring_years = line("Vos années de tutorat avant celle-ci", most=40)
    setting = line("Votre niveau", most=80)
    school = line("Votre établissement", most=120)
    statuses = pick_several("Les personnes que vous accompagnez")
    uai = line("Le code UAI de votre établissement", most=40)
    work_commune = line("La commune où vous travaillez", most=80)
    home_commune = line("La commune où vous habitez", most=80)
    phone = line("Votre téléphone", most=40)

    department: str = ""

    def validate_tutoring_years(self, field: Field) -> None:
        """A number, or nothing."""
        _validated(check_years, field.data or "")

    def validate_uai(self, field: Field) -> None:
        """A letter that goes with the figures; said together with what else is wrong."""
        _validated(check_uai, normal_uai(field.data or ""))

    def validate_phone(self, field: Field) -> None:
        """What can be dialled, or nothing."""
        _validated(check_phone, field.data or "")

    def validate_work_commune(self, field: Field) -> None:
        """Not a name that several communes bear."""
        _validated(self._located, field)

    def validate_home_commune(self, field: Field) -> None:
        """Not a name that several communes bear."""
        _validated(self._located, field)

    def _located(self, field: Field) -> tuple[str, str]:
        return located(field.data or "", self.department, field.name)

    def told(self) -> FactsTold:
        """What was written."""
        (work, work_insee), (home, home_insee) = self._located(self.work_commune), self._located(self.home_commune)
        return FactsTold(
            degree=Degree(self.degree.data) if self.degree.data else None,
            tutoring_years=check_years(self.tutoring_years.data),
            setting=self.setting.data,
            school=self.school.data,
            uai=normal_uai(self.uai.data),
            work_commune=work,
            home_commune=home,
            work_insee=work_insee,
            home_insee=home_insee,
            phone=check_phone(self.phone.data),
            status_ids=frozenset(UUID(each) for each in self.statuses.data or ()),
        )


def _validated(check: Callable[[Any], object], typed: Any) -> None:
    try:
        check(typed)
    except RuleBroken as refusal:
        raise ValidationError(refusal.sentence) from refusal


def facts_form(known: FactsTold, department: str) -> FactsForm:
    """The form, with what was told before; the statuses are the administration's list."""
    form = FactsForm(
        data={
            **vars(known),
            "work_commune": shown_as(known.work_commune, known.work_insee, department),
            "home_commune": shown_as(known.home_commune, known.home_insee, department),
            "degree": known.degree.value if known.degree else "",
            "tutoring_years": "" if known.tutoring_years is None else str(known.tutoring_years),
            "statuses": [str(each) for each in known.status_ids],
        }
    )
    form.department = department
    form.statuses.choices = {str(each.id): french(each.label) for each in statuses_offered(known.status_ids)}
    return form


@bp.route("/collectifs/<uuid:collective_id>/me-concernant", methods=["GET", "POST"])
@access(can_take_part, collective=get_collective)
def my_facts(collective: CollectiveAccess) -> ResponseReturnValue:
    """Degree, years, level, school, communes: who reads each, and why it is asked."""
    form = facts_form(facts_told(me().id, collective.collective.id), collective.territory.code)
    return perform(
        form,
        lambda: tell_facts(collective, form.told(), by=me()),
        then=url_for(".show", collective_id=collective.collective.id),
        page="collectives/my_facts.html",
        said="Vos réponses sont enregistrées. Vous pouvez les changer ou les effacer quand vous voulez.",
        access=collective,
    )
