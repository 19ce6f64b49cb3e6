"""The forms of tutoring: opening it, a programme, a volunteer, a code, an interview, a note of one's own."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional

from collectifs.guard.domain.context import Context
from collectifs.kernel.text.typed import one_line
from collectifs.tutoring.domain.guarding import Doubt, doubts_in, without
from collectifs.tutoring.domain.interviews import LONGEST_NOTE, InterviewBody, Worked
from collectifs.tutoring.domain.opening import Duty
from collectifs.tutoring.queries.notebooks import OpenedCode
from collectifs.web.choices import pick_several, required_id, select_one
from collectifs.web.forms import BaseForm, DayField, line, text
from collectifs.web.hours import HOURS, HourField

MINUTES = "Donnez une durée en minutes."
LONGEST_OWN = 4000
SOMEBODY = "« Prénom NOM <adresse> »"


class OpeningForm(BaseForm):
    """What the data protection officer must have done, each ticked."""

    done = pick_several("Ce qui est fait", choices={each.value: each.label for each in Duty})
    advised_on = DayField("Jour où l’avis a été rendu", validators=[Optional()])

    def duties(self) -> set[Duty]:
        """What was ticked."""
        return {Duty(each) for each in self.done.data or []}


class ProgrammeForm(BaseForm):
    """A programme: its name, its school, who heads it."""

    name = line("Nom du programme", wanted="Donnez un nom au programme.", most=120)
    school = line("Établissement, ou classe préparatoire", wanted="Écrivez le nom de l’établissement.", most=120)
    head = line(f"Qui le dirige, {SOMEBODY}", wanted="Écrivez qui dirige ce programme.", most=400)
    sure = BooleanField("L’adresse est juste")


class TutorForm(BaseForm):
    """A volunteer, in full."""

    who = line(f"Un tuteur ou une tutrice, {SOMEBODY}", wanted="Écrivez une personne.", most=400)
    sure = BooleanField("L’adresse est juste")


class CodeForm(BaseForm):
    """A code of the tutor's own."""

    code = line("Son code", wanted="Choisissez un code : « A », « B2 ».", most=40)


class ToldForm(BaseForm):
    """The day when the guardians were told; empty, it is taken back."""

    told_on = DayField("Responsables légaux informés le", validators=[Optional()])


class InterviewForm(BaseForm):
    """With whom by a code, when, how long, what was worked on, a word if wished; what the guard asks of it.

    `change`: words that the code is to take the place of. `keep`: words that were asked about, and are no person.
    """

    code = select_one("Avec", wanted="Choisissez un code.")
    held_on = DayField("Le", validators=[DataRequired("Choisissez un jour.")])
    minutes = IntegerField("Durée (min)", validators=[InputRequired(MINUTES)])
    worked = pick_several("Ce qui a été travaillé", choices={each.value: each.label for each in Worked})
    note = text("Un mot pour vous", most=LONGEST_NOTE)
    next_on = DayField("Prochain rendez-vous", validators=[Optional()])
    next_hour = HourField("À", format=HOURS, validators=[Optional()])
    change = StringField(filters=[one_line])
    keep = StringField()

    context: Context = Context()
    codes: Mapping[str, str] = MappingProxyType({})
    doubts: tuple[Doubt, ...] = ()
    is_changed = False

    def validate(self, extra_validators: Any = None) -> bool:
        """Sound fields, and a note that names nobody: what could tell is asked about, and nothing is lost."""
        if self.change.data:
            self._change(self.change.data)
        is_sound = super().validate(extra_validators)
        asked = [] if self.note.errors else self._doubts()
        self.doubts = tuple(each for each in asked if each.is_refused or each.words not in self.kept_words())
        return is_sound and not self.doubts and not self.is_changed

    def _change(self, words: str) -> None:
        """What was asked about gives way: to the code, or to what the guard proposes."""
        asked = {each.words: each for each in self._doubts()} if len(self.note.data or "") < 4 * LONGEST_NOTE else {}
        if words in asked:
            instead = asked[words].instead
            code = self.chosen_code() if instead is None else instead
            self.note.data, self.is_changed = without(self.note.data or "", words, code), True

    def _doubts(self) -> list[Doubt]:
        return doubts_in(self.note.data or "", self.context, list(self.codes.values()))

    def chosen_code(self) -> str:
        """« A », or « une personne » before one is chosen."""
        return self.codes.get(self.code.data or "", "une personne")

    def kept_words(self) -> list[str]:
        """What was asked about and answered."""
        return (self.keep.data or "").split("|")

    def to_keep(self) -> str:
        """What the button that keeps the words says back: what is asked about, with what was answered before."""
        asked = [each.words for each in self.doubts if not each.is_refused]
        return "|".join(dict.fromkeys([*filter(None, self.kept_words()), *asked]))

    @property
    def may_keep(self) -> bool:
        """Whether everything that is left is a doubt, and none a refusal."""
        return bool(self.doubts) and not any(each.is_refused for each in self.doubts)

    def day(self) -> date:
        """When it was held."""
        found: date = self.data["held_on"]  # sound: the form was validated
        return found

    def code_id(self) -> UUID:
        """Which code was chosen."""
        return required_id(self.code)

    def body(self, zone: Any) -> InterviewBody:
        """What was written."""
        said: dict[str, Any] = self.data
        next_at = None
        if said["next_on"]:
            hour = said["next_hour"] or datetime.min.time()
            next_at = datetime.combine(said["next_on"], hour, zone)
        worked = tuple(each for each in Worked if each.value in (said["worked"] or []))
        return InterviewBody(said["minutes"], worked, said["note"] or "", next_at)


def interview_form(codes: Iterable[OpenedCode], context: Context, today: date) -> InterviewForm:
    """The form, on today and half an hour unless told otherwise."""
    form = InterviewForm(data={"held_on": today, "minutes": 30})
    form.codes = {str(each.id): each.code for each in codes}
    form.code.choices = dict(form.codes)
    form.context = context
    return form


class NoteForm(BaseForm):
    """A note on one's own practice."""

    text = text("Votre note", wanted="Écrivez quelque chose, ou rien du tout.", most=LONGEST_OWN)
