"""The forms of a candidate: to begin, the eight questions, another address, wishes."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from wtforms import Field, ValidationError

from collectifs.campaign.domain.candidacy import HalfDay, WishKind, WouldPilot
from collectifs.campaign.domain.kinds import CallKind
from collectifs.campaign.models.calls import Candidacy
from collectifs.campaign.queries.candidacies import statuses_of
from collectifs.collectives.domain.composition import QUALIFICATIONS, check_years
from collectifs.composition.queries.finding import commune_named, label_of
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import french
from collectifs.people.domain.people import wrong_with_address
from collectifs.people.domain.person import Degree
from collectifs.people.domain.uai import SHAPE, check_uai, normal_uai
from collectifs.people.queries.contacts import statuses_offered
from collectifs.web.choices import pick_one, pick_several
from collectifs.web.forms import BaseForm, address, line, text
from collectifs.web.names import NameForm


class StartForm(NameForm):
    """A name and an address."""

    address = address("Adresse électronique")


class NoticeForm(BaseForm):
    """An address to be written to once."""

    address = address("Votre adresse")


class AddressForm(BaseForm):
    """Another address."""

    address = address("Nouvelle adresse")


class AnswersForm(BaseForm):
    """The eight questions, by the names of the columns; what is missing is asked for when it is sent."""

    degree = pick_one("Où enseignez-vous ?", choices={each.value: each.label for each in Degree})
    tutoring_years = line("Depuis combien d’années accompagnez-vous ?", most=40)
    work_insee = line("Commune où vous travaillez", most=80)
    home_insee = line("Commune où vous habitez", most=80)
    school = line("Votre école ou établissement", most=120)
    half_days = pick_several("Les demi-journées possibles", choices={each.value: each.label for each in HalfDay})
    statuses = pick_several("Qui accompagnez-vous cette année ?")
    would_pilot = pick_one(
        "Aimeriez-vous piloter un collectif ?", choices={each.value: each.label.capitalize() for each in WouldPilot}
    )
    qualifications = pick_several("Vos certifications", choices={each: each for each in QUALIFICATIONS})
    district = line("Votre circonscription, dans le 1er degré", most=80)
    supervises = line("La circonscription que vous suivez ou conseillez", most=80)

    def validate_tutoring_years(self, field: Field) -> None:
        """A number, or nothing yet."""
        _checked(lambda: check_years(field.data or ""))

    def validate_work_insee(self, field: Field) -> None:
        """One commune of France, or nothing yet."""
        _checked(lambda: commune_named(field.data or "", field.name))

    def validate_home_insee(self, field: Field) -> None:
        """One commune of France, or nothing yet."""
        self.validate_work_insee(field)

    def validate_school(self, field: Field) -> None:
        """A name; what looks like a code has the letter that goes with its figures."""
        if looks_like_a_code(field.data or ""):
            _checked(lambda: check_uai(normal_uai(field.data)))

    def given(self) -> dict[str, Any]:
        """The answers that can be kept, by the names of the columns: all but those beside which something is wrong."""
        code = looks_like_a_code(self.school.data or "")
        values: dict[str, Callable[[], Any]] = {
            "degree": lambda: Degree(self.degree.data) if self.degree.data else None,
            "tutoring_years": lambda: check_years(self.tutoring_years.data or ""),
            "work_insee": lambda: commune_named(self.work_insee.data or "", "work_insee"),
            "home_insee": lambda: commune_named(self.home_insee.data or "", "home_insee"),
            "school": lambda: "" if code else self.school.data or "",
            "half_days": lambda: list(self.half_days.data or ()),
            "statuses": lambda: [UUID(each) for each in self.statuses.data or ()],
            "would_pilot": lambda: WouldPilot(self.would_pilot.data) if self.would_pilot.data else None,
            "qualifications": lambda: list(self.qualifications.data or ()),
            "district": lambda: self.district.data or "",
            "supervises": lambda: self.supervises.data or "",
        }
        kept = {name: read() for name, read in values.items() if name in self and not self[name].errors}
        return kept | ({"uai": normal_uai(self.school.data or "") if code else ""} if "school" in kept else {})


def looks_like_a_code(typed: str) -> bool:
    """Seven figures and a letter, whatever the spaces."""
    return bool(SHAPE.fullmatch(normal_uai(typed)))


def _checked(check: Callable[[], object]) -> None:
    try:
        check()
    except RuleBroken as refusal:
        raise ValidationError(refusal.sentence) from refusal


def answers_form(row: Candidacy, kind: CallKind) -> AnswersForm:
    """The form, with what was answered before; the statuses are the administration's list."""
    chosen = statuses_of([row.id])[row.id]
    form = AnswersForm(
        data={
            "degree": row.degree.value if row.degree else "",
            "tutoring_years": "" if row.tutoring_years is None else str(row.tutoring_years),
            "work_insee": label_of(row.work_insee),
            "home_insee": label_of(row.home_insee),
            "school": row.school or row.uai,
            "half_days": row.half_days,
            "statuses": [str(each) for each in chosen],
            "would_pilot": row.would_pilot.value if row.would_pilot else "",
            "qualifications": row.qualifications,
            "district": row.district,
            "supervises": row.supervises,
        }
    )
    form.statuses.choices = {str(each.id): french(each.label) for each in statuses_offered(chosen)}
    return _of_its_kind(form, kind)


def _of_its_kind(form: AnswersForm, kind: CallKind) -> AnswersForm:
    """Without the questions that the kind of call does not ask."""
    asked = kind.asked | {"csrf_token"}
    for name in [each.name for each in form if each.name not in asked]:
        del form[name]
    if not kind.composes:
        form.work_insee.label.text = "Commune où vous travaillez, ou étudiez"
        form.school.label.text = "Votre école de service public, ou celle que vous avez quittée"
    return form


class WishesForm(BaseForm):
    """Addresses, one a line."""

    together = text("Avec qui", most=800)
    apart = text("Sans qui", most=800)

    def validate_together(self, field: Field) -> None:
        """Addresses."""
        for each in (field.data or "").split():
            if problem := wrong_with_address(each):
                raise ValidationError(f"« {each} » : {problem}")

    def validate_apart(self, field: Field) -> None:
        """Addresses, none of which is wished for as well."""
        self.validate_together(field)
        both = {each.lower() for each in (self.together.data or "").split()}
        for each in (field.data or "").lower().split():
            if each in both:
                raise ValidationError(f"{each} est aussi dans « Avec qui » : choisissez.")

    def wishes(self) -> list[tuple[WishKind, str]]:
        """What was written, kind by kind."""
        told = ((WishKind.TOGETHER, self.together.data), (WishKind.APART, self.apart.data))
        return [(kind, each) for kind, typed in told for each in (typed or "").split()]


def wishes_form(known: list[tuple[WishKind, str]]) -> WishesForm:
    """The form, with what was written before."""
    lines = {kind: "\n".join(address for said, address in known if said is kind) for kind in WishKind}
    return WishesForm(together=lines[WishKind.TOGETHER], apart=lines[WishKind.APART])
