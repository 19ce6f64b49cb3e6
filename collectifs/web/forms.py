"""The base of every form, and the fields that carry our limits and our words."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import DateField, EmailField, Field, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError
from wtforms.widgets import RadioInput

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typed import clean, one_line
from collectifs.people.domain.people import wrong_with_address
from collectifs.web.attributes import write_attributes_quickly
from collectifs.web.form_tokens import CheckedAlready
from collectifs.web.sent import sent_texts

write_attributes_quickly()


class BaseForm(FlaskForm):  # type: ignore[misc]
    """A form that knows whether it was posted, and where to show a rule's refusal."""

    refusal: str = ""

    class Meta:
        """What was sent, as the fields are filled from it, and the language of the refusals that are not ours."""

        locales = ("fr",)
        csrf_class = CheckedAlready

        def wrap_formdata(self, _form: FlaskForm, _formdata: object) -> Any:
            """Texts alone: a file, or an object of a script, sent in the place of a text is none."""
            return sent_texts() if request.method == "POST" else None

        def render_field(self, field: Field, render_kw: dict[str, Any]) -> Any:
            """A field that is wanted says so without `required`: an empty one would be read as wrong untouched."""
            wanted: dict[str, Any] = {"required": False}
            if not isinstance(field.widget, RadioInput):  # of a group, no single one is wanted
                wanted["aria-required"] = "true"
            return field.widget(field, **({**wanted, **render_kw} if field.flags.required else render_kw))

    def is_posted(self) -> bool:
        """Whether the request carries this form."""
        return request.method == "POST"

    def refuse(self, refusal: RuleBroken) -> None:
        """Show a rule's sentence next to its field, or at the top of the form."""
        field = self._fields.get(refusal.field or "")
        if field is None:
            self.refusal = refusal.sentence
        else:
            field.errors = [*field.errors, refusal.sentence]


class DayField(DateField):
    """A day, typed or picked, refused in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it; nothing typed is left to the validators."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Écrivez le jour ainsi : 13/01/2027.") from None


def _limits(wanted: str, most: int) -> list[Any]:
    required = DataRequired(wanted) if wanted else Optional()
    too_long = f"Ce texte dépasse {most:n} caractères : raccourcissez-le, rien n’est coupé à votre place."
    return [required, Length(max=most, message=too_long)]


def line(label: str, *, wanted: str = "", most: int = 200, **options: Any) -> Field:
    """A single line. `wanted` is the sentence shown when it is empty; without it, it is optional."""
    return StringField(label, validators=_limits(wanted, most), filters=[one_line], **options)


def text(label: str, *, wanted: str = "", most: int = 4000, **options: Any) -> Field:
    """Several lines."""
    return TextAreaField(label, validators=_limits(wanted, most), filters=[clean], **options)


def address(label: str, *, wanted: str = "Écrivez une adresse électronique.") -> Field:
    """An e-mail address."""
    return EmailField(label, validators=[*_limits(wanted, 254), looks_like_an_address], filters=[one_line])


def looks_like_an_address(_form: FlaskForm, field: Field) -> None:
    """A validator: what the rule takes for an address."""
    if field.data and (problem := wrong_with_address(field.data)):
        raise ValidationError(problem)
