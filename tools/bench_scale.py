"""The pages of the institution over 40 000 submitted sheets (bench_corpus.py), on SQLite and on PostgreSQL.

For each page: server time (p95 and median), p95 of CPU (on a busy machine the only one that tells), queries. Then what
building the index of words takes, the memory of a process, the paper of a sheet beside the bare renderer on the same
HTML, and its second download beside the first.
`python -m tools.bench_scale --base sqlite --scale 0.05` tries a small one. Figures go to var/bench-scale.json.
"""

import argparse
import json
import logging
import math
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import psycopg
import structlog
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete
from weasyprint import CSS, HTML

from collectifs import create_app
from collectifs.kernel import clock
from collectifs.kernel.config import Settings
from collectifs.kernel.documents import typesetter
from collectifs.kernel.extensions import db, only_reading
from collectifs.kernel.keeping import Circle
from collectifs.kernel.memory import keep_what_is_made
from collectifs.kernel.models import Deployment
from collectifs.review.jobs.indexing import follow
from collectifs.review.queries.copies import get_submitted
from collectifs.sheets.documents import fitting
from collectifs.sheets.documents import sheet as sheet_paper
from collectifs.sheets.domain.output import Format
from collectifs.sheets.domain.work import RenderCopy
from collectifs.sheets.jobs.outputs import render_copy
from collectifs.sheets.models import SheetRendering
from collectifs.sheets.queries.outputs import output_of_copy
from collectifs.sheets.queries.sheets import open_submitted
from collectifs.sheets.services.papers import institution_paper
from tests.databases import Cluster, address
from tools.bench_app import client_of, read, settings_for, timed
from tools.bench_corpus import Corpus, World
from tools.bench_pages import counted
from tools.system_packages import postgresql_bin

TIMES, WORLD = 40, "world.json"
AIM_MS, MOST_QUERIES = 100, 12
MEMORY = Path("/dev/shm")  # noqa: S108  a folder of ours in it
RESULTS = Path(__file__).resolve().parents[1] / "var" / "bench-scale.json"
SEARCHES = (
    "détresse", "entretien", "cahier de bord", "« climat de travail »", "élèves -étayage", "peur du jugement",
    "hésitations", "observer", "différenciation", "stagiaire",
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """A page measured: milliseconds of server (p95, median) and of CPU (p95); queries; kilobytes."""

    p95: float
    median: float
    cpu: float
    queries: int
    kb: float


def main(told: list[str] | None = None) -> None:
    """Measure on the databases that are asked for, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--kept", type=Path, help="a folder where the world of SQLite stays, for another time")
    asked = parser.parse_args(told)
    found = {}
    for base in ("sqlite", "postgresql") if asked.base == "both" else (asked.base,):
        with a_folder(asked.kept if base == "sqlite" else None) as folder, a_database(base, folder) as url:
            found[base] = measured(folder, url, base, asked.scale)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")


@contextmanager
def a_folder(kept: Path | None) -> Iterator[Path]:
    """The data of a deployment, for the time of the bench or longer."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="collectifs-bench-") as folder:
        yield Path(folder)


@contextmanager
def a_database(base: str, folder: Path) -> Iterator[str]:
    """An empty one; PostgreSQL as Debian sets it."""
    if base == "sqlite":
        yield f"sqlite:///{folder / 'collectifs.db'}"
        return
    cluster = Cluster(Path(postgresql_bin() or "postgresql"), settings=("listen_addresses=127.0.0.1",))
    cluster.start()
    try:
        with psycopg.connect(address(cluster.port, "postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench")
        yield address(cluster.port, "bench", "postgresql+psycopg")
    finally:
        cluster.stop()


def measured(folder: Path, url: str, base: str, scale: float) -> dict[str, Any]:
    """All of it, on one database. The world is made by another process: its memory is not that of the application."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    print(f"\n{base}", flush=True)
    with tempfile.TemporaryDirectory(prefix="collectifs-bench-", dir=MEMORY) as memory:
        settings = settings_for(folder, url, Path(memory) / "index")
        app = create_app(settings)
        keep_what_is_made()  # as wsgi.py does
        if not (folder / WORLD).exists():
            with get_context("fork").Pool(1) as apart:
                apart.apply(make_world, (settings, scale))
        world = World(**json.loads((folder / WORLD).read_text(encoding="utf-8")))
        with get_context("fork").Pool(1) as apart:
            index = apart.apply(built_index, (settings,))
        pages = measured_pages(app, world)
        return {
            "pages": {name: asdict(each) for name, each in pages.items()},
            "index": index,
            "load": round(os.getloadavg()[0], 1),
            "memory_mb": round(peak_mb()),
            "paper": measured_paper(app, world),
        }


def look_over(url: str) -> None:
    """What PostgreSQL does of itself within a minute of so many new rows, and SQLite never does."""
    if not url.startswith("sqlite"):
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("VACUUM (ANALYZE)")


def make_world(settings: Settings, scale: float) -> None:
    """Tables and rows, and who looks in a file beside."""
    began, app = time.perf_counter(), create_app(settings)
    with app.app_context():
        db.create_all()
        db.session.add(Deployment(id=app.extensions["vault"].found(), made_at=clock.now()))
        db.session.commit()
        world = Corpus(clock.now(), scale).build()
    look_over(settings.database_url)
    (settings.data / WORLD).write_text(json.dumps(asdict(world)), encoding="utf-8")
    print(f"\nthe world in {time.perf_counter() - began:.0f} s", flush=True)


def built_index(settings: Settings) -> dict[str, float]:
    """CPU, wall, size and memory of the index of every sheet."""
    app = create_app(settings)
    with app.app_context():
        before, began, cpu = peak_mb(), time.perf_counter(), time.process_time()
        with only_reading():
            follow(app.extensions["word_index"], now=clock.now(), longest=math.inf)
            db.session.rollback()
        found = {"cpu_s": time.process_time() - cpu, "wall_s": time.perf_counter() - began}
        folder = app.extensions["word_index"].folder
        found["mb"] = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
        found["more_memory_mb"] = peak_mb() - before
    print("index: " + ", ".join(f"{name} {value:.1f}" for name, value in found.items()), flush=True)
    return {name: round(value, 1) for name, value in found.items()}


def peak_mb() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# A name, who opens it, its address; the sheet and the words of a search are others each time.
PILE, PLACE = "/fiches-transmises", "/territoires/{territory}"
PAGES = {
    "inspector's home": ("inspector", "/"),
    "list": ("inspector", PILE),
    "list, page 40": ("inspector", f"{PILE}?page=40"),
    "list, not read by me": ("inspector", f"{PILE}?lecture=moi"),
    "list, a domain": ("inspector", f"{PILE}?domaine=lead"),
    "list, degree, concern": ("inspector", f"{PILE}?degre=1&preoccupation=steering"),
    "list, in exchange": ("inspector", f"{PILE}?etat=echange"),
    "list, last season": ("inspector", f"{PILE}?saison={{last}}"),
    "search": ("inspector", f"{PILE}?mots={{words}}"),
    "search, page 2": ("inspector", f"{PILE}?mots={{words}}&page=2"),
    "sheet": ("inspector", f"{PILE}/{{sheet}}"),
    "sheet, of a search": ("inspector", f"{PILE}/{{sheet}}?mots={{words}}"),
    "files": ("inspector", f"{PILE}/fichiers"),
    "charts": ("inspector", f"{PLACE}/travaille"),
    "report": ("manager", f"{PLACE}/bilan"),
    "manager's home": ("manager", "/"),
    "collectives": ("manager", "/collectifs"),
    "collectives, CSV": ("manager", "/collectifs.csv"),
    "season": ("manager", "/saison"),
    "vivier": ("manager", "/pilotes"),
    "pilot's home": ("pilot", "/"),
    "pilot's collective": ("pilot", "/collectifs/{collective}"),
}


def address_of(path: str, world: World, number: int) -> str:
    """Where a page is the nth time."""
    return path.format(
        territory=world.territory,
        last=world.season - 1,
        collective=world.collectives[0],
        sheet=world.sheets[number % len(world.sheets)],
        words=quote(SEARCHES[number % len(SEARCHES)]),
    )


def measured_pages(app: Flask, world: World) -> dict[str, Page]:
    """Each page in its turn."""
    print(f"{'page':26}{'p95 ms':>8}{'median':>8}{'CPU p95':>8}{'queries':>9}{'kB':>8}")
    clients = {who: client_of(app, secret) for who, secret in world.secrets.items()}
    found = {}
    for name, (who, path) in PAGES.items():
        page = found[name] = measured_page(clients[who], partial(address_of, path, world))
        is_wrong = page.cpu > AIM_MS or page.queries > MOST_QUERIES
        print(
            f"{name:26}{page.p95:8.1f}{page.median:8.1f}{page.cpu:8.1f}{page.queries:9}{page.kb:8.1f}"
            f"{'  <- !' if is_wrong else ''}",
            flush=True,
        )
    return found


def measured_page(client: FlaskClient, where: Callable[[int], str]) -> Page:
    """The first two readings are left out: they warm what a process keeps, and count the queries."""
    body = read(client, where(0))
    with client.application.app_context(), counted() as seen:
        read(client, where(1))
    wall, cpu = [], []
    for number in range(TIMES):
        began, spent = time.perf_counter(), time.process_time()
        read(client, where(number + 2))
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - spent) * 1000)
    return Page(p95_of(wall), round(statistics.median(wall), 1), p95_of(cpu), len(seen), round(len(body) / 1000, 1))


def p95_of(times: list[float]) -> float:
    """Nineteen readings of twenty are not longer."""
    return round(statistics.quantiles(times, n=20)[-1], 1)


def measured_paper(app: Flask, world: World) -> dict[str, float]:
    """One sheet: rendered by us and by the bare renderer; downloaded when nothing was kept of it, then again."""
    client, sheet_id = client_of(app, world.secrets["inspector"]), UUID(world.sheets[0])
    path = f"/fiches-transmises/{sheet_id}/fiche.pdf"
    with app.app_context():
        db.session.execute(delete(SheetRendering).where(SheetRendering.submitted_id == sheet_id))
        db.session.commit()
    first = statistics.median(timed(lambda: read(client, path)) for _ in range(9))
    with app.app_context():
        render_copy(RenderCopy(sheet_id))
        db.session.commit()
        kept = output_of_copy(sheet_id, Circle.INSTITUTION, Format.PDF)
    if kept is None:
        raise SystemExit("nothing was kept of the sheet")
    second = statistics.median(timed(lambda: read(client, path)) for _ in range(40))
    found = {"first_ms": first, "second_ms": second, "times_faster": first / second, **bare_and_ours(app, sheet_id)}
    print("paper: " + ", ".join(f"{name} {value:.2f}" for name, value in found.items()), flush=True)
    return {name: round(value, 2) for name, value in found.items()}


def bare_and_ours(app: Flask, sheet_id: UUID) -> dict[str, float]:
    """The paper of a sheet, and the bare renderer on the same HTML with the same style."""
    with app.app_context():
        facts, content = get_submitted(sheet_id), open_submitted(sheet_id)
        if facts is None or content is None:
            raise SystemExit("there is no such sheet")
        paper = institution_paper(facts, facts.territory_name, content, clock.now().date())
        html = sheet_paper._html(paper)
        ours = statistics.median(timed(lambda: sheet_paper.sheet_pdf(paper)) for _ in range(15))
        bare = statistics.median(timed(lambda: bare_pdf(html)) for _ in range(15))
    return {"ours_ms": ours, "bare_ms": bare, "ratio": ours / bare}


def bare_pdf(html: str) -> bytes:
    """WeasyPrint alone: one layout with our style and typeface, tagged as PDF/A-2a, written."""
    fonts, style = typesetter._type_case_at_hand()
    page = HTML(string=html, url_fetcher=typesetter.PackagedFonts())
    fit = CSS(string=fitting.PLAIN.css(), font_config=fonts, url_fetcher=typesetter.PackagedFonts())
    written: bytes = page.write_pdf(stylesheets=[style, fit], font_config=fonts, pdf_variant=typesetter.VARIANT)
    return written


if __name__ == "__main__":
    main()
