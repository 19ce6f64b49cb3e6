"""The forms of a sheet."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Self

from flask import request
from wtforms import BooleanField, HiddenField
from wtforms.validators import DataRequired

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typed import clean, one_line, whole_number
from collectifs.meetings.domain.tags import Axis, Tags
from collectifs.people.domain.person import Degree
from collectifs.sheets.domain.doubts import Choice, Decision, Undecided
from collectifs.sheets.domain.life import About
from collectifs.sheets.domain.sheet import MOST_ANSWERS, Answer, AnswerKind, SheetContent
from collectifs.sheets.queries.sheets import SheetAccess, open_draft
from collectifs.sheets.services.versions import DraftConflict
from collectifs.web.choices import pick_one
from collectifs.web.forms import BaseForm, text
from collectifs.web.sent import sent_as, sent_line, sent_object

ANSWER_FIELD = re.compile(r"reponse-(\d{1,3})-(?:text|kind|condition)")
DOMAIN_FIELD = re.compile(r"answers-(\d{1,3})-\w+")
SENTENCE_LIMIT, REMARK_LIMIT, LONGEST_VERB = 500, 2000, 16
NO_SHEET = "Cette fiche n’a pas pu être lue : rechargez la page."
WAYS = {
    "delay": "Chaque personne la lit, pendant trois jours de classe",
    "room": "Relue et acceptée en séance : toutes les personnes présentes viennent de dire oui",
}
OBJECTIONS = {
    About.TEXT: "au texte : la fiche reste en attente",
    About.TRANSMISSION: "à sa transmission : la fiche reste dans le collectif",
    About.NAME: "au nom du collectif : transmise, elle ne porterait qu’un code",
}
PASSAGE, OTHER_WORDS = "passage-", "mots-"
CHOICES = {choice.value: choice for choice in Choice}
KINDS = {kind.value: kind for kind in AnswerKind}


class SheetForm(BaseForm):
    """The whole sheet, sent at each button; `reponse-1-text`… are the answers, as components write them."""

    question = text("1- Notre problématique", most=4000)
    revision = HiddenField()

    def __init__(self, sheet: SheetAccess) -> None:
        super().__init__()
        self.conflict = False
        self.answer_errors: dict[int, list[str]] = {}
        self.draft = self._sent() if self.is_posted() else open_draft(sheet.sheet)
        self._current = str(sheet.sheet.revision)
        if not self.is_posted():
            self.question.data, self.revision.data = self.draft.question, self._current

    def _sent(self) -> SheetContent:
        numbers = sorted({int(found[1]) for name in request.form if (found := ANSWER_FIELD.fullmatch(name))})
        tags = Tags.chosen({name: request.form.getlist(name) for name in (*Axis, "resource")})
        return SheetContent(self.question.data or "", tuple(self._answer(number) for number in numbers), tags)

    def _answer(self, number: int) -> Answer:
        words, kind, condition = (
            request.form.get(f"reponse-{number}-{part}") for part in ("text", "kind", "condition")
        )
        return Answer(clean(words), KINDS.get(kind or ""), one_line(condition))

    @property
    def read_revision(self) -> int:
        """The revision that the page was made from; -1 when it says none."""
        read = whole_number(self.revision.data)
        return -1 if read is None else read

    @property
    def rows(self) -> list[Answer]:
        """The answers to show: at least one line to write on."""
        return list(self.draft.answers) or [Answer("")]

    @property
    def has_room(self) -> bool:
        """Whether one more answer may be added."""
        return len(self.rows) < MOST_ANSWERS

    def after(self, do: str) -> SheetContent:
        """What was typed, once the button was obeyed: « add », « remove-3 », « up-2 »."""
        answers = list(self.draft.answers)
        verb, _, said = do.partition("-")
        place = (whole_number(said) or 0) - 1
        if verb == "add":
            answers.append(Answer(""))
        elif verb == "remove" and 0 <= place < len(answers):
            del answers[place]
        elif verb == "up" and 0 < place < len(answers):
            answers[place - 1], answers[place] = answers[place], answers[place - 1]
        return replace(self.draft, answers=tuple(answers))

    def refuse(self, refusal: RuleBroken) -> None:
        """Beside its answer when it is about one; a conflict keeps what was typed, ready to be sent again."""
        if isinstance(refusal, DraftConflict):
            self.conflict, self.revision.data = True, self._current
        found = DOMAIN_FIELD.fullmatch(refusal.field or "")
        if found:
            self.answer_errors.setdefault(int(found[1]) + 1, []).append(refusal.sentence)
            refusal = refusal.on_top()
        super().refuse(refusal)


def content_sent(sheet: SheetAccess) -> tuple[str, int, SheetContent]:
    """What the page's script sends: to save or to choose (`do`), the revision that it read, and the content.

    A script of before there were tags, or resources, sends none: those of the draft stay.
    """
    data = sent_object(NO_SHEET)
    revision = sent_as(int, data, "revision", NO_SHEET)
    sent = sent_as(dict, data, "content", NO_SHEET)
    content = SheetContent.from_dict(sent)
    tags = content.tags if "tags" in sent else open_draft(sheet.sheet).tags
    if "resource" not in (sent.get("tags") or {"resource": []}):
        tags = replace(tags, resource=open_draft(sheet.sheet).tags.resource)
    answers = tuple(Answer(clean(each.text), each.kind, one_line(each.condition)) for each in content.answers)
    do = sent_line(data, "do", LONGEST_VERB) or "save"
    return do, revision, SheetContent(clean(content.question), answers, tags)


class ProposeForm(BaseForm):
    """What the pilot says before the collective reads."""

    nobody_recognised = BooleanField(
        "Une personne du département qui lirait cette page n’y reconnaîtrait personne",
        validators=[DataRequired("Relisez la fiche avec cette question, puis cochez cette case.")],
    )
    asks_transmission = BooleanField("Demander aussi si cette page peut être transmise à l’inspection")
    asks_name = BooleanField("Demander aussi si elle peut y porter le nom du collectif, au lieu d’un code")
    how = pick_one(
        "Comment le collectif la lira", wanted="Dites comment le collectif la lira.", choices=WAYS, default="delay"
    )

    @classmethod
    def on(cls, is_day: bool) -> Self:
        """The second way exists only on the day of the meeting."""
        form = cls()
        if not is_day:
            del form.how
        return form

    @property
    def accepted_in_room(self) -> bool:
        """Whether the second way was chosen."""
        return "how" in self and self["how"].data == "room"


class ObjectForm(BaseForm):
    """To hold the text, its transmission or the name back."""

    about = pick_one("Vous vous opposez", wanted="Dites à quoi vous vous opposez.", choices=OBJECTIONS)
    sentence = text("Une phrase, si vous voulez", most=SENTENCE_LIMIT)

    def offer(self, abouts: list[About]) -> Self:
        """The objections that are possible now; the address may have chosen one."""
        self.about.choices = {about: OBJECTIONS[about] for about in abouts}
        wished = request.args.get("about")
        if not self.is_posted():
            self.about.data = wished if wished in abouts else (abouts[0] if len(abouts) == 1 else None)
        return self


class ReplyForm(BaseForm):
    """The collective's answer to a remark."""

    text = text("Votre réponse", wanted="Écrivez votre réponse.", most=REMARK_LIMIT)
    nobody_named = BooleanField("Ces mots ne désignent personne")


BOTH_DEGREES = "both"
DEGREES = {degree.value: degree.label for degree in Degree} | {BOTH_DEGREES: "1er et 2d degrés"}


class SubmitForm(BaseForm):
    """What the page says of itself outside: the degree that the situation was about.

    Each passage that the guard asks about has its own answer, `passage-<key>`, and the words of a rewording,
    `mots-<key>`; `missing` says by its key which answer is still awaited.
    """

    missing: Mapping[str, str] = {}
    degree = pick_one("Le degré de la situation", wanted="Dites le degré.", choices=DEGREES)

    @property
    def chosen_degree(self) -> Degree | None:
        """The degree; None stands for both."""
        return None if self.degree.data == BOTH_DEGREES else Degree(self.degree.data)

    @property
    def decisions(self) -> dict[str, Decision]:
        """What was answered for each passage."""
        sent = {name.removeprefix(PASSAGE): value for name, value in request.form.items() if name.startswith(PASSAGE)}
        return {
            key: Decision(CHOICES[choice], clean(request.form.get(f"{OTHER_WORDS}{key}")))
            for key, choice in sent.items()
            if choice in CHOICES
        }

    def refuse(self, refusal: RuleBroken) -> None:
        """Beside each passage that waits for its answer."""
        if isinstance(refusal, Undecided):
            self.missing = refusal.missing
        super().refuse(refusal)


class WithdrawForm(BaseForm):
    """Only its button."""


class GiveUpForm(BaseForm):
    """Only its button."""


class RestoreForm(BaseForm):
    """Only its button."""
