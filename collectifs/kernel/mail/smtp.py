"""The mail server: SMTP_URL is smtp://name:password@host:port, with ?tls=starttls (the rule), ssl or none."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import Message
from functools import lru_cache
from urllib.parse import parse_qs, unquote, urlsplit

from collectifs.kernel.config import SettingsError, is_loopback
from collectifs.kernel.mail.refusals import is_about_the_address, is_dead, refusal_code, status_in

PATIENCE_S = 30
PORTS = {"starttls": 587, "ssl": 465, "none": 25}


class MailRefused(Exception):
    """The server did not take a mail; `code` is its answer without its words (« 553 5.7.1 »). It is tried again."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class AddressRefused(MailRefused):
    """The server says for good that this address receives nothing (« 550 5.1.1 »)."""


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
    """Hand a message over. Raises AddressRefused when there is no use in trying again, MailRefused otherwise."""
    with _connected(read_smtp_url(url)) as connection:
        try:
            connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            reply, words = next(iter(error.recipients.values()))  # each of our mails goes to one person
            raise _refused(reply, words, is_dead=is_about_the_address(reply, _text(words))) from error
        except smtplib.SMTPDataError as error:  # of the mail; of its recipient only when a status says so
            status = status_in(_text(error.smtp_error))
            raise _refused(error.smtp_code, error.smtp_error, is_dead=is_dead(status)) from error
        except smtplib.SMTPResponseException as error:  # of ourselves: who sends, who signs in
            raise _refused(error.smtp_code, error.smtp_error, is_dead=False) from error


def _refused(reply: int, words: bytes | str, *, is_dead: bool) -> MailRefused:
    code = refusal_code(reply, _text(words))
    return AddressRefused(code) if is_dead else MailRefused(code)


def _text(words: bytes | str) -> str:
    return words.decode("ascii", "replace") if isinstance(words, bytes) else words


def greet(url: str) -> None:
    """Say hello and leave, to know that the server answers and lets us in."""
    with _connected(read_smtp_url(url)) as connection:
        connection.noop()


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    """Whom this machine trusts: read once, which takes as long as a whole mail."""
    return ssl.create_default_context()


def _connected(server: MailServer) -> smtplib.SMTP:
    connection: smtplib.SMTP
    if server.tls == "ssl":
        connection = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE_S, context=_certificates())
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE_S)
    try:
        if server.tls == "starttls":
            connection.starttls(context=_certificates())
        if server.name:
            connection.login(server.name, server.password)
    except BaseException:
        connection.close()
        raise
    return connection
