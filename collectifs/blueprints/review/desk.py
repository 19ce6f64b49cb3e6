"""What an inspector is shown: a pile of sheets under codes, one of them open; and its copy on paper."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import url_for

from collectifs.kernel.documents.press import Rendered
from collectifs.kernel.retention import submitted_ends_on
from collectifs.kernel.seasons import season_label, season_of
from collectifs.kernel.text.typography import (
    MONTHS,
    clock_time,
    day_and_month,
    join_names,
    month_year,
    number_in_words,
    of,
)
from collectifs.people.domain.person import Person, Role
from collectifs.people.models import Territory
from collectifs.people.queries.roles import departments_among, inspectors_count
from collectifs.review.queries import SubmittedFacts, remarks_on, submitted_on
from collectifs.sheets.documents.sheet import SheetPaper, sheet_pdf
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.queries.sheets import opened_copies

FIRST_WORDS = 78


def desk(person: Person, now: datetime, submitted: SubmittedFacts | None = None) -> dict[str, Any]:
    """The sheets of this season on the inspector's territories, those to read first; one of them open beside."""
    territories = departments_among(person.territories(Role.INSPECTOR))
    season = season_of(now.date())
    found = submitted_on(frozenset(territory.id for territory in territories), season)
    shown = [submitted] if submitted else []
    words = opened_copies({facts.id for facts in (*found, *shown)})
    to_read = sum(is_to_read(facts) for facts in found)
    page = {
        "place": join_names([territory.name for territory in territories]),
        "season": f"saison {season_label(season)}",
        "pile": [
            _piled(facts, words[facts.id], person, is_open=facts.id in {each.id for each in shown})
            for facts in sorted(found, key=lambda facts: facts.withdrawn_at is not None)
        ],
        "pile_title": f"{number_in_words(to_read, feminine=True).capitalize()} à lire" if to_read else "Tout est lu",
    }
    if submitted:
        return page | _opened(submitted, words[submitted.id], now) | _beside(found, submitted)
    return page | {"readers": _readers_on(territories, now), "until": _until(now)}


def _readers_on(territories: list[Territory], now: datetime) -> str:
    names = join_names([territory.name for territory in territories])
    return _readers(territories[0].id, names, now) if len(territories) == 1 else f"l’inspection {of(names)}"


def is_to_read(facts: SubmittedFacts) -> bool:
    """Whether nobody has marked it as read yet; a sheet that was withdrawn is not to be read."""
    return facts.reviewed_at is None and facts.withdrawn_at is None


def next_to_read(person: Person, now: datetime, after: UUID) -> UUID | None:
    """The sheet that waits below this one in the pile, or above when none does; None when all is read."""
    territories = departments_among(person.territories(Role.INSPECTOR))
    found = submitted_on(frozenset(territory.id for territory in territories), season_of(now.date()))
    return _next_to_read(found, after)


def _next_to_read(found: list[SubmittedFacts], after: UUID) -> UUID | None:
    place = next((number for number, facts in enumerate(found) if facts.id == after), -1)
    around = [*found[place + 1 :], *found[: max(place, 0)]]
    return next((facts.id for facts in around if is_to_read(facts)), None)


def _beside(found: list[SubmittedFacts], submitted: SubmittedFacts) -> dict[str, Any]:
    """The addresses of the sheets before and after the open one in the pile, and whether another waits."""
    ids = [facts.id for facts in found if not facts.withdrawn_at]
    place = ids.index(submitted.id) if submitted.id in ids else None
    before = ids[place - 1] if place else None
    after = ids[place + 1] if place is not None and place + 1 < len(ids) else None
    return {
        "before_url": before and url_for("review.show", submitted_id=before),
        "after_url": after and url_for("review.show", submitted_id=after),
        "another_waits": _next_to_read(found, submitted.id) is not None,
    }


def _piled(facts: SubmittedFacts, content: SheetContent | None, person: Person, *, is_open: bool) -> dict[str, Any]:
    """One sheet of the pile, as the `pile` component reads it."""
    piled = {"label": facts.label, "month": MONTHS[facts.month.month - 1]}
    if facts.withdrawn_at:
        return piled | {"text": "Retirée par le collectif."}
    read = "lue par vous" if facts.reviewed_by_id == person.id else "lue"
    badge, kind = (read, "") if facts.reviewed_at else ("à lire", "now")
    return piled | {
        "url": url_for("review.show", submitted_id=facts.id),
        "current": is_open,
        "degree": _degree(facts),
        "question": first_words(content),
        "badge": badge,
        "badge_kind": kind,
    }


def first_words(content: SheetContent | None) -> str:
    """The beginning of the question, cut between two words."""
    question = " ".join(content.question.split()) if content else ""
    if len(question) <= FIRST_WORDS:
        return question
    return f"{question[:FIRST_WORDS].rpartition(' ')[0].rstrip(' ,;:')}…"


def _opened(facts: SubmittedFacts, content: SheetContent | None, now: datetime) -> dict[str, Any]:
    """The sheet that is being read, with the exchange about it."""
    local = now.astimezone(ZoneInfo(facts.timezone))
    return {
        "submitted": facts,
        "content": content,
        "head_left": facts.label,
        "head_right": _occasion(facts),
        "readers": _readers(facts.territory_id, facts.territory_name, now),
        "until": _until(facts.submitted_at),
        "read_at": f"le {day_and_month(local.date())} à {clock_time(local)}",
        "remarks": remarks_on(facts.id),
    }


def institution_copy(facts: SubmittedFacts, content: SheetContent, now: datetime) -> Rendered:
    """The sheet as PDF: a code, a month, a degree."""
    month = month_year(facts.month)
    whose = "" if facts.collective_name else f"collectif {facts.collective_code}, "  # no typed word in a title
    paper = SheetPaper(
        content=content,
        title=f"Fiche synthèse, {whose}{month}",
        collective_label=facts.label,
        occasion=_occasion(facts),
        circle="institution",
        readers=_readers(facts.territory_id, facts.territory_name, now),
        kept_until=f"au retrait par le collectif, au plus tard {month_year(submitted_ends_on(facts.submitted_at))}",
    )
    return sheet_pdf(paper)


def _degree(facts: SubmittedFacts) -> str:
    return facts.degree.label if facts.degree else "1er et 2d degrés"


def _occasion(facts: SubmittedFacts) -> str:
    month = month_year(facts.month)
    return f"{_degree(facts)} · {month}"


def _readers(territory_id: UUID, name: str, now: datetime) -> str:
    number = inspectors_count(territory_id, now.date())
    return f"l’inspection {of(name)} ({number} personne{'s' if number > 1 else ''})"


def _until(submitted_at: datetime) -> str:
    return f"jusqu’au retrait par le collectif, au plus tard {month_year(submitted_ends_on(submitted_at))}"
