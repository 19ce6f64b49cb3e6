"""Static files live under /static/<build>/…: an address that never changes its content, and travels compressed.

Another build's address answers with the file of the same name, kept for a short while only: a page that was opened
before an upgrade, or came from a machine that is already upgraded, keeps its styles and scripts.

A script comes with all that it begins with (bundles.py). While the application is being worked on (`make dev`) there is
one address, and each file is sent alone, as it stands.
"""

import gzip
import hashlib
from functools import cache, lru_cache
from pathlib import Path

import brotli
from flask import Flask, Request, Response, current_app, request, send_from_directory

from collectifs.web import bundles
from collectifs.web.lean import lean

FOLDER = bundles.FOLDER
PREFIX = "/static/"
WORKED_ON = "0"  # the build of `make dev`
MAKERS = (Path(__file__).with_name("bundles.py"), Path(__file__).with_name("lean.py"))
CODE = (".py", ".html", ".toml")


@cache
def build_id(folder: Path = FOLDER) -> str:
    """A short hash of every static file, and of what makes of them what travels: a new build has new addresses."""
    digest = hashlib.sha256()
    for maker in MAKERS:
        digest.update(maker.read_bytes())
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


def words(name: str) -> str:
    """What travels at the address of a text file: without its comments; of a script, with what it begins with."""
    if name.endswith(".js"):
        return bundles.script(name)
    return lean(FOLDER / name) if name.endswith(".css") else (FOLDER / name).read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def packed(name: str, encoding: str) -> bytes:
    """These words, compressed as the browser reads them."""
    said = words(name).encode()
    return PACKERS[encoding](said) if encoding else said


def encoding_for(asked: Request) -> str:
    """The best compression that a browser reads; "" when it names none."""
    return next((each for each in PACKERS if asked.accept_encodings[each]), "")


def _pack(answer: Response, name: str) -> None:
    """Put the compressed text in the place of the file; nothing confidential is in it, so nothing can be guessed from
    its length."""
    encoding = encoding_for(request)
    answer.close()  # the file that it has opened
    answer.direct_passthrough = False
    answer.set_data(packed(name, encoding))
    answer.vary.add("Accept-Encoding")
    answer.headers.pop("ETag", None)  # it would be of the file; the address itself tells one build from another
    if encoding:
        answer.content_encoding = encoding


def is_static(asked: Request) -> bool:
    """Whether a file is asked for: a browser that asks for one wants no page in its place."""
    return asked.path.startswith(PREFIX)


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
        answer = send_from_directory(FOLDER, bundles.source(filename))
        if answer.status_code == 200 and filename.endswith(TEXTS) and not app.debug:
            _pack(answer, filename)
        return answer

    @app.url_defaults
    def add_build(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static":
            values.setdefault("build", app.extensions["build"])

    app.extensions["build"], app.extensions["release"] = build, WORKED_ON if app.debug else release_id()
