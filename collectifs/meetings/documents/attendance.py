"""The attendance sheet: who is expected, where they work, a line to sign; printed before the meeting."""

from dataclasses import dataclass, field
from datetime import datetime

from collectifs.kernel.documents.press import Rendered, lay_out, template, write_pdf
from collectifs.kernel.documents.printing import printed
from collectifs.kernel.text.typography import join_names, long_date, sentence_case, time_range
from collectifs.meetings.domain.attendance import half_days, hours_in_figures, minutes_between
from collectifs.people.domain.scheme import Scheme

# Rows of 12.8 mm down to a little over a centimetre, as long as one page holds all; else the large ones, on two.
SCALES = (1.0, 0.92, 0.85, 0.8)
PAGE_NUMBERS = (
    "@page register { @bottom-right { content: 'page ' counter(page) ' sur ' counter(pages);"
    " font: 9.5pt 'Atkinson Hyperlegible'; color: #4d5a62 } }"
)
LEAST_BLANKS = 3


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody on the list, family name first, and where they work (may be empty)."""

    name: str
    establishment: str = ""
    is_pilot: bool = False


@dataclass(frozen=True, slots=True)
class AttendancePaper:
    """What the paper says; instants are local. A signed paper is kept by whoever receives it: it says no date."""

    title: str
    collective_name: str
    meeting_label: str
    starts_at: datetime
    ends_at: datetime
    place: str
    members: tuple[Expected, ...]
    guests: tuple[Expected, ...]
    pilots: tuple[str, ...]
    scheme: Scheme = field(default_factory=Scheme)


@printed
def attendance_pdf(paper: AttendancePaper) -> Rendered:
    """The attendance sheet as PDF/UA-1; its heads come again on each page."""
    html = _html(paper)
    for scale in SCALES:
        laid_out = lay_out(html, _css(scale))
        if laid_out.pages == 1:
            break
    else:
        scale = SCALES[0]
        laid_out = lay_out(html, _css(scale, PAGE_NUMBERS))
    written = write_pdf(laid_out)
    return Rendered(written.pdf, written.pages, f"{scale:.2f}")


def _css(scale: float, more: str = "") -> str:
    return f":root {{ --scale: {scale} }} {more}"


def _html(paper: AttendancePaper) -> str:
    parts = half_days(paper.starts_at, paper.ends_at)
    duration = hours_in_figures(minutes_between(paper.starts_at, paper.ends_at))
    return template(
        "attendance.html",
        paper=paper,
        references=paper.scheme.references,
        action=f"{paper.scheme.title}, {duration}, en présentiel",
        day=long_date(paper.starts_at),
        when=f"{join_names(parts)}, {time_range(paper.starts_at, paper.ends_at)}",
        columns=parts if len(parts) > 1 else ("",),
        blanks=range(max(1, LEAST_BLANKS - len(paper.guests))),
        certifies=_certifies(paper.pilots),
        signs=f"{join_names(paper.pilots)}, signature" if paper.pilots else "Nom et signature",
        foot="Lisible par : les personnes présentes et le service de formation, qui la conserve selon ses règles.",
    )


def _certifies(pilots: tuple[str, ...]) -> str:
    who = "les pilotes attestent" if len(pilots) > 1 else "le ou la pilote atteste"
    return sentence_case(f"{who} la présence des personnes qui ont signé, aux heures indiquées.")
