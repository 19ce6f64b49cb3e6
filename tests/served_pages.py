"""The two pages that scripts fill, the room and the projection, as the application serves them without a datum.

`python -m tests.served_pages FILE` writes them for the tests of the scripts, which read them with a document of their
own (tests/js/page.mjs).
"""

import json
import sys
import tempfile
from pathlib import Path

from flask import Flask, url_for

from collectifs import create_app
from tests.conftest import make_settings, make_tables


def served(app: Flask) -> dict[str, str]:
    """Each page by its name, in HTML."""
    with app.test_request_context():
        addresses = {"room": url_for("live.shell"), "wall": url_for("live.shell", projection=1)}
    return {name: app.test_client().get(address).text for name, address in addresses.items()}


def main(file: Path) -> None:
    """Write them where they are asked for, whole or not at all."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(make_settings(Path(folder), "sqlite://"))
        with app.app_context():
            make_tables(app)
        pages = served(app)
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".part")
    draft.write_text(json.dumps(pages), encoding="utf-8")
    draft.replace(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
