"""What each process counts of its answers, and the figures of all of them as Prometheus reads them.

The processes of a machine count in files of one folder, each its own (prometheus_client's multiprocess mode): whichever
is asked tells the sum. By endpoint and kind of status: never an address, a person or an object.
"""

import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from flask import Flask, Request, Response, current_app
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, values
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from collectifs.kernel.config import Settings, count_in
from collectifs.kernel.journal import structlog
from collectifs.web.around import finish_with
from collectifs.web.logs import UNTOLD, seconds_of

log = structlog.get_logger()
UNKNOWN = "unknown"
BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
# Before the first of them is made:
values.ValueClass = values.MultiProcessValue()  # type: ignore[no-untyped-call]
SECONDS = Histogram(
    "collectifs_request_seconds", "Temps de réponse, par page", ["endpoint"], registry=None, buckets=BUCKETS
)
ANSWERS = Counter("collectifs_answers", "Réponses, par centaine de leur code", ["code"], registry=None)
CRASHES = Counter("collectifs_crashes", "Réponses 5xx, par page", ["endpoint"], registry=None)
Figures = Mapping[str, "Figure"]


class Figure:
    """One figure that is asked of the database: what it says in French, and its value by label."""

    def __init__(self, said: str, found: float | Mapping[str, float], label: str = "") -> None:
        self.said, self.label = said, label
        self.by_label = found if isinstance(found, Mapping) else {"": found}


class _Asked(Collector):
    """The figures that were just asked, among those that are counted."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """As prometheus_client wants them."""
        for name, figure in self.figures.items():
            family = GaugeMetricFamily(name, figure.said, labels=[figure.label] if figure.label else [])
            for label, value in figure.by_label.items():
                family.add_metric([label] if figure.label else [], value)
            yield family


def measure_requests(app: Flask) -> None:
    """Count each answer, static files and what watches left out. What cannot be counted is answered all the same."""
    settings: Settings = app.extensions["settings"]
    ready: set[int] = set()  # the process that has its place; forked ones make theirs

    def count(asked: Request, response: Response) -> None:
        if asked.endpoint in UNTOLD:
            return
        try:
            if os.getpid() not in ready:
                _make_place(settings.measures)
                ready.add(os.getpid())
            _count(asked.endpoint or UNKNOWN, response.status_code, seconds_of(asked))
        except (OSError, ValueError) as error:
            log.warning("not_counted", kind=type(error).__name__)

    finish_with(app, count)


def all_figures(asked: Figures) -> bytes:
    """Everything that this machine counts, and the figures that were `asked`, in the text that Prometheus reads."""
    folder: Path = current_app.extensions["settings"].measures
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(folder))  # type: ignore[no-untyped-call]
    registry.register(_Asked(asked))
    return generate_latest(registry)


def _count(endpoint: str, status: int, seconds: float) -> None:
    _seconds_of(endpoint).observe(seconds)
    _answers_with(status // 100).inc()
    if status >= 500:
        CRASHES.labels(endpoint).inc()


@cache
def _seconds_of(endpoint: str) -> Histogram:
    return SECONDS.labels(endpoint)


@cache
def _answers_with(hundreds: int) -> Counter:
    return ANSWERS.labels(f"{hundreds}xx")


def begin_anew(settings: Settings) -> None:
    """For a server that starts: counts outlive whoever counted, so that no sum goes down while the service runs or is
    reloaded; where nobody counts any more it begins with none."""
    files = list(settings.measures.glob("*.db"))
    if not any(Path(f"/proc/{file.stem.rpartition('_')[2]}").exists() for file in files):
        for file in files:
            file.unlink(missing_ok=True)


def _make_place(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    count_in(folder)
