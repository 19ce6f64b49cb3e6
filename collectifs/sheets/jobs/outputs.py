"""The outputs of a version, made once, after the act that froze it: a download later renders nothing.

Rendering takes the time of several writings: the words are read, the transaction ends, and another one keeps what was
made, if the words are still there by then.
"""

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.keeping import Circle
from collectifs.people.queries.people import get_territory
from collectifs.sheets.documents.outputs import render
from collectifs.sheets.documents.sheet import SheetPaper
from collectifs.sheets.domain.output import Format
from collectifs.sheets.domain.work import RenderCopy, RenderVersion
from collectifs.sheets.models import SheetVersion, SubmittedSheet
from collectifs.sheets.queries.sheets import get_sheet, submitted_content
from collectifs.sheets.queries.versions import version_content
from collectifs.sheets.services.papers import collective_paper, institution_paper, keep_outputs

Made = dict[Circle, dict[Format, bytes]]


@does
def render_version(work: RenderVersion) -> None:
    """The collective's four outputs of what is put to it; none of what was taken back meanwhile."""
    version = db.session.get(SheetVersion, work.version_id)
    sheet = get_sheet(version.sheet_id) if version else None
    content = version_content(version) if version else None
    if sheet is None or content is None or sheet.life.withdrawn_at:
        return
    made = _made({Circle.COLLECTIVE: collective_paper(sheet, content)})
    source = db.session.get(SheetVersion, work.version_id, populate_existing=True)
    if source and source.body:
        _keep(source, made)


@does
def render_copy(work: RenderCopy) -> None:
    """The institution's paper, and the collective's outputs: their foot now says how long the copy lasts."""
    copy = db.session.get(SubmittedSheet, work.submitted_id)
    sheet = get_sheet(copy.sheet_id) if copy else None
    content = submitted_content(copy) if copy else None
    territory = get_territory(copy.territory_id) if copy else None
    if copy is None or sheet is None or content is None or territory is None:
        return
    papers = {
        Circle.COLLECTIVE: collective_paper(sheet, content),
        Circle.INSTITUTION: institution_paper(copy, territory.name, content, clock.now().date()),
    }
    made = _made(papers)
    source = db.session.get(SubmittedSheet, work.submitted_id, populate_existing=True)
    if source and source.body:
        _keep(source, made)


def _made(papers: dict[Circle, SheetPaper]) -> Made:
    """Every output of each paper; outside of any transaction, so that nobody waits to write."""
    db.session.commit()
    return {circle: {kind: render(paper, kind) for kind in Format} for circle, paper in papers.items()}


def _keep(source: SheetVersion | SubmittedSheet, made: Made) -> None:
    sheet = get_sheet(source.sheet_id)
    if sheet is None or sheet.life.withdrawn_at:
        return
    for circle, outputs in made.items():
        keep_outputs(source, circle, outputs, sheet_id=source.sheet_id)
