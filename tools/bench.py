"""`make bench`: server time, queries and compressed weight of the main pages over 60 collectives and over 600.

Fails when a page makes more queries than its bound, or more over 600 collectives than over 60, or when the first load
of the live screen weighs too much. The pages are also set beside a bare one of fifty rows (bench_bare.py), the paper of
a sheet beside the bare renderer on the same HTML. Then five years of an institution (bench_scale.py), and the Wednesday
at 14 h (bench_live.py). First what the guard of anonymity finds (bench_guard.py), and what the book costs
(bench_book.py). `--only guard`, `book`, `pages`, `scale` or `live` leaves the rest out.
"""

import argparse
import logging
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import brotli
import structlog
from flask import Flask
from flask.testing import FlaskClient
from weasyprint import HTML

from collectifs import create_app
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import Deployment
from collectifs.sheets.documents import sheet as sheet_paper
from tools import bench_book, bench_composing, bench_guard, bench_live, bench_scale
from tools.bench_app import client_of, read, settings_for, timed
from tools.bench_bare import cpu, print_ratios, ratios
from tools.bench_call import measure_call
from tools.bench_day import measure_day
from tools.bench_pages import MOST, PAGES, counted
from tools.bench_weight import MOST_KB, weigh
from tools.bench_world import CONTENT, Builder

FEW, MANY, TIMES, PAPERS = 60, 600, 7, 5
STATIC = Path(__file__).resolve().parents[1] / "collectifs" / "static"


@dataclass(frozen=True)
class Measure:
    """One page: milliseconds of server (the median), queries, kilobytes once compressed."""

    ms: float
    queries: int
    kb: float


def main() -> None:
    """Measure, print, and fail when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("guard", "composing", "book", "pages", "scale", "live"))
    only = parser.parse_args().only
    if only in (None, "guard"):
        bench_guard.main([])
    too_much = bench_composing.main() if only in (None, "composing") else []
    too_much += measure_pages() if only in (None, "pages") else []
    too_much += bench_book.main() if only in (None, "book") else []
    if only in (None, "scale"):
        bench_scale.main([])
    if only in (None, "live"):
        bench_live.main([])
    sys.exit(1 if too_much else 0)


def measure_pages() -> list[str]:
    """The pages and the paper; returns what passes a limit."""
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(Path(folder))
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
        with app.app_context():
            db.create_all()
            db.session.add(Deployment(id=app.extensions["vault"].found(), made_at=clock.now()))
            db.session.commit()
            builder = Builder(clock.now())
            few = measure_over(app, builder, FEW)
            print_ratios(ratios(app, builder, cpu))
            many = measure_over(app, builder, MANY)
            too_much = print_table(few, many)
            print_first_visit()
            too_much += print_first_load(client_of(app, builder.secret("pilot")), builder)
            too_much += measure_call(app, builder.place.id, clock.now())
            too_much += measure_day(app, builder.place.id, clock.now())
            print_papers()
    return too_much


def make_app(folder: Path) -> Flask:
    """A deployment of its own, in a temporary folder, on SQLite."""
    return create_app(settings_for(folder, f"sqlite:///{folder / 'collectifs.db'}"))


def measure_over(app: Flask, builder: Builder, number: int) -> dict[str, Measure]:
    """Every page, once there are so many collectives."""
    started = time.perf_counter()
    builder.add(number - builder.made)
    print(f"{number} collectives ({time.perf_counter() - started:.0f} s to make)", flush=True)
    clients = {role: client_of(app, builder.secret(role)) for role, _ in PAGES.values()}
    return {name: measure(clients[role], path.format(**builder.bench.ids)) for name, (role, path) in PAGES.items()}


def measure(client: FlaskClient, path: str) -> Measure:
    """The median of a few readings, the first left out."""
    with counted() as seen:
        body = read(client, path)
    seen.clear()
    with counted() as seen:
        read(client, path)
    times = [timed(lambda: read(client, path)) for _ in range(TIMES)]
    return Measure(statistics.median(times), len(seen), len(brotli.compress(body, quality=5)) / 1000)


def print_table(few: dict[str, Measure], many: dict[str, Measure]) -> list[str]:
    """One line a page; returns those that pass a limit."""
    print(f"\n{'page':26}{'ms':>7}{'ms':>8}{'ratio':>7}{'queries':>9}{'queries':>9}{'kB':>7}{'kB':>8}")
    print(f"{'':26}{FEW:>7}{MANY:>8}{'':>7}{FEW:>9}{MANY:>9}{FEW:>7}{MANY:>8}")
    too_many = []
    for name, small in few.items():
        large = many[name]
        is_wrong = large.queries > MOST or large.queries > small.queries
        too_many += [name] if is_wrong else []
        print(
            f"{name:26}{small.ms:7.1f}{large.ms:8.1f}{large.ms / small.ms:7.1f}"
            f"{small.queries:9}{large.queries:9}{small.kb:7.1f}{large.kb:8.1f}{'  <- !' if is_wrong else ''}"
        )
    return too_many


def print_first_visit() -> None:
    """What a browser fetches once: styles, scripts, typeface."""
    print("\nfetched once, compressed:")
    for what, pattern in (("styles", "css/*.css"), ("scripts", "js/**/*.js"), ("typeface", "build/fonts/*.woff2")):
        files = [file.read_bytes() for file in sorted(STATIC.glob(pattern))]
        weight = sum(len(file) if what == "typeface" else len(brotli.compress(file)) for file in files)
        print(f"  {what:10}{weight / 1000:6.1f} kB, {len(files)} files")


def print_first_load(client: FlaskClient, builder: Builder) -> list[str]:
    """The live screen, opened for the first time; names it when it weighs too much."""
    weight = weigh(read(client, PAGES["live"][1].format(**builder.bench.ids)).decode())
    print(
        f"\nfirst load of the live screen: {weight.total:.1f} kB of {MOST_KB:.0f} compressed, without the typeface "
        f"(page {weight.page:.1f}, styles {weight.styles:.1f}, scripts {weight.scripts:.1f}; {weight.files} files); "
        f"{weight.later:.1f} kB of scripts come later"
    )
    return ["first load of the live screen"] if weight.total > MOST_KB else []


def print_papers() -> None:
    """The paper of a sheet beside the bare renderer on the same HTML."""
    paper = sheet_paper.SheetPaper(
        content=CONTENT,
        title="Fiche synthèse",
        collective_label="Les Tilleuls",
        occasion="mercredi 13 janvier 2027",
        circle="collective",
        readers="votre collectif",
        kept_until="le 31 août 2027",
    )
    html = sheet_paper._html(paper)
    sheet_paper.sheet_pdf(paper)
    bare = statistics.median(timed(HTML(string=html).write_pdf) for _ in range(PAPERS))
    ours = statistics.median(timed(lambda: sheet_paper.sheet_pdf(paper)) for _ in range(PAPERS))
    print(f"\npaper of a sheet: {ours:.0f} ms (PDF/UA, one page, the largest setting that holds)")
    print(f"bare renderer, same HTML: {bare:.0f} ms; ratio {ours / bare:.1f}")


if __name__ == "__main__":
    main()
