"""The last minute before a deadline: five hundred candidacies sent by several browsers at once, none lost; how long
each page takes meanwhile. Used by `make bench`.
"""

import statistics
import threading
import time
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient

from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.models.calls import Call, Candidacy, CandidacyLink
from collectifs.kernel.extensions import db
from collectifs.people.queries.people import hashed
from tools.bench_app import timed

SENT, BROWSERS, LONGEST_MS = 500, 4, 60
ANSWERS = {
    "degree": "first",
    "tutoring_years": "1",
    "work_insee": "Marmande",
    "home_insee": "Agen",
    "school": "École du Lavoir",
    "would_pilot": "no",
}


def add_call(territory_id: UUID, now: datetime, number: int) -> list[str]:
    """An open call, and so many people who proved their address and have not sent yet; their tokens."""
    day = now.date()
    days = {"opens_on": day - timedelta(days=9), "closes_on": day, "answers_on": day + timedelta(days=9)}
    call = Call(id=uuid4(), territory_id=territory_id, season=day.year, slug="appel", published_at=now, **days)
    db.session.add(call)
    db.session.flush()
    tokens = []
    for rank in range(number):
        row = Candidacy(id=uuid4(), call_id=call.id, state=CandidacyState.CONFIRMED, started_at=now, confirmed_at=now)
        row.given_name, row.family_name, row.address = "Camille", f"Rang {rank}", f"rang.{rank}@academie.example"
        row.half_days, row.qualifications = [], []
        db.session.add(row)
        db.session.flush()
        tokens.append(f"jeton-{rank}")
        db.session.add(CandidacyLink(id=uuid4(), candidacy_id=row.id, token_hash=hashed(tokens[-1]), minted_at=now))
    db.session.commit()
    return tokens


def send_all(app: Flask, tokens: list[str], browsers: int = BROWSERS) -> list[float]:
    """Each sends their eight answers, several at a time; how many milliseconds each waited."""
    took: list[float] = []

    def send(mine: list[str]) -> None:
        client = app.test_client()
        took.extend(timed(lambda token=token: _send(client, token)) for token in mine)  # type: ignore[misc]

    threads = [threading.Thread(target=send, args=(tokens[place::browsers],)) for place in range(browsers)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return took


def _send(client: FlaskClient, token: str) -> None:
    with client.application.app_context():
        answer = client.post(f"/candidature/{token}", data=ANSWERS)
        if answer.status_code != 302:
            raise RuntimeError(f"{token}: {answer.status_code}")


def measure_call(app: Flask, territory_id: UUID, now: datetime) -> list[str]:
    """The crowd, then the page of the call by itself; returns what passes a limit."""
    tokens = add_call(territory_id, now, SENT)
    app.config["WTF_CSRF_ENABLED"] = False  # what a page would have handed to its form
    try:
        began = time.perf_counter()
        took = send_all(app, tokens)
        lasted = time.perf_counter() - began
    finally:
        app.config["WTF_CSRF_ENABLED"] = True
    kept = db.session.query(Candidacy).filter_by(state=CandidacyState.COMPLETE).count()
    db.session.rollback()
    client = app.test_client()
    pages = [timed(lambda: client.get("/appel/appel")) for _ in range(40)]
    print(f"\n{SENT} candidacies by {BROWSERS} browsers at once: {kept} kept in {lasted:.0f} s")
    print(f"  each {statistics.median(took):.0f} ms, the 95th of a hundred {_p95(took):.0f} ms")
    print(f"  page of the call: {statistics.median(pages):.0f} ms, the 95th of a hundred {_p95(pages):.0f} ms")
    wrong = ["candidacies lost"] if kept < SENT or lasted > 60 else []
    return wrong + (["the page of the call"] if _p95(pages) > LONGEST_MS else [])


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
