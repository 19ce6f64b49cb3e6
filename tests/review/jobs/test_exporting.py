"""Sheets in one file: asked, made though a worker is lost, told, kept seven days, gone on withdrawal."""

import io
import os
import signal
import zipfile
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import text

from collectifs.across.services.tidying import tidy
from collectifs.kernel import clock, vault
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.kernel.jobs.running import run_job
from collectifs.kernel.vault.texts import seal_text
from collectifs.kernel.work import DestroyKey
from collectifs.review import services as review
from collectifs.review.domain.work import MailExportReady, MakeSheetExport
from collectifs.review.jobs import exporting
from collectifs.review.models import ExportForm, SheetExport
from collectifs.review.queries.exports import export_bytes, exports_on, get_export
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from collectifs.sheets.models import ReadingTrace, SubmittedSheet
from collectifs.sheets.queries.sheets import sheet_of_meeting
from tests import factories
from tests.asked import asked, row_of
from tests.circle import DAY, Circle

FORMULA = "=1+1"


@pytest.fixture
def circle(app: Flask, moment: Any) -> Circle:
    circle = Circle()
    answers = (Answer(FORMULA, AnswerKind.TRIED), Answer("La dernière phrase.", AnswerKind.CONSIDERED))
    circle.write(SheetContent("Comment dire, alors que tout presse ?", answers))
    circle.propose()
    moment.shift(6 * DAY)
    circle.submit()
    return circle


def ask(circle: Circle, form: ExportForm) -> SheetExport:
    by = circle.person(circle.inspector)
    row = review.ask_export([circle.copy.id], form, now=clock.now(), by=by)
    db.session.commit()
    return row


def made(circle: Circle, form: ExportForm) -> bytes:
    row = ask(circle, form)
    do(MakeSheetExport(row.id))
    db.session.flush()
    content = export_bytes(get_export(row.id))
    assert content is not None
    return content


def test_a_pdf_has_its_contents_and_its_last_sentence(circle: Circle):
    with pypdfium2.PdfDocument(made(circle, ExportForm.PDF)) as document:
        pages = [document[place].get_textpage().get_text_range() for place in range(len(document))]
    assert "Sommaire" in pages[0]
    assert "Collectif B7" in pages[0]
    assert "La dernière phrase." in pages[-1]


@pytest.mark.parametrize("form", [ExportForm.CSV, ExportForm.ODS, ExportForm.XLSX])
def test_in_a_table_no_formula_is_computed(circle: Circle, form: ExportForm):
    content = made(circle, form)
    if form is ExportForm.CSV:
        assert f";'{FORMULA};" in content.decode("utf-8-sig")
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        words = archive.read("content.xml" if form is ExportForm.ODS else "xl/worksheets/sheet1.xml").decode()
    assert FORMULA in words
    assert "<f>" not in words
    assert "formula" not in words


def test_it_is_sealed_each_sheet_is_noted_and_whoever_asked_is_told(circle: Circle):
    row = ask(circle, ExportForm.CSV)
    do(MakeSheetExport(row.id))
    db.session.flush()
    assert b"presse" not in row.body
    assert db.session.query(ReadingTrace).one().reader_id == circle.inspector.id
    assert asked(MailExportReady) == [MailExportReady(circle.inspector.id, row.id)]


def test_nobody_who_writes_waits_while_it_is_laid_out(circle: Circle, monkeypatch: pytest.MonkeyPatch):
    row, found = ask(circle, ExportForm.CSV), []

    def looks_meanwhile(*_what: object) -> bytes:
        with db.engine.connect() as other:  # it takes the one write lock of SQLite
            found.append(other.scalar(text("SELECT count(*) FROM reading_traces")))
        return b"x"

    monkeypatch.setattr(exporting, "selection_file", looks_meanwhile)
    do(MakeSheetExport(row.id))
    assert found == [0]
    assert export_bytes(get_export(row.id)) == b"x"


def test_a_worker_that_is_lost_on_the_way_is_taken_over(circle: Circle, monkeypatch: pytest.MonkeyPatch):
    row = ask(circle, ExportForm.CSV)
    monkeypatch.setattr(exporting, "open_submitted", lambda _id: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        do(MakeSheetExport(row.id))
    db.session.rollback()
    assert db.session.get(SheetExport, row.id).ready_at is None
    monkeypatch.undo()
    for _ in range(2):
        do(MakeSheetExport(row.id))
    db.session.flush()
    assert db.session.get(SheetExport, row.id).progress == 100
    assert len(asked(MailExportReady)) == 1, "done twice, told once"


def copies_of(circle: Circle, number: int) -> list[UUID]:
    """So many sheets that stand."""
    first, found = circle.copy, [circle.copy.id]
    for version in range(2, number + 1):
        meeting = factories.meeting(circle.collective, number=version)
        values = {name: getattr(first, name) for name in ("territory_id", "season", "collective_code", "month")}
        values |= {"submitted_at": first.submitted_at, "submitted_by_id": first.submitted_by_id}
        row = SubmittedSheet(id=uuid4(), key_id=vault.make_key(), version_number=1, **values)
        row.sheet_id = sheet_of_meeting(meeting.id).id
        seal_text(row, SubmittedSheet.body, SheetContent(f"Comment, fiche {version} ?").to_json())
        db.session.add(row)
        found.append(row.id)
    return found


def killed_on_the_way(app: Flask, job_id: UUID, after: int) -> int:
    """A worker's process takes the job, and is killed (SIGKILL) once it has opened so many sheets; its signal."""
    db.session.remove()
    db.engine.dispose()
    pid = os.fork()
    if pid == 0:
        try:
            opened, real = [], exporting.open_submitted

            def until_killed(submitted_id: UUID) -> Any:
                opened.append(submitted_id)
                if len(opened) > after:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(submitted_id)

            exporting.open_submitted = until_killed
            run_job(job_id)
        finally:
            os._exit(1)
    return os.WTERMSIG(os.waitpid(pid, 0)[1])


def test_a_worker_killed_midway_is_taken_over_once_its_lease_is_over_and_one_file_is_made(
    app: Flask, circle: Circle, moment: Any
):
    ids, inspector_id = copies_of(circle, 25), circle.inspector.id
    export_id = review.ask_export(ids, ExportForm.CSV, now=clock.now(), by=circle.person(circle.inspector)).id
    db.session.commit()
    job_id = row_of(MakeSheetExport(export_id)).id
    db.session.rollback()
    assert killed_on_the_way(app, job_id, after=15) == signal.SIGKILL
    export = get_export(export_id)
    assert (export.progress, export.ready_at) == (36, None), "how far it was stays"
    db.session.rollback()
    assert run_job(job_id) is False, "it is still the lost one's"
    moment.shift(timedelta(minutes=3))
    assert run_job(job_id) is True
    assert run_job(job_id) is False
    export = get_export(export_id)
    assert (export.progress, export.number) == (100, 25)
    assert export_bytes(export).decode("utf-8-sig").count("fiche") >= 24
    assert db.session.query(ReadingTrace).count() == 25
    assert asked(MailExportReady) == [MailExportReady(inspector_id, export_id)]
    assert db.session.query(SheetExport).count() == 1


def test_it_is_gone_as_soon_as_one_of_its_sheets_is_withdrawn(circle: Circle):
    row = ask(circle, ExportForm.CSV)
    do(MakeSheetExport(row.id))
    key_id = row.key_id
    circle.withdraw(circle.karim)
    db.session.flush()
    assert not get_export(row.id).is_whole
    tidy(now=clock.now())
    db.session.flush()
    assert db.session.query(SheetExport).count() == 0
    assert DestroyKey(key_id) in asked(DestroyKey)


def test_after_seven_days_it_is_gone(circle: Circle, moment: Any):
    ask(circle, ExportForm.CSV)
    moment.shift(timedelta(days=7, seconds=1))
    assert exports_on(frozenset({circle.territory.id}), clock.now()) == []
    tidy(now=clock.now())
    db.session.flush()
    assert db.session.query(SheetExport).count() == 0


def test_the_others_of_the_territory_see_who_asked_and_another_territory_nothing(circle: Circle):
    ask(circle, ExportForm.ODS)
    (found,) = exports_on(frozenset({circle.territory.id}), clock.now())
    assert (found.who, found.number, found.is_whole) == ("Agnès Roussel", 1, True)
    assert exports_on(frozenset({factories.territory().id}), clock.now()) == []


def test_nothing_and_too_much_are_refused(circle: Circle):
    by = circle.person(circle.inspector)
    for sheets in ([], [circle.copy.id] * (review.MOST_EXPORTED + 1)):
        with pytest.raises(RuleBroken):
            review.ask_export(sheets, ExportForm.PDF, now=clock.now(), by=by)
