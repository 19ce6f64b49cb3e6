"""The worker: carries jobs, sweeps those that were lost, does what time decides, and says that it breathes.

A round that fails (the database restarts, is locked, or two workers collide) is said and tried again; nothing of
it is kept. After too many in a row the process ends with a code, for whoever watches it to start it anew.
"""

import os
import socket
import threading
import time
from collections.abc import Callable

import structlog
from flask import Flask
from huey.consumer import Consumer
from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError

from collectifs.across.services.tidying import tidy_unless_in_doubt
from collectifs.kernel import clock
from collectifs.kernel.extensions import db, only_reading
from collectifs.kernel.models import WorkerBreath
from collectifs.kernel.queries.deployment import deployment_id
from collectifs.kernel.queries.jobs import get_breath, has_the_clocks_turn, jobs_to_carry
from collectifs.kernel.vault import KeysAway, check_keys
from collectifs.meetings.mails.reminders import remind

SWEEP_S = 1.0
BREATH_S = 10.0
LONGEST_PAUSE_S = 30.0
MOST_FAILURES = 20  # in a row: with the pauses between them, about eight minutes
GAVE_UP = 75  # the process's code then: "try again later", for systemd or `make run`
LONGEST_IDLE_S = 0.5  # how long a mail may wait for huey to look, after a quiet time

log = structlog.get_logger()


def work(app: Flask) -> int:
    """Run until a signal ends it, the job in hand finished first; returns the process's exit code."""
    consumer = Consumer(
        app.extensions["huey"],
        workers=1,
        worker_type="thread",
        periodic=False,
        initial_delay=0.05,
        max_delay=LONGEST_IDLE_S,
    )
    caretaker = Caretaker(app, give_up=consumer.stop_flag.set)
    threading.Thread(target=caretaker.run, daemon=True).start()
    consumer.run()
    caretaker.leave()
    return caretaker.code


class Caretaker:
    """Everything of a worker but the jobs themselves, one round after the other; `give_up` ends the process."""

    def __init__(self, app: Flask, give_up: Callable[[], object]) -> None:
        self.app = app
        self.worker = f"{socket.gethostname()[:60]}/{os.getpid()}"
        self.code = 0
        self._give_up = give_up
        self._failures = 0
        self._last_breath = float("-inf")
        self._waits: str | None = None

    def run(self) -> None:
        """Rounds without end, until too many failed in a row."""
        while self.code == 0:
            time.sleep(self.round())

    def round(self) -> float:
        """One round, whatever happens in it; returns how many seconds to wait before the next."""
        try:
            with self.app.app_context():
                self._round()
        except Exception as error:  # noqa: BLE001  a worker outlives its database
            return self._failed(error)
        self._failures = 0
        return SWEEP_S

    def leave(self) -> None:
        """Say goodbye: a worker that ended by itself is not missed."""
        try:
            with self.app.app_context():
                db.session.execute(delete(WorkerBreath).where(WorkerBreath.worker == self.worker))
                db.session.commit()
        except SQLAlchemyError as error:
            log.warning("leaving_unsaid", error=type(error).__name__)

    def _round(self) -> None:
        is_time = time.monotonic() - self._last_breath > BREATH_S
        if is_time:
            breathe(self.worker)
        if waits := keys_missing():
            self._say(waits)
            return
        if is_time:
            self._say(do_times_work())
            self._last_breath = time.monotonic()
        carry_waiting(self.app)

    def _say(self, waits: str | None) -> None:
        if waits != self._waits and waits is not None:
            log.error("work_waits", why=waits)
        self._waits = waits

    def _failed(self, error: Exception) -> float:
        self._failures += 1
        log.error("round_failed", error=type(error).__name__, in_a_row=self._failures)
        if self._failures >= MOST_FAILURES:
            self.code = GAVE_UP
            self._give_up()
        return float(min(SWEEP_S * 2**self._failures, LONGEST_PAUSE_S))


def carry_waiting(app: Flask) -> None:
    """Hand every job whose time has come to the queue."""
    with only_reading():
        ids = jobs_to_carry(clock.now())
        db.session.rollback()
    for job_id in ids:
        app.extensions["carry_job"](job_id)


def keys_missing() -> str | None:
    """Why no job may run: the folder of keys is not there, or not ours; None when it is."""
    with only_reading():
        deployment = deployment_id()
        db.session.rollback()
    try:
        check_keys(deployment)
    except KeysAway as away:
        return str(away)
    return None


def breathe(worker: str) -> None:
    """Note the instant, for `flask check`."""
    breath = get_breath(worker) or WorkerBreath(worker=worker)
    breath.breathed_at = clock.now()
    db.session.add(breath)
    db.session.commit()


def do_times_work() -> str | None:
    """Do what time alone has decided, one worker at a time; returns why it waits, when it does."""
    now, waits = clock.now(), None
    if has_the_clocks_turn():
        waits = tidy_unless_in_doubt(now=now)
        if waits is None:
            remind(now=now)
    db.session.commit()
    return waits
