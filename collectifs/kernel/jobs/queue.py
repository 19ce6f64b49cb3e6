"""The queue: huey carries the ids of jobs; the `jobs` table is the truth, a sweep finds the rest."""

from uuid import UUID

from flask import Flask, current_app
from huey import SqliteHuey

from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.running import run_job

NEW_JOBS = "new_jobs"


def set_up_queue(app: Flask) -> None:
    """Open the queue of a deployment, a file in its data folder (made if missing); tests run jobs themselves."""
    if app.testing:
        return
    data = app.extensions["settings"].data
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    huey = SqliteHuey("collectifs", filename=str(data / "queue.db"), results=False)

    @huey.task(name="run_job")  # type: ignore[untyped-decorator]
    def carried(job_id: str) -> None:
        with app.test_request_context(base_url=app.extensions["settings"].base_url):
            run_job(UUID(job_id))

    app.extensions["huey"] = huey
    app.extensions["carry_job"] = lambda job_id: carried(str(job_id))


def carry_new() -> None:
    """Hand the ids of the jobs that this request added to the queue: a hint, the sweep does the same."""
    carry = current_app.extensions.get("carry_job")
    for job_id in db.session().info.pop(NEW_JOBS, []):
        if carry is not None:
            carry(job_id)
