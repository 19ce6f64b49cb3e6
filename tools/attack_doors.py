"""Every endpoint, with every method, as every role, with ids of its own and of others; fields that no form has."""

import re
from collections import Counter
from typing import Any

from sqlalchemy import select

from collectifs.kernel.extensions import Base, db
from tools.attack_world import PAPERS, UNSAFE, Target

METHODS = ("GET", "HEAD", *UNSAFE, "OPTIONS", "TRACE", "PROPFIND")
STRANGERS = (
    *("nobody", "member", "presenter", "newcomer", "latecomer", "deputy", "note_taker", "pilot", "former"),
    *("manager", "inspector"),
)
BODIES: tuple[dict[str, Any], ...] = ({}, {"data": {"title": "x"}}, {"json": {"events": []}}, {"json": [[]]})
MARK = "5e17e1ab-0000-4000-8000-000000000000"
# Names of columns that no page lets anybody write: whoever sends them is not heard.
COLUMN = re.compile(r"^(id|key_id|role|season|state|status|revision|sequence|number|code|kind|is_\w+|\w+_(id|at|on))$")


def foreign_ids(target: Target) -> tuple[Counter[str], list[str]]:
    """Things of another collective, asked for by every role of ours: nothing is there, and nothing moves."""
    tries, faults = Counter[str](), []
    for endpoint in sorted(target.matrix):
        url = target.url(endpoint, foreign=True)
        if url is None or target.matrix[endpoint].rule == "anyone":
            continue
        for role in STRANGERS:
            for number, method in enumerate(METHODS):
                answer = target.send(role, method, url, **(BODIES[number % 4] if method in UNSAFE else {}))
                tries["foreign ids"] += 1
                if answer.status_code not in ((302,) if role == "nobody" else (404,)) and not _is_list(method, answer):
                    faults.append(f"foreign ids: {role} {method} {endpoint}: {answer.status_code}")
    if changed := target.kept.changed_tables():
        faults.append(f"foreign ids: {sorted(changed)} changed")
        target.kept.take_back()
    return tries, faults


def _is_list(method: str, answer: Any) -> bool:
    """OPTIONS names the methods of an address and nothing of what is behind it; a foreign method is none."""
    return (method == "OPTIONS" and answer.status_code == 200) or answer.status_code in (403, 405)


def own_ids(target: Target) -> tuple[Counter[str], list[str]]:
    """Methods that are nobody's, as whoever is let in: never a 5xx, nothing moves."""
    tries, faults = Counter[str](), []
    for endpoint, line in sorted(target.matrix.items()):
        url = target.url(endpoint)
        if url is None or url.endswith(PAPERS):
            continue
        for role in dict.fromkeys((*line.get[:2], *line.post[:2])):
            for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"):
                answer = target.send(role, method, url)
                tries["odd methods"] += 1
                if answer.status_code >= 500:
                    faults.append(f"odd methods: {role} {method} {endpoint}: {answer.status_code}")
    if changed := target.kept.changed_tables() - {"reading_traces", "audit_events"}:
        faults.append(f"odd methods: {sorted(changed)} changed")
    target.kept.take_back()
    return tries, faults


def mass_assignment(target: Target) -> tuple[Counter[str], list[str]]:
    """Every column that no form has, sent with every form and every JSON: none is written."""
    names = {column.name for table in Base.metadata.sorted_tables for column in table.columns}
    tries, faults = Counter[str](), []
    for endpoint, line in sorted(target.matrix.items()):
        url = target.url(endpoint)
        for role in line.post[:2] if url else ():
            page = target.kept.reader(role).client.get(url).get_data(as_text=True) if role in line.get else ""
            fields = set(re.findall(r'name="([^"]+)"', page))
            sent = {name: MARK for name in names - fields if COLUMN.match(name)}
            for body in ({"data": sent}, {"json": sent}):
                answer = target.send(role, "POST", str(url), **body)
                tries["mass assignment"] += 1
                if answer.status_code >= 500:
                    faults.append(f"mass assignment: {role} {endpoint}: {answer.status_code}")
            faults += [f"mass assignment: {role} {endpoint} wrote {where}" for where in _marked()]
            target.kept.take_back()
    return tries, faults


def _marked() -> list[str]:
    """The columns that hold what was sent."""
    db.session.rollback()
    found = []
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(select(table)).mappings():
            found += [f"{table.name}.{name}" for name, value in row.items() if MARK in str(value)]
    return found
