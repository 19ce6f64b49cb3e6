"""What settings say that cannot be right, though nothing stops: one sentence each, for `flask check`."""

import re
import shutil
import subprocess
from email.utils import parseaddr

from sqlalchemy import text

from collectifs.kernel.config import Settings, host_of, is_loopback
from collectifs.kernel.extensions import db
from collectifs.people.domain.people import is_address

EXAMPLE = ".example"  # the names of deploy/settings.env: nobody will ever have them
VERSION = re.compile(r"\) (\d+)")


def settings_doubts(settings: Settings) -> list[str]:
    """Names of the example that were left, what is no address, a public site without TLS."""
    if settings.is_demo:
        return []
    host, sender = host_of(settings.base_url), parseaddr(settings.mail_from)[1]
    people = {"MAIL_FROM": sender, "CONTACT": settings.notices.contact, "DPO": settings.notices.dpo}
    left = [name for name, value in {"BASE_URL": host, **people}.items() if value.endswith(EXAMPLE)]
    wrong = [name for name, value in people.items() if (value or name == "MAIL_FROM") and not is_address(value)]
    told = []
    if left:
        told.append(f"{', '.join(left)} : encore un nom d’exemple ({EXAMPLE})")
    if wrong:
        told.append(f"{', '.join(wrong)} : pas une adresse électronique")
    if not settings.is_secure and not is_loopback(host):
        told.append(f"{settings.base_url} est publique et sans TLS : cookies et mots passent en clair ; https://")
    return told


def dump_doubt() -> str | None:
    """Why this machine could not copy its PostgreSQL: no pg_dump, or one that is older than the server."""
    if db.engine.dialect.name != "postgresql":
        return None
    server = int(db.session.scalar(text("SHOW server_version_num")) or 0) // 10_000
    program = shutil.which("pg_dump")
    if program is None:
        return f"pg_dump manque : paquet postgresql-client-{server}"
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603  no shell
    found = VERSION.search(told.stdout)
    if found and int(found[1]) < server:
        return f"pg_dump est de la version {found[1]}, la base de la {server} : paquet postgresql-client-{server}"
    return None
