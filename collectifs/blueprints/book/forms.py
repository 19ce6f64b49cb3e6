"""The forms of the book: its words, its themes and workshops, a page in its own words, an answer."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import request
from wtforms import HiddenField

from collectifs.book.documents.wording import reference
from collectifs.book.domain.edition import Entry, Licence
from collectifs.book.domain.page import Page, words_typed
from collectifs.book.domain.removing import LONGEST_REQUEST
from collectifs.book.domain.requests import SENTENCE_LIMIT
from collectifs.book.models import Book, BookChapter, BookTheme
from collectifs.book.queries.pages import PageAccess
from collectifs.book.services.books import BookWords, ChapterWords
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.seasons import season_label
from collectifs.kernel.text.typed import whole_number
from collectifs.kernel.text.typography import french
from collectifs.meetings.domain.canvas import library
from collectifs.sheets.domain.sheet import MOST_ANSWERS, Answer, AnswerKind, SheetContent
from collectifs.web.choices import chosen_id, pick_one, pick_several, select_one
from collectifs.web.forms import BaseForm, line, text

KINDS = {"": "à dire", "tried": "éprouvée", "considered": "envisagée"}
LICENCES = {each.value: f"{each.label} : {each.means}" for each in Licence}


class BookForm(BaseForm):
    """Its title, its foreword, its licence; the season of a new one."""

    title = line("Titre", wanted="Donnez un titre au recueil.", most=120)
    foreword = text("Avant-propos", most=1200)
    licence = pick_one("Licence", choices=LICENCES, wanted="Choisissez une licence.", default=Licence.BY_SA.value)

    def words(self) -> BookWords:
        """What was typed."""
        return BookWords(self.title.data or "", Licence(self.licence.data), self.foreword.data or "")


class NewBookForm(BookForm):
    """With its season: this one or the one before."""

    season = select_one("Saison", wanted="Choisissez une saison.")


def new_book_form(present: int) -> NewBookForm:
    """A book of this season, or of the one before."""
    form = NewBookForm(data={"title": "Ce que nous avons cherché", "season": str(present)})
    form.season.choices = [(str(each), season_label(each)) for each in (present, present - 1)]
    return form


def book_form(book: Book) -> BookForm:
    """The words of a book, to change."""
    return BookForm(data={"title": book.title, "foreword": book.foreword, "licence": book.licence.value})


class ThemeForm(BaseForm):
    """The title of a theme."""

    title = line("Titre du thème", wanted="Donnez un titre au thème.", most=120)


class ChapterForm(BaseForm):
    """A workshop: a canvas of the library, and what it is for."""

    canvas_id = select_one("Canevas", wanted="Choisissez un canevas.")
    title = line("Titre de l’atelier", wanted="Donnez un titre à l’atelier.", most=160)
    aim = line("But", wanted="Dites avec quoi l’on repart.", most=400)
    intro = text("En deux phrases", most=600)
    material = line("Il faut", most=400)
    before = line("Avant", most=400)
    audience = line("Pour qui", most=200)

    def words(self) -> ChapterWords:
        """What was typed."""
        return ChapterWords(**{name: self[name].data or "" for name in ChapterWords.__dataclass_fields__})


def chapter_form(row: BookChapter | None = None) -> ChapterForm:
    """A new workshop, or one to change."""
    names = ChapterWords.__dataclass_fields__
    form = ChapterForm(data={name: getattr(row, name) for name in names} if row else None)
    form.canvas_id.choices = [("", "à choisir"), *((each.id, each.title) for each in library().values())]
    return form


class TakeForm(BaseForm):
    """Which transmitted sheets, and which pages of workshops, become pages."""

    sheets = pick_several("Fiches transmises")
    left = pick_several("Pages d’ateliers")

    def ids(self) -> list[UUID]:
        """Those that were ticked."""
        return [UUID(each) for field in (self.sheets, self.left) for each in field.data or ()]


def take_form(sheets: Iterable[tuple[str, str]], left: Iterable[tuple[str, str]]) -> TakeForm:
    """A box for each candidate."""
    form = TakeForm()
    form.sheets.choices, form.left.choices = list(sheets), list(left)
    return form


class PageForm(BaseForm):
    """A page as it will be printed; its answers have a field each, made for it."""

    title = line("Titre de la page", most=200)
    question = text("1- Notre problématique", most=4000)
    words = line("Mots de l’index", most=400)
    revision = HiddenField()
    rows = 0

    def answers(self) -> list[tuple[Any, Any, Any]]:
        """The three fields of each answer."""
        return [
            tuple(self[_name(number, part)] for part in ("text", "kind", "condition")) for number in range(self.rows)
        ]

    def page(self, former: Page) -> Page:
        """What was typed; the tags of the sheet stay."""
        answers = [
            Answer(words.data or "", AnswerKind(kind.data) if kind.data else None, condition.data or "")
            for words, kind, condition in self.answers()
        ]
        kept = tuple(each for each in answers if each.text.strip() or each.condition.strip())
        content = SheetContent((self.question.data or "").strip(), kept, former.content.tags)
        return Page(self.title.data or "", content, words_typed(self.words.data or ""))

    @property
    def read_revision(self) -> int:
        """The revision that the page was made from; -1 when it says none."""
        read = whole_number(self.revision.data)
        return -1 if read is None else read

    @property
    def kept(self) -> list[str]:
        """The keys of the passages that the editor says may stay."""
        return request.form.getlist("garder")

    def refuse(self, refusal: RuleBroken) -> None:
        """Beside its field; the revision of the text that is shown goes with the next try."""
        super().refuse(refusal)


def page_form(page: PageAccess, said: Page) -> PageForm:
    """A page in its present words, with room for one more answer."""
    rows = min(MOST_ANSWERS, len(said.content.answers) + 1)
    fields: dict[str, Any] = {"rows": rows}
    data = {"title": said.title, "question": said.content.question, "words": ", ".join(said.words)}
    for number in range(rows):
        fields[_name(number, "text")] = text(f"Réponse {number + 1}", most=4000)
        fields[_name(number, "kind")] = select_one("Éprouvée ou envisagée", choices=KINDS)
        fields[_name(number, "condition")] = line("À quelle condition", most=400)
    for number, each in enumerate(said.content.answers):
        data |= {
            _name(number, "text"): each.text,
            _name(number, "kind"): each.kind.value if each.kind else "",
            _name(number, "condition"): each.condition,
        }
    made = type("PageForm", (PageForm,), fields)
    form: PageForm = made(data=data | {"revision": str(page.entry.revision)})
    return form


def _name(number: int, part: str) -> str:
    return f"answers-{number}-{part}"


class PlaceForm(BaseForm):
    """Under which theme, what it leads to, which page of last year it takes up and what changed since."""

    theme = select_one("Thème")
    see = pick_several("Voir aussi")
    continues = select_one("Reprend une page du recueil précédent")
    change = line("Ce qui a changé depuis l’an dernier", most=200)

    def theme_id(self) -> UUID | None:
        """The theme that was chosen, if any."""
        return chosen_id(self.theme)

    def continues_id(self) -> UUID | None:
        """The page of the former book that was chosen, if any."""
        return chosen_id(self.continues)


def place_form(
    page: PageAccess, themes: Iterable[BookTheme], others: Iterable[tuple[str, str]], former: Iterable[Entry]
) -> PlaceForm:
    """Where a page stands, to change."""
    entry = page.entry
    see = [str(each) for each in entry.see]
    data: dict[str, Any] = {"theme": str(entry.theme_id or ""), "see": see}
    form = PlaceForm(data=data | {"continues": str(entry.continues_id or ""), "change": entry.change})
    if "theme" not in request.form:  # another form of the page was sent: what is ticked in this one stays
        form.see.data = see
    form.theme.choices = [("", "aucun"), *((str(each.id), french(each.title)) for each in themes)]
    form.see.choices = list(others)
    form.continues.choices = [("", "aucune"), *((each.id, french(reference(each))) for each in former)]
    return form


class MergeForm(BaseForm):
    """With which other page."""

    other = select_one("La réunir avec", wanted="Choisissez une page.")


def merge_form(others: Iterable[tuple[str, str]]) -> MergeForm:
    """The other pages of the book."""
    form = MergeForm()
    form.other.choices = [("", "à choisir"), *others]
    return form


class AnswerForm(BaseForm):
    """Yes or no, to the text that was read."""

    digest = HiddenField()


class RemovalForm(BaseForm):
    """What somebody says who asks that a page be withdrawn, if they wish."""

    sentence = text("Une phrase, si vous voulez", most=LONGEST_REQUEST)


class ChangeForm(BaseForm):
    """What would be to change in the text that was read, in one sentence."""

    said = line("Ce qui serait à changer", wanted="Dites en une phrase ce qui serait à changer.", most=SENTENCE_LIMIT)
    digest = HiddenField()


class PublishForm(BaseForm):
    """The edition that was shown."""

    digest = HiddenField()
