"""The words of a sheet in reading order, each with the part it plays: what every output but the PDF is made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from collectifs.kernel.documents.press import set_text
from collectifs.sheets.documents.sheet import CIRCLES, SheetPaper, link_line, readers_line


class Part(Enum):
    """The part that a line plays."""

    TITLE = "title"
    HEADING = "heading"
    QUESTION = "question"
    NOTE = "note"
    ANSWER = "answer"
    KIND = "kind"
    LABEL = "label"
    LINE = "line"
    FOOT = "foot"


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the sheet, set in French; `address`: where it leads; `lead`: what its first words name."""

    part: Part
    text: str
    address: str = ""
    lead: str = ""


def outline(paper: SheetPaper) -> list[Said]:
    """Every word of the paper, in the order in which it is heard."""
    said = (Said(part, set_text(text), address, lead) for part, text, address, lead in _lines(paper))
    return [each for each in said if each.text]


def _lines(paper: SheetPaper) -> Iterator[tuple[Part, str, str, str]]:
    content = paper.content.without_blanks()
    yield Part.TITLE, "Fiche synthèse", "", ""
    yield Part.HEADING, "1- Notre problématique", "", ""
    yield Part.QUESTION, content.question, "", ""
    yield Part.HEADING, "2- Nos réponses envisagées", "", ""
    yield Part.NOTE, "éprouvée : déjà vécue", "", ""
    yield Part.NOTE, "envisagée : idée du jour", "", ""
    for answer in content.answers:
        yield Part.ANSWER, answer.text or "…", "", ""
        yield Part.KIND, answer.kind.label if answer.kind else "", "", ""
        yield Part.NOTE, answer.condition, "", ""
    yield from _foot(paper)


def _foot(paper: SheetPaper) -> Iterator[tuple[Part, str, str, str]]:
    tags = paper.content.tags.lines()
    if tags:
        yield Part.LABEL, "Repères", "", ""
    for label, words in tags:
        yield Part.LINE, f"{label} {words}", "", label
    if paper.links:
        yield Part.LABEL, "Pour aller plus loin", "", ""
    for link in paper.links:
        yield Part.LINE, link_line(link), link.address, ""
    yield Part.FOOT, paper.collective_label, "", ""
    yield Part.FOOT, paper.occasion, "", ""
    yield Part.FOOT, CIRCLES[paper.circle], "", ""
    yield Part.FOOT, readers_line(paper), "", ""
