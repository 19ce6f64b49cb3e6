"""Static files live under /static/<build>/…: an address that never changes its content."""

import hashlib
from pathlib import Path

from flask import Flask, Response, abort, send_from_directory

FOLDER = Path(__file__).parent.parent / "static"


def build_id(folder: Path = FOLDER) -> str:
    """A short hash of every static file: a new build has new addresses."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def serve_static(app: Flask) -> None:
    """Add the static route; `url_for('static', filename=…)` carries the build by itself."""
    build = build_id()

    @app.get("/static/<build>/<path:filename>", endpoint="static")
    def static(build: str, filename: str) -> Response:
        if build != app.extensions["build"]:
            abort(404)
        return send_from_directory(FOLDER, filename)

    @app.url_defaults
    def add_build(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static":
            values.setdefault("build", app.extensions["build"])

    app.extensions["build"] = build
