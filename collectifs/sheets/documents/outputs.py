"""A sheet as a text for a mail, as an ODT, as a page of the web: the words of its PDF, in their order."""

import io
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from markupsafe import Markup

from collectifs.kernel.documents.press import set_text, template
from collectifs.kernel.documents.type_widths import lines_of, word_widths
from collectifs.kernel.later import Later
from collectifs.sheets.documents.fitting import POINT_MM
from collectifs.sheets.documents.outline import Part, Said, outline
from collectifs.sheets.documents.sheet import SheetPaper, sheet_pdf
from collectifs.sheets.domain.output import Format

odf = Later("odf")
STYLE = Path(__file__).resolve().parent / "web.css"
ABOVE = (Part.HEADING, Part.ANSWER, Part.LABEL)
FACE = "Arial"  # every machine has it or its twin, hardly wider than our typeface: what was reckoned holds
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

SCALES = (1.2, 1.1, 1.0, 0.95, 0.9, 0.85, 0.8, 0.75)
AIRY = 0.85  # set larger than usual, it leaves room: a program without our typeface takes another, often wider
A4_WITHIN_MM, TEXT_MM, LINE = 297 - 2 * 18, 210 - 2 * 18, 1.3  # a line of the typeface takes 1.24
ACCENT, NAMED = "#0d5257", "Fiche-lead"  # the headings' colour; the words that name a line
INDENT_MM: Mapping[Part, float] = {Part.KIND: 5, Part.NOTE: 5}  # what is said of an answer stands under it
RULE_ABOVE_MM, RULE_BELOW_MM = 7, 1.5  # of the line above the foot


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
    document = odf.opendocument.OpenDocumentText()
    document.meta.addElement(odf.dc.Title(text=set_text(paper.title)))
    document.meta.addElement(odf.dc.Language(text="fr"))
    _page(document)
    lines = outline(paper)
    scale = next((each for each in SCALES if _fits(lines, each)), SCALES[-1])
    styles, number = {part: _style(document, part, scale) for part in Part}, count(1)
    ruled = _ruled(document, scale)
    for said, before in zip(lines, [None, *lines], strict=False):
        style = ruled if _begins_foot(said, before) else styles[said.part]
        document.text.addElement(_element(said, style, number))
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def _element(said: Said, style: Any, number: "count[int]") -> Any:
    level = LOOK[said.part][3]
    if level:
        return odf.text.H(outlinelevel=level, stylename=style, text=said.text)
    if said.part is Part.ANSWER:
        return odf.text.P(stylename=style, text=f"{next(number)}. {said.text}")
    line = odf.text.P(stylename=style)
    if said.address:
        line.addElement(odf.text.A(type="simple", href=said.address, text=said.text))
    else:
        line.addElement(odf.text.Span(stylename=NAMED, text=said.lead))
        line.addText(said.text.removeprefix(said.lead))
    return line


def _begins_foot(said: Said, before: Said | None) -> bool:
    return said.part is Part.FOOT and (before is None or before.part is not Part.FOOT)


def _fits(lines: Sequence[Said], scale: float) -> bool:
    return _height(lines, scale) <= A4_WITHIN_MM * (AIRY if scale > 1 else 1)


def _height(lines: Sequence[Said], scale: float) -> float:
    """How much of the page they take at a scale, in millimetres: arithmetic on the widths of words."""
    height = (RULE_ABOVE_MM + RULE_BELOW_MM) * scale
    for said in lines:
        size, weight, above, _ = LOOK[said.part]
        face, point = "Bold" if weight == "bold" else "Regular", size * scale * POINT_MM
        width = TEXT_MM - INDENT_MM.get(said.part, 0)
        height += above * scale + lines_of(word_widths(said.text, face), width / point, face) * point * LINE
    return height


def _style(document: Any, part: Part, scale: float, name: str = "", **more: str) -> Any:
    """Lines of one height, whichever typeface the program has."""
    size, weight, above, level = LOOK[part]
    style = odf.style.Style(name=name or f"Fiche-{part.value}", family="paragraph")
    look = {"margintop": f"{above * scale:.2f}mm", "marginleft": f"{INDENT_MM.get(part, 0)}mm"} | more
    height = f"{size * scale * LINE:.2f}pt"
    style.addElement(odf.style.ParagraphProperties(marginbottom="0mm", lineheight=height, **look))
    text = {"fontsize": f"{size * scale:.2f}pt", "fontweight": weight, "language": "fr", "country": "FR"}
    text |= {"color": ACCENT} if level == 2 else {}
    style.addElement(odf.style.TextProperties(fontfamily=FACE, fontfamilygeneric="swiss", **text))
    document.styles.addElement(style)
    return style


def _ruled(document: Any, scale: float) -> Any:
    """The first line of the foot, under a rule; and, beside, how the words that name a line are set."""
    named = odf.style.Style(name=NAMED, family="text")
    named.addElement(odf.style.TextProperties(fontweight="bold"))
    document.styles.addElement(named)
    rule = {"margintop": f"{RULE_ABOVE_MM * scale:.2f}mm", "paddingtop": f"{RULE_BELOW_MM * scale:.2f}mm"}
    return _style(document, Part.FOOT, scale, "Fiche-foot-first", bordertop="0.5pt solid #8aa5a3", **rule)


def _page(document: Any) -> None:
    layout = odf.style.PageLayout(name="A4")
    margins = {f"margin{side}": "18mm" for side in ("top", "bottom", "left", "right")}
    layout.addElement(odf.style.PageLayoutProperties(pagewidth="210mm", pageheight="297mm", **margins))
    document.automaticstyles.addElement(layout)
    document.masterstyles.addElement(odf.style.MasterPage(name="Standard", pagelayoutname=layout))
