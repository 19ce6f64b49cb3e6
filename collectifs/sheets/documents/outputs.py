"""A sheet as a text for a mail, as an ODT, as a page of the web: the words of its PDF, in their order."""

import io
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from markupsafe import Markup
from odf.dc import Language, Title
from odf.opendocument import OpenDocumentText
from odf.style import MasterPage, PageLayout, PageLayoutProperties, ParagraphProperties, Style, TextProperties
from odf.text import A, H, P

from collectifs.kernel.documents.press import set_text, template
from collectifs.kernel.documents.type_widths import lines_of, word_widths
from collectifs.sheets.documents.fitting import POINT_MM
from collectifs.sheets.documents.outline import Part, Said, outline
from collectifs.sheets.documents.sheet import SheetPaper, sheet_pdf
from collectifs.sheets.domain.output import Format

STYLE = Path(__file__).resolve().parent / "web.css"
ABOVE = (Part.HEADING, Part.ANSWER, Part.LABEL)
FACE = "Atkinson Hyperlegible"
# part: (size in points, weight, white above in millimetres, its level as a heading)
LOOK: Mapping[Part, tuple[float, str, float, int]] = {
    Part.TITLE: (13, "bold", 0, 1),
    Part.HEADING: (11, "bold", 5, 2),
    Part.QUESTION: (17, "bold", 1, 0),
    Part.NOTE: (9, "normal", 0, 0),
    Part.ANSWER: (11, "normal", 3, 0),
    Part.KIND: (9, "bold", 0, 0),
    Part.LABEL: (10, "bold", 4, 2),
    Part.LINE: (9, "normal", 0, 0),
    Part.FOOT: (9, "normal", 1, 0),
}

SCALES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75)
A4_WITHIN_MM, TEXT_MM, LINE = 297 - 2 * 18, 210 - 2 * 18, 1.3  # a line of the typeface takes 1.24


def render(paper: SheetPaper, kind: Format) -> bytes:
    """One output of the paper."""
    made: dict[Format, Callable[[SheetPaper], bytes]] = {
        Format.PDF: lambda paper: sheet_pdf(paper).pdf,
        Format.ODT: sheet_odt,
        Format.TEXT: lambda paper: sheet_text(paper).encode(),
        Format.WEB: lambda paper: sheet_web(paper).encode(),
    }
    return made[kind](paper)


def sheet_text(paper: SheetPaper) -> str:
    """Lines for the body of a mail: no sign that a mail program would turn into something else."""
    number, lines = count(1), []
    foot_began = False
    for said in outline(paper):
        if said.part in ABOVE or (said.part is Part.FOOT and not foot_began):
            lines.append("")
        foot_began = foot_began or said.part is Part.FOOT
        lines.append(f"{next(number)}. {said.text}" if said.part is Part.ANSWER else said.text)
    return "\n".join(lines) + "\n"


def sheet_web(paper: SheetPaper) -> str:
    """A page that stands alone: its style in it, no script, nothing fetched; printed, it is one page too."""
    content = paper.content.without_blanks()
    foot = [said for said in outline(paper) if said.part is Part.FOOT]
    return template(
        "sheet_web.html",
        paper=paper,
        content=content,
        foot=[each.text for each in foot],
        tags=content.tags.lines(),
        style=Markup(STYLE.read_text(encoding="utf-8")),  # noqa: S704  a file of ours, in which nothing is typed
    )


def sheet_odt(paper: SheetPaper) -> bytes:
    """One A4 page with true headings, its language and its title said; sizes are taken down where it is full."""
    document = OpenDocumentText()
    document.meta.addElement(Title(text=set_text(paper.title)))
    document.meta.addElement(Language(text="fr"))
    _page(document)
    lines = outline(paper)
    scale = next((each for each in SCALES if _height(lines, each) <= A4_WITHIN_MM), SCALES[-1])
    styles, number = {part: _style(document, part, scale) for part in Part}, count(1)
    for said in lines:
        document.text.addElement(_element(said, styles[said.part], number))
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def _element(said: Said, style: Any, number: "count[int]") -> Any:
    level = LOOK[said.part][3]
    if level:
        return H(outlinelevel=level, stylename=style, text=said.text)
    if said.part is Part.ANSWER:
        return P(stylename=style, text=f"{next(number)}. {said.text}")
    if not said.address:
        return P(stylename=style, text=said.text)
    line = P(stylename=style)
    line.addElement(A(type="simple", href=said.address, text=said.text))
    return line


def _height(lines: Sequence[Said], scale: float) -> float:
    """How much of the page they take at a scale, in millimetres: arithmetic on the widths of words."""
    height = 0.0
    for said in lines:
        size, weight, above, _ = LOOK[said.part]
        face, point = "Bold" if weight == "bold" else "Regular", size * scale * POINT_MM
        height += above * scale + lines_of(word_widths(said.text, face), TEXT_MM / point, face) * point * LINE
    return height


def _style(document: Any, part: Part, scale: float) -> Any:
    size, weight, above, _ = LOOK[part]
    style = Style(name=f"Fiche-{part.value}", family="paragraph")
    style.addElement(ParagraphProperties(margintop=f"{above * scale:.2f}mm", marginbottom="0mm"))
    text = TextProperties(
        fontsize=f"{size * scale:.2f}pt", fontweight=weight, fontfamily=FACE, language="fr", country="FR"
    )
    style.addElement(text)
    document.styles.addElement(style)
    return style


def _page(document: Any) -> None:
    layout = PageLayout(name="A4")
    margins = {f"margin{side}": "18mm" for side in ("top", "bottom", "left", "right")}
    layout.addElement(PageLayoutProperties(pagewidth="210mm", pageheight="297mm", **margins))
    document.automaticstyles.addElement(layout)
    document.masterstyles.addElement(MasterPage(name="Standard", pagelayoutname=layout))
