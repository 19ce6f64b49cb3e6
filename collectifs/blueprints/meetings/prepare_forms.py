"""The forms of preparing: the whole page, and a step of one's own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from wtforms import BooleanField, HiddenField, IntegerField, StringField
from wtforms.validators import InputRequired, Optional

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import french
from collectifs.live.domain.parking import LONGEST_PARKED
from collectifs.live.queries.parking import OpenedParked
from collectifs.meetings.domain.arrangement import Arrangement, as_asked
from collectifs.meetings.domain.canvas import LONGEST_STEP, Step, with_minutes
from collectifs.meetings.domain.canvas_adapting import OwnStep
from collectifs.meetings.domain.preparing import room_closing
from collectifs.meetings.domain.spare import LONGEST_LINK, bank
from collectifs.meetings.queries.meetings import MeetingAccess
from collectifs.meetings.services.preparing import RoomRules, SpareHeld, arrangement_here
from collectifs.web.choices import pick_several, select_one
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
    """The whole page: one field a step, named by its id, their order, and what holds in the room; one save.

    `up`, `down`, `drop`, `back` arrange the steps and keep nothing: the page comes back with the change to
    save. `to` keeps all, then goes on to the canvases or to a step of one's own.
    """

    order = HiddenField()
    removed = HiddenField()
    spare_id = select_one("Celle que vous tenez prête")
    spare_link = line("L’adresse d’une vidéo", most=LONGEST_LINK)
    without_notes = BooleanField("Sans notes")
    room_closes = HourField("La salle ferme à", format=HOURS, validators=[Optional()])
    parked = line("À ne pas oublier", most=LONGEST_PARKED)
    unpark = pick_several("À retirer", validate_choice=False)  # a line may be gone meanwhile
    series = BooleanField("Le même pour les regroupements suivants")
    up = StringField()
    down = StringField()
    drop = StringField()
    back = StringField()
    to = StringField()
    arrangement: Arrangement
    meeting: MeetingAccess

    def arranges(self) -> bool:
        """Whether a button only asked for another arrangement: done here, and nothing else is."""
        if not self.is_posted() or not any(button.data for button in self._arranging()):
            return False
        try:
            self._arrange()
        except RuleBroken as refusal:
            self.refuse(refusal)
        self._write_arrangement()
        return True

    def _arranging(self) -> tuple[StringField, ...]:
        return self.up, self.down, self.drop, self.back

    def _arrange(self) -> None:
        now = self.arrangement
        if self.drop.data:
            self.arrangement = now.without(self.drop.data)
        elif self.back.data:
            self.arrangement = now.with_back(self.back.data)
        else:
            self.arrangement = now.moved(self.up.data or self.down.data or "", up=bool(self.up.data))

    def read_arrangement(self) -> None:
        """The order that was sent, if one was; what is taken out is not asked for its minutes."""
        asked = (self.order.data or "").split(), (self.removed.data or "").split()
        try:
            self.arrangement = as_asked(self.arrangement, *asked).checked() if self.is_posted() else self.arrangement
        except RuleBroken as refusal:
            self.refuse(refusal)
        for step in self.arrangement.steps:
            is_new = step.id not in asked[0] and not self[step.id].raw_data  # added since this page was opened
            if step.id in self.arrangement.removed or is_new:
                self[step.id].validators, self[step.id].process_errors = (), []
        self._write_arrangement()

    def _write_arrangement(self) -> None:
        self.order.data = " ".join(step.id for step in self.arrangement.steps)
        self.removed.data = " ".join(sorted(self.arrangement.removed))

    def validate(self, extra_validators: dict[str, list[object]] | None = None) -> bool:
        """Every duration that its step does not allow is said next to it, and an hour that cannot be."""
        sound = super().validate(extra_validators) and not self.refusal
        for step in self.arrangement.kept:
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
        return {step.id: self[step.id].data for step in self.arrangement.kept}

    def held(self) -> SpareHeld:
        """What is held ready for want of a situation."""
        return SpareHeld(self.spare_id.data or "", self.spare_link.data or "")

    def room(self) -> RoomRules:
        """With or without notes; when the room closes; or a refusal."""
        row, zone = self.meeting.meeting, self.meeting.access.zone
        closes_at = room_closing(row.starts_at, self.room_closes.data, zone)
        return RoomRules(keeps_notes=not self.without_notes.data, closes_at=closes_at)

    def closes_as_typed(self) -> datetime | None:
        """When the room closes, if what was typed can be."""
        try:
            return self.room().closes_at
        except RuleBroken:
            return None

    def steps_as_typed(self) -> tuple[Step, ...]:
        """The agenda with what was typed, where its step allows it."""
        return tuple(self._as_typed(step) for step in self.arrangement.kept)

    def _as_typed(self, step: Step) -> Step:
        typed = self[step.id].data
        is_other = typed not in (None, step.minutes) and step.least <= typed <= LONGEST_STEP
        return replace(step, minutes=typed) if is_other else step


def agenda_form(meeting: MeetingAccess, parked: Sequence[OpenedParked]) -> AgendaForm:
    """The form of a meeting that is prepared; `parked`: what its series has set aside."""
    row = meeting.meeting
    arrangement = arrangement_here(row)
    fields = {step.id: _minutes_field(step) for step in arrangement.steps}
    closes = _local(row.room_closes_at, meeting)
    kind: type[AgendaForm] = type("AgendaFormOfMeeting", (AgendaForm,), fields)
    form = kind(
        spare_id=row.spare_id,
        spare_link=row.spare_link,
        without_notes=not row.keeps_notes,
        room_closes=closes.time() if closes else None,
    )
    form.arrangement, form.meeting = arrangement, meeting
    titles = {spare.id: french(f"« {spare.title} »") for spare in bank().values()}
    form.spare_id.choices = titles | {"": "Aucune"}
    form.unpark.choices = {str(item.id): french(item.text) for item in parked}
    form.read_arrangement()
    return form


def _minutes_field(step: Step) -> MinutesField:
    wanted = [InputRequired(MINUTES)]
    return MinutesField(french(f"Minutes : {step.title}"), default=step.minutes, validators=wanted)


def _local(instant: datetime | None, meeting: MeetingAccess) -> datetime | None:
    return instant.astimezone(meeting.access.zone) if instant else None


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
