"""An installation whose keys are in the table, and what kills it at one of its steps."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from collectifs.kernel.extensions import db
from collectifs.kernel.queries.deployment import deployment_id
from collectifs.kernel.vault import Vault, vault_of

MASTER = b"k" * 32


class House:
    """An installation whose keys are in the table; its vault is made anew to be another process."""

    def __init__(self, app: Flask, keys: Path, *, keys_in: str = "table") -> None:
        self.app, self.keys = app, keys
        usual = app.extensions["settings"]
        app.extensions["settings"] = replace(usual, keys_in=keys_in, keys_dir=keys, master_key=MASTER)
        self.vault.found(deployment=deployment_id())
        db.session.rollback()

    @property
    def vault(self) -> Vault:
        """As a process that has just begun has it; the application's own from now on."""
        self.app.extensions["vault"] = vault_of(self.app.extensions["settings"])
        return self.app.extensions["vault"]

    def sealed(self, number: int = 1) -> dict[str, bytes]:
        """So many texts, each under a key of its own."""
        vault = self.vault
        made = {vault.make_key() for _ in range(number)}
        texts = {key_id: vault.seal("mot", key_id, "ici") for key_id in made}
        db.session.commit()
        return texts

    def opens(self, texts: dict[str, bytes]) -> bool:
        vault = self.vault
        try:
            return all(vault.open_sealed(sealed, key_id, "ici") == "mot" for key_id, sealed in texts.items())
        finally:
            db.session.rollback()

    def run(self, *arguments: str | Path) -> Result:
        return self.app.test_cli_runner().invoke(args=[*map(str, arguments)])

    def epochs(self) -> list[str]:
        return sorted(path.name for path in (self.keys / "epochs").iterdir())


class Killed(BaseException):
    """The process ends here."""


def dying_after(point: int, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The step of this number, of those that last (on the disk, in the database), kills; two rows at a time."""
    count = [0]
    dying = pytest.MonkeyPatch()

    def step(does):  # type: ignore[no-untyped-def]
        def done(*what, **how):  # type: ignore[no-untyped-def]
            count[0] += 1
            if count[0] > point:
                raise Killed
            return does(*what, **how)

        return done

    dying.setattr("collectifs.cli.rotating.AT_ONCE", 2)
    dying.setattr("collectifs.cli.moving_keys.AT_ONCE", 2)
    for name in ("fsync", "unlink", "replace", "rename", "rmdir"):
        dying.setattr(os, name, step(getattr(os, name)))
    session = type(db.session)
    dying.setattr(session, "commit", step(session.commit))
    return dying
