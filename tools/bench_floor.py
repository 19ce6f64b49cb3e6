"""The least that the same screens could cost: a bare application behind the same server, on the same database.

`bench_live --floor` sets it beside ours in one run, so that a figure does not depend on the pace of a machine that
day. A question reads one row; a gesture is a row more and a number more, down to the disk. Nobody is asked for their
name, nothing is sealed, no right is looked at.
"""

import os
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, make_response, request
from sqlalchemy import Engine, create_engine, event, text

TABLES = (
    "CREATE TABLE IF NOT EXISTS floor_rooms (id VARCHAR PRIMARY KEY, number INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS floor_rows (id VARCHAR PRIMARY KEY, room VARCHAR NOT NULL, words VARCHAR NOT NULL)",
)
# As durable as ours; nothing of ours is imported: it would listen to this engine too.
PRAGMAS = ("journal_mode=wal", "synchronous=full", "busy_timeout=10000")
PAGE = '<meta name="csrf-token" content="none">'
NUMBER = text("SELECT number FROM floor_rooms WHERE id = :room")
MORE = text(
    "INSERT INTO floor_rooms (id, number) VALUES (:room, :more)"
    " ON CONFLICT (id) DO UPDATE SET number = floor_rooms.number + excluded.number RETURNING number"
)
ROW = text("INSERT INTO floor_rows (id, room, words) VALUES (:id, :room, :words)")


def make_app() -> Flask:
    """The application, its two tables made."""
    app, engine = Flask(__name__), _engine()
    with engine.begin() as connection:
        for each in TABLES:
            connection.execute(text(each))
    engine.dispose()  # gunicorn forks from here
    app.add_url_rule("/sante", "alive", lambda: "")
    app.add_url_rule("/seance/<uuid:meeting>", "page", _page)
    app.add_url_rule("/seance/<uuid:meeting>/etat", "state", lambda meeting: _state(engine, str(meeting)))
    app.add_url_rule(
        "/seance/<uuid:meeting>/gestes", "gestures", lambda meeting: _keep(engine, str(meeting)), methods=["POST"]
    )
    return app


def _engine() -> Engine:
    """As durable as ours."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{Path(os.environ['COLLECTIFS_DATA']) / 'floor.db'}"
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _set_up(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"pragma {pragma}")


def _page(meeting: object) -> Response:
    """What the bench takes its token and its session from."""
    answer = make_response(f"{PAGE}{meeting}")
    answer.set_cookie("session", "none")
    return answer


def _state(engine: Engine, meeting: str) -> Response:
    with engine.connect() as connection:
        number = connection.execute(NUMBER, {"room": meeting}).scalar() or 0
    if number == request.args.get("depuis", 0, int):
        return make_response("", 304)
    return jsonify(sequence=number, events=[])


def _keep(engine: Engine, meeting: str) -> Response:
    sent = request.get_json()["events"]
    rows = [{"id": each["id"], "room": meeting, "words": str(each["body"])} for each in sent]
    with engine.begin() as connection:
        number = connection.execute(MORE, {"room": meeting, "more": len(rows)}).scalar()
        connection.execute(ROW, rows)
    return jsonify(sequence=number, accepted=[each["id"] for each in sent], refused=[])
