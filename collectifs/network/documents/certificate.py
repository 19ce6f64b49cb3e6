"""The certificate of attendance of a day: the workshops in which a person was seen, their hours; never the content."""

from dataclasses import dataclass
from datetime import date, datetime

from collectifs.kernel.documents.press import Rendered, lay_out, template, write_pdf
from collectifs.kernel.documents.printing import printed
from collectifs.kernel.text.typography import count, short_date, time_range
from collectifs.meetings.domain.attendance import hours_in_figures, minutes_between

CSS = ":root { --opening: 22mm; --row: 3mm; --pen: 22mm }"


@dataclass(frozen=True, slots=True)
class AttendedWorkshop:
    """A workshop in which the person was seen, local instants."""

    title: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class DayCertificatePaper:
    """What the paper says. `signs`: the lines to sign upon. `led`: the bearer led the workshop."""

    title: str
    bearer: str
    event: str
    place: str
    territory: str
    season: str
    attended: tuple[AttendedWorkshop, ...]
    made_on: date
    signs: tuple[str, ...]
    led: bool = False


@printed
def day_certificate_pdf(paper: DayCertificatePaper) -> Rendered:
    """The certificate as PDF/UA-1."""
    minutes = sum(minutes_between(each.starts_at, each.ends_at) for each in paper.attended)
    workshops = count(len(paper.attended), "atelier")
    did = "a animé, en présentiel, un atelier" if paper.led else f"a pris part, en présentiel, à {workshops}"
    html = template(
        "event_certificate.html",
        paper=paper,
        issuer=f"{paper.territory} · année scolaire {paper.season}",
        words={
            "source": "D’après les feuilles d’émargement,",
            "came": f"{did} de la journée « {paper.event} ».",
            "total": f"Soit {hours_in_figures(minutes)} en tout.",
        },
        rows=[_row(each) for each in paper.attended],
        several=False,
        made=f"Fait le {short_date(paper.made_on)}.",
        foot="Lisible par : la personne nommée et le service de formation.",
    )
    written = write_pdf(lay_out(html, CSS))
    return Rendered(written.pdf, written.pages, "")


def _row(each: AttendedWorkshop) -> dict[str, str]:
    return {
        "day": short_date(each.starts_at),
        "title": each.title,
        "hours": time_range(each.starts_at, each.ends_at),
        "duration": hours_in_figures(minutes_between(each.starts_at, each.ends_at)),
    }
