"""The forms of the composition."""

from wtforms import TextAreaField
from wtforms.validators import Length

from collectifs.web.forms import BaseForm


class TravelForm(BaseForm):
    """What a territory knows of its roads."""

    barriers = TextAreaField("Rives sans pont", validators=[Length(max=20_000, message="Ce texte est trop long.")])
    measured = TextAreaField(
        "Minutes mesurées", validators=[Length(max=900_000, message="Cette table est trop longue.")]
    )
