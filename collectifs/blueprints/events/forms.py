"""The forms of whoever registers: a name, an address, two wishes a slot; and the wishes alone, to choose again."""

from collections.abc import Sequence
from uuid import UUID

from wtforms import Field

from collectifs.network.domain.placing import field_of
from collectifs.network.models import SlotChoice
from collectifs.network.queries.events import SlotFacts
from collectifs.network.services.registrations import Who
from collectifs.web.choices import pick_one
from collectifs.web.forms import BaseForm, address, line
from collectifs.web.names import NameForm

NONE = ""


class _Wishes:
    """What both forms share. Its fields are those of the slots of one day, made for it."""

    slots: Sequence[SlotFacts] = ()

    def first(self, slot_id: UUID) -> Field:
        """The first wish in a slot."""
        field: Field = self[field_of(slot_id)]  # type: ignore[index]
        return field

    def second(self, slot_id: UUID) -> Field:
        """The second wish in a slot."""
        field: Field = self[second_of(slot_id)]  # type: ignore[index]
        return field

    def wishes(self) -> dict[UUID, tuple[UUID | None, UUID | None]]:
        """What was chosen, by slot."""
        ids = [each.slot.id for each in self.slots]
        return {each: (_id(self.first(each)), _id(self.second(each))) for each in ids}


class EnrolForm(_Wishes, NameForm):
    """Who comes, and what they would like."""

    address = address("Adresse électronique")
    comes_from = line("D’où venez-vous ?", most=120)

    def who(self) -> Who:
        """What was typed."""
        return Who(**self.names(), address=self.address.data or "", comes_from=self.comes_from.data or "")


class WishesForm(_Wishes, BaseForm):
    """What they would like."""


def second_of(slot_id: UUID) -> str:
    """The name of the field of a slot's second wish."""
    return f"second-{slot_id}"


def enrol_form(slots: Sequence[SlotFacts]) -> EnrolForm:
    """The form of a day: nothing is chosen yet."""
    form: EnrolForm = _made_for(EnrolForm, slots)()
    return form


def wishes_form(slots: Sequence[SlotFacts], chosen: Sequence[SlotChoice]) -> WishesForm:
    """The form, with what was chosen before."""
    data = {}
    for each in chosen:
        data[field_of(each.slot_id)] = str(each.first_id or NONE)
        data[second_of(each.slot_id)] = str(each.second_id or NONE)
    form: WishesForm = _made_for(WishesForm, slots)(data=data)
    return form


def _made_for(base: type[BaseForm], slots: Sequence[SlotFacts]) -> type[BaseForm]:
    fields: dict[str, object] = {"slots": slots}
    for each in slots:
        choices = {NONE: "aucun"} | {str(workshop.id): workshop.title for workshop in each.held}
        fields[field_of(each.slot.id)] = pick_one("1er choix", choices=choices, default=NONE)
        fields[second_of(each.slot.id)] = pick_one("2d choix", choices=choices, default=NONE)
    return type(base.__name__, (base,), fields)


def _id(field: Field) -> UUID | None:
    return UUID(field.data) if field.data else None
