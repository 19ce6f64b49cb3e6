"""Static files live under /static/<build>/…: an address that never changes its content."""

import hashlib
import re
from functools import lru_cache
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


@lru_cache
def lean(script: Path) -> str:
    """A script without the lines that only explain it, a fifth of its weight; each leaves its empty line behind, so
    that the numbers in the browser's messages stay those of the file."""
    return re.sub(r"(?m)^[ \t]*//.*$", "", script.read_text(encoding="utf-8"))


def serve_static(app: Flask) -> None:
    """Add the static route; `url_for('static', filename=…)` carries the build by itself."""
    build = build_id()

    @app.get("/static/<build>/<path:filename>", endpoint="static")
    def static(build: str, filename: str) -> Response:
        if build != app.extensions["build"]:
            abort(404)
        answer = send_from_directory(FOLDER, filename)
        if answer.status_code == 200 and filename.endswith(".js"):
            answer.close()  # the file it has opened
            answer.direct_passthrough = False
            answer.set_data(lean(FOLDER / filename))
        return answer

    @app.url_defaults
    def add_build(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static":
            values.setdefault("build", app.extensions["build"])

    app.extensions["build"] = build
