"""The worker: carries jobs, sweeps those that were lost, tidies up, and says that it breathes."""

import threading
import time

from flask import Flask
from huey.consumer import Consumer

from collectifs import clock
from collectifs.extensions import db, only_reading
from collectifs.jobs.reminders import remind
from collectifs.models import WorkerBreath
from collectifs.queries.jobs import jobs_to_carry
from collectifs.services.tidying import tidy

SWEEP_S = 1.0
BREATH_S = 10.0


def work(app: Flask) -> None:
    """Run until a signal ends it; the job in hand is finished first."""
    threading.Thread(target=_look_after, args=(app,), daemon=True).start()
    Consumer(app.extensions["huey"], workers=1, worker_type="thread", periodic=False, initial_delay=0.05).run()


def _look_after(app: Flask) -> None:
    last_breath = 0.0
    while True:
        with app.app_context():
            if time.monotonic() - last_breath > BREATH_S:
                last_breath = time.monotonic()
                breathe_and_tidy()
            carry_waiting(app)
        time.sleep(SWEEP_S)


def carry_waiting(app: Flask) -> None:
    """Hand every job whose time has come to the queue."""
    with only_reading():
        ids = jobs_to_carry(clock.now())
        db.session.rollback()
    for job_id in ids:
        app.extensions["carry_job"](job_id)


def breathe_and_tidy() -> None:
    """Note the instant, then do what time alone has decided."""
    now = clock.now()
    breath = db.session.get(WorkerBreath, 1) or WorkerBreath(id=1)
    breath.breathed_at = now
    db.session.add(breath)
    tidy(now=now)
    remind(now=now)
    db.session.commit()
