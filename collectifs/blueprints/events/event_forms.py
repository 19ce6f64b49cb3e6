"""The forms of a manager: a day, its slots, its workshops, who passes it on."""

from typing import Any

from wtforms import IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from collectifs.meetings.domain.canvas import library
from collectifs.network.domain.event import (
    LONGEST_ABOUT,
    LONGEST_INVITATION,
    MOST_CAPACITY,
    EventKind,
    Hours,
    hours_of,
)
from collectifs.network.models import Workshop
from collectifs.network.queries.events import EventAccess, SlotAccess
from collectifs.network.services.events import EventWords, WorkshopWords
from collectifs.web.choices import select_one
from collectifs.web.forms import BaseForm, DayField, line, text
from collectifs.web.hours import HOURS, HourField

A_DAY = "Choisissez un jour."
AN_HOUR = "Donnez une heure."
PLACES = f"De 1 à {MOST_CAPACITY} places."


class EventForm(BaseForm):
    """What a day is, when and where."""

    kind = select_one("Ce que c’est", choices={each.value: each.label for each in EventKind}, wanted="Choisissez.")
    title = line("Titre", wanted="Écrivez un titre.", most=160)
    day = DayField("Jour", validators=[DataRequired(A_DAY)])
    last_day = DayField("Dernier jour", validators=[Optional()])
    starts = HourField("Début", format=HOURS, validators=[InputRequired(AN_HOUR)])
    ends = HourField("Fin", format=HOURS, validators=[InputRequired(AN_HOUR)])
    place = line("Lieu", wanted="Indiquez le lieu : on s’y retrouve en présentiel.", most=200)
    closes_on = DayField("Inscriptions jusqu’au", validators=[DataRequired(A_DAY)])
    invitation = text("Pourquoi venir", most=LONGEST_INVITATION)

    def words(self, zone: Any) -> EventWords:
        """What was written. Raises RuleBroken for hours that cannot be."""
        said: dict[str, Any] = self.data  # sound: the form was validated
        hours = hours_of(said["day"], said["starts"], said["ends"], zone, said["last_day"])
        kind, invitation = EventKind(said["kind"]), said["invitation"] or ""
        return EventWords(kind, said["title"], hours, said["place"], said["closes_on"], invitation)


def event_form(access: EventAccess | None = None) -> EventForm:
    """The form, with what was written before."""
    if access is None:
        return EventForm()
    event, zone = access.event, access.zone
    starts, ends = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    return EventForm(
        kind=event.kind.value,
        title=event.title,
        day=starts.date(),
        last_day=ends.date() if ends.date() != starts.date() else None,
        starts=starts.time(),
        ends=ends.time(),
        place=event.place,
        closes_on=event.closes_on,
        invitation=event.invitation,
    )


class CancelEventForm(BaseForm):
    """Why, in a sentence that everybody registered reads."""

    sentence = line("Pourquoi", most=400)


class EventSlotForm(BaseForm):
    """From when to when."""

    day = DayField("Jour", validators=[DataRequired(A_DAY)])
    starts = HourField("Début", format=HOURS, validators=[InputRequired(AN_HOUR)])
    ends = HourField("Fin", format=HOURS, validators=[InputRequired(AN_HOUR)])

    def hours(self, zone: Any) -> Hours:
        """What was written. Raises RuleBroken for hours that cannot be."""
        said: dict[str, Any] = self.data
        return hours_of(said["day"], said["starts"], said["ends"], zone)


def slot_form(access: EventAccess, found: SlotAccess | None = None) -> EventSlotForm:
    """The form; a new slot begins on the day's first day."""
    zone = access.zone
    if found is None:
        return EventSlotForm(day=access.event.starts_at.astimezone(zone).date())
    starts, ends = found.slot.starts_at.astimezone(zone), found.slot.ends_at.astimezone(zone)
    return EventSlotForm(day=starts.date(), starts=starts.time(), ends=ends.time())


class WorkshopForm(BaseForm):
    """What one does in a workshop, with whom, where, for how many. `sure`: so many places, said to be meant."""

    title = line("Titre", wanted="Écrivez un titre.", most=160)
    about = text("Ce que l’on y fait", most=LONGEST_ABOUT)
    host = line("Qui l’anime", most=120)
    room = line("Salle", most=80)
    canvas = select_one("Canevas")
    capacity = IntegerField(
        "Nombre de places", validators=[InputRequired(PLACES), NumberRange(1, MOST_CAPACITY, message=PLACES)]
    )
    sure = StringField()

    losing: tuple[str, ...] = ()

    def words(self) -> WorkshopWords:
        """What was written."""
        said: dict[str, Any] = self.data
        about, host, room, canvas = (said[name] or "" for name in ("about", "host", "room", "canvas"))
        return WorkshopWords(said["title"], said["capacity"], summary=about, host=host, room=room, canvas_id=canvas)


def workshop_form(row: Workshop | None = None) -> WorkshopForm:
    """The form, with what was written before."""
    data: dict[str, Any] = {}
    if row is not None:
        data = {"title": row.title, "about": row.summary, "host": row.host, "room": row.room}
        data |= {"canvas": row.canvas_id, "capacity": row.capacity}
    form = WorkshopForm(data=data)
    form.canvas.choices = {"": "aucun"} | {each.id: each.title for each in library().values()}
    return form


class EventPartnerForm(BaseForm):
    """Who passes the day on."""

    name = line("Son nom", wanted="Écrivez un nom.", most=120)
