"""The book as plain text, in UTF-8: a line a paragraph, which any screen or reading machine folds by itself."""

from collections.abc import Iterator, Sequence

from collectifs.book.documents import wording
from collectifs.book.documents.wording import page_heading, page_label, reference
from collectifs.book.domain.edition import Edition, Entry, WorkshopChapter
from collectifs.kernel.text.typed import one_line
from collectifs.kernel.text.typography import NBSP, THIN, french, minutes, sentence_case

HEAVY, LIGHT = "=", "-"
LONGEST_RULE = 60


def plain(text: str) -> str:
    """A text on one line, set in French; the thin space, which reading machines often lack, is a plain one."""
    return french(one_line(text)).replace(THIN, NBSP)


def book_text(edition: Edition) -> str:
    """Every word of the edition, in the order of the other formats."""
    return "\n".join(plain(line) if line.strip() else "" for line in _lines(edition)) + "\n"


def _lines(edition: Edition) -> Iterator[str]:
    yield from _title(edition.title, HEAVY)
    yield from (wording.subtitle(edition), f"Recueil {edition.season}, {edition.territory}", "")
    for name, said in wording.about(edition):
        address = f" {edition.licence.address}" if name == "licence" else ""
        yield f"{sentence_case(name)} : {said}{address}"
    yield from _contents(edition)
    if edition.foreword:
        yield from _title(wording.FOREWORD, HEAVY)
        for each in wording.paragraphs(edition.foreword):
            yield from (each, "")
    yield from _changes(edition)
    for place, theme in enumerate(wording.themes(edition), 1):
        yield from _title(theme.title, HEAVY)
        yield f"{sentence_case(wording.theme_label(place))}, {wording.theme_count(theme)}"
        for entry in theme.entries:
            yield from _entry(entry, edition)
    if edition.workshops:
        yield from _title(wording.WORKSHOPS, HEAVY)
        yield sentence_case(wording.workshop_count(edition))
        for workshop in edition.workshops:
            yield from _workshop(workshop, edition)
    yield from _index(edition)


def _title(text: str, sign: str) -> Iterator[str]:
    yield from ("", "", plain(text), sign * min(len(plain(text)), LONGEST_RULE), "")


def _contents(edition: Edition) -> Iterator[str]:
    yield from _title(wording.CONTENTS, HEAVY)
    if edition.foreword:
        yield wording.FOREWORD
    if edition.changes:
        yield wording.change_title(edition.changes)
    for theme in wording.themes(edition):
        yield from ("", theme.title)
        yield from _listed(theme.entries)
    if edition.workshops:
        yield from ("", wording.WORKSHOPS)
        yield from _listed(edition.workshops)
    if wording.index_terms(edition):
        yield from ("", wording.INDEX)


def _listed(pages: Sequence[Entry | WorkshopChapter]) -> Iterator[str]:
    return (f"{page.number}. {page_heading(page)}" for page in pages)


def _changes(edition: Edition) -> Iterator[str]:
    if edition.changes is None:
        return
    yield from _title(wording.change_title(edition.changes), HEAVY)
    for words, pages in wording.change_lines(edition):
        yield sentence_case(words)
        yield from (f"{reference(page)} {what}" for page, what in pages)
        yield from () if pages else (wording.GONE_SINCE,)
        yield ""


def _entry(entry: Entry, edition: Edition) -> Iterator[str]:
    yield from _title(sentence_case(wording.entry_label(entry)), LIGHT)
    if entry.is_withdrawn:
        yield from (wording.GONE, wording.GONE_WHY)
        return
    yield from (entry.title, "") if entry.title else ()
    yield from (wording.PROBLEM, entry.question, "")
    if entry.answers:
        yield from (wording.ANSWERS, "")
    for place, answer in enumerate(entry.answers, 1):
        condition = f" : {answer.condition}" if answer.condition else ""
        yield from (f"{place}. {answer.text}", f"({answer.kind.label}{condition})", "")
    yield from _refs(wording.FOR_IT, wording.workshops_of(edition, entry))
    yield from _refs(wording.SEE, wording.entries_of(edition, entry))
    if entry.words:
        yield f"{sentence_case(wording.WORDS)} : {', '.join(entry.words)}"


def _workshop(workshop: WorkshopChapter, edition: Edition) -> Iterator[str]:
    yield from _title(sentence_case(page_label(workshop)), LIGHT)
    yield from (workshop.title, "")
    yield from (workshop.intro, "") if workshop.intro else ()
    yield from (f"{sentence_case(name)} : {said}" for name, said in wording.workshop_facts(workshop))
    if workshop.steps:
        yield from ("", wording.STEPS, "")
    for step in workshop.steps:
        yield f"{minutes(step.minutes)} : {step.title}"
        yield from (each for each in (step.says, step.who) if each)
        yield ""
    yield from _refs(wording.COMES_FROM, edition.leads(workshop.see))


def _refs(label: str, pages: Sequence[Entry | WorkshopChapter]) -> Iterator[str]:
    if pages:
        yield f"{sentence_case(label)} :"
        yield from (reference(page) for page in pages)


def _index(edition: Edition) -> Iterator[str]:
    terms = wording.index_terms(edition)
    if terms:
        yield from _title(wording.INDEX, HEAVY)
    for letter, term, pages in terms:
        yield from ("", letter) if letter else ()
        yield f"{term} : {' ; '.join(page_label(page) for page in pages)}"
