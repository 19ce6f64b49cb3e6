"""`flask check`: one line for each thing that must hold, and an exit code."""

import smtplib
import sys
import tomllib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import click
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from collectifs.across.queries.perished import needed_keys
from collectifs.across.services.tidying import tidying_doubt
from collectifs.guard.domain.lexicons import LexiconsMissing, lexicons
from collectifs.kernel import clock
from collectifs.kernel.config import Settings, SettingsError
from collectifs.kernel.extensions import db, migrate
from collectifs.kernel.mail.smtp import greet
from collectifs.kernel.queries.deployment import deployment_id
from collectifs.kernel.queries.jobs import breaths_by_machine, refused_mails, unsent_mails
from collectifs.kernel.vault import KeysAway, check_keys, key_ids
from collectifs.web.static import FOLDER

PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"
SILENT_FOR = timedelta(minutes=2)
SEVERAL = 2


class Wrong(Exception):
    """What does not hold, in a few words."""


@click.command()
@with_appcontext
def check() -> None:
    """Say, in one line each, whether everything that the service rests on is in order."""
    failed = False
    for name, look in CHECKS.items():
        try:
            click.echo(f"bien    {name} : {look(current_app.extensions['settings'])}")
        except Wrong as wrong:
            failed = True
            click.echo(f"à voir  {name} : {wrong}")
        except KeysAway as away:
            failed = True
            click.echo(f"à voir  {name} : {away}")
        except (SQLAlchemyError, OSError) as error:
            failed = True
            click.echo(f"à voir  {name} : {type(error).__name__}")
            db.session.rollback()
    sys.exit(1 if failed else 0)


def _version(_settings: Settings) -> str:
    return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])


def _settings(settings: Settings) -> str:
    for what, folder in (("clés", settings.keys_dir), ("données", settings.data)):
        if not folder.is_dir():
            raise Wrong(f"le dossier des {what} ({folder}) n’est pas là")
        if folder.stat().st_mode & 0o077:
            raise Wrong(f"le dossier des {what} ({folder}) est lisible par d'autres : chmod 700")
    return f"{settings.base_url}, données dans {settings.data}" + (", démonstration" if settings.is_demo else "")


def _database(_settings: Settings) -> str:
    db.session.execute(text("SELECT 1"))
    return db.engine.dialect.name


def _migrations(_settings: Settings) -> str:
    newest = ScriptDirectory.from_config(migrate.get_config()).get_current_head()
    current = MigrationContext.configure(db.session.connection()).get_current_revision()
    if newest != current:
        raise Wrong(f"la base en est à {current or 'rien'}, le code à {newest} : flask db upgrade")
    return str(current)


def _mail(settings: Settings) -> str:
    waiting = f"{unsent_mails()} en attente"
    if settings.is_demo:
        return f"gardé dans {settings.outbox} (démonstration), {waiting}"
    if not settings.smtp_url:
        raise Wrong("SMTP_URL n'est pas défini : aucun courriel ne part")
    try:
        greet(settings.smtp_url)
    except SettingsError as error:
        raise Wrong(str(error)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Wrong(f"le serveur ne répond pas ({type(error).__name__}), {waiting}") from error
    return f"le serveur répond, {waiting}"


def _refusals(_settings: Settings) -> str:
    """One refused mail may be a full box; the same answer to several people speaks of us."""
    found = {code: number for code, number in refused_mails().items() if number >= SEVERAL}
    if found:
        told = ", ".join(f"{code} pour {number} personnes" for code, number in sorted(found.items()))
        raise Wrong(f"le serveur refuse pour une raison qui n'est pas l'adresse ({told}) : voir MAIL_FROM, SPF, quotas")
    return "aucun qui touche plusieurs personnes"


def _fonts(_settings: Settings) -> str:
    fonts = list((FOLDER / "build" / "fonts").glob("*.woff2"))
    if len(fonts) < 4:
        raise Wrong("les polices manquent : make assets")
    return f"{len(fonts)} fichiers"


def _lexicons(_settings: Settings) -> str:
    try:
        lists = lexicons()
    except LexiconsMissing:
        raise Wrong("les lexiques du garde-fou manquent, rien ne peut être transmis : make assets") from None
    return f"{len(lists.given)} prénoms, {len(lists.communes)} communes"


def _keys(_settings: Settings) -> str:
    check_keys(deployment_id())
    needed, present = needed_keys(), key_ids()
    if missing := needed - present:
        raise Wrong(f"{len(missing)} sur {len(needed)} manquent : leurs textes ne s’ouvrent plus")
    return f"{len(present)} présentes, {len(needed)} attendues"


def _worker(_settings: Settings) -> str:
    breaths = breaths_by_machine()
    if not breaths:
        raise Wrong("dernier souffle : jamais ; lancer flask worker")
    told = ", ".join(f"{machine} le {at:%Y-%m-%d à %H:%M:%S} UTC" for machine, at in sorted(breaths.items()))
    if any(clock.now() - at > SILENT_FOR for at in breaths.values()):
        raise Wrong(f"dernier souffle : {told} ; lancer flask worker")
    return f"dernier souffle : {told}"


def _tidying(_settings: Settings) -> str:
    if doubt := tidying_doubt(clock.now()):
        raise Wrong(f"rien n’est effacé ni rappelé : {doubt} ; si l’heure est juste : flask tidy --yes")
    return "rien ne les retient"


def _notices(settings: Settings) -> str:
    missing = settings.notices.missing
    if settings.is_demo:
        return "sans objet (démonstration)"
    if missing:
        raise Wrong(f"à compléter, dans les réglages : {', '.join(missing)}")
    return "association" if settings.notices.is_association else "rectorat"


CHECKS: dict[str, Callable[[Settings], str]] = {
    "version": _version,
    "réglages": _settings,
    "base": _database,
    "migrations": _migrations,
    "courriel": _mail,
    "refus": _refusals,
    "clés": _keys,
    "polices": _fonts,
    "lexiques": _lexicons,
    "tâches": _worker,
    "effacements": _tidying,
    "mentions": _notices,
}
