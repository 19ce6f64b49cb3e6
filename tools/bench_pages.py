"""The main pages, who opens each, and how its queries are counted: for `make bench` and for the tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from collectifs.kernel.extensions import db

MOST = 12

# Opening and ending a transaction asks nothing of the tables.
NO_QUERY = ("BEGIN", "SET TRANSACTION", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT", "PRAGMA")

# A name, who opens it, its address with the ids of the world.
PAGES = {
    "home of a pilot": ("pilot", "/"),
    "home of a member": ("member", "/"),
    "home of a manager": ("manager", "/"),
    "home of an inspector": ("inspector", "/"),
    "home of an administrator": ("administrator", "/"),
    "collective, its pilot": ("pilot", "/collectifs/{collective}"),
    "collective, a member": ("member", "/collectifs/{collective}"),
    "collectives": ("manager", "/collectifs"),
    "collectives, CSV": ("manager", "/collectifs.csv"),
    "managing": ("manager", "/collectifs/{collective}/gestion"),
    "members, CSV": ("manager", "/collectifs/{collective}/membres.csv"),
    "inviting": ("manager", "/collectifs/{collective}/inviter"),
    "vivier": ("manager", "/pilotes"),
    "season": ("manager", "/saison"),
    "own meetings": ("member", "/mes-regroupements"),
    "meeting, its pilot": ("pilot", "/regroupements/{meeting}"),
    "meeting, a member": ("member", "/regroupements/{meeting}"),
    "preparing": ("pilot", "/regroupements/{meeting}/preparer"),
    "attendance": ("pilot", "/regroupements/{meeting}/emargement"),
    "live": ("pilot", "/seance/{meeting}"),
    "live, its state": ("pilot", "/seance/{meeting}/etat?apres=0"),
    "sheet, its pilot": ("pilot", "/fiches/{proposed}"),
    "sheet, a member": ("member", "/fiches/{proposed}"),
    "sheet, being written": ("pilot", "/fiches/{draft}/ecrire"),
    "inspection": ("inspector", "/fiches-transmises"),
    "inspection, a sheet": ("inspector", "/fiches-transmises/{submitted}"),
    "account": ("member", "/mon-compte"),
    "administration": ("administrator", "/administration"),
    "whom to write to": ("nobody", "/a-qui-ecrire"),
    "help": ("nobody", "/aide"),
    "calls": ("manager", "/appels"),
    "days of workshops": ("manager", "/journees"),
}


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that the block sends to the database."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.upper().startswith(NO_QUERY):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
