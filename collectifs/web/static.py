"""Static files live under /static/<build>/…: an address that never changes its content, and travels compressed.

Another build's address answers with the file of the same name, kept for a short while only: a page that was opened
before an upgrade, or came from a machine that is already upgraded, keeps its styles and scripts.

While the application is being worked on (`make dev`) there is one address, and each file is sent as it stands.
"""

import gzip
import hashlib
from functools import cache, lru_cache
from pathlib import Path

import brotli
from flask import Flask, Request, Response, current_app, request, send_from_directory

from collectifs.web.lean import LEANERS, lean

FOLDER = Path(__file__).parent.parent / "static"
PREFIX = "/static/"
WORKED_ON = "0"  # the build of `make dev`
CODE = (".py", ".html", ".toml")


def build_id(folder: Path = FOLDER) -> str:
    """A short hash of every static file: a new build has new addresses."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def release_id() -> str:
    """A short hash of the code and the static files: machines that say the same one serve the same version."""
    digest = hashlib.sha256(build_id().encode())
    for path in sorted(each for each in FOLDER.parent.rglob("*") if each.suffix in CODE):
        digest.update(str(path.relative_to(FOLDER.parent)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


PACKERS = {"br": brotli.compress, "gzip": gzip.compress}  # the better first
TEXTS = (".js", ".css", ".svg")


@lru_cache(maxsize=256)
def packed(file: Path, encoding: str) -> bytes:
    """What travels of a text file: without its comments, compressed as the browser reads it."""
    words = lean(file).encode() if file.suffix in LEANERS else file.read_bytes()
    return PACKERS[encoding](words) if encoding else words


def encoding_for(asked: Request) -> str:
    """The best compression that a browser reads; "" when it names none."""
    return next((each for each in PACKERS if asked.accept_encodings[each]), "")


def _pack(answer: Response, file: Path) -> None:
    """Put the compressed text in the place of the file; nothing confidential is in it, so nothing can be guessed from
    its length."""
    encoding = encoding_for(request)
    answer.close()  # the file that it has opened
    answer.direct_passthrough = False
    answer.set_data(packed(file, encoding))
    answer.vary.add("Accept-Encoding")
    answer.headers.pop("ETag", None)  # it would be of the file; the address itself tells one build from another
    if encoding:
        answer.content_encoding = encoding


def is_static() -> bool:
    """Whether a file is asked for: a browser that asks for one wants no page in its place."""
    return request.path.startswith(PREFIX)


def is_of_this_build() -> bool:
    """Whether the address of the file that is served names this very build: then it never changes."""
    if request.endpoint != "static" or current_app.debug:
        return False
    return bool((request.view_args or {})["build"] == current_app.extensions["build"])


def serve_static(app: Flask) -> None:
    """Add the static route; `url_for('static', filename=…)` carries the build by itself."""
    build = WORKED_ON if app.debug else build_id()

    @app.get(f"{PREFIX}<build>/<path:filename>", endpoint="static")
    def static(build: str, filename: str) -> Response:
        answer = send_from_directory(FOLDER, filename)
        if answer.status_code == 200 and filename.endswith(TEXTS) and not app.debug:
            _pack(answer, FOLDER / filename)
        return answer

    @app.url_defaults
    def add_build(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static":
            values.setdefault("build", app.extensions["build"])

    app.extensions["build"], app.extensions["release"] = build, WORKED_ON if app.debug else release_id()
