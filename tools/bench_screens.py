"""Simulated screens: they do what static/js/live/journal.js does, each request as nginx hands it on."""

import asyncio
import json
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from collectifs.live.domain.gestures import iso
from collectifs.web.devices import COOKIE
from collectifs.web.form_tokens import token_of_device
from tools.bench_rooms import STEERING_DEVICE, Room

JOURNAL = Path(__file__).resolve().parents[1] / "collectifs" / "static" / "js" / "live" / "journal.js"
PATIENCE_S = 12.0  # http.js gives up then
LONGEST_WAIT_S = 30.0
BATCH = 50
GESTURE_EVERY_S = (10.0, 30.0)
TOGETHER, ALONE = 5, 4  # of five screens four steer alone, the fifth takes notes beside one of them
FINE = (200, 304)


def journal_constant(name: str) -> float:
    """A delay of the page's own script, in seconds: what is measured is what is served."""
    found = re.search(rf"\b{name} = (\d+)", JOURNAL.read_text(encoding="utf-8"))
    if found is None:
        raise SystemExit(f"{JOURNAL.name} has no {name}: the screens of the bench no longer do what the page does")
    return int(found[1]) / 1000


@dataclass
class Seen:
    """What the screens of one load met: seconds of each answer by what was asked, and what went wrong.

    `late`: by how much the screens' own program woke each of them too late, which the answers are charged with too.
    """

    since: float
    until: float
    gestures: list[float] = field(default_factory=list)
    polls: list[float] = field(default_factory=list)
    errors: dict[str, int] = field(default_factory=dict)
    late: list[float] = field(default_factory=list)
    made: int = 0
    kept: int = 0
    acknowledged: set[str] = field(default_factory=set)

    def note(self, kind: str, started: float, status: object) -> None:
        """One exchange, when it began within the time that counts."""
        if not self.since <= started < self.until:
            return
        if status in FINE:
            (self.gestures if kind == "POST" else self.polls).append(time.perf_counter() - started)
        else:
            self.errors[str(status)] = self.errors.get(str(status), 0) + 1


@dataclass(frozen=True)
class Door:
    """Where the server is, and what a page sends beside its gestures: the token of its device, made by `key`; of a
    former commit, a form token and the session it goes with."""

    port: int
    session: str
    token: str
    key: str

    def token_of(self, secret: str) -> str:
        """What a page that this device opened carries."""
        return token_of_device(secret, self.key) if not self.session else self.token


@dataclass
class Screen:
    """One device in a room. The first of a room steers alone and asks less often; a second one takes notes."""

    room: Room
    is_second: bool
    door: Door
    seen: Seen
    poll_s: float
    alone_s: float
    sequence: int = 0
    is_behind: bool = False
    is_loaded: bool = False
    hears_others: bool = False
    notes: list[str] = field(default_factory=list)
    unsent: list[dict[str, Any]] = field(default_factory=list)
    failures: int = 0

    async def live(self) -> None:
        """Open within the warm-up, then gestures and questions until the end."""
        await asyncio.sleep(random.uniform(0, max(0.0, self.seen.since - time.perf_counter())))  # noqa: S311
        next_gesture = time.perf_counter() + random.uniform(0, GESTURE_EVERY_S[1])  # noqa: S311
        while (now := time.perf_counter()) < self.seen.until:
            if now >= next_gesture:
                self.unsent.append(self._gesture())
                self.seen.made += 1
                next_gesture = now + random.uniform(*GESTURE_EVERY_S)  # noqa: S311
            fine = await (self._send() if self.unsent else self._fetch())
            self.failures = 0 if fine else self.failures + 1
            pause = self._pause()
            wakes = next_gesture - time.perf_counter() if not self.failures else pause
            await self._sleep(max(0.0, min(pause, wakes, self.seen.until - time.perf_counter())))

    async def _sleep(self, seconds: float) -> None:
        wakes = time.perf_counter() + seconds
        await asyncio.sleep(seconds)
        if wakes >= self.seen.since:
            self.seen.late.append(time.perf_counter() - wakes)

    def _pause(self) -> float:
        if self.failures:
            return min(LONGEST_WAIT_S, 2.0 ** (self.failures - 1)) * random.uniform(0.5, 1)  # noqa: S311
        if self.unsent or self.is_behind:
            return 0.0
        return self.poll_s if self.hears_others else self.alone_s

    def _gesture(self) -> dict[str, Any]:
        kinds = (*self._notes(), *self._later()) if self.is_second else (*self._notes(), *self._later(), *self._desk())
        kind, body = random.choice(kinds)  # noqa: S311
        happened_at = iso(datetime.now(UTC))
        return {"id": str(uuid4()), "kind": kind, "hand": 1, "happened_at": happened_at, "body": body}

    def _notes(self) -> tuple[tuple[str, dict[str, Any]], ...]:
        words = {"note": str(uuid4()), "step": self.room.steps[0], "text": "Dire ce que l’on regarde avant d’entrer."}
        self.notes.append(words["note"])
        return tuple(("note_written", {**words, "lane": lane}) for lane in ("collective", "sheet", "private"))

    def _later(self) -> tuple[tuple[str, dict[str, Any]], ...]:
        """What is said of a note afterwards, and what is set aside."""
        note = random.choice(self.notes)  # noqa: S311
        return (
            ("note_edited", {"note": note, "text": "Dire d’abord ce que l’on regarde."}),
            ("note_removed", {"note": note}),
            ("parked", {"item": str(uuid4()), "text": "Y revenir la prochaine fois."}),
        )

    def _desk(self) -> tuple[tuple[str, dict[str, Any]], ...]:
        step, who = random.choice(self.room.steps), str(random.choice(self.room.members))  # noqa: S311
        return (
            ("step_entered", {"step": step}),
            ("paused", {}),
            ("turn_taken", {"who": who, "step": step, "how": "given"}),
            ("attendance_marked", {"who": who, "state": "present"}),
            ("duty_given", {"duty": "timekeeper", "who": who}),
            ("hands_counted", {"about": step, "criterion": "urgency", "count": 3}),
        )

    async def _send(self) -> bool:
        sent = self.unsent[:BATCH]
        device = f"{STEERING_DEVICE}-2" if self.is_second else STEERING_DEVICE
        body = {"device": device, "person": str(self.room.pilot), "events": sent}
        status, answer = await self._ask("POST", "gestes", body)
        if status != 200:
            return False
        settled = {*answer["accepted"], *(each["id"] for each in answer["refused"])}
        self.seen.kept += len(set(answer["accepted"]))
        self.seen.acknowledged.update(answer["accepted"])
        if answer["refused"]:
            self.seen.errors["refused"] = self.seen.errors.get("refused", 0) + len(answer["refused"])
        self.unsent = [each for each in self.unsent if each["id"] not in settled]
        self.is_behind = answer["sequence"] != self.sequence + len(answer["accepted"])
        if not self.is_behind:
            self.sequence = answer["sequence"]
        return True

    async def _fetch(self) -> bool:
        status, answer = await self._ask("GET", f"etat?depuis={self.sequence}", None)
        self.is_behind = False
        if status == 200:
            self.sequence = answer["sequence"]
            self.hears_others = self.is_loaded  # only others' gestures are fetched: the page asks more often then
            self.is_loaded = True
        return status in FINE

    async def _ask(self, method: str, path: str, body: Any) -> tuple[object, Any]:
        started = time.perf_counter()
        status: object
        try:
            async with asyncio.timeout(PATIENCE_S):
                status, _, words = await exchange(self.door.port, self._request(method, path, body))
            answer = json.loads(words) if words and status == 200 else None
        except (OSError, ValueError, TimeoutError, asyncio.IncompleteReadError) as fault:
            status, answer = type(fault).__name__, None
        self.seen.note(method, started, status)
        return status, answer

    def _request(self, method: str, path: str, body: Any) -> bytes:
        words = b"" if body is None else json.dumps(body).encode()
        return b"\r\n".join(line.encode() for line in self._lines(method, path, len(words))) + b"\r\n\r\n" + words

    def _lines(self, method: str, path: str, length: int) -> Iterator[str]:
        yield f"{method} /seance/{self.room.meeting}/{path} HTTP/1.1"
        yield f"Host: 127.0.0.1:{self.door.port}"
        yield "Accept: application/json"
        yield "Connection: close"  # what nginx says to the application of every request
        yield f"Cookie: {COOKIE}={self.room.secrets[self.is_second]}; {self.door.session}"
        if method == "POST":
            yield f"X-CSRFToken: {self.door.token_of(self.room.secrets[self.is_second])}"
            yield "Content-Type: application/json"
            yield f"Content-Length: {length}"


async def exchange(port: int, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """One request on a connection of its own, as nginx makes one for each to the application behind it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        words = await reader.readexactly(int(headers.get("content-length", "0")))
        return int(head[0].split(" ")[1]), headers, words
    finally:
        writer.close()


async def put_load(rooms: list[Room], number: int, door: Door, warm_s: float, counted_s: float) -> Seen:
    """So many screens together, for the time that counts after they opened one by one."""
    since = time.perf_counter() + warm_s
    seen = Seen(since, since + counted_s)
    await live_together(rooms, number, door, seen)
    return seen


async def live_together(rooms: list[Room], number: int, door: Door, seen: Seen) -> None:
    """So many screens, until what they have seen is over."""
    poll_s, alone_s = journal_constant("POLL"), journal_constant("POLL_ALONE")
    screens = []
    for each in range(number):
        is_second = each % TOGETHER == ALONE
        room = each // TOGETHER * ALONE + min(each % TOGETHER, ALONE - 1)
        screens.append(Screen(rooms[room], is_second, door, seen, poll_s, poll_s if is_second else alone_s))
    await asyncio.gather(*(screen.live() for screen in screens))
