"""Fields that offer a list, refusing in our words what is not in it. Their choices are {value: label}."""

from typing import Any
from uuid import UUID

from wtforms import Field, RadioField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from collectifs.kernel.errors import RuleBroken

NOT_OFFERED = "Ce choix n’est pas dans la liste."
NO_CHOICE = "None"  # what the empty choice of a list becomes on its way through some programs


class _Offered:
    """What both kinds share: a forged value is refused once, in French; the word « None » chooses nothing."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was chosen."""
        super().process_formdata(["" if each == NO_CHOICE else each for each in valuelist])  # type: ignore[misc]

    def pre_validate(self, form: Any) -> None:
        """Refuse what was not offered; an empty answer is left to the validators."""
        if not self.data:  # type: ignore[attr-defined]
            return
        try:
            super().pre_validate(form)  # type: ignore[misc]
        except ValueError:
            raise StopValidation(NOT_OFFERED) from None


class _Select(_Offered, SelectField):
    pass


class _Radio(_Offered, RadioField):
    pass


class _Boxes(_Offered, SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def select_one(label: str, *, wanted: str = "", **options: Any) -> SelectField:
    """A list to unfold. `wanted` is the sentence shown when nothing is chosen; without it, it is optional."""
    return _Select(label, validators=[_required(wanted)], **options)


def pick_one(label: str, *, wanted: str = "", **options: Any) -> RadioField:
    """Two or three words side by side. `wanted` is the sentence shown when nothing is chosen."""
    return _Radio(label, validators=[_required(wanted)], **options)


def pick_several(label: str, **options: Any) -> SelectMultipleField:
    """Boxes to tick, or none."""
    return _Boxes(label, validators=[Optional()], **options)


def chosen_id(field: Field) -> UUID | None:
    """The thing that was chosen, by its id; None when nothing was. Raises RuleBroken beside the field."""
    try:
        return UUID(field.data) if field.data else None
    except ValueError:
        raise RuleBroken(NOT_OFFERED, field.name) from None


def required_id(field: Field) -> UUID:
    """The thing that had to be chosen. Raises RuleBroken beside the field."""
    found = chosen_id(field)
    if found is None:
        raise RuleBroken(NOT_OFFERED, field.name)
    return found


def _required(wanted: str) -> Any:
    return DataRequired(wanted) if wanted else Optional()
