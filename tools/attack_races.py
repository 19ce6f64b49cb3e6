"""Each change of state by two sessions at once: it ends as it would have one after the other, and nothing breaks."""

import threading
from collections import Counter
from typing import Any

from collectifs.kernel.extensions import db
from tools.attack_world import PAPERS, Target

FORMS: tuple[dict[str, Any], ...] = ({"data": {}}, {"data": {"about": "text", "agreed": "yes", "do": "save"}})


def races(target: Target) -> tuple[Counter[str], list[str]]:
    """Every POST of the matrix, as the first of its line in two browsers."""
    tries, faults = Counter[str](), []
    for endpoint, line in sorted(target.matrix.items()):
        url = target.url(endpoint)
        if not line.post or url is None or url.endswith(PAPERS):
            continue
        for form in FORMS:
            after_each = _outcome(target, line.post[0], url, form, at_once=False)
            at_once = _outcome(target, line.post[0], url, form, at_once=True)
            tries["races"] += 1
            tries["of these, that changed something"] += after_each.rows != {}
            if broken := [code for code in at_once.codes if code >= 500]:
                faults.append(f"races: {endpoint}: {broken}")
            if at_once.rows != after_each.rows:
                faults.append(f"races: {endpoint}: {at_once.rows} at once, {after_each.rows} one after the other")
    return tries, faults


class Outcome:
    """What two requests answered, and how many rows each table has more or fewer."""

    def __init__(self, codes: list[int], rows: dict[str, int]) -> None:
        self.codes, self.rows = codes, rows


def _outcome(target: Target, role: str, url: str, form: dict[str, Any], *, at_once: bool) -> Outcome:
    target.kept.take_back()
    before, codes = _counts(), list[int]()
    sessions = [target.kept.reader(role) for _ in range(2)]
    for visitor in sessions:
        visitor.token()
    db.session.remove()
    barrier = threading.Barrier(2 if at_once else 1)

    def ask(visitor: Any) -> None:
        barrier.wait(timeout=20)
        headers = {"X-CSRFToken": visitor.token()}
        with target.kept.app.app_context():
            codes.append(visitor.client.post(url, headers=headers, **form).status_code)

    threads = [threading.Thread(target=ask, args=(visitor,)) for visitor in sessions]
    for thread in threads:
        thread.start()
        if not at_once:
            thread.join()
    for thread in threads:
        thread.join()
    after = _counts()
    rows = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    target.kept.take_back()
    return Outcome(codes, rows)


def _counts() -> dict[str, int]:
    found = {table.name: db.session.query(table).count() for table in db.metadata.sorted_tables}
    db.session.rollback()  # no lock is left in the way of those who come now
    return found
