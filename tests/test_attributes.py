"""The attributes of a field are those that WTForms writes."""

from typing import Any

import pytest
from markupsafe import Markup
from wtforms import Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired
from wtforms.widgets import Input, html_params

from collectifs.web.attributes import attributes, boxes, write_attributes_quickly
from collectifs.web.choices import pick_several


@pytest.mark.parametrize(
    "told",
    [
        {"name": "titre", "id": "f", "class_": "input"},
        {"checked": True, "readonly": False, "name": "a", "value": ""},
        {"aria_describedby": "a-aide", "data_confidential": True, "aria-invalid": "true", "rows": 3},
        {"value": 'dit « "oui" » & <non>', "placeholder": Markup('déjà &amp; "cité"')},
        {"value": None, "maxlength": 40},
        {},
    ],
)
def test_they_are_written_to_the_letter(told: dict[str, Any]) -> None:
    assert attributes(**told) == html_params(**told)


def test_every_field_that_is_typed_or_chosen_has_them() -> None:
    class Some(Form):
        title, words = StringField("Titre"), TextAreaField("Mots")
        kind = SelectField("Sorte", choices=["éprouvée"])

    write_attributes_quickly()  # web/forms.py did, once for all
    form = Some(data={"title": '"'})
    assert Input.html_params is attributes
    assert form.title(class_="input") == '<input class="input" id="title" name="title" type="text" value="&#34;">'
    assert '<textarea id="words" name="words" rows="3">' in form.words(rows=3)
    assert form.kind().startswith('<select id="kind" name="kind">')


@pytest.mark.parametrize("chosen", [[], ["b"], ["a", "b", 'c"<'], "b"])
def test_radio_buttons_and_boxes_are_written_to_the_letter(chosen: Any) -> None:
    class Some(Form):
        one = RadioField("Un", choices={"a": "L’un", "b": "", 'c"<': "<L’autre>"}, validators=[DataRequired()])
        several = pick_several("Plusieurs", choices={"a": "L’un", "b": "", 'c"<': "<L’autre>"})

    form = Some(data={"one": chosen, "several": list(chosen)})
    for group in (form.one, form.several):
        usual = [(each.id, each.label.text, each(required=False)) for each in group]
        assert boxes(group) == usual
        assert len(usual) == 3


