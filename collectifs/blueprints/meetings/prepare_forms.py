"""The forms of preparing: the minutes of an agenda and what holds in the room; its steps, its canvas."""

from dataclasses import replace
from datetime import datetime

from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import InputRequired, Optional

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import french
from collectifs.live.domain.parking import LONGEST_PARKED
from collectifs.meetings.domain.canvas import Step, by_what_they_produce, with_minutes
from collectifs.meetings.domain.canvas_adapting import OwnStep
from collectifs.meetings.domain.preparing import room_closing
from collectifs.meetings.domain.spare import LONGEST_LINK, bank
from collectifs.meetings.queries.meetings import MeetingAccess, agenda_of
from collectifs.meetings.services.preparing import RoomRules, SpareHeld
from collectifs.web.choices import pick_one, select_one
from collectifs.web.forms import BaseForm, line
from collectifs.web.hours import HOURS, HourField

MINUTES = "Écrivez un nombre de minutes."


class MinutesField(IntegerField):
    """A whole number of minutes, refused in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it; nothing typed is left to the validators."""
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError:
            raise ValueError(MINUTES) from None


class AgendaForm(BaseForm):
    """One field a step, named by its id, and what holds in the room.

    Each button keeps all that was typed: `series` for the following meetings too, `to_steps` before going to
    change the steps, `unpark` to take a line off; only `reset` asks for the canvas back instead.
    """

    spare_id = select_one("Celle que vous tenez prête")
    spare_link = line("L’adresse d’une vidéo", most=LONGEST_LINK)
    without_notes = BooleanField("Sans notes")
    room_closes = HourField("La salle ferme à", format=HOURS, validators=[Optional()])
    parked = line("À ne pas oublier", most=LONGEST_PARKED)
    reset = StringField()
    series = StringField()
    to_steps = StringField()
    unpark = StringField()
    steps: tuple[Step, ...] = ()
    meeting: MeetingAccess

    def validate(self, extra_validators: dict[str, list[object]] | None = None) -> bool:
        """Every duration that its step does not allow is said next to it, and an hour that cannot be."""
        if self.reset.data:
            return True
        sound = super().validate(extra_validators)
        for step in self.steps:
            if not self[step.id].errors:
                try:
                    with_minutes((step,), {step.id: self[step.id].data})
                except RuleBroken as refusal:
                    self.refuse(refusal)
                    sound = False
        return self._closes_after_start() and bool(sound)

    def _closes_after_start(self) -> bool:
        try:
            self.room()
        except RuleBroken as refusal:
            self.refuse(refusal)
            return False
        return True

    def minutes(self) -> dict[str, int]:
        """The durations, by step id."""
        return {step.id: self[step.id].data for step in self.steps}

    def held(self) -> SpareHeld:
        """What is held ready for want of a situation."""
        return SpareHeld(self.spare_id.data or "", self.spare_link.data or "")

    def room(self) -> RoomRules:
        """With or without notes; when the room closes; or a refusal."""
        row, zone = self.meeting.meeting, self.meeting.access.zone
        closes_at = room_closing(row.starts_at, self.room_closes.data, zone)
        return RoomRules(keeps_notes=not self.without_notes.data, closes_at=closes_at)

    def steps_as_typed(self) -> tuple[Step, ...]:
        """The agenda with what was typed, where its step allows it."""
        sound = [self[step.id].data if not self[step.id].errors else None for step in self.steps]
        return tuple(
            replace(step, minutes=minutes or step.minutes) for step, minutes in zip(self.steps, sound, strict=True)
        )


def agenda_form(meeting: MeetingAccess) -> AgendaForm:
    """The form of a prepared agenda."""
    row = meeting.meeting
    steps = agenda_of(row)
    fields = {
        step.id: MinutesField(
            f"Durée de l’étape {place}, {step.title}, en minutes",
            default=step.minutes,
            validators=[InputRequired(MINUTES)],
        )
        for place, step in enumerate(steps, 1)
    }
    closes = _local(row.room_closes_at, meeting)
    form: AgendaForm = type("AgendaFormOfMeeting", (AgendaForm,), fields)(
        spare_id=row.spare_id,
        spare_link=row.spare_link,
        without_notes=not row.keeps_notes,
        room_closes=closes.time() if closes else None,
    )
    form.steps, form.meeting = steps, meeting
    titles = {spare.id: french(f"« {spare.title} »") for spare in bank().values()}
    form.spare_id.choices = titles | {"": "Aucune"}
    return form


def _local(instant: datetime | None, meeting: MeetingAccess) -> datetime | None:
    return instant.astimezone(meeting.access.zone) if instant else None


class StepsForm(BaseForm):
    """Only buttons, each valued by the step that it is about."""

    up = StringField()
    down = StringField()
    drop = StringField()
    back = StringField()


class OwnStepForm(BaseForm):
    """A step that no canvas has."""

    title = line("Son nom", wanted="Donnez un nom à cette étape.", most=50)
    minutes = MinutesField("Durée, en minutes", validators=[InputRequired(MINUTES)], default=10)
    after = select_one("Sa place")
    speaks = line("Qui parle", wanted="Dites qui parle, par exemple : tout le monde.", most=60)
    silent = line("Qui se tait", most=60)
    rule = line("La règle, en une phrase", most=90)

    def own(self) -> OwnStep:
        """What was written."""
        silent, rule = self.silent.data or "", self.rule.data or ""
        return OwnStep(self.title.data, self.minutes.data or 0, self.speaks.data, silent, rule)


def own_step_form(steps: tuple[Step, ...]) -> OwnStepForm:
    """The empty form: its step comes before the last one unless told otherwise."""
    form = OwnStepForm(after=steps[-2].id if len(steps) > 1 else "", speaks="tout le monde")
    titles = {step.id: french(f"Après l’étape {place}, {step.title}") for place, step in enumerate(steps, 1)}
    form.after.choices = {"": "Au tout début"} | titles
    return form


class CanvasForm(BaseForm):
    """One canvas of the library."""

    canvas_id = pick_one("Le canevas", wanted="Choisissez un canevas.")


def canvas_form(canvas_id: str) -> CanvasForm:
    """The library, the canvas in use chosen."""
    form = CanvasForm(canvas_id=canvas_id)
    offered = (canvas for _, group in by_what_they_produce() for canvas in group)
    form.canvas_id.choices = {canvas.id: canvas.title for canvas in offered}
    return form
