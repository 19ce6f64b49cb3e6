"""The bare page: fifty rows by Flask, SQLAlchemy and Jinja alone, on the same tables; what `make bench` sets the main
pages beside, and how many times as much CPU each takes.

`python -m tools.bench_bare` measures that alone, in a minute; `--calls` counts calls of functions instead, which no
neighbour of the machine changes.
"""

import argparse
import cProfile
import logging
import pstats
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import structlog
from flask import Flask, render_template
from flask.testing import FlaskClient
from jinja2 import DictLoader
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from collectifs import create_app
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.memory import keep_what_is_made
from collectifs.kernel.models import Deployment
from collectifs.people.models import User
from tools.bench_app import client_of, read, settings_for
from tools.bench_pages import PAGES
from tools.bench_world import Builder

ROWS, TIMES, COLLECTIVES = 50, 15, 60
AIM, AIM_WRITING = 2.0, 4.0
WRITING = "sheet, being written"
# What is asked by machines, or is a file.
NO_PAGE = {"live, its state", "collectives, CSV", "members, CSV"}
PAGE = """<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><title>{{ title }}</title></head>
<body>
<h1>{{ title }}</h1>
<table>
<thead><tr><th>Nom</th><th>Prénom</th><th>Adresse</th><th>Depuis</th></tr></thead>
<tbody>
{% for user in rows %}
<tr>
  <th><a href="/personnes/{{ user.id }}">{{ user.family_name }}</a></th>
  <td>{{ user.given_name }}</td><td>{{ user.address }}</td><td>{{ user.created_at.date() }}</td>
</tr>
{% endfor %}
</tbody>
</table>
</body>
</html>
"""


def bare_app(engine: Engine) -> Flask:
    """An application of one page: a statement, a template, nothing around."""
    app = Flask("bare")
    app.jinja_loader = DictLoader({"page.html": PAGE})

    @app.get("/")
    def page() -> str:
        with Session(engine) as session:
            query = select(User).order_by(User.family_name, User.id).limit(ROWS)
            return render_template("page.html", title="Membres", rows=session.scalars(query).all())

    return app


def ratios(app: Flask, builder: Builder, measure: Callable[[Callable[[], object]], float]) -> dict[str, float]:
    """Of each page, how many times the bare one it takes: each is read beside it, in turn."""
    with app.app_context():
        bare = bare_app(db.engine).test_client()
    clients = {role: client_of(app, builder.secret(role)) for role in {role for role, _ in PAGES.values()}}
    found = {}
    for name, (role, path) in PAGES.items():
        if name not in NO_PAGE:
            found[name] = _ratio(clients[role], path.format(**builder.bench.ids), bare, measure)
    return found


def _ratio(
    client: FlaskClient, path: str, bare: FlaskClient, measure: Callable[[Callable[[], object]], float]
) -> float:
    pages: tuple[Callable[[], object], ...] = (lambda: read(client, path), lambda: bare.get("/"))
    for page in pages * 2:  # what a process keeps is made
        page()
    taken: list[list[float]] = [[], []]
    for _ in range(TIMES):
        for page, times in zip(pages, taken, strict=True):
            times.append(measure(page))
    ours, theirs = map(statistics.median, taken)
    return ours / theirs


def cpu(work: Callable[[], object]) -> float:
    """Milliseconds of this process, whatever others do."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def calls(work: Callable[[], object]) -> float:
    """How many functions are called."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return float(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


def print_ratios(found: dict[str, float], of: str = "CPU") -> None:
    """A line a page, the heaviest first; those beyond their aim are marked."""
    print(f"\n{of} beside a bare page of {ROWS} rows (aim {AIM:.0f}; being written {AIM_WRITING:.0f})")
    for name, ratio in sorted(found.items(), key=lambda each: -each[1]):
        is_wrong = ratio > (AIM_WRITING if name == WRITING else AIM)
        print(f"{name:26}{ratio:6.2f}{'  <- !' if is_wrong else ''}", flush=True)


def main() -> None:
    """Sixty collectives, and each page beside the bare one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", action="store_true")
    counts_calls = parser.parse_args().calls
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings_for(Path(folder), f"sqlite:///{Path(folder) / 'collectifs.db'}"))
        keep_what_is_made()  # as wsgi.py does
        with app.app_context():
            db.create_all()
            db.session.add(Deployment(id=app.extensions["vault"].found(), made_at=clock.now()))
            db.session.commit()
            builder = Builder(clock.now())
            builder.add(COLLECTIVES)
            found = ratios(app, builder, calls if counts_calls else cpu)
    print_ratios(found, "calls of functions" if counts_calls else "CPU")


if __name__ == "__main__":
    main()
