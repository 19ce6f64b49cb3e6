"""Outputs are made once, by the act that freezes the words: downloading renders nothing, and they go with the words."""

from functools import cache

import pytest
from sqlalchemy import delete

from collectifs.kernel import clock, keeping
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.kernel.models import Job
from collectifs.kernel.vault import Vault
from collectifs.sheets.documents import sheet as printing
from collectifs.sheets.documents.outputs import render
from collectifs.sheets.domain.output import Format
from collectifs.sheets.domain.work import RenderCopy, RenderVersion
from collectifs.sheets.jobs import outputs
from collectifs.sheets.models import SheetRendering
from collectifs.sheets.queries.outputs import output_of_copy, output_of_version
from collectifs.sheets.services.papers import ask_for_outputs
from collectifs.sheets.services.perishing import erase_drafts
from tests.asked import asked
from tests.circle import DAY, Circle, fresh

ADDRESSES = ("/fiche.pdf", "/fiche.odt", "/fiche.txt", "/fiche.html")
rendered_once = cache(render)  # the same sheet is transmitted by each of these tests


@pytest.fixture
def laid_out(monkeypatch) -> list[int]:
    """How often a page was laid out."""
    seen: list[int] = []
    real = printing.lay_out
    monkeypatch.setattr(printing, "lay_out", lambda *given: seen.append(1) or real(*given))
    return seen


def proposed(circle: Circle) -> RenderVersion:
    circle.write_and_propose()
    [work] = asked(RenderVersion)
    do(work)
    db.session.commit()
    return work


def transmitted(circle: Circle, moment) -> RenderCopy:
    """Rendered by the first test of the process that needs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outputs, "render", rendered_once)
        proposed(circle)
        moment.shift(7 * DAY)
        circle.submit()
        [work] = asked(RenderCopy)
        do(work)
    db.session.commit()
    return work


def kept() -> int:
    return fresh().query(SheetRendering).count()


def test_proposed_its_four_outputs_are_made_sealed_and_a_download_renders_nothing(visit, circle, laid_out):
    work = proposed(circle)
    assert kept() == len(Format)
    assert all(b"%PDF" not in row.body for row in db.session.query(SheetRendering))
    assert laid_out, "the job laid it out"
    laid_out.clear()
    made = [visit(circle.maud).raw(circle.url(end)) for end in ADDRESSES]
    assert [answer.status_code for answer in made] == [200] * 4
    assert laid_out == []
    assert made[0].get_data() == output_of_version(work.version_id, Format.PDF)
    assert made[0].get_data().startswith(b"%PDF")
    assert "attachment" in made[2].headers["Content-Disposition"]
    assert "Lisible par" in made[2].get_data(as_text=True)


def test_before_the_worker_came_it_is_made_on_the_spot_and_nothing_is_kept(visit, circle, laid_out):
    circle.write_and_propose()
    db.session.commit()
    assert visit(circle.maud).raw(circle.url("/fiche.pdf")).get_data().startswith(b"%PDF")
    assert laid_out
    assert kept() == 0


def test_transmitted_each_circle_has_its_own_and_neither_renders_again(visit, circle, moment, laid_out):
    work = transmitted(circle, moment)
    ours = output_of_copy(work.submitted_id, keeping.Circle.COLLECTIVE, Format.TEXT).decode()
    theirs = output_of_copy(work.submitted_id, keeping.Circle.INSTITUTION, Format.TEXT).decode()
    assert "Les Tilleuls" in ours
    assert "au retrait par le collectif" in ours
    assert "Les Tilleuls" not in theirs
    assert "Collectif B7" in theirs
    laid_out.clear()
    for _ in range(2):
        assert visit(circle.maud).raw(circle.url("/fiche.pdf")).status_code == 200
        inspection = visit(circle.inspector).raw(f"/fiches-transmises/{work.submitted_id}/fiche.pdf")
        assert inspection.get_data() == output_of_copy(work.submitted_id, keeping.Circle.INSTITUTION, Format.PDF)
    assert laid_out == []


def test_withdrawn_nothing_of_them_is_left(circle, moment):
    transmitted(circle, moment)
    assert kept() == 3 * len(Format)
    circle.withdraw(circle.maud)
    db.session.commit()
    assert kept() == 0


def test_withdrawn_while_the_worker_rendered_nothing_is_kept(circle, moment):
    circle.write_and_propose()
    [work] = asked(RenderVersion)
    circle.withdraw(circle.maud) if circle.status != "proposed" else erase_drafts(circle.sheet)
    do(work)
    assert kept() == 0


def test_when_the_drafts_perish_those_of_the_version_go_and_the_copy_keeps_its_own(circle, moment):
    transmitted(circle, moment)
    erase_drafts(circle.sheet)
    db.session.commit()
    assert kept() == 2 * len(Format)


def test_a_new_version_makes_the_former_copies_outputs_go(circle, moment):
    transmitted(circle, moment)
    circle.reopen()
    proposed_again = circle.write_and_propose
    proposed_again()
    moment.shift(7 * DAY)
    circle.submit()
    db.session.commit()
    assert {row.submitted_id for row in fresh().query(SheetRendering) if row.submitted_id} == set()


def test_what_was_transmitted_before_outputs_were_kept_is_made_by_the_worker_once(circle, moment):
    transmitted(circle, moment)
    db.session.execute(delete(SheetRendering))
    db.session.execute(delete(Job))
    ask_for_outputs(now=clock.now())
    ask_for_outputs(now=clock.now())
    [work] = asked(RenderCopy)
    do(work)
    assert output_of_copy(work.submitted_id, keeping.Circle.INSTITUTION, Format.PDF).startswith(b"%PDF")
    moment.shift(2 * DAY)
    ask_for_outputs(now=clock.now())
    assert asked(RenderCopy) == [work]


def test_what_was_lost_is_asked_for_again_the_next_day_and_what_was_withdrawn_never(circle, moment):
    work = transmitted(circle, moment)
    db.session.execute(delete(SheetRendering))
    moment.shift(2 * DAY)
    ask_for_outputs(now=clock.now())
    assert asked(RenderCopy) == [work, work]
    circle.withdraw(circle.maud)
    moment.shift(2 * DAY)
    ask_for_outputs(now=clock.now())
    assert asked(RenderCopy) == [work, work]


@pytest.mark.parametrize("whose", ["institution", "collective"])
def test_a_download_of_what_was_made_opens_nothing_but_it(visit, circle, moment, monkeypatch, whose):
    work = transmitted(circle, moment)
    opened: list[str] = []
    real = Vault.open_sealed
    monkeypatch.setattr(
        Vault, "open_sealed", lambda self, sealed, key_id, aad: opened.append(aad) or real(self, sealed, key_id, aad)
    )
    reader = circle.inspector if whose == "institution" else circle.maud
    path = f"/fiches-transmises/{work.submitted_id}/fiche.pdf" if whose == "institution" else circle.url("/fiche.pdf")
    assert visit(reader).raw(path).get_data().startswith(b"%PDF")
    assert [each.split("/")[0] for each in opened if "synthesis_sheets" not in each] == ["sheet_renderings"]
