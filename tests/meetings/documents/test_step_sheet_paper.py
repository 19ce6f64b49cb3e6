"""The step sheet on paper: one page, every hour, every step, room to write."""

import io
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from collectifs.kernel.documents.pictures import page_png
from collectifs.kernel.documents.press import Rendered, lay_out, set_text, write_pdf
from collectifs.kernel.documents.typesetter import LaidOut, Written
from collectifs.meetings.documents import step_sheet as printing
from collectifs.meetings.documents.step_sheet import PROMPT_LENGTH, StepSheetPaper, _prompt, step_sheet_pdf
from collectifs.meetings.domain.canvas import library
from collectifs.meetings.domain.canvas_adapting import MOST_STEPS, OwnStep, with_own
from tests.papers import check_readable_aloud, step_sheet, text_of, words

CLOSES_AT = datetime(2026, 12, 9, 16, 15)


@cache
def printed_once(paper: StepSheetPaper) -> Rendered:
    """A paper that several tests look at."""
    return step_sheet_pdf(paper)


@cache
def laid_out_once(paper: StepSheetPaper) -> tuple[int, int]:
    """On how many pages it is printed, and how many layouts that takes; no file is written of it."""
    times: list[str] = []

    def counted(html: str, settings: str) -> LaidOut:
        times.append(settings)
        return lay_out(html, settings)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing, "lay_out", counted)
        patch.setattr(printing, "write_pdf", lambda laid_out: Written(b"", laid_out.pages))
        return step_sheet_pdf(paper).pages, len(times)


def seen(laid_out: LaidOut) -> bytes:
    return page_png(write_pdf(laid_out).pdf, 500)


@pytest.mark.parametrize(("number", "steps"), [(1, 10), (2, 11)])
def test_ten_or_eleven_steps_hold_on_one_page(number: int, steps: int, tmp_path: Path) -> None:
    paper = step_sheet(number=number)
    assert len(paper.steps) == steps
    rendered = printed_once(paper)
    assert (rendered.pages, rendered.fit == "dense") == (1, False)
    printed = text_of(rendered.pdf)
    for step in paper.steps:
        for text in (step.title, step.prompts[0].strip("« »"), step.rule, step.speaks, step.silent):
            assert words(set_text(text)) in printed
    assert printed.endswith(words("elle peut rester sur la table."))
    check_readable_aloud(rendered.pdf, tmp_path)


def test_the_hours_follow_one_another() -> None:
    printed = text_of(printed_once(step_sheet()).pdf)
    hours = ("14 h 00", "14 h 05", "14 h 15", "14 h 20", "14 h 30", "14 h 50", "15 h 05", "15 h 10", "16 h 00")
    places = [printed.index(words(hour)) for hour in hours]
    assert places == sorted(places)
    assert words("mercredi 9 décembre 2026, de 14 h à 16 h") in printed
    assert words("Les Tilleuls · 2e regroupement (4 ou 5 prévus) · école du Vieux-Pont, salle des maîtres") in printed


def test_when_the_room_closes_stands_at_the_end_if_that_is_known() -> None:
    assert words("La salle ferme à 16 h 15.") in text_of(step_sheet_pdf(replace(step_sheet(), closes_at=CLOSES_AT)).pdf)
    assert words("La salle ferme") not in text_of(printed_once(step_sheet()).pdf)


def test_a_step_that_may_be_skipped_says_so() -> None:
    assert "facultatif" in text_of(printed_once(step_sheet()).pdf)


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("canvas", sorted(library()))
def test_every_canvas_of_the_library_holds_on_one_page(canvas: str, number: int) -> None:
    paper = step_sheet(library()[canvas].agenda(number))
    pages, times = laid_out_once(paper)
    assert pages == 1
    assert times == 1 if len(paper.steps) <= 9 else times <= 3


def test_moving_its_rows_gives_the_page_that_more_white_under_them_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "MOST_SPREAD_MM", 2.0)
    paper = step_sheet(library()["trio"].agenda(1)[:4])
    moved = page_png(step_sheet_pdf(paper).pdf, 500)
    airy = printing.LARGER[0]
    close, wider = (lay_out(printing._html(paper), replace(airy, row=row).css()) for row in (airy.row, airy.row + 2))
    pages = [Image.open(io.BytesIO(each)).convert("L") for each in (moved, seen(wider), seen(close))]
    assert ImageChops.difference(*pages[:2]).point(lambda value: 255 if value > 128 else 0).getbbox() is None
    assert ImageChops.difference(pages[0], pages[2]).getbbox()


@pytest.mark.parametrize("canvas", ["trio", "genot-soutoul"])
def test_as_many_steps_as_a_pilot_may_have_hold_on_one_page_however_wordy(canvas: str, tmp_path: Path) -> None:
    wordy = OwnStep(
        "Un nom de cinquante signes, le plus long qui passe.",
        5,
        "qui parle " * 6,
        "qui se tait " * 5,
        "Une règle. " * 8,
    )
    steps = library()[canvas].agenda(2)
    while len(steps) < MOST_STEPS:
        steps = with_own(steps, wordy, after="")
    rendered = step_sheet_pdf(replace(step_sheet(steps), closes_at=CLOSES_AT))
    assert rendered.pages == 1
    printed = text_of(rendered.pdf)
    assert printed.count(words("Une règle. " * 8)) == MOST_STEPS - len(library()[canvas].agenda(2))
    assert all(words(set_text(step.title)) in printed for step in steps)
    check_readable_aloud(rendered.pdf, tmp_path)


def test_eleven_wordy_steps_still_hold_on_one_page() -> None:
    """Nothing is cut: what a pilot may write in a canvas, a little longer than ours, only gets smaller."""
    steps = tuple(replace(step, rule=f"{step.rule} Chaque personne peut passer.") for step in step_sheet().steps)
    rendered = step_sheet_pdf(step_sheet(steps))
    assert rendered.pages == 1
    assert text_of(rendered.pdf).count(words("Chaque personne peut passer.")) == len(steps)


def test_a_typed_place_never_acts(tmp_path: Path) -> None:
    rendered = step_sheet_pdf(replace(step_sheet(), place="<b>salle 12</b> & {{ config }} http://127.0.0.1:9/"))
    assert words("<b>salle 12</b> & {{ config }}") in text_of(rendered.pdf)
    check_readable_aloud(rendered.pdf, tmp_path)


def test_prompts_are_quoted_once_and_joined_while_they_are_short() -> None:
    assert _prompt(()) == ""
    assert _prompt(("« Comment … alors que … ? »",)) == "« Comment … alors que … ? »"
    assert _prompt(("Un mot.", "Et encore ?")) == "« Un mot. Et encore ? »"
    assert _prompt(("Un mot.", "x" * PROMPT_LENGTH)) == "« Un mot. »"
