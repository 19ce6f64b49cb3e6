"""The forms of the page of a workshop: writing it, proposing it, objecting to it; the link of its host."""

from uuid import UUID

from wtforms import HiddenField

from collectifs.book.domain.requests import SENTENCE_LIMIT
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typed import whole_number
from collectifs.network.domain.page import LONGEST_SENTENCE, answers_typed, page_typed
from collectifs.network.queries.events import WorkshopAccess
from collectifs.network.queries.pages import PageAccess, content_left
from collectifs.network.services.pages import Doubted, PageConflict
from collectifs.sheets.domain.anonymity import Passage
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.web.forms import BaseForm, address, line, text

LONGEST_QUESTION, LONGEST_ANSWERS = 4000, 10_000


class PageForm(BaseForm):
    """The two headings. `revision`: the text that was read, so that nobody writes over somebody else."""

    question = text("1- Notre problématique", most=LONGEST_QUESTION)
    answers = text("2- Nos réponses envisagées", most=LONGEST_ANSWERS)
    revision = HiddenField()

    current = 0

    def content(self) -> SheetContent:
        """What was typed."""
        return page_typed(self.question.data or "", self.answers.data or "")

    @property
    def read(self) -> int:
        """The revision that the page was made from; -1 when it says none."""
        read = whole_number(self.revision.data)
        return -1 if read is None else read

    def refuse(self, refusal: RuleBroken) -> None:
        """A conflict keeps what was typed, ready to be sent again."""
        if isinstance(refusal, PageConflict):
            self.revision.data = str(self.current)
        super().refuse(refusal)


def page_form(page: PageAccess | None) -> PageForm:
    """The form, with what was written before."""
    content = content_left(page) if page else SheetContent()
    revision = page.page.revision if page else 0
    form = PageForm(question=content.question, answers=answers_typed(content), revision=str(revision))
    form.current = revision
    return form


class BookChangeForm(BaseForm):
    """What would be to change in a page of the book, in one sentence; several stand on a screen, one a page."""

    said = line("Ce qui serait à changer", wanted="Dites en une phrase ce qui serait à changer.", most=SENTENCE_LIMIT)


def book_change_form(page_id: UUID, *, is_sent: bool = False) -> BookChangeForm:
    """The form that stands under a page: empty, but for the one that was sent."""
    form = BookChangeForm()
    form.said.id = f"said-{page_id}"
    if not is_sent:
        form.said.data = ""
    return form


class ProposePageForm(BaseForm):
    """`sure`: the digest of the text whose doubtful passages were looked at."""

    sure = HiddenField()

    doubts: tuple[Passage, ...] = ()

    def refuse(self, refusal: RuleBroken) -> None:
        """The passages that may tell who is spoken of are shown, and asked about once."""
        if isinstance(refusal, Doubted):
            self.doubts = tuple(refusal.passages)
        super().refuse(refusal)


class PageObjectionForm(BaseForm):
    """Which page of one's own (its id), and a sentence if one wishes."""

    which = HiddenField()
    sentence = text("Une phrase, si vous voulez", most=LONGEST_SENTENCE)


class HostForm(BaseForm):
    """Who leads the workshop, and where the link goes."""

    host = line("Qui l’anime", wanted="Écrivez un nom.", most=120)
    address = address("Son adresse électronique")


def host_form(found: WorkshopAccess) -> HostForm:
    """The form, with what was written before."""
    return HostForm(host=found.workshop.host, address=found.workshop.host_address)
