"""The form of a date, hours and a place."""

from dataclasses import replace
from datetime import datetime, time
from typing import Any

from wtforms import StringField
from wtforms.validators import InputRequired, Optional

from collectifs.collectives.models import Meeting
from collectifs.collectives.queries.collectives import CollectiveAccess
from collectifs.composition.queries.finding import located, shown_as
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.pattern import proposed_after
from collectifs.meetings.domain.planning import (
    USUAL_DURATION,
    Slot,
    check_slot,
    days_of,
    slot_from_form,
    warnings_for,
)
from collectifs.meetings.domain.school_year import SchoolCalendar, what_is_not_checked
from collectifs.meetings.queries.calendar import calendar_at
from collectifs.meetings.queries.meetings import MeetingFacts
from collectifs.web.forms import BaseForm, DayField, line, text
from collectifs.web.hours import HOURS, HourField

USUAL_START = time(14)
PLACE = "Indiquez le lieu : les regroupements se font en présentiel."


class SlotForm(BaseForm):
    """When and where. What is unusual in the day is asked once, and passes when the answer names that day."""

    day = DayField("Jour", format=["%Y-%m-%d", "%d/%m/%Y"], validators=[InputRequired("Choisissez un jour.")])
    starts = HourField("Début", format=HOURS, validators=[InputRequired("Donnez une heure de début.")])
    ends = HourField("Fin", format=HOURS, validators=[Optional()])
    place = line("Lieu", wanted=PLACE, most=200)
    commune = line("Commune", most=80)
    access_note = text("Accès", most=400)
    keep = StringField()

    number: int = 1
    others: list[MeetingFacts]
    where: CollectiveAccess
    calendar: SchoolCalendar
    now: datetime
    settled_at: datetime | None = None
    is_proposed: bool = False
    warnings: tuple[str, ...] = ()

    def validate(self, extra_validators: dict[str, list[object]] | None = None) -> bool:
        """Sound fields and a date that can be; only then the questions that an unusual day raises."""
        if not super().validate(extra_validators):
            return False
        try:
            self._check_date()
        except RuleBroken as refusal:
            self.refuse(refusal)
            return False
        day, settled = self.day.data, self.settled_at.astimezone(self.where.zone).date() if self.settled_at else None
        if day and day != settled and self.keep.data != day.isoformat():
            days = days_of(self.others, self.where.zone)
            self.warnings = tuple(warnings_for(day, self.number, days, self.calendar))
        return not self.warnings

    def _check_date(self) -> None:
        """What the service will refuse, before anything is asked. Where it stands already, a date is not judged."""
        slot, where = self.slot(), self.where
        if slot.starts_at != self.settled_at:
            season = where.collective.season
            check_slot(slot, others=self.others, season=season, zone=where.zone, now=self.now)

    @property
    def not_checked(self) -> str:
        """What this application does not know of the school holidays there; "" when it knows them."""
        return what_is_not_checked(self.calendar, self.day.data)

    def slot(self) -> Slot:
        """The meeting's place in time and in the world, or a refusal."""
        day, starts, ends = self.day.data, self.starts.data, self.ends.data
        commune, insee = located(self.commune.data or "", self.where.territory.code, "commune")
        note, place, zone = self.access_note.data or "", self.place.data, self.where.zone
        return replace(slot_from_form(day, starts, ends, place, note, zone, commune), insee=insee)


class CancelForm(BaseForm):
    """Only a button: no reason is asked."""


def new_slot_form(number: int, series: list[MeetingFacts], where: CollectiveAccess) -> SlotForm:
    """The form of the next meeting: hours and place of the last one, to begin with."""
    taken_over = _like_the_pattern(series, where)
    form = SlotForm(**(_like_the_last(series, where) | taken_over))
    form.is_proposed = bool(taken_over)
    return _placed(form, number, series, where)


def _like_the_last(series: list[MeetingFacts], where: CollectiveAccess) -> dict[str, Any]:
    if not series:
        return {"starts": USUAL_START}
    last, zone = series[-1], where.zone
    starts, ends = last.starts_at.astimezone(zone), last.ends_at.astimezone(zone)
    return {
        "starts": starts.time(),
        "ends": None if ends - starts == USUAL_DURATION else ends.time(),
        "place": last.place,
        "commune": shown_as(last.commune, last.insee, where.territory.code),
        "access_note": last.access_note,
    }


def _like_the_pattern(series: list[MeetingFacts], where: CollectiveAccess) -> dict[str, Any]:
    """Of a collective taken over from another: the next day that is proposed, with its hours."""
    after = max([clock.now(), *(each.starts_at for each in series)]).astimezone(where.zone).date()
    ahead = proposed_after(where.collective.proposed_days, after)
    return vars(ahead[0]) if ahead else {}


def slot_form_of(meeting: Meeting, others: list[MeetingFacts], where: CollectiveAccess) -> SlotForm:
    """The form of a meeting that has a date already."""
    starts, ends = meeting.starts_at.astimezone(where.zone), meeting.ends_at.astimezone(where.zone)
    form = SlotForm(
        day=starts.date(),
        starts=starts.time(),
        ends=ends.time(),
        place=meeting.place,
        commune=shown_as(meeting.commune, meeting.insee, where.territory.code),
        access_note=meeting.access_note,
    )
    form.settled_at = meeting.starts_at
    return _placed(form, meeting.number, others, where)


def _placed(form: SlotForm, number: int, others: list[MeetingFacts], where: CollectiveAccess) -> SlotForm:
    """The form with what its questions need: the series, the clock and the school year of the territory."""
    form.number, form.others, form.where, form.now = number, others, where, clock.now()
    form.calendar = calendar_at(where.territory)
    return form
