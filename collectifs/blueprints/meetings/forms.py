"""The form of a situation."""

from collections.abc import Iterable

from wtforms import BooleanField, StringField

from collectifs.kernel.text.typography import NBSP, join_names
from collectifs.meetings.queries.situations import OpenedSituation
from collectifs.meetings.services.situations import SituationWords
from collectifs.people.models import User
from collectifs.sheets.domain.anonymity import names_found
from collectifs.web.forms import BaseForm, line, text

MINUTES = "Écrivez un nombre de minutes."
QUESTION = "Écrivez la question que vous posez au groupe, par exemple : « Comment faire pour que… »"


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
