"""Fields that offer a list, refusing in our words what is not in it. Their choices are {value: label}."""

from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

NOT_OFFERED = "Ce choix n’est pas dans la liste."


class _Offered:
    """What both kinds share: a forged value is refused once, in French."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what was not offered; an empty answer is left to the validators."""
        if not self.data or self.data == "None":  # type: ignore[attr-defined]
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


def _required(wanted: str) -> Any:
    return InputRequired(wanted) if wanted else Optional()
