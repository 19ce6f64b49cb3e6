"""Papers to print in the tests, and how they are read back."""

import re
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

import outloud
import outloud.registry
import page
import pypdfium2

from collectifs.demo.data import load
from collectifs.kernel.later import without
from collectifs.meetings.documents.step_sheet import StepSheetPaper
from collectifs.meetings.domain.canvas import Step, library
from collectifs.meetings.domain.planning import series_title
from collectifs.meetings.domain.resources import proposed, resources
from collectifs.meetings.domain.tags import Tags
from collectifs.sheets.documents.sheet import SheetPaper
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent

# What reads aloud is there before processes are forked, without what guesses at the parts of a scanned page: together
# they would take each process more than a second.
with without("onnxruntime"):
    outloud.registry.import_rule_modules()

SHORT = SheetContent(
    "Comment dire ce que l'on a vu, alors que l'on est aussi collègue ?",
    (
        Answer("Décrire trois faits datés, puis se taire.", AnswerKind.TRIED, "accepter le silence"),
        Answer("Demander d'abord : « Qu'as-tu vu ? »", AnswerKind.CONSIDERED),
    ),
)


FILED = replace(
    SHORT,
    tags=Tags(dilemma=("dire-chercher", "accompagner-evaluer"), concern=("steering", "weaving"), domain=("lead",)),
)


@cache
def demo_sheets() -> tuple[SheetContent, ...]:
    """The ten sheets of the demonstration."""
    return tuple(situation.sheet for situation in load().situations.values() if situation.sheet)


def collective_copy(content: SheetContent) -> SheetPaper:
    return SheetPaper(
        content=content,
        title="Fiche synthèse, regroupement 1, mercredi 18 novembre 2026",
        collective_label="L’Estuaire",
        occasion="regroupement 1 · mercredi 18 novembre 2026",
        circle="collective",
        readers="votre collectif (7 personnes)",
        kept_until="le 18 novembre 2027",
        links=proposed(content.tags.words(), resources().values()),
    )


def institution_copy(content: SheetContent) -> SheetPaper:
    return replace(
        collective_copy(content),
        title="Fiche synthèse, collectif B7, novembre 2026",
        collective_label="collectif B7",
        occasion="novembre 2026 · 2d degré",
        circle="institution",
        readers="le collectif B7 et l’inspection du département",
        kept_until="dès son retrait, au plus tard en décembre 2031",
    )


def step_sheet(steps: tuple[Step, ...] | None = None, number: int = 2) -> StepSheetPaper:
    return StepSheetPaper(
        title=f"Feuille de route, regroupement {number}, mercredi 9 décembre 2026",
        collective_name="Les Tilleuls",
        meeting_label=series_title(number),
        starts_at=datetime(2026, 12, 9, 14),
        place="école du Vieux-Pont, salle des maîtres",
        steps=library()["genot-soutoul"].agenda(number) if steps is None else steps,
    )


def words(text: str) -> str:
    """A text without spaces, hyphens at line ends and ligatures: what is left are its words."""
    return re.sub(r"[\s\-\u2010\u00ad\ufffe\u0002]+", "", text.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("'", "’"))


def text_of(pdf: bytes) -> str:
    """Every word of a PDF, pages one after the other."""
    with pypdfium2.PdfDocument(pdf) as document:
        return words("".join(sheet.get_textpage().get_text_range() for sheet in document))


def check_readable_aloud(pdf: bytes, folder: Path) -> None:
    """Two independent checkers find no fault: PDF/UA-1 and PDF/A-2a, tags, title, language, reading order."""
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert report.is_compliant, (profile, [failure.message for failure in report.failures])
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    heard = outloud.check(str(path))
    assert heard.error is None
    assert heard.errors == 0, heard.findings
