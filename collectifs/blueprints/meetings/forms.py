"""The form of a situation."""

from wtforms import BooleanField, StringField

from collectifs.guard.domain.context import Context
from collectifs.guard.domain.guard import marks
from collectifs.guard.domain.marks import Kind
from collectifs.kernel.text.typography import NBSP, join_names
from collectifs.meetings.queries.situations import OpenedSituation
from collectifs.meetings.services.situations import SituationWords
from collectifs.web.forms import BaseForm, line, text

MINUTES = "Écrivez un nombre de minutes."
# A day or an hour tells nothing to those who were there: inside the collective they are not asked about.
INSIDE = (Kind.DATE, Kind.TIME)
QUESTION = "Écrivez la question que vous posez au groupe, par exemple : « Comment faire pour que… »"


class SituationForm(BaseForm):
    """Three lines, a story if wished. What could tell who is spoken of is asked about once."""

    title = line("Un titre", wanted="Donnez un titre : quelques mots suffisent.", most=120)
    sentence = text("Une phrase", wanted="Dites en une phrase ce qui se passe.", most=300)
    question = text("Une question au groupe", wanted=QUESTION, most=300)
    story = text("Le récit", most=4000)
    shows_title = BooleanField("Le jour venu, montrer mon titre au groupe sans dire qu’il est de moi")
    keep = StringField()
    from_note = StringField()

    context: Context = Context()
    found: tuple[str, ...] = ()
    whys: tuple[tuple[str, str, str], ...] = ()

    def validate(self, extra_validators: dict[str, list[object]] | None = None) -> bool:
        """Sound fields, then a gentle word about what in them could tell who is spoken of."""
        if not super().validate(extra_validators):
            return False
        found = self._names()
        self.found = () if self.keep.data == "|".join(found) else tuple(found)
        return not self.found

    def _names(self) -> list[str]:
        written = "\n".join(getattr(self.words(), name) for name in ("title", "sentence", "question", "story"))
        found = [mark for mark in marks(written, self.context) if mark.kind not in INSIDE]
        self.whys = tuple(dict.fromkeys((written[mark.start : mark.end], mark.reason, mark.instead) for mark in found))
        return list(dict.fromkeys(words for words, _, _ in self.whys))

    def question_about_names(self) -> str:
        """« Votre texte porte « Maud » et « Le Bihan ». »"""
        return f"Votre texte porte {join_names([f'«{NBSP}{word}{NBSP}»' for word in self.found])}."

    def words(self) -> SituationWords:
        """What was written."""
        return SituationWords(self.title.data, self.sentence.data, self.question.data, self.story.data or "")


def situation_form(context: Context, opened: OpenedSituation | None = None) -> SituationForm:
    """An empty form, or that of a situation already sent; `context`: what the guard knows of the collective."""
    form = SituationForm(obj=opened)
    form.context = context
    return form
