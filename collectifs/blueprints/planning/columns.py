"""The form of the convocation's columns: a row each, its place, its title, what it holds."""

from collections.abc import Sequence
from typing import Any

from wtforms import Field, IntegerField, SelectField, StringField
from wtforms.validators import Length, Optional

from collectifs.kernel.text.typed import one_line
from collectifs.meetings.domain.convocation import HOLDS, LONGEST_TITLE, MOST_COLUMNS, Column, read_column
from collectifs.web.forms import BaseForm

SPARE_ROWS = 3
NOTHING = ""
CHOICES = {NOTHING: "Sans cette colonne", **HOLDS}
TOO_LONG = f"Ce titre dépasse {LONGEST_TITLE} caractères."


class PlaceField(IntegerField):
    """The place of a column, refused in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it."""
        try:
            super().process_formdata([value.strip() for value in valuelist if value.strip()])
        except ValueError:
            raise ValueError("Écrivez la place de la colonne en chiffres.") from None


class ColumnsForm(BaseForm):
    """Three fields a row; `reset` asks for the usual columns back."""

    reset = StringField()
    size: int = 0

    def rows(self) -> list[tuple[Field, Field, Field]]:
        """The fields, row by row."""
        return [(self[f"place_{row}"], self[f"titre_{row}"], self[f"contenu_{row}"]) for row in range(self.size)]

    def columns(self) -> list[tuple[Column, str]]:
        """The columns in the order of their places, each with the field of its content; empty rows are left out."""
        found = []
        for row, (place, title, holds) in enumerate(self.rows()):
            if holds.data != NOTHING:
                at = place.data if place.data is not None else MOST_COLUMNS + row
                found.append((at, row, read_column(title.data or "", holds.data, field=holds.name), holds.name))
        return [(column, field) for _, _, column, field in sorted(found, key=lambda each: each[:2])]


def columns_form(columns: Sequence[Column]) -> ColumnsForm:
    """The form of the columns kept, with a few empty rows."""
    size = min(MOST_COLUMNS, len(columns) + SPARE_ROWS)
    fields: dict[str, Any] = {}
    for row in range(size):
        column = columns[row] if row < len(columns) else Column("", NOTHING)
        number = f"colonne {row + 1}"
        fields[f"place_{row}"] = PlaceField(f"Place, {number}", default=row + 1, validators=[Optional()])
        fields[f"titre_{row}"] = StringField(
            f"Titre, {number}",
            default=column.title,
            validators=[Optional(), Length(max=LONGEST_TITLE, message=TOO_LONG)],
            filters=[one_line],
        )
        fields[f"contenu_{row}"] = SelectField(
            f"Contenu, {number}", default=column.holds, choices=CHOICES, validate_choice=False
        )
    form: ColumnsForm = type("ColumnsFormOfTerritory", (ColumnsForm,), fields)()
    form.size = size
    return form
