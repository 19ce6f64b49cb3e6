"""What a form says by itself, when no sentence of ours was given: French all the same."""

from collections.abc import Mapping

import pytest
from flask import Flask
from wtforms import DateField, Field, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from collectifs.web.forms import BaseForm

FIELDS: Mapping[str, tuple[Field, str, str]] = {
    "missing": (StringField(validators=[InputRequired()]), "", "Ce champ est requis."),
    "a little long": (
        StringField(validators=[Length(max=1)]),
        "abc",
        "Le champ ne peut pas contenir plus de 1 caractère.",
    ),
    "too long": (StringField(validators=[Length(max=2)]), "abc", "Le champ ne peut pas contenir plus de 2 caractères."),
    "no number": (IntegerField(), "deux", "N'est pas un entier valide."),
    "too much": (IntegerField(validators=[NumberRange(max=3)]), "4", "Le nombre doit être au maximum 3."),
    "no day": (DateField(), "demain", "N'est pas une date valide."),
    "not offered": (SelectField(choices=["un"]), "deux", "N'est pas un choix valide."),
}


@pytest.mark.parametrize(("field", "sent", "sentence"), FIELDS.values(), ids=FIELDS.keys())
def test_a_refusal_that_has_no_sentence_of_ours_is_said_in_french(
    app: Flask, field: Field, sent: str, sentence: str
) -> None:
    with app.test_request_context(method="POST", data={"answer": sent}):
        form = type("AnyForm", (BaseForm,), {"answer": field})(meta={"csrf": False})
        assert not form.validate()
        assert form.errors == {"answer": [sentence]}
