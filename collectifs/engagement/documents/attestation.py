"""The attestation of engagement: PDF/UA, and JSON with the same lines, the same bytes each time."""

import json
from dataclasses import dataclass
from datetime import date

from collectifs.kernel.documents.press import Rendered, lay_out, template, write_pdf
from collectifs.kernel.documents.printing import printed
from collectifs.kernel.text.typography import count, short_date
from collectifs.meetings.domain.attendance import hours_in_figures

FORMAT = "collectifs/engagement/1"
CSS = ":root { --opening: 8mm; --row: 1.6mm; --pen: 14mm }"


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A line of the paper: its kind as a word for machines, its words, its day, its length, the last day of a role."""

    kind: str
    label: str
    day: date
    minutes: int
    until: date | None
    pages: int = 0


@dataclass(frozen=True, slots=True)
class EngagementPaper:
    """What the paper says. `check`: the page where a reader types the code."""

    bearer: str
    code: str
    made_on: date
    check: str
    lines: tuple[PaperLine, ...]


@printed
def engagement_pdf(paper: EngagementPaper) -> Rendered:
    """The attestation as PDF/UA-1."""
    minutes = sum(each.minutes for each in paper.lines)
    html = template(
        "engagement.html",
        paper=paper,
        rows=[_row(each) for each in paper.lines],
        total=f"Soit {hours_in_figures(minutes)} en tout." if minutes else "",
        about=f"{count(len(paper.lines), 'ligne', feminine=True).capitalize()}, choisies par cette personne.",
        made=f"Fait le {short_date(paper.made_on)}.",
    )
    written = write_pdf(lay_out(html, CSS))
    return Rendered(written.pdf, written.pages, "")


def engagement_json(paper: EngagementPaper) -> bytes:
    """The same for a machine: keys in order, days as ISO 8601, lengths in minutes."""
    told = {
        "format": FORMAT,
        "bearer": paper.bearer,
        "code": paper.code,
        "made_on": paper.made_on.isoformat(),
        "check": paper.check,
        "lines": [_told(each) for each in paper.lines],
        "minutes": sum(each.minutes for each in paper.lines),
    }
    return (json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _told(each: PaperLine) -> dict[str, object]:
    told: dict[str, object] = {"kind": each.kind, "label": each.label, "day": each.day.isoformat()}
    if each.minutes:
        told["minutes"] = each.minutes
    if each.pages:
        told["pages"] = each.pages
    if each.until:
        told["until"] = each.until.isoformat()
    return told


def _row(each: PaperLine) -> dict[str, str]:
    until = f"jusqu’au {short_date(each.until)}" if each.until and each.until != each.day else ""
    duration = hours_in_figures(each.minutes) if each.minutes else ""
    return {"day": short_date(each.day), "label": each.label, "until": until, "duration": duration}
