"""What the benches share: a deployment of its own, a browser, a page read, a time."""

import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from collectifs.kernel.config import Settings


def settings_for(folder: Path, url: str, index_dir: Path | None = None) -> Settings:
    """A deployment that lives a minute, in a temporary folder."""
    return Settings(
        data=folder,
        database_url=url,
        keys_dir=folder / "keys",
        index_dir=index_dir,
        master_key=b"k" * 32,
        secret_key="only to measure",  # noqa: S106  of a deployment that lives a minute
        base_url="http://localhost",
        smtp_url="",
        mail_from="Collectifs <collectifs@academie.example>",
        bind="127.0.0.1",
        testing=True,
    )


def client_of(app: Flask, secret: str) -> FlaskClient:
    """Somebody's browser; without a secret, that of nobody."""
    client = app.test_client()
    if secret:
        client.set_cookie("appareil", secret)
    return client


def read(client: FlaskClient, path: str) -> bytes:
    """The page, in a context of its own as on a server."""
    with client.application.app_context():
        response = client.get(path)
        if response.status_code not in (200, 304):
            raise SystemExit(f"{path}: {response.status_code}")
        return response.get_data()


def timed(work: Callable[[], object]) -> float:
    """How long it takes, in milliseconds."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
