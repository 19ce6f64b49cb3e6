"""The form of an attendance list: one group of radio buttons a line, and what each line showed when it was opened."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from wtforms import Field, HiddenField, RadioField, StringField
from wtforms.validators import Optional

from collectifs.meetings.domain.attendance import AttendanceState, Mark
from collectifs.meetings.queries.attendance import GuestLine, RollLine
from collectifs.meetings.services.attendance import Ticked
from collectifs.web.forms import BaseForm, line

Line = RollLine | GuestLine
REMOVE = "remove"
UNMARKED = "unmarked"
STATES = {state.value or UNMARKED: state.label for state in AttendanceState}
GUEST_STATES = {value: label for value, label in STATES.items() if value != AttendanceState.EXCUSED.value}
BEFORE = {UNMARKED: "Attendue"}


class AttendanceForm(BaseForm):
    """Each line sends what it showed and what is ticked; `everybody` is the second button of the list."""

    guest_name = line("Prénom et nom", most=80)
    guest_establishment = line("École ou établissement", most=120)
    everybody = StringField()

    members: Sequence[RollLine] = ()
    guests: Sequence[GuestLine] = ()

    def ticked(self) -> Ticked:
        """What was saved, ready for the service."""
        return Ticked(
            members={row.user_id: self._mark(row) for row in self.members},
            guests={row.id: self._mark(row) for row in self.guests},
            removed=frozenset(row.id for row in self.guests if self.field_of(row).data == REMOVE),
            guest_name=self.guest_name.data or "",
            guest_establishment=self.guest_establishment.data or "",
        )

    def field_of(self, row: Line) -> Field:
        """The radio buttons of a line."""
        field: Field = self[f"etat_{_key(row).hex}"]
        return field

    def seen_of(self, row: Line) -> Field:
        """What the line showed when the page was opened."""
        field: Field = self[f"vu_{_key(row).hex}"]
        return field

    def _mark(self, row: Line) -> Mark:
        seen = _state(self.seen_of(row).data, row.state)
        chosen = _state(self.field_of(row).data, seen)
        is_empty = chosen is AttendanceState.UNMARKED
        return Mark(seen, AttendanceState.PRESENT if self.everybody.data and is_empty else chosen)


def attendance_form(members: Sequence[RollLine], guests: Sequence[GuestLine], *, is_open: bool) -> AttendanceForm:
    """The form of a list; before the day (`is_open` false) nothing is ticked yet, only guests come and go."""
    fields: dict[str, Any] = {}
    fields |= _fields(members, STATES if is_open else {})
    fields |= _fields(guests, (GUEST_STATES if is_open else BEFORE) | {REMOVE: "À retirer"})
    form: AttendanceForm = type("AttendanceFormOfMeeting", (AttendanceForm,), fields)()
    form.members, form.guests = members, guests
    return form


def _fields(rows: Iterable[Line], choices: dict[str, str]) -> dict[str, Any]:
    """An unknown value changes nothing, as a line that was not sent: hence no validation here."""
    found: dict[str, Any] = {}
    for row in rows:
        shown = row.state.value or UNMARKED
        found[f"etat_{_key(row).hex}"] = RadioField(
            row.name, choices=choices, default=shown, validators=[Optional()], validate_choice=False
        )
        found[f"vu_{_key(row).hex}"] = HiddenField(default=shown)
    return found


def _key(row: Line) -> UUID:
    return row.user_id if isinstance(row, RollLine) else row.id


def _state(sent: str | None, otherwise: AttendanceState) -> AttendanceState:
    known = {value: AttendanceState(value if value != UNMARKED else "") for value in STATES}
    return known.get(sent or "", otherwise)
