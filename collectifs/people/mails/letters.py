"""Writing one mail and handing it over: text, HTML and perhaps a date for calendars; never a content."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from email.charset import BASE64, QP, Charset
from email.header import Header
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.utils import format_datetime, formataddr, make_msgid, parseaddr
from typing import Any
from uuid import UUID

from flask import current_app

from collectifs.kernel import clock
from collectifs.kernel.config import Settings
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import is_choosable
from collectifs.kernel.mail import outbox, smtp
from collectifs.kernel.mail.parts import Answering, CalendarPart, Mailbox
from collectifs.kernel.mail.plain import text_of
from collectifs.kernel.text.typed import one_line
from collectifs.kernel.text.typography import french, of
from collectifs.people.models import User
from collectifs.people.queries.contacts import contact_for
from collectifs.people.services.addresses import note_delivery, note_refusal

# The older half of Python's mail library: the newer one loses spaces between words when it folds a header.
UTF8 = Charset("utf-8")
UTF8.body_encoding = QP
# Calendar programs count on CRLF to the letter: nothing on the way may touch them.
UTF8_UNTOUCHED = Charset("utf-8")
UTF8_UNTOUCHED.body_encoding = BASE64


WEEK = "week"  # the mail that counts what others would have told


class NoMailServer(Exception):
    """SMTP_URL is not set: the mail waits, and is tried again."""


@dataclass(frozen=True)
class Addressee:
    """Somebody who is written to and has no account: a candidate, by the address that they gave."""

    id: UUID
    given_name: str
    family_name: str
    address: str
    address_refused_at: None = None


@dataclass(frozen=True)
class Gathered:
    """A mail that would leave now: its kind, what it is about (the collective, the day), the page that it leads to."""

    kind: str
    about: str
    url: str


_GATHERED: ContextVar[list[Gathered] | None] = ContextVar("gathered", default=None)


@contextmanager
def gathering() -> Iterator[list[Gathered]]:
    """While it lasts no mail leaves: what would leave is noted, for the mail of the week."""
    found: list[Gathered] = []
    token = _GATHERED.set(found)
    try:
        yield found
    finally:
        _GATHERED.reset(token)


def send_letter(
    kind: str,
    user: User | Addressee,
    subject: str,
    *,
    to: str = "",
    answers: Answering | None = None,
    calendar: CalendarPart | None = None,
    in_week: str = "",
    **words: Any,
) -> None:
    """Write the mail of a kind (templates/mails/<kind>) to a person, at their address or another (`to`).

    `answers`: who reads an answer; without anybody, whoever keeps this service, when the settings name them.
    `in_week`: how the mail of the week names it, where the collective and the day of the meeting do not.

    What the mail tells is committed before it goes: a link is good from its first second, and no write lock
    is held while the mail server takes its time.
    """
    gathered = _GATHERED.get()
    if gathered is not None:
        about = in_week or ", ".join(words[each] for each in ("collective", "day") if each in words)
        gathered.append(Gathered(kind, about, words["url"]))
        return
    address = to or user.address
    known = words | {"user": user, "answers": answers or _whoever_keeps_this()}
    message, user_id, was_refused = _compose(kind, subject, address, known), user.id, bool(user.address_refused_at)
    if calendar is not None:
        message.attach(_calendar(calendar))
    db.session.commit()
    _hand_over(message, user_id, address, was_refused=was_refused)


def _hand_over(message: Message, user_id: UUID, address: str, *, was_refused: bool) -> None:
    """Deliver it, and note what the server says of the address."""
    try:
        deliver(message)
    except smtp.AddressRefused as refused:
        note_refusal(user_id, address, code=refused.code, now=clock.now())
        db.session.commit()
        raise
    if was_refused:
        note_delivery(user_id, address)


def deliver(message: Message) -> None:
    """Hand a message to the mail server; in the demonstration, to its outbox."""
    settings = _settings()
    if settings.is_demo:
        outbox.keep(message, settings.outbox)
    elif settings.smtp_url:
        smtp.send(message, settings.smtp_url)
    else:
        raise NoMailServer


def page_url(endpoint: str, **values: Any) -> str:
    """The whole address of a page, as a mail carries it."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return f"{_settings().base_url}{path}"


def answers_on(territory_id: UUID | None) -> Answering | None:
    """Whoever manages a territory, as the public page « À qui écrire » names them."""
    contact = contact_for(territory_id) if territory_id else None
    if contact is None:
        return None
    words = f"{contact.name}, pour le service de formation {of(contact.territory_name)},"
    return Answering(Mailbox(contact.name, contact.address), words)


def _whoever_keeps_this() -> Answering | None:
    settings = _settings()
    if not settings.notices.contact:
        return None
    return Answering(Mailbox(settings.name, settings.notices.contact), "la personne qui tient ce service")


def _compose(kind: str, subject: str, to: str, words: dict[str, Any]) -> Message:
    settings, user, answers = _settings(), words["user"], words["answers"]
    name, sender = parseaddr(settings.mail_from)
    message = MIMEMultipart("alternative")
    message["From"] = _mailbox(name, sender)
    message["To"] = _mailbox(f"{user.given_name} {user.family_name}".strip(), to)
    message["Subject"] = _header(subject, "Subject").encode()
    if answers is not None:
        message["Reply-To"] = _mailbox(answers.mailbox.name, answers.mailbox.address)
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    pages = {"home": page_url("home.index"), "contacts": page_url("home.whom_to_write")}
    pages["paces"] = page_url("account.mails") if is_choosable(kind) or kind == WEEK else ""
    if pages["paces"]:
        message["List-Unsubscribe"] = f"<{pages['paces']}>"
    page = _render(f"mails/{kind}.html", pages | {"deployment": settings.name} | words)
    text = _part("plain", text_of(page))
    text.set_param("format", "flowed")
    message.attach(text)
    message.attach(_part("html", page))
    return message


def _part(subtype: str, words: str) -> Message:
    part = MIMENonMultipart("text", subtype)
    part.set_payload(words, UTF8)
    return part


def _calendar(part: CalendarPart) -> Message:
    """The last of the alternatives, as calendar programs look for it: its method in the header too (RFC 6047)."""
    attached = MIMENonMultipart("text", "calendar", method=part.method)
    attached.set_payload(part.text, UTF8_UNTOUCHED)
    return attached


def sender_box() -> Mailbox:
    """In whose name mails go, and dates are kept."""
    return Mailbox(*parseaddr(_settings().mail_from))


def _header(text: str, name: str) -> Header:
    """Written as it is, or in encoded words when a letter asks for them."""
    return Header(french(one_line(text)), header_name=name)


def _mailbox(name: str, address: str) -> str:
    name, address = one_line(name), one_line(address)
    return formataddr((name, address)) if name.isascii() else f"{_header(name, 'To').encode()} <{address}>"


def _render(template: str, words: dict[str, Any]) -> str:
    """Without the context of pages: a mail knows no signed-in person."""
    return current_app.jinja_env.get_template(template).render(words).strip() + "\n"


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
