"""Communes that are written and have no code: whose names are to be matched, and which are doubtful."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from collectifs.collectives.models import Collective, Meeting, Membership
from collectifs.composition.queries.finding import label_of, may_be_meant
from collectifs.kernel.extensions import db
from collectifs.kernel.text.folding import commune_key
from collectifs.people.models import Territory

Written = type[Membership] | type[Meeting]

# The columns of a name and of its code. Where people live is asked of nobody but them.
HOME: tuple[Written, str, str] = (Membership, "home_commune", "home_insee")
ASKED: list[tuple[Written, str, str]] = [(Membership, "work_commune", "work_insee"), (Meeting, "commune", "insee")]


@dataclass(frozen=True)
class Unmatched:
    """A row with a name and no code, on whose territory."""

    row: Membership | Meeting
    name: str
    column: str
    department: str


@dataclass(frozen=True)
class Doubt:
    """A name that several communes bear, in how many rows; `choices`: {code: « Saint-Denis (93) »}."""

    name: str
    rows: int
    choices: dict[str, str]


def unmatched(*conditions: ColumnElement[bool], home: bool = True) -> list[Unmatched]:
    """Rows whose commune is written without a code."""
    found = []
    for model, name, column in (*ASKED, HOME) if home else ASKED:
        rows: Any = db.session.execute(
            select(model, Territory.code)
            .join(Collective, Collective.id == model.collective_id)
            .join(Territory, Territory.id == Collective.territory_id)
            .where(getattr(model, name) != "", getattr(model, column) == "", *conditions)
            .order_by(model.id)
        )
        found += [Unmatched(row, getattr(row, name), column, code) for row, code in rows]
    return found


def doubtful_on(territory_id: UUID) -> list[tuple[Unmatched, list[str]]]:
    """The rows of a territory, where people live left out, whose commune may be one of several."""
    here = Collective.territory_id == territory_id
    found = ((each, may_be_meant(each.name, each.department)) for each in unmatched(here, home=False))
    return [(each, codes) for each, codes in found if len(codes) > 1]


def doubts_on(territory_id: UUID) -> list[Doubt]:
    """The names to ask a manager about, once each, in their order."""
    rows = doubtful_on(territory_id)
    times = Counter(commune_key(each.name) for each, _ in rows)
    asked = {commune_key(each.name): (each.name, codes) for each, codes in rows}
    found = sorted(asked.items())
    return [Doubt(name, times[key], {code: label_of(code) for code in codes}) for key, (name, codes) in found]
