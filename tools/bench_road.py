"""What a question and a gesture of the room cost the processor, inside one process, and what is asked to do it.

`python -m tools.bench_road [--base sqlite|postgresql] [--number 2000]`. Time of the processor, not of the clock, and
functions called, which no neighbour changes; the share of PostgreSQL's own processes is told apart. Nothing of HTTP is
in it: `bench_live` has the whole.
"""

import argparse
import cProfile
import io
import json
import logging
import os
import pstats
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import Flask

from collectifs import create_app
from collectifs.cli.serve import HOST
from collectifs.kernel import clock
from collectifs.kernel.config import environment, load_settings
from collectifs.kernel.journal import structlog
from collectifs.kernel.migrations import upgrade_tables
from collectifs.live.domain.gestures import iso
from collectifs.web.devices import COOKIE
from collectifs.web.form_tokens import token_of_device
from tools.bench_live import cpu_s, database
from tools.bench_rooms import NOTES, STEERING_DEVICE, Room, make_rooms
from tools.processes import descendants
from tools.system_packages import postgresql_bin

ROOMS, COUNTED = 40, 100
Ask = Callable[[Room], None]


class Road:
    """Screens that ask the application itself, without a server between."""

    def __init__(self, app: Flask, rooms: list[Room]) -> None:
        self.app, self.at = app, {room.meeting: NOTES + 2 for room in rooms}
        self.tokens = {room.meeting: token_of_device(room.secrets[0], app.config["SECRET_KEY"]) for room in rooms}
        self._call(rooms[0], "GET", "", "ouvrir=1")

    def nothing_new(self, room: Room) -> None:
        """« Nothing new »."""
        self._call(room, "GET", "/etat", f"depuis={self.at[room.meeting]}")

    def one_new(self, room: Room) -> None:
        """One gesture that this screen had not seen."""
        self._call(room, "GET", "/etat", f"depuis={self.at[room.meeting] - 1}")

    def gesture(self, kind: str, body: Callable[[Room], dict[str, Any]]) -> Ask:
        """A gesture of this kind, kept."""

        def send(room: Room) -> None:
            made = {"id": str(uuid4()), "kind": kind, "hand": 1, "happened_at": iso(datetime.now(UTC))}
            sent = {"device": STEERING_DEVICE, "person": str(room.pilot), "events": [{**made, "body": body(room)}]}
            said = json.loads(self._call(room, "POST", "/gestes", body=json.dumps(sent).encode())[0])
            if not said["accepted"]:
                raise SystemExit(f"{kind}: {said}")
            self.at[room.meeting] = said["sequence"]

        return send

    def _call(
        self, room: Room, method: str, path: str, query: str = "", body: bytes = b""
    ) -> tuple[bytes, dict[str, str]]:
        begun: list[Any] = []
        environ = self._environ(room, method, f"/seance/{room.meeting}{path}", query, body)
        answer = self.app.wsgi_app(environ, lambda *said: begun.extend(said) or begun.append)  # type: ignore[func-returns-value]
        words = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        if begun[0][:3] not in ("200", "304"):
            raise SystemExit(f"{method} {path}: {begun[0]}")
        return words, dict(begun[1])

    def _environ(self, room: Room, method: str, path: str, query: str, body: bytes) -> dict[str, Any]:
        return {
            "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query,
            "SERVER_NAME": HOST, "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": HOST,
            "HTTP_HOST": HOST, "HTTP_ACCEPT": "application/json",
            "HTTP_X_CSRFTOKEN": self.tokens[room.meeting],
            "HTTP_COOKIE": f"{COOKIE}={room.secrets[0]}", "HTTP_SEC_FETCH_SITE": "same-origin",
            "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body)), "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0), "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip


def main() -> None:
    """One database or both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", choices=("sqlite", "postgresql"))
    parser.add_argument("--number", type=int, default=2000)
    options = parser.parse_args()
    print(f"{'':11}{'':16}{'application, ms':>16}{'PostgreSQL, ms':>16}{'functions called':>18}")
    for base in (options.base,) if options.base else ("sqlite", "postgresql"):
        if base == "sqlite" or postgresql_bin():
            measure_base(base, options.number)


def measure_base(base: str, number: int) -> None:
    """Each kind of request, on tables of its own."""
    with tempfile.TemporaryDirectory() as folder, database(base) as url:
        env = environment(COLLECTIFS_DATA=folder, BIND=HOST, BASE_URL=f"http://{HOST}", DATABASE_URL=url)
        app = create_app(load_settings(env, make_keys=True))
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))  # a line a request
        with app.app_context():
            upgrade_tables()
            rooms = make_rooms(ROOMS, clock.now())
        for name, ask in kinds(Road(app, rooms)).items():
            print(f"{base:11}{name:16}{measure(ask, rooms, number)}", flush=True)


def kinds(road: Road) -> dict[str, Ask]:
    """What is asked, in this order."""
    words = {"lane": "collective", "text": "Dire ce que l’on regarde avant d’entrer."}
    made: dict[str, tuple[str, Callable[[Room], dict[str, Any]]]] = {
        "a note": ("note_written", lambda room: {"note": str(uuid4()), "step": room.steps[0], **words}),
        "a step": ("step_entered", lambda room: {"step": room.steps[0]}),
        "a presence": ("attendance_marked", lambda room: {"who": str(room.members[1]), "state": "present"}),
        "set aside": ("parked", lambda _room: {"item": str(uuid4()), "text": "Y revenir la prochaine fois."}),
    }
    gestures = {name: road.gesture(*each) for name, each in made.items()}
    return {"nothing new": road.nothing_new, "one gesture new": road.one_new, **gestures}


def measure(ask: Ask, rooms: list[Room], number: int) -> str:
    """One line: what one costs, once psycopg has prepared its statements."""
    for each in range(2 * ROOMS):
        ask(rooms[each % ROOMS])
    backends = descendants(os.getpid())
    ours, theirs = time.process_time(), cpu_s(backends)
    for each in range(number):
        ask(rooms[each % ROOMS])
    ours, theirs = time.process_time() - ours, cpu_s(backends) - theirs
    return f"{1000 * ours / number:16.2f}{1000 * theirs / number:16.2f}{called(ask, rooms):18}"


def called(ask: Ask, rooms: list[Room]) -> int:
    """How many functions one request calls."""
    with cProfile.Profile() as profile:
        for each in range(COUNTED):
            ask(rooms[each % ROOMS])
    counted: Any = pstats.Stats(profile)
    return int(counted.total_calls) // COUNTED


if __name__ == "__main__":
    main()
