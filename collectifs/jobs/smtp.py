"""The mail server: SMTP_URL is smtp://name:password@host:port, with ?tls=starttls (the rule), ssl or none."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import parse_qs, unquote, urlsplit

from collectifs.config import SettingsError, is_loopback

PATIENCE_S = 30
PORTS = {"starttls": 587, "ssl": 465, "none": 25}


# 5xx that speak of our own settings and not of the person: they are mended here, and the mail goes then.
OURS = {500, 501, 502, 503, 504, 521, 530, 534, 535, 538}


class AddressRefused(Exception):
    """The server says for good that this address receives nothing; `code` is its number (« 550 »)."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


@dataclass(frozen=True)
class MailServer:
    """Where mails are handed over, and how."""

    host: str
    port: int
    tls: str
    name: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


def read_smtp_url(url: str) -> MailServer:
    """The server that SMTP_URL names; only this machine is spoken to in clear without being told to."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingsError("SMTP_URL doit être de la forme smtp://nom:secret@serveur:587?tls=starttls.")
    usual = "ssl" if parts.scheme == "smtps" else "none" if is_loopback(parts.hostname) else "starttls"
    tls = parse_qs(parts.query).get("tls", [usual])[0]
    if tls not in PORTS:
        raise SettingsError("SMTP_URL : tls vaut starttls, ssl ou none.")
    return MailServer(
        parts.hostname, parts.port or PORTS[tls], tls, unquote(parts.username or ""), unquote(parts.password or "")
    )


def send(message: Message, url: str) -> None:
    """Hand a message over. Raises AddressRefused, or what smtplib raises: the job is then tried again."""
    with _connected(read_smtp_url(url)) as connection:
        try:
            connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            _for_good(error)
            raise


def _for_good(error: smtplib.SMTPRecipientsRefused) -> None:
    """Each of our mails goes to one person. Raises AddressRefused when there is no use in trying again."""
    for code, words in error.recipients.values():
        said = words.decode("ascii", "replace") if isinstance(words, bytes) else str(words)
        if 500 <= code < 600 and code not in OURS and "relay" not in said.lower():
            raise AddressRefused(code) from error


def greet(url: str) -> None:
    """Say hello and leave, to know that the server answers and lets us in."""
    with _connected(read_smtp_url(url)) as connection:
        connection.noop()


def _connected(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    connection: smtplib.SMTP
    if server.tls == "ssl":
        connection = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE_S, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE_S)
    try:
        if server.tls == "starttls":
            connection.starttls(context=context)
        if server.name:
            connection.login(server.name, server.password)
    except BaseException:
        connection.close()
        raise
    return connection
