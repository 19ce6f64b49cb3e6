"""What `/mesures` asks of the database: ages in seconds, counts, never a row."""

from datetime import datetime

from flask import current_app

from collectifs.across.queries.perished import overdue
from collectifs.kernel.models import Deployment
from collectifs.kernel.queries.deployment import get_deployment, rotated_at
from collectifs.kernel.queries.jobs import breaths_by_machine, oldest_late_job, unsent_mails
from collectifs.kernel.queries.readiness import schema_serves
from collectifs.web.measures import Figure


def figures(now: datetime) -> dict[str, Figure]:
    """Each by its name. What never happened is as old as the installation."""
    over, breaths, deployment = overdue(now), breaths_by_machine().values(), get_deployment()
    late = oldest_late_job(now)
    return {
        "collectifs_oldest_job_seconds": Figure(
            "Âge de la plus vieille tâche qui attend", _age(late, now) if late else 0
        ),
        "collectifs_mails_waiting": Figure("Courriels qui attendent", unsent_mails()),
        "collectifs_workers": Figure("Machines où un worker a respiré depuis un jour", len(breaths)),
        "collectifs_worker_silence_seconds": Figure(
            "Depuis quand le worker le plus silencieux n’a pas respiré",
            _age(min(breaths, default=deployment.made_at if deployment else now), now),
        ),
        "collectifs_texts_overdue": Figure(
            "Clés dont les textes ont passé leur date et sont encore là", over.dated + over.seasonal
        ),
        "collectifs_schema_ready": Figure("1 quand ce code peut servir cette base", schema_serves()),
        "collectifs_build": Figure(
            "Fichiers statiques de cette version", {current_app.extensions["build"]: 1}, "build"
        ),
        "collectifs_age_seconds": Figure("Âge de ce qui doit être refait", _ages(deployment, now), "of"),
    }


def _ages(deployment: Deployment | None, now: datetime) -> dict[str, float]:
    """Of the copies, of their drill, of the keys' rotation, and of what time alone decides."""
    if deployment is None:
        return {}
    done = {
        "database_copy": deployment.saved_at,
        "keys_copy": deployment.keys_saved_at,
        "drill": deployment.drilled_at,
        "tidying": deployment.tidied_at,
    }
    if (rotated := rotated_at()) is not None:  # only where the keys are in the table
        done["rotation"] = rotated
    return {what: _age(at or deployment.made_at, now) for what, at in done.items()}


def _age(at: datetime, now: datetime) -> float:
    return (now - at).total_seconds()
