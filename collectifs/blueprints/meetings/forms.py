"""The forms of an agenda's minutes and of a situation."""

from collections.abc import Iterable
from dataclasses import replace

from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import InputRequired

from collectifs.domain.anonymity import names_found
from collectifs.domain.canvas import Step, with_minutes
from collectifs.domain.errors import RuleBroken
from collectifs.domain.spare import LONGEST_LINK, bank
from collectifs.domain.typography import NBSP, french, join_names
from collectifs.models import Meeting, User
from collectifs.queries.meetings import agenda_of
from collectifs.queries.situations import OpenedSituation
from collectifs.services.situations import SituationWords
from collectifs.web.choices import select_one
from collectifs.web.forms import BaseForm, line, text

MINUTES = "Écrivez un nombre de minutes."
QUESTION = "Écrivez la question que vous posez au groupe, par exemple : « Comment faire pour que… »"


class MinutesField(IntegerField):
    """A whole number of minutes, refused in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it; nothing typed is left to the validators."""
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError:
            raise ValueError(MINUTES) from None


class AgendaForm(BaseForm):
    """One field a step, named by its id, and the spare situation. `reset` asks for the canvas back."""

    spare_id = select_one("Celle que vous tenez prête")
    spare_link = line("L’adresse d’une vidéo", most=LONGEST_LINK)
    reset = StringField()
    steps: tuple[Step, ...] = ()

    def validate(self, extra_validators: dict[str, list[object]] | None = None) -> bool:
        """Every duration that its step does not allow is said next to it."""
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
        return bool(sound)

    def minutes(self) -> dict[str, int]:
        """The durations, by step id."""
        return {step.id: self[step.id].data for step in self.steps}

    def steps_as_typed(self) -> tuple[Step, ...]:
        """The agenda with what was typed, where its step allows it."""
        sound = [self[step.id].data if not self[step.id].errors else None for step in self.steps]
        return tuple(
            replace(step, minutes=minutes or step.minutes) for step, minutes in zip(self.steps, sound, strict=True)
        )


def agenda_form(meeting: Meeting) -> AgendaForm:
    """The form of a prepared agenda."""
    steps = agenda_of(meeting)
    fields = {
        step.id: MinutesField(
            f"Durée de l’étape {place}, {step.title}, en minutes",
            default=step.minutes,
            validators=[InputRequired(MINUTES)],
        )
        for place, step in enumerate(steps, 1)
    }
    form: AgendaForm = type("AgendaFormOfMeeting", (AgendaForm,), fields)(
        spare_id=meeting.spare_id, spare_link=meeting.spare_link
    )
    form.steps = steps
    titles = {spare.id: french(f"« {spare.title} »") for spare in bank().values()}
    form.spare_id.choices = titles | {"": "Aucune"}
    return form


class SituationForm(BaseForm):
    """Three lines, a story if wished. Names of members are asked about once, and pass when confirmed."""

    title = line("Un titre", wanted="Donnez un titre : quelques mots suffisent.", most=120)
    sentence = text("Une phrase", wanted="Dites en une phrase ce qui se passe.", most=300)
    question = text("Une question au groupe", wanted=QUESTION, most=300)
    story = text("Le récit", most=4000)
    shows_title = BooleanField("Le jour venu, montrer mon titre au groupe sans dire qu’il est de moi")
    keep = StringField()

    people: Iterable[User] = ()
    found: tuple[str, ...] = ()

    def validate(self, extra_validators: dict[str, list[object]] | None = None) -> bool:
        """Sound fields, then a question about the names that they carry."""
        if not super().validate(extra_validators):
            return False
        found = self._names()
        self.found = () if self.keep.data == "|".join(found) else tuple(found)
        return not self.found

    def _names(self) -> list[str]:
        written = "\n".join(getattr(self.words(), name) for name in ("title", "sentence", "question", "story"))
        names = [(person.given_name, person.family_name) for person in self.people]
        return names_found(written, names, [person.address for person in self.people])

    def question_about_names(self) -> str:
        """« Votre texte porte « Maud » et « Le Bihan ». »"""
        return f"Votre texte porte {join_names([f'«{NBSP}{word}{NBSP}»' for word in self.found])}."

    def words(self) -> SituationWords:
        """What was written."""
        return SituationWords(self.title.data, self.sentence.data, self.question.data, self.story.data or "")


def situation_form(people: Iterable[User], opened: OpenedSituation | None = None) -> SituationForm:
    """An empty form, or that of a situation already sent."""
    form = SituationForm(obj=opened)
    form.people = list(people)
    return form
