"""`flask check`: one line for each thing that must hold, and an exit code."""

import os
import smtplib
import sys
import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import delete, text
from sqlalchemy.exc import SQLAlchemyError

from collectifs.across.queries.perished import copies_over, needed_keys
from collectifs.across.queries.samples import sealed_samples
from collectifs.across.services.tidying import tidying_doubt
from collectifs.cli.away import why_away
from collectifs.cli.doubts import dump_doubt, settings_doubts
from collectifs.composition.queries.communes import CommunesMissing, communes
from collectifs.guard.domain.lexicons import LexiconsMissing, lexicons
from collectifs.kernel import clock
from collectifs.kernel.config import Settings, SettingsError, host_of, is_loopback
from collectifs.kernel.extensions import db
from collectifs.kernel.mail.smtp import greet
from collectifs.kernel.models import WorkerBreath
from collectifs.kernel.queries.deployment import deployment_id, get_deployment, rotated_at
from collectifs.kernel.queries.jobs import breaths_by_machine, builds_by_machine, refused_mails, unsent_mails
from collectifs.kernel.queries.readiness import (
    SILENT_FOR,
    Apart,
    apart,
    epochs_left,
    is_newer,
    machines_of_another_version,
    newest_schema,
    present_schema,
)
from collectifs.kernel.vault import (
    KeysAway,
    broken_keys,
    check_keys,
    key_ids,
    keys_in_table,
    keys_lacking,
    keys_under_former,
)
from collectifs.web.hosts import forwarded_at
from collectifs.web.static import FOLDER

PROBE = "probe"
OLDEST_COPY = timedelta(days=7)
OLDEST_DRILL = timedelta(days=30)
OLDEST_ROTATION = timedelta(hours=48)
STOPPED_BY_EIGHT = (
    "huit navigateurs lents, ou un seul malveillant, arrêteraient tout ; mettre nginx devant (README) et PROXIES=1"
)
PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"
SEVERAL = 2
MOUNTS, IN_MEMORY = Path("/proc/mounts"), ("tmpfs", "ramfs")


class Wrong(Exception):
    """What does not hold, in a few words."""


@click.command()
@with_appcontext
def check() -> None:
    """Say, in one line each, whether everything that the service rests on is in order."""
    failed, is_away = False, False
    for name, look in CHECKS.items():
        try:
            click.echo(f"bien    {name} : {look(current_app.extensions['settings'])}")
        except Wrong as wrong:
            failed = True
            click.echo(f"à voir  {name} : {wrong}")
        except KeysAway as away:
            failed = True
            click.echo(f"à voir  {name} : {away}")
        except SQLAlchemyError as error:
            failed = True
            click.echo(f"à voir  {name} : {'voir « base »' if is_away else why_away(error)}")
            is_away = is_away or name == "base"
            db.session.rollback()
        except OSError as error:
            failed = True
            click.echo(f"à voir  {name} : {error.filename or type(error).__name__} : {error.strerror}")
    sys.exit(1 if failed else 0)


def _version(_settings: Settings) -> str:
    return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])


def _settings(settings: Settings) -> str:
    for what, folder in (("clés", settings.keys_dir), ("données", settings.data)):
        if not folder.is_dir():
            raise Wrong(f"le dossier des {what} ({folder}) n’est pas là")
        if folder.stat().st_mode & 0o077:
            raise Wrong(f"le dossier des {what} ({folder}) est lisible par d'autres : chmod 700")
    if doubts := settings_doubts(settings):
        raise Wrong(" ; ".join(doubts))
    return f"{settings.base_url}, données dans {settings.data}" + (", démonstration" if settings.is_demo else "")


def _database(_settings: Settings) -> str:
    """It answers, holds together (SQLite says so itself), and keeps a row that is written to it."""
    kind = db.engine.dialect.name
    if kind == "sqlite" and (told := db.session.execute(text("PRAGMA quick_check(1)")).scalar()) != "ok":
        raise Wrong(f"la base est abîmée ({told}) : reprendre la dernière sauvegarde")
    row = WorkerBreath(worker=PROBE, breathed_at=clock.now())
    db.session.merge(row)
    db.session.commit()
    db.session.execute(delete(WorkerBreath).where(WorkerBreath.worker == PROBE))
    db.session.commit()
    return f"{kind}, une ligne écrite et reprise"


def _folders(settings: Settings) -> str:
    """Both take a file: a disk that is full or read-only says so here, before somebody loses words to it."""
    for what, folder in (("données", settings.data), ("clés", settings.keys_dir)):
        try:
            _write_and_remove(folder / f".{PROBE}")
        except OSError as error:
            raise Wrong(f"rien ne s’écrit dans le dossier des {what} ({folder}) : {error.strerror}") from error
    return "un fichier écrit et repris dans chacun"


def _write_and_remove(probe: Path) -> None:
    try:
        with probe.open("wb") as file:
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
    finally:
        probe.unlink(missing_ok=True)


def _migrations(_settings: Settings) -> str:
    newest, current = newest_schema(), present_schema()
    if is_newer(current):
        raise Wrong(f"la base en est à {current}, plus récente que ce code : finir la mise à jour de cette machine")
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


def _keys(settings: Settings) -> str:
    check_keys(deployment_id())
    needed, present = needed_keys(), key_ids()
    if missing := needed - present:
        raise Wrong(f"{len(missing)} sur {len(needed)} manquent : leurs textes ne s’ouvrent plus")
    if broken := needed & broken_keys():
        raise Wrong(f"{len(broken)} sur {len(needed)} sont abîmées : les reprendre de la dernière copie des clés")
    told = f"{len(present)} présentes, {len(needed)} attendues"
    if settings.former_master_key:
        former = keys_under_former()
        raise Wrong(f"{told} ; {former} sous l’ancienne clé maîtresse : flask keys rotate, puis retirer l’ancienne")
    return told


def _epochs(settings: Settings) -> str:
    """In the table: since when what was erased before opens no more, and whether each file is where it should be."""
    if not keys_in_table():
        return "sans objet (KEYS=folder)"
    if lacking := keys_lacking():
        raise Wrong(f"le fichier de l’époque {', '.join(map(str, lacking))} n’est pas dans {settings.keys_dir}/epochs")
    if left := epochs_left(clock.now()):
        raise Wrong(f"{len(left)} fichier(s) d’époques finies : {Apart.EPOCH.said}")
    at, now = rotated_at(), clock.now()
    if at is not None and now - at > OLDEST_ROTATION:
        raise Wrong(f"dernière rotation {_age(at, now)} : plus de deux nuits ; flask keys rotate")
    return f"dernière rotation {_age(at, now)}"


def _texts(_settings: Settings) -> str:
    """One text of each sealed column."""
    closed = {name for name, opens in sealed_samples().items() if not opens}
    if closed:
        raise Wrong(f"ne s’ouvrent pas, alors que leur clé est là : {', '.join(sorted(closed))}")
    return "un de chaque sorte s’ouvre"


def _copies(settings: Settings) -> str:
    """How old the copies are. That of the keys holds what is erased: « sept jours au plus » is said to people."""
    if settings.is_demo:
        return "sans objet (démonstration)"
    deployment, now = get_deployment(), clock.now()
    if deployment is None:
        raise Wrong("la base n’est pas à jour : flask db upgrade")
    kinds = (("des clés", deployment.keys_saved_at), ("de la base", deployment.saved_at))
    told = " ; ".join(f"{what} {_age(at, now)}" for what, at in kinds)
    if any(now - (at or deployment.made_at) > OLDEST_COPY for _what, at in kinds):
        raise Wrong(f"{told} : plus de sept jours ; flask backup --keys, flask backup --database")
    if doubt := dump_doubt():
        raise Wrong(f"{told} ; {doubt}")
    return told


def _drill(settings: Settings) -> str:
    """When copies were last restored and held: a copy that nobody ever restored is a hope."""
    if settings.is_demo:
        return "sans objet (démonstration)"
    deployment, now = get_deployment(), clock.now()
    if deployment is None:
        raise Wrong("la base n’est pas à jour : flask db upgrade")
    told = f"dernier exercice {_age(deployment.drilled_at, now)}"
    if now - (deployment.drilled_at or deployment.made_at) > OLDEST_DRILL:
        raise Wrong(f"{told} : plus de trente jours ; flask restore --drill")
    return told


def _age(at: datetime | None, now: datetime) -> str:
    return f"il y a {(now - at).days} jours (le {at:%Y-%m-%d})" if at else "jamais"


def _front(settings: Settings) -> str:
    """What stands in front: gunicorn met by browsers themselves is stopped by eight that send slowly."""
    if settings.is_demo:
        return "sans objet (démonstration)"
    if settings.proxies:
        alone = "" if is_loopback(settings.bind) else f" ; {settings.bind} n’est joignable que par lui, y veiller"
        return f"{settings.proxies} mandataire(s) devant{alone}"
    if forwarded_at(settings) is not None:
        raise Wrong("X-Forwarded-For arrive et PROXIES vaut 0 : tout le monde compte pour un seul appelant ; PROXIES=1")
    if not is_loopback(settings.bind):
        raise Wrong(f"BIND={settings.bind} sans mandataire : {STOPPED_BY_EIGHT}")
    if not is_loopback(host_of(settings.base_url)):
        raise Wrong(f"{settings.base_url} est publique et PROXIES vaut 0 : {STOPPED_BY_EIGHT}")
    return "personne d’autre que cette machine"


def _worker(_settings: Settings) -> str:
    breaths = breaths_by_machine()
    if not breaths:
        raise Wrong("dernier souffle : jamais ; lancer flask worker")
    told = ", ".join(f"{machine} le {at:%Y-%m-%d à %H:%M:%S} UTC" for machine, at in sorted(breaths.items()))
    if any(clock.now() - at > SILENT_FOR for at in breaths.values()):
        raise Wrong(f"dernier souffle : {told} ; lancer flask worker")
    return f"dernier souffle : {told}"


def _machines(_settings: Settings) -> str:
    """What the machines of an installation share, this one compared with the others."""
    if differs := apart():
        raise Wrong(" ; ".join(each.said for each in differs))
    if others := machines_of_another_version(current_app.extensions["release"], clock.now()):
        raise Wrong(f"{', '.join(others)} : une autre version que celle-ci ; finir la mise à jour")
    return f"{len(builds_by_machine(clock.now() - SILENT_FOR))} à l’œuvre, la même version"


def _tidying(_settings: Settings) -> str:
    if doubt := tidying_doubt(clock.now()):
        raise Wrong(f"rien n’est effacé ni rappelé : {doubt} ; si l’heure est juste : flask tidy --yes")
    return "rien ne les retient"


def _archives(settings: Settings) -> str:
    """Whether what must be written before it is destroyed can be."""
    if settings.archives is None:
        return "sans dossier (ARCHIVES_DIR) : les fiches transmises sont détruites sans export"
    waiting = len(copies_over(clock.now()))
    try:
        _write_and_remove(settings.archives / f".{PROBE}")
    except OSError as error:
        told = f"rien ne s’écrit dans le dossier d’archives ({settings.archives}) : {error.strerror}"
        raise Wrong(f"{told} ; {waiting} fiche(s) à détruire l’attendent" if waiting else told) from error
    if settings.archives.stat().st_mode & 0o007:
        raise Wrong(f"le dossier d’archives ({settings.archives}) est ouvert à tous : chmod o-rwx")
    return f"{settings.archives}, {len(list(settings.archives.glob('lot-*')))} lot(s)"


def _index(settings: Settings) -> str:
    """Whether the words of the sheets are indexed in memory, and nowhere else."""
    folder = settings.index_dir
    if folder is None:
        raise Wrong("aucune mémoire où ranger l’index : donner INDEX_DIR ; sans elle on filtre, on ne cherche pas")
    if _file_system(folder) not in IN_MEMORY:
        raise Wrong(f"{folder} est sur un disque : choisir dans INDEX_DIR un dossier en mémoire (tmpfs)")
    index = current_app.extensions["word_index"]
    return f"{len(index.drawers())} tiroir(s) dans {folder}" if index.is_whole else "se prépare (flask worker)"


def _file_system(folder: Path) -> str:
    """The kind of file system that a folder stands on, or will: « tmpfs »."""
    mounts = [line.split() for line in MOUNTS.read_text(encoding="utf-8").splitlines()]
    above = [(len(fields[1]), fields[2]) for fields in mounts if folder.is_relative_to(fields[1])]
    return max(above, default=(0, ""))[1]


def _communes(_settings: Settings) -> str:
    try:
        return f"{len(communes())}"
    except CommunesMissing:
        return "sans liste : flask compose ne connaît aucun code ; make assets la fabrique"


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
    "dossiers": _folders,
    "clés": _keys,
    "époques": _epochs,
    "textes": _texts,
    "copies": _copies,
    "reprise": _drill,
    "accès": _front,
    "polices": _fonts,
    "lexiques": _lexicons,
    "communes": _communes,
    "tâches": _worker,
    "machines": _machines,
    "effacements": _tidying,
    "archives": _archives,
    "recherche": _index,
    "mentions": _notices,
}
