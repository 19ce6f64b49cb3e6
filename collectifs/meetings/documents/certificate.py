"""The certificate of attendance: dates, hours and places of the meetings that a person came to; never the content."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from collectifs.kernel.documents.press import Rendered, lay_out, template, write_pdf
from collectifs.kernel.documents.printing import printed
from collectifs.kernel.text.typography import NBSP, count, join_names, long_date, of, short_date, time_range
from collectifs.meetings.domain.attendance import hours_in_figures, minutes_between
from collectifs.people.domain.scheme import Scheme

# A series of ten meetings still holds on one page; from seven on, the white above gives way.
AIRY_ROWS = 6
SCALES = ("--opening: 22mm; --row: 3mm; --pen: 22mm", "--opening: 8mm; --row: 1.6mm; --pen: 14mm")


@dataclass(frozen=True, slots=True)
class Attended:
    """A meeting that the person came to, local instants."""

    starts_at: datetime
    ends_at: datetime
    place: str
    collective_name: str


@dataclass(frozen=True, slots=True)
class CertificatePaper:
    """What the paper says. `signs` are the lines to sign upon."""

    title: str
    bearer: str
    season: str
    territory: str
    attended: tuple[Attended, ...]
    made_on: date
    signs: tuple[str, ...]
    scheme: Scheme = field(default_factory=Scheme)


@dataclass(frozen=True, slots=True)
class CertificateWords:
    """The same words for the paper and for the page."""

    source: str
    came: str
    total: str


def certificate_words(attended: Sequence[Attended]) -> CertificateWords:
    """What is certified, in three sentences."""
    names = list(dict.fromkeys(each.collective_name for each in attended))
    of_person = f"du collectif {names[0]}" if len(names) == 1 else f"des collectifs {join_names(names)}"
    minutes = sum(minutes_between(each.starts_at, each.ends_at) for each in attended)
    return CertificateWords(
        f"D’après l’émargement {of_person},",
        f"a pris part, en présentiel, à {count(len(attended), 'regroupement')}.",
        f"Soit {hours_in_figures(minutes)} en tout.",
    )


@printed
def certificate_pdf(paper: CertificatePaper) -> Rendered:
    """The certificate as PDF/UA-1."""
    html = template(
        "certificate.html",
        paper=paper,
        action=paper.scheme.title,
        references=paper.scheme.references,
        issuer=f"{paper.territory} · année scolaire {paper.season}",
        words=certificate_words(paper.attended),
        several=len({each.collective_name for each in paper.attended}) > 1,
        rows=[_row(each) for each in paper.attended],
        made=f"Fait le {short_date(paper.made_on)}.",
        foot="Lisible par : la personne nommée et le service de formation.",
    )
    written = write_pdf(lay_out(html, f":root {{ {SCALES[len(paper.attended) > AIRY_ROWS]} }}"))
    return Rendered(written.pdf, written.pages, "")


def _row(each: Attended) -> dict[str, str]:
    return {
        "day": short_date(each.starts_at),
        "hours": time_range(each.starts_at, each.ends_at),
        "place": each.place,
        "collective": each.collective_name,
        "duration": hours_in_figures(minutes_between(each.starts_at, each.ends_at)),
    }


def territory_signs(territory: str, contact: str) -> str:
    """The line for the service of a territory: « Pour Val-de-Brume, Jeanne Roux : nom, qualité et signature »."""
    return f"Pour le service de formation {of(territory)}{f' ({contact})' if contact else ''}{NBSP}: nom, signature"


def pilot_signs(names: Sequence[str]) -> str:
    """The line for who pilots."""
    return f"{join_names(names)}, pilote du collectif, signature"


def certificate_title(season: str) -> str:
    """The title of the file: no typed word."""
    return f"Attestation de présence, année scolaire {season}"


def day_of(each: Attended) -> str:
    """« mercredi 13 janvier 2027 »."""
    return long_date(each.starts_at)
