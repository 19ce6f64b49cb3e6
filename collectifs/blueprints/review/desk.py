"""What an inspector is shown: a pile of sheets under codes, one of them open; and its copy on paper."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import url_for

from collectifs.blueprints.review.wanted import Asked, args_to_keep, choices
from collectifs.kernel.endings import submitted_ends_on
from collectifs.kernel.paging import Place
from collectifs.kernel.seasons import season_label
from collectifs.kernel.text.typography import (
    MONTHS,
    clock_time,
    count,
    day_and_month,
    join_names,
    month_year,
    of,
    sentence_case,
)
from collectifs.meetings.domain.resources import Resource
from collectifs.people.models import Territory
from collectifs.people.queries.roles import inspectors_count
from collectifs.review.domain.pile import Reading
from collectifs.review.domain.stems import Piece, excerpt, pieces
from collectifs.review.models import SavedFilter
from collectifs.review.queries.copies import SubmittedFacts, get_submitted, remarks_on
from collectifs.review.queries.door import PaperDoor, paper_at
from collectifs.review.queries.filters import filters_of
from collectifs.review.queries.pile import (
    PileCounts,
    Piled,
    first_of,
    has_opened_any,
    neighbours,
    pile_counts,
    piled,
    withdrawn_from,
)
from collectifs.sheets.documents.outputs import render
from collectifs.sheets.domain.output import Format
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.queries.links import links_of
from collectifs.sheets.queries.sheets import open_submitted
from collectifs.sheets.services.papers import institution_paper
from collectifs.web.addresses import ways_to
from collectifs.web.paging import pages_of

FIRST_WORDS = 160


class PileLine(NamedTuple):
    """A sheet of the pile, as its list writes it."""

    url: str
    current: bool
    is_mine: bool
    label: str
    month: str
    question: str
    read: str


def pile_page(asked: Asked, now: datetime) -> dict[str, Any]:
    """The pile alone: what it holds, who reads it, where to begin."""
    knows = has_opened_any(asked.wanted.reader_id, asked.wanted.season)
    counts = pile_counts(asked.wanted)
    leads_to = "review.show" if knows else "review.before"
    page = _pile(asked, now, counts, leads_to=leads_to)
    return page | {
        "is_alone": counts.of(asked.wanted.reading) == 1,
        "readers": _readers_on(asked.territories, now),
        "until": page["latest"] and _until(page["latest"]),
        "withdrawn": withdrawn_from(asked.wanted),
        "kept": [_kept(each) for each in filters_of(asked.wanted.reader_id)],
        "may_keep": bool(args_to_keep(asked.args)),
        "first_url": _first_url(asked, page["pile"], leads_to),
    }


def _first_url(asked: Asked, pile: Sequence[PileLine], leads_to: str) -> str | None:
    """Where the sheet on top of the pile is, which is on its first page."""
    if asked.page == 1:
        return pile[0].url if pile else None
    first = first_of(asked.wanted)
    return url_for(leads_to, submitted_id=first, **asked.args) if first else None


def before_page(asked: Asked, submitted: SubmittedFacts, now: datetime) -> dict[str, Any]:
    """What is said before the first sheet of a season; it is not open yet, and nothing is noted."""
    page = _pile(asked, now, pile_counts(asked.wanted), submitted, leads_to="review.before")
    return page | {"open_url": url_for("review.show", submitted_id=submitted.id, **asked.args)}


def sheet_page(asked: Asked, submitted: SubmittedFacts, library: Sequence[Resource], now: datetime) -> dict[str, Any]:
    """One sheet open beside the page of the pile where it stands, with the sheets above and below it."""
    counts = pile_counts(asked.wanted, submitted)
    page = _pile(asked.at(counts.before), now, counts, submitted)
    before, after = neighbours(asked.wanted, submitted)
    shown = page["shown"].get(submitted.id)
    content = shown.content if shown else open_submitted(submitted.id)
    return page | {
        **_opened(submitted, content, now),
        "links": links_of(content, library),
        "is_mine": counts.is_mine,
        "before_url": before and url_for("review.show", submitted_id=before, **asked.args),
        "after_url": after and url_for("review.show", submitted_id=after, **asked.args),
    }


def next_to_read(asked: Asked, submitted: SubmittedFacts) -> UUID | None:
    """Where « lue et suivante » leads: down the pile to what one has not read, then to what was left above."""
    wanted = asked.wanted
    left = replace(wanted, reading=Reading.NOT_MINE) if wanted.reading is Reading.ANY else wanted
    return neighbours(left, submitted)[1] or first_of(left)


def _pile(
    asked: Asked,
    now: datetime,
    counts: PileCounts,
    opened: SubmittedFacts | None = None,
    leads_to: str = "review.show",
) -> dict[str, Any]:
    wanted, here, total = asked.wanted, opened.id if opened else None, counts.of(asked.wanted.reading)
    found, ways = piled(wanted, asked.page), ways_to(leads_to, "submitted_id", **asked.args)
    pile = [_piled(each, asked, ways(each.facts.id), is_open=each.facts.id == here) for each in found]
    return {
        "place": join_names([territory.name for territory in asked.territories]),
        "season": f"saison {season_label(wanted.season)}",
        "filter": asked.args,
        "said": _said(asked, counts.any),
        "found": _found_in(asked),
        "choices": choices(asked, now),
        "readings": [_reading(each, asked, counts) for each in Reading],
        "pile": pile,
        "latest": found[0].facts.submitted_at if found else None,
        "shown": {each.facts.id: each for each in found},
        "pile_title": sentence_case(count(total, "fiche", feminine=True)) if total else "Aucune fiche",
        "position": f"{counts.before + 1} sur {total}" if any(each.current for each in pile) else "",
        "pages": pages_of(Place(asked.page, total), "review.index", **asked.args),
    }


def _reading(reading: Reading, asked: Asked, counts: PileCounts) -> dict[str, Any]:
    value = "" if reading is Reading.ANY else reading.value
    return {
        "label": f"{reading.label} ({counts.of(reading)})",
        "url": url_for("review.index", **asked.args_with(lecture=value)),
        "current": reading is asked.wanted.reading,
    }


def _kept(kept: SavedFilter) -> dict[str, str]:
    """A filter that one keeps: its name, where it leads, how to drop it."""
    return {
        "name": kept.name,
        "url": url_for("review.index", **args_to_keep(kept.args)),
        "drop_url": url_for("review.drop", kept_id=kept.id),
    }


def _piled(each: Piled, asked: Asked, url: str, *, is_open: bool) -> PileLine:
    """One sheet of the pile, as its list shows it."""
    facts = each.facts
    others = "" if each.is_mine or facts.reviewed_at is None else "lue par une autre personne"
    return PileLine(
        url,
        is_open,
        each.is_mine,
        facts.label,
        MONTHS[facts.month.month - 1],
        _shown_words(each, asked),
        " · ".join(part for part in (_degree(facts), "lue par vous" if each.is_mine else others) if part),
    )


def _said(asked: Asked, number: int) -> str:
    """What became of a search."""
    if asked.search is None:
        return asked.cannot_search
    words = sentence_case(count(number, "fiche", feminine=True)) if number else "Aucune fiche ne"
    return f"{words} {'contiennent' if number > 1 else 'contient'} « {asked.search.typed.strip()} », ou ses formes."


def _found_in(asked: Asked) -> Callable[[str], list[Piece]] | None:
    """Cuts a text where the words of the search are, for the page to mark them."""
    marked = asked.search.marked if asked.search else None
    return (lambda text: pieces(text, marked)) if marked else None


def _shown_words(each: Piled, asked: Asked) -> str:
    """What a search found, in its surroundings; else the beginning of the question."""
    content = each.content if asked.search else None
    found = excerpt(content.texts(), asked.search.marked) if asked.search and content else ""
    return found or first_words(each.question)


def first_words(question: str) -> str:
    """The beginning of the question, cut between two words."""
    question = " ".join(question.split())
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
        "remarks": (remarks := remarks_on(facts.id)),
        "is_in_exchange": any(not facts.settled_at or each.written_at > facts.settled_at for each in remarks),
    }


def _readers_on(territories: list[Territory], now: datetime) -> str:
    names = join_names([territory.name for territory in territories])
    return _readers(territories[0].id, names, now) if len(territories) == 1 else f"l’inspection {of(names)}"


def institution_copy(door: PaperDoor, now: datetime) -> bytes | None:
    """The sheet as PDF, under a code, a month, a degree: as it was made when it was submitted, and nothing else is
    opened; else made now. None when its words are gone."""
    made = paper_at(door)
    if made is not None:
        return made
    facts, content = get_submitted(door.id), open_submitted(door.id)
    if facts is None or content is None:
        return None
    return render(institution_paper(facts, facts.territory_name, content, now.date()), Format.PDF)


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
