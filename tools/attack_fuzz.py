"""Requests that no honest page sends, drawn from a seed: forms, JSON and queries, as whoever is let in."""

import io
import json
import random
import re
from collections import Counter
from typing import Any

from tools.attack_world import PAPERS, Target

AGAIN = 40  # requests between two looks at the pages and a world put back
LOOKED_AT = ("collectives.show", "live.run", "sheets.edit", "sheets.show", "meetings.show", "home.index")
WORDS: tuple[Any, ...] = (
    *("", " ", "0", "-1", "9" * 5000, "1e309", "NaN", "None", "null", "true", "\x00", "\ud83d", "e\u0301" * 300),
    *("\u202eabc", "\uffff", "a" * 30_000, "<script>alert(1)</script>", "' OR 1=1 --", "{{7*7}}", "%s%n", "\r\nX: y"),
    *("2027-02-30", "2027-01-13T25:61", "00000000-0000-0000-0000-000000000000", "../../etc/passwd", "été\u00a0!"),
)
DEEP = "[" * 40_000
FIELD = re.compile(r'name="([^"]+)"')


class Fuzz:
    """Draws and sends; `faults` names what answered 5xx, and pages that did not open afterwards."""

    def __init__(self, target: Target, seed: int) -> None:
        self.target, self.random = target, random.Random(seed)  # noqa: S311  to be drawn again, not to be secret
        self.tries, self.faults = Counter[str](), list[str]()
        self.fields = self._fields()
        self.lines = [(name, line) for name, line in sorted(target.matrix.items()) if self._is_tried(name)]

    def run(self, number: int) -> tuple[Counter[str], list[str]]:
        """So many requests."""
        for each in range(number):
            self._once()
            if each % AGAIN == AGAIN - 1:
                self._look()
        self._look()
        return self.tries, self.faults

    def _is_tried(self, endpoint: str) -> bool:
        url = self.target.url(endpoint)
        return url is not None and not url.endswith(PAPERS) and bool(self._roles(endpoint))

    def _roles(self, endpoint: str) -> tuple[str, ...]:
        line = self.target.matrix[endpoint]
        return tuple(line.post or line.get)

    def _fields(self) -> list[str]:
        """Every name that a form of ours carries."""
        found = {"do", "id", "suite", "depuis", "csrf_token"}
        for endpoint, line in self.target.matrix.items():
            url = self.target.url(endpoint)
            if line.get and line.post and url:
                page = self.target.kept.reader(line.get[0]).client.get(url).get_data(as_text=True)
                found |= set(FIELD.findall(page))
        return sorted(found - {"csrf_token", "csrf-token"})

    def _once(self) -> None:
        endpoint, line = self.random.choice(self.lines)
        role = self.random.choice(self._roles(endpoint))
        url = str(self.target.url(endpoint))
        kind = self.random.choice(("form", "json", "query", "files")) if line.post else "query"
        sent, method = self._body(kind), "GET" if kind == "query" else "POST"
        self.tries[f"generated {kind}"] += 1
        try:
            code = self.target.send(role, method, url, **sent).status_code
        except Exception as error:  # noqa: BLE001  whatever it is, it is what we look for
            code = 599
            sent = {"raised": type(error).__name__, **sent}
        if code >= 500:
            self.faults.append(f"generated: {role} {method} {endpoint}: {code} for {str(sent)[:160]!r}")

    def _body(self, kind: str) -> dict[str, Any]:
        names = self.random.sample(self.fields, self.random.randint(0, 8))
        texts = {name: self._word() for name in names}
        if kind == "query":
            return {"query_string": {name: _sendable(text) for name, text in texts.items()}}
        if kind == "form":
            return {"data": {name: _sendable(text) for name, text in texts.items()}}
        if kind == "files":
            data = {name: (io.BytesIO(b"x"), "x.txt") for name in names}
            return {"data": data, "content_type": "multipart/form-data"}
        said = DEEP if self.random.random() < 0.05 else json.dumps(self._value(0))
        return {"data": said, "content_type": "application/json"}

    def _word(self) -> str:
        word = str(self.random.choice(WORDS))
        return word if self.random.random() < 0.6 else word + str(self.random.choice(WORDS))

    def _value(self, depth: int) -> Any:
        """Any JSON, mostly in the shape that the room sends."""
        kind = self.random.choice(("gestures", "object", "list", "word", "number")) if depth < 3 else "word"
        if kind == "gestures" and depth == 0:
            events = [self._gesture() for _ in range(self.random.randint(0, 3))]
            person = str(self.target.kept.here.people["pilot"].id)
            return {"device": self._word()[:40], "person": person, "events": events}
        if kind == "object":
            return {self.random.choice(self.fields): self._value(depth + 1) for _ in range(3)}
        if kind == "list":
            return [self._value(depth + 1) for _ in range(3)]
        return self.random.choice((0, -1, 10**30, 1.5, True, None)) if kind == "number" else self._word()

    def _gesture(self) -> dict[str, Any]:
        ours = [str(value) for value in self.target.kept.here.ids.values()]
        choices: list[tuple[Any, ...]] = [(self._word(), self.random.choice(ours), 10**12, None, []) for _ in NAMES]
        body = dict(zip(NAMES, map(self.random.choice, choices), strict=True))
        hand = self.random.choice((0, 1, 999_999, -1, "1", 10**40))
        when = self.random.choice(("2027-01-13T12:50:00.000Z", "9999-12-31T23:59:59Z", "x", 0))
        made = {"id": self.random.choice((self._id(), self._word())), "kind": self.random.choice(KINDS)}
        return made | {"hand": hand, "happened_at": when, "body": body}

    def _id(self) -> str:
        return f"{self.random.getrandbits(32):08x}-0000-4000-8000-{self.random.getrandbits(48):012x}"

    def _look(self) -> None:
        """Nothing broke what others read; then everything is as before."""
        for endpoint in LOOKED_AT:
            line, url = self.target.matrix[endpoint], self.target.url(endpoint)
            answer = self.target.kept.reader("pilot" if "pilot" in line.get else line.get[0]).client.get(url)
            self.tries["looks"] += 1
            if answer.status_code >= 500:
                self.faults.append(f"afterwards: {endpoint}: {answer.status_code}")
        self.target.kept.take_back()


KINDS = ("note_written", "note_edited", "parked", "hand_taken", "meeting_started", "duty_given", "guest_welcomed", "x")
NAMES = ("note", "text", "lane", "step", "device", "item", "who", "duty", "name", "plan", "state")


def _sendable(text: str) -> str | bytes:
    """As a broken program would send it: half characters as the bytes that they are."""
    return text.encode("utf-8", "surrogatepass") if any("\ud800" <= sign <= "\udfff" for sign in text) else text
