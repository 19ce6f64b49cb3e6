"""The report on paper: read well aloud, whole with many answers and with none."""

from pathlib import Path

import pytest

from collectifs.report.documents.report import Figure, NeedRow, ReportPaper, ResultRows, ThemeRows, report_pdf
from tests.papers import check_readable_aloud, text_of, words

HINDERED = ResultRows(
    "Ce qui a gêné la venue",
    (
        *(("Le remplacement", "96", 64), ("Rien", "41", 28), ("La distance", "8", 5), ("L’heure", "moins de 5", None)),
        ("L’ordre de mission, reçu tard", "0", 0),
    ),
)

THEMES = ThemeRows(
    "Dilemmes",
    "« Dire ou laisser chercher ? » vient en tête : 19 fiches (1er degré).",
    ("1er degré", "2d degré", "les deux"),
    tuple((f"Dilemme {number} ?", ("19", "moins de 5", "0")) for number in range(6)),
)
FEW_THEMES = ThemeRows("Domaines", "Rien n’y atteint cinq fiches.", ("1er degré",), (("mettre en œuvre", ("7",)),))


def paper(answers: int, sentences: int, wanted: str = "") -> ReportPaper:
    return ReportPaper(
        title="Bilan de la saison 2026-2027, Val-de-Brume",
        territory="Val-de-Brume",
        label="2026-2027",
        made="Nombres arrêtés le jeudi 1er juillet 2027.",
        figures=tuple(Figure(f"collectifs {n}", "29", "29 pilotes") for n in range(7)),
        themes=(THEMES, FEW_THEMES) if answers else (),
        returns=149 if answers else 0,
        results=(HINDERED,) * answers,
        sentences=tuple(f"J’ai compris à la fois {n}." for n in range(sentences)),
        needs=tuple(NeedRow(f"Besoin {n}", "29", "29", wanted) for n in range(5)),
        words="Deux pilotes de plus." if wanted else "",
        results_from="jeudi 1er juillet 2027",
    )


@pytest.mark.parametrize(("answers", "sentences", "wanted"), [(0, 0, ""), (4, 2, "54"), (4, 12, "")])
def test_it_is_whole_and_read_well_however_long(answers: int, sentences: int, wanted: str, tmp_path: Path) -> None:
    rendered = report_pdf(paper(answers, sentences, wanted))
    printed = text_of(rendered.pdf)
    assert all(words(f"J’ai compris à la fois {n}.") in printed for n in range(sentences))
    assert words("Ce bilan ne dit pas ce qui s’est échangé") in printed
    assert (words("moins de 5") in printed) is bool(answers)
    assert (words("Deux pilotes de plus.") in printed) is bool(wanted)
    for said in ("Ce que le territoire travaille", "Dilemme 5 ?", "mettre en œuvre", "Rien n’y atteint cinq fiches."):
        assert (words(said) in printed) is bool(answers)
    check_readable_aloud(rendered.pdf, tmp_path)
