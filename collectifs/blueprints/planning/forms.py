"""The form of a date, hours and a place."""

from datetime import date, time
from zoneinfo import ZoneInfo

from wtforms import DateField, StringField, TimeField
from wtforms.validators import InputRequired, Optional

from collectifs.domain.errors import RuleBroken
from collectifs.domain.planning import USUAL_DURATION, Slot, slot_from_form, usual_end, warnings_for
from collectifs.models import Meeting
from collectifs.queries.meetings import MeetingFacts
from collectifs.web.forms import BaseForm, line, text

USUAL_START = time(14)
HOURS = ["%H:%M", "%H:%M:%S", "%Hh%M", "%H h %M", "%Hh", "%H h"]
PLACE = "Indiquez le lieu : les regroupements se font en présence."


class DayField(DateField):
    """A day, typed or picked, refused in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it; nothing typed is left to the validators."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Écrivez le jour ainsi : 13/01/2027.") from None


class HourField(TimeField):
    """An hour, typed or picked, refused in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it; nothing typed is left to the validators."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Écrivez l’heure ainsi : 14:00.") from None


class SlotForm(BaseForm):
    """When and where. What is unusual in the day is asked once, and passes when the answer names that day."""

    day = DayField("Jour", format=["%Y-%m-%d", "%d/%m/%Y"], validators=[InputRequired("Choisissez un jour.")])
    starts = HourField("Début", format=HOURS, validators=[InputRequired("Donnez une heure de début.")])
    ends = HourField("Fin", format=HOURS, validators=[Optional()])
    place = line("Lieu", wanted=PLACE, most=200)
    access_note = text("Accès", most=400)
    keep = StringField()

    number: int = 1
    days: dict[int, date]
    zone: ZoneInfo
    settled: date | None = None
    warnings: tuple[str, ...] = ()

    def validate(self, extra_validators: dict[str, list[object]] | None = None) -> bool:
        """Sound fields, then the questions that an unusual day raises."""
        if not super().validate(extra_validators):
            return False
        try:
            self.slot()
        except RuleBroken as refusal:
            self.refuse(refusal)
            return False
        day = self.day.data
        if day and day != self.settled and self.keep.data != day.isoformat():
            self.warnings = tuple(warnings_for(day, self.number, self.days))
        return not self.warnings

    def slot(self) -> Slot:
        """The meeting's place in time and in the world. Raises RuleBroken."""
        day, starts = self.day.data, self.starts.data
        if day is None or starts is None:
            raise RuleBroken("Choisissez un jour et une heure de début.", "day")
        ends = self.ends.data or usual_end(starts)
        return slot_from_form(day, starts, ends, self.place.data, self.access_note.data or "", self.zone)


def new_slot_form(number: int, series: list[MeetingFacts], zone: ZoneInfo, days: dict[int, date]) -> SlotForm:
    """The form of the next meeting: hours and place of the last one, to begin with."""
    if not series:
        form = SlotForm(starts=USUAL_START)
    else:
        last = series[-1]
        starts, ends = last.starts_at.astimezone(zone), last.ends_at.astimezone(zone)
        form = SlotForm(
            starts=starts.time(),
            ends=None if ends - starts == USUAL_DURATION else ends.time(),
            place=last.place,
            access_note=last.access_note,
        )
    form.number, form.days, form.zone = number, days, zone
    return form


def slot_form_of(meeting: Meeting, zone: ZoneInfo, days: dict[int, date]) -> SlotForm:
    """The form of a meeting that has a date already."""
    starts, ends = meeting.starts_at.astimezone(zone), meeting.ends_at.astimezone(zone)
    form = SlotForm(
        day=starts.date(),
        starts=starts.time(),
        ends=ends.time(),
        place=meeting.place,
        access_note=meeting.access_note,
    )
    form.number, form.days, form.zone, form.settled = meeting.number, days, zone, starts.date()
    return form
