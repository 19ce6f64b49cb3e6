"""The worker: a thread of huey for each queue, and one for its rounds: they say that it breathes, do what time decides
and sweep up the jobs that no hint has enqueued.

A round is a periodic task of a queue in this process's own memory: each process breathes for itself, and goes on when
the store of the others is away. One that fails (the database restarts, is locked, or two workers collide) is said and
tried again; nothing of it is kept. After too many in a row the process ends with a code, for whoever watches it to
start it anew.
"""

import os
import socket
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError

from collectifs.across.domain.week import latest_monday
from collectifs.across.mails.waiting import tell_what_waits
from collectifs.across.mails.week import tell_the_week
from collectifs.across.services.tidying import read_ahead, tidy_unless_in_doubt
from collectifs.book.services.answering import follow_withdrawals
from collectifs.campaign.services.answering import tell_candidates
from collectifs.campaign.services.freeing import note_freed_places
from collectifs.campaign.services.openings import tell_openings
from collectifs.collectives.mails.charter import ask_the_charter_anew
from collectifs.composition.queries.finding import let_go
from collectifs.kernel import clock
from collectifs.kernel.extensions import db, only_reading, settings
from collectifs.kernel.jobs.hueys import Consumer, Huey, MemoryHuey, Scheduler
from collectifs.kernel.jobs.queue import enqueue, is_empty, prepare_store
from collectifs.kernel.jobs.registry import queue_of
from collectifs.kernel.journal import structlog
from collectifs.kernel.models import Job, WorkerBreath
from collectifs.kernel.queries.deployment import deployment_id, get_deployment
from collectifs.kernel.queries.jobs import Turn, get_breath, has_the_turn, jobs_to_enqueue
from collectifs.kernel.queries.readiness import hash_of_secret
from collectifs.kernel.vault import KeysAway, check_keys, forget_over_epochs
from collectifs.kernel.word_index import WordIndex
from collectifs.kernel.work import Queue
from collectifs.meetings.mails.polls import follow_polls
from collectifs.meetings.mails.reminders import remind
from collectifs.network.services.after import remind_former
from collectifs.network.services.directory import follow_relays
from collectifs.network.services.placing import let_offers_lapse
from collectifs.network.services.reminding import remind_of_days
from collectifs.report.mails.questionnaire import open_questionnaires
from collectifs.review.jobs.indexing import follow
from collectifs.review.mails.waiting import tell_what_awaits_a_reading
from collectifs.sheets.services.papers import ask_for_outputs
from collectifs.tutoring.services.perishing import tell_notebooks_end

SWEEP_S = 1.0
BREATH_S = 10.0
LONGEST_PAUSE_S = 30.0
LONGEST_ROUND_S = 60.0
MOST_FAILURES = 20  # in a row: with the pauses between them, about eight minutes
GAVE_UP = 75  # the process's code then: "try again later", for systemd or `make run`
LONGEST_IDLE_S = 0.5  # how long a job may wait for huey to look into a file, after a quiet time
ENDING_S = 3.0  # what each queue has to finish the job in hand; a longer one is taken up by another, after its lease

log = structlog.get_logger()


def work(app: Flask) -> int:
    """Run until a signal ends it, the jobs in hand finished first; returns the process's exit code."""
    try:
        prepare_store(app)
    except Exception as error:  # noqa: BLE001  each store has its own
        log.error("queue_away", error=type(error).__name__)
        return GAVE_UP
    hueys = app.extensions["queues"].values()
    queues = [Consumer(huey, periodic=False, scheduler_interval=60, **HABITS) for huey in hueys]
    caretaker = Caretaker(app)
    process = Process(rounds_of(caretaker), queues, **HABITS)
    caretaker.give_up = process.stop_flag.set
    process.run()
    for queue in queues:
        queue.stop_flag.set()
    for queue in queues:
        queue.stop(graceful=True)
    caretaker.leave()
    return caretaker.code


HABITS: dict[str, Any] = {
    "workers": 1,
    "worker_type": "thread",
    "initial_delay": 0.05,
    "max_delay": LONGEST_IDLE_S,
    "graceful_signal": "TERM",
    "shutdown_timeout": ENDING_S,
}


class EverySecond(Scheduler):  # type: ignore[misc]
    """huey looks for periodic tasks once a minute; a sweep cannot wait as long."""

    periodic_task_seconds = 1


class Process(Consumer):  # type: ignore[misc]
    """The consumer of the rounds, with those of the queues beside it: it hears the signals and looks after them."""

    scheduler_class = EverySecond

    def __init__(self, rounds: Huey, queues: list[Consumer], **habits: Any) -> None:
        super().__init__(rounds, **habits)
        self._queues = queues

    def start(self) -> None:
        """The queues first: whoever starts last has the signals."""
        for queue in self._queues:
            queue.start()
        super().start()

    def check_worker_health(self) -> bool:
        """A thread that died, of whichever consumer, is started anew."""
        return all([each.check_worker_health() for each in self._queues] + [super().check_worker_health()])


def rounds_of(caretaker: "Caretaker") -> Huey:
    """The queue of this process's rounds."""
    rounds = MemoryHuey("rounds", results=False)

    @rounds.periodic_task(caretaker.is_due, name="round")  # type: ignore[untyped-decorator]
    def do_round() -> None:
        caretaker.round()

    return rounds


class Caretaker:
    """Everything of a worker but the jobs themselves, one round after the other; `give_up` ends the process."""

    def __init__(self, app: Flask, give_up: Callable[[], object] = lambda: None) -> None:
        self.app = app
        self.worker = f"{socket.gethostname()[:60]}/{os.getpid()}"
        self.code = 0
        self.give_up = give_up
        self._failures = 0
        self._next_round = self._last_breath = float("-inf")
        self._waits: str | None = None
        self._index_lags = False

    def is_due(self, _now: datetime) -> bool:
        """Whether the next round may begin: the pause is over, and none is in hand (or was lost a minute ago)."""
        if time.monotonic() < self._next_round:
            return False
        self._next_round = time.monotonic() + LONGEST_ROUND_S
        return True

    def round(self) -> float:
        """One round, whatever happens in it; returns how many seconds to wait before the next."""
        try:
            with self.app.app_context():
                self._round()
            self._failures, pause = 0, SWEEP_S
        except Exception as error:  # noqa: BLE001  a worker outlives its database
            pause = self._failed(error)
        self._next_round = time.monotonic() + pause
        return pause

    def leave(self) -> None:
        """Say goodbye: a worker that ended by itself is not missed."""
        try:
            with self.app.app_context():
                forget_words()
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
            let_go()
            forget_epochs()
            self._last_breath = time.monotonic()
        if is_time or self._index_lags:
            self._index_lags = not follow_words()
        sweep()

    def _say(self, waits: str | None) -> None:
        if waits != self._waits and waits is not None:
            log.error("work_waits", why=waits)
        self._waits = waits

    def _failed(self, error: Exception) -> float:
        self._failures += 1
        log.error("round_failed", error=type(error).__name__, in_a_row=self._failures)
        if self._failures >= MOST_FAILURES:
            self.code = GAVE_UP
            self.give_up()
        return float(min(SWEEP_S * 2**self._failures, LONGEST_PAUSE_S))


def sweep() -> None:
    """Enqueue the jobs whose time has come and that no hint has brought to a worker, one worker at a time.

    A job that was handed over is handed over again only when nobody claimed it for a minute and its queue is empty.
    """
    empty = {queue for queue in Queue if is_empty(queue)}
    with only_reading():
        waits = bool(_left(empty))
        db.session.rollback()
    if not waits:
        return
    jobs = _left(empty) if has_the_turn(Turn.SWEEP) else []
    hints = [(job.id, queue_of(job.kind)) for job in jobs]
    for job in jobs:
        job.enqueued_at = clock.now()
    db.session.commit()
    enqueue(hints)


def _left(empty: set[Queue]) -> list[Job]:
    jobs = jobs_to_enqueue(clock.now())
    return [job for job in jobs if job.enqueued_at is None or queue_of(job.kind) in empty]


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


def forget_epochs() -> None:
    """Destroy on this machine what a rotation on another one has ended."""
    with only_reading():
        forget_over_epochs()
        db.session.rollback()


def follow_words() -> bool:
    """Bring the index of this machine's memory up to date; returns whether it is. Each machine has its own."""
    index: WordIndex | None = current_app.extensions["word_index"]
    if index is None:
        return True
    with only_reading():
        try:
            return follow(index, now=clock.now())
        except OSError as error:
            log.error("index_unwritten", error=type(error).__name__)
            return True
        finally:
            db.session.rollback()


def forget_words() -> None:
    """A worker that ends takes the index of its machine along; the next one makes it anew."""
    index: WordIndex | None = current_app.extensions["word_index"]
    if index is not None:
        index.clear()


def breathe(worker: str) -> None:
    """Note the instant, for `flask check`."""
    breath = get_breath(worker) or WorkerBreath(worker=worker)
    breath.breathed_at, breath.build = clock.now(), current_app.extensions["release"]
    db.session.add(breath)
    db.session.commit()


def note_secret() -> None:
    """The first worker of an installation says which SECRET_KEY its machines share."""
    deployment = get_deployment()
    if deployment is not None and deployment.secret_key_hash is None:
        deployment.secret_key_hash = hash_of_secret(settings().secret_key, deployment.id.bytes)


def do_times_work() -> str | None:
    """Do what time alone has decided, one worker at a time; returns why it waits, when it does.

    Each duty is a transaction of its own: whoever writes meanwhile waits for one of them at most.
    """
    now = clock.now()
    read_ahead(now=now)
    if not has_the_turn(Turn.CLOCK):
        db.session.rollback()
        return None
    note_secret()
    waits = tidy_unless_in_doubt(now=now)
    db.session.commit()
    for duty in () if waits else _duties():
        if has_the_turn(Turn.CLOCK):
            duty(now=now)
        db.session.commit()
    return waits


def _duties() -> Iterable[Callable[..., object]]:
    """In their order; done twice, nothing more happens."""
    yield from (remind, tell_candidates, tell_openings, let_offers_lapse, follow_relays, remind_of_days, remind_former)
    yield from (note_freed_places, follow_polls, follow_withdrawals)
    yield lambda now: ask_the_charter_anew()
    yield from (tell_what_waits, open_questionnaires, tell_notebooks_end, tell_the_week)
    yield lambda now: tell_what_awaits_a_reading(latest_monday(now), now=now)
    yield ask_for_outputs
