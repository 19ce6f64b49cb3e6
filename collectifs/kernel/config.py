"""Frozen settings: the only reader of the environment, and of the demo's mark in the data folder."""

import base64
import hashlib
import ipaddress
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

DEMO_MARK = "demo.json"
FOLDER, TABLE = "folder", "table"
MEMORY = Path("/dev/shm")  # noqa: S108  a folder of ours in it, for its owner alone


class SettingsError(Exception):
    """The application refuses to start; the message is one clear line."""


@dataclass(frozen=True)
class Notices:
    """What the law asks a deployment to say of itself. What is empty is left out of the pages.

    `is_association` chooses the notice on personal data: an association has no mission of public interest; `mission`
    is the text that founds it. The two days are those of the declaration of accessibility: made, and made anew.
    """

    is_association: bool = False
    controller: str = ""
    contact: str = ""
    dpo: str = ""
    publisher: str = ""
    hosting: str = ""
    mission: str = ""
    declared_on: date | None = None
    declared_again_on: date | None = None

    @property
    def missing(self) -> list[str]:
        """The settings that a real deployment still owes its readers; an association may have no DPO."""
        owed = {"CONTROLLER": self.controller, "CONTACT": self.contact, "PUBLISHER": self.publisher}
        owed |= {"HOSTING": self.hosting} | ({} if self.is_association else {"DPO": self.dpo})
        return [name for name, value in owed.items() if not value]


@dataclass(frozen=True)
class Settings:
    """Everything that a deployment may set. Paths are absolute; `base_url` has no final slash."""

    data: Path
    database_url: str
    keys_dir: Path
    master_key: bytes
    secret_key: str
    base_url: str
    smtp_url: str
    mail_from: str
    bind: str
    name: str = "Collectifs"
    proxies: int = 0
    queue_url: str = ""
    notices: Notices = Notices()
    testing: bool = False
    former_master_key: bytes = b""
    archives: Path | None = None  # where submitted sheets are written before they are destroyed
    index_dir: Path | None = None
    keys_in: str = FOLDER  # or TABLE: rows of the database, under the epochs whose files are in `keys_dir`

    @cached_property
    def demo_mark(self) -> Path:
        """Where the demo leaves its mark (and keeps the offset of its clock)."""
        return self.data / DEMO_MARK

    @cached_property
    def _demo_mark_at(self) -> str:
        return str(self.demo_mark)

    @property
    def is_demo(self) -> bool:
        """Whether this data folder holds the demonstration, and nothing else."""
        return os.path.exists(self._demo_mark_at)  # noqa: PTH110  asked again and again by each request

    @property
    def has_own_database(self) -> bool:
        """Whether the database is the file that stands in the data folder."""
        return self.database_url == f"sqlite:///{self.data / 'collectifs.db'}"

    @property
    def moved_mark(self) -> Path:
        """Stands where the file of the database was moved to another (`flask move`)."""
        return self.data / "moved"

    @property
    def outbox(self) -> Path:
        """Where the demo's mails are kept, to be read in the browser."""
        return self.data / "outbox"

    @property
    def measures(self) -> Path:
        """Where the processes of this machine count their answers: beside the index, in memory where there is any."""
        return self.index_dir.with_name(f"{self.index_dir.name}-mesures") if self.index_dir else self.data / "mesures"

    @cached_property
    def is_secure(self) -> bool:
        """Whether people reach the application over TLS (cookies and HSTS follow)."""
        return self.base_url.lower().startswith("https://")


def load_settings(env: Mapping[str, str] | None = None, *, make_keys: bool = False) -> Settings:
    """Read the settings from the environment.

    `make_keys` (the local `make run`) writes missing keys into the data folder; without it a missing
    master key raises SettingsError.
    """
    env = os.environ if env is None else env
    data = Path(env.get("COLLECTIFS_DATA", "var/data")).resolve()
    settings = Settings(
        data=data,
        database_url=_database_url(env) or f"sqlite:///{data / 'collectifs.db'}",
        keys_dir=Path(env.get("KEYS_DIR") or data / "keys").resolve(),
        master_key=_master_key(env, data, make_keys),
        secret_key=_secret(env, "SECRET_KEY", data / "secret.key", make_keys),
        base_url=_base_url(env),
        smtp_url=env.get("SMTP_URL", ""),
        mail_from=env.get("MAIL_FROM", "Collectifs <ne-pas-repondre@collectifs.example>"),
        bind=env.get("BIND", "127.0.0.1"),
        name=env.get("DEPLOYMENT_NAME") or "Collectifs",
        proxies=_number(env, "PROXIES"),
        queue_url=_queue_url(env),
        notices=_notices(env),
        former_master_key=_former_master_key(env),
        archives=_archives(env, data),
        index_dir=_index_dir(env, data),
        keys_in=_keys_in(env),
    )
    check_demo_stays_home(settings)
    _check_has_not_moved(settings)
    return settings


def _check_has_not_moved(settings: Settings) -> None:
    """Nobody goes on writing to a file that was moved to PostgreSQL."""
    mark = settings.moved_mark
    if settings.has_own_database and mark.exists():
        raise SettingsError(f"La base a été déplacée : DATABASE_URL manque (ou, pour revenir au fichier, ôter {mark}).")


def check_demo_stays_home(settings: Settings) -> None:
    """Once the mark is there, the settings must be those of a demonstration. Raises SettingsError."""
    if settings.is_demo:
        check_suits_demo(settings)


def check_suits_demo(settings: Settings) -> None:
    """The demonstration signs anybody in: it never meets the network, real mail or a real database."""
    try:
        _check_stays_home(settings, "Démonstration")
    except SettingsError as refusal:
        raise SettingsError(f"{refusal} Un vrai service a un autre COLLECTIFS_DATA.") from None


def check_suits_debugging(settings: Settings) -> None:
    """A debugger shows all to whoever meets an error: it stays where the demonstration stays. Raises SettingsError."""
    _check_stays_home(settings, "Mise au point (FLASK_DEBUG)")


def _check_stays_home(settings: Settings, what: str) -> None:
    if not is_loopback(settings.bind):
        raise SettingsError(f"{what} : n'écoute que sur la machine elle-même, pas sur {settings.bind}.")
    if not is_loopback(host_of(settings.base_url)):
        raise SettingsError(f"{what} : BASE_URL est {settings.base_url} ; elle ne quitte pas la machine.")
    if settings.smtp_url:
        raise SettingsError(f"{what} : SMTP_URL est défini ; elle n'envoie aucun vrai courriel.")
    if not settings.has_own_database or settings.queue_url:
        named = "COLLECTIFS_QUEUE" if settings.queue_url else "DATABASE_URL"
        raise SettingsError(f"{what} : {named} est défini ; elle ne connaît que sa propre base.")


def environment(**values: str) -> dict[str, str]:
    """The environment of this process with other values, for the processes that a command starts."""
    return {**os.environ, **values}


def without_secrets() -> dict[str, str]:
    """What a process of ours that needs no setting is given: where programs, typefaces and the home are."""
    return {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TZ", "TMPDIR")}


def count_in(folder: Path) -> None:
    """Tell prometheus_client, which reads it in the environment, where the processes of this machine count."""
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def replace_environment(values: Mapping[str, str]) -> None:
    """Give this process another environment, as a process that was forked to be another command has its own."""
    os.environ.clear()
    os.environ.update(values)


@lru_cache(maxsize=256)
def host_of(url: str) -> str:
    """The name of the machine in an address, as browsers send it: small letters, no port; empty without one."""
    try:
        return (urlsplit(url).hostname or "").encode("idna").decode()
    except ValueError:
        return ""


@lru_cache(maxsize=256)
def is_loopback(host: str) -> bool:
    """Whether an address or host name can only be reached from this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _master_key(env: Mapping[str, str], data: Path, make_keys: bool) -> bytes:
    return _key_of("MASTER_KEY", _secret(env, "MASTER_KEY", data / "master.key", make_keys))


def _former_master_key(env: Mapping[str, str]) -> bytes:
    """The one that `flask keys rotate` replaces: it still opens what is not wrapped anew; empty without one."""
    text = env.get("MASTER_KEY_FORMER", "")
    if not text and (file := env.get("MASTER_KEY_FORMER_FILE")):
        text = _read("MASTER_KEY_FORMER_FILE", Path(file))
    return _key_of("MASTER_KEY_FORMER", text) if text else b""


def _keys_in(env: Mapping[str, str]) -> str:
    where = env.get("KEYS") or FOLDER
    if where not in (FOLDER, TABLE):
        raise SettingsError(f"KEYS vaut folder (un dossier) ou table (la base, sous des époques), pas « {where} ».")
    return where


def _key_of(name: str, text: str) -> bytes:
    try:
        key = base64.urlsafe_b64decode(text)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise SettingsError(f"{name} doit contenir 32 octets en base64 (voir README, « Keys »).")
    return key


def _notices(env: Mapping[str, str]) -> Notices:
    kind = env.get("CONTROLLER_KIND") or "rectorat"
    if kind not in ("rectorat", "association"):
        raise SettingsError(f"CONTROLLER_KIND vaut rectorat ou association, pas « {kind} ».")
    names = ("controller", "contact", "dpo", "publisher", "hosting", "mission")
    said = {name: env.get(name.upper(), "").strip() for name in names}
    made, again = (_day(env, name) for name in ("ACCESSIBILITY_DATE", "ACCESSIBILITY_UPDATED"))
    return Notices(kind == "association", **said, declared_on=made, declared_again_on=again)


def _index_dir(env: Mapping[str, str], data: Path) -> Path | None:
    """Where the words of the sheets are indexed: in memory, never on a disk. None where there is no such place.

    Every process of a machine must find the same: it is told, or follows from the data folder and its owner.
    """
    if told := env.get("INDEX_DIR"):
        return Path(told).resolve()
    apart = hashlib.sha256(f"{data}\n{env.get('DATABASE_URL', '')}".encode()).hexdigest()[:12]
    return MEMORY / f"collectifs-{os.getuid()}-{apart}" if os.access(MEMORY, os.W_OK) else None


def _day(env: Mapping[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(env[name].strip()) if env.get(name) else None
    except ValueError:
        raise SettingsError(f"{name} est un jour, comme 2026-11-22, pas « {env[name]} ».") from None


def _archives(env: Mapping[str, str], data: Path) -> Path | None:
    """A folder of its own: what is kept for the archives is no part of the data, nor of their backup."""
    folder = Path(env["ARCHIVES_DIR"]).resolve() if env.get("ARCHIVES_DIR") else None
    if folder is not None and folder.is_relative_to(data):
        raise SettingsError(f"ARCHIVES_DIR ({folder}) est dans le dossier des données : choisissez-en un autre.")
    return folder


def _database_url(env: Mapping[str, str]) -> str:
    """As SQLAlchemy wants it; the refusal repeats no part of it that may be a password."""
    url = env.get("DATABASE_URL", "")
    scheme = url.partition("://")[0]
    if url and scheme not in ("sqlite", "postgresql", "postgresql+psycopg"):
        wanted = "postgresql+psycopg://compte:mot-de-passe@machine/base"
        raise SettingsError(f"DATABASE_URL est de la forme {wanted}, pas « {scheme[:20]}://… ».")
    return url


def _queue_url(env: Mapping[str, str]) -> str:
    url = env.get("COLLECTIFS_QUEUE", "")
    if url and urlsplit(url).scheme not in ("redis", "rediss"):
        raise SettingsError("COLLECTIFS_QUEUE doit être de la forme redis://serveur:6379/0.")
    return url


def _number(env: Mapping[str, str], name: str) -> int:
    text = env.get(name) or "0"
    if not text.isdecimal():
        raise SettingsError(f"{name} doit être un nombre entier, pas « {text} ».")
    return int(text)


def _base_url(env: Mapping[str, str]) -> str:
    """The public address: scheme, machine, port if need be; without a scheme the site would answer to no name."""
    url = (env.get("BASE_URL") or "http://127.0.0.1:8000").strip().rstrip("/")
    is_whole = url.lower().startswith(("https://", "http://")) and host_of(url) and _port_is_right(url)
    parts = urlsplit(url) if is_whole else None
    if parts is None or "@" in parts.netloc:
        raise SettingsError(f"BASE_URL est une adresse entière, https://collectifs.exemple, pas « {url} ».")
    if parts.path or parts.query or parts.fragment:
        raise SettingsError(f"BASE_URL s’arrête au nom du site (https://{parts.netloc}), pas « {url} ».")
    return url


def _port_is_right(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


# What cannot be done without each of them.
LACKING = {
    "MASTER_KEY": "rien ne peut être scellé sans cette clé",
    "SECRET_KEY": "aucun formulaire ne peut être envoyé sans cette clé",
}


def _secret(env: Mapping[str, str], name: str, file: Path, make: bool) -> str:
    if value := env.get(name):
        return value
    source = Path(env[f"{name}_FILE"]) if env.get(f"{name}_FILE") else file
    if not os.path.exists(source):  # noqa: PTH110  a folder that this account may not enter included
        if not make:
            raise SettingsError(f"Il manque {name} ou {name}_FILE : {LACKING[name]}.")
        _write_private(source, base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
    return _read(f"{name}_FILE", source)


def _read(name: str, file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "ce n’est pas du texte"
        raise SettingsError(f"{name} ({file}) ne se lit pas : {why}.") from None


def _write_private(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)


def demo_offset_seconds(mark: Path) -> float:
    """How far the demo's clock runs ahead of the machine's, in seconds; 0 without a mark."""
    if not os.path.exists(mark):  # noqa: PTH110  asked at each reading of the clock, and there is none in real use
        return 0.0
    try:
        return float(json.loads(mark.read_text(encoding="utf-8"))["offset_seconds"])
    except FileNotFoundError:
        return 0.0


def set_demo_offset(mark: Path, seconds: float) -> None:
    """Write the demo's mark with the offset of its clock, in one step."""
    draft = mark.with_suffix(".tmp")
    draft.write_text(json.dumps({"offset_seconds": seconds}), encoding="utf-8")
    draft.replace(mark)
