"""What every mail owes its reader, whatever its kind."""

import re
from email.header import decode_header
from email.message import EmailMessage, Message

from bs4 import BeautifulSoup

from collectifs.kernel.jobs.registry import is_choosable
from collectifs.kernel.mail.subject import MOST
from collectifs.kernel.text.typography import french
from tests.pages import plain

NO_CONVOCATION = "Ce message ne vaut ni convocation ni ordre de mission"
TELLS_A_DATE = (
    "invitation",
    "meeting_",
    "pilotship_named",
    "pilotship_told",
    "registration_received",
    "event_moved",
    "day_reminder",
)


def text_of(message: EmailMessage) -> str:
    """The text part, as it came: its long lines are folded, and say so."""
    body = message.get_body(("plain",))
    assert body.get_param("format") == "flowed"
    return body.get_content()


def check_letter(message: EmailMessage, *, about: list[str], parts: tuple[str, ...] = ()) -> None:
    """What every mail owes its reader: both forms, the same facts, French typography, and nothing to answer."""
    assert message["From"] == "Collectifs <collectifs@academie.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@academie.example>")
    assert message["Date"] == "Wed, 13 Jan 2027 12:50:00 +0000"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html", *parts]
    text, html = text_of(message), message.get_body(("html",)).get_content()
    soup = BeautifulSoup(html, "html.parser")
    assert soup.html["lang"] == "fr"
    assert soup.title.get_text() == "Collectifs"
    assert not soup.select("img, script, link, iframe")
    soup.style.decompose()
    read = soup.body.get_text(" ")
    for words in about:
        assert words in plain(text), words
        assert words in plain(read), words
    assert text == french(text)
    assert message["Subject"] == french(str(message["Subject"]))
    assert "{" not in text + read
    assert "None" not in text + read
    assert {link["href"] for link in soup.select("a[href^=http]")} == set(re.findall(r"http://\S+", text))
    check_same_words(text, soup)


def check_same_words(text: str, page: BeautifulSoup) -> None:
    """The text says what the page says, in the same order, but the second showing of a button's address."""
    for twice in page.select(".again, .preheader"):
        twice.decompose()
    said, shown = (re.findall(r"\w+", re.sub(r"http://\S+", "", words)) for words in (text, page.body.get_text(" ")))
    assert said == shown
    assert not re.search(r"<[a-z/]|&\w+;", text)
    assert all(len(line) <= 78 or "http://" in line for line in text.splitlines())


def check_manners(kind: str, message: Message) -> None:
    """A short subject, a preheader, why one gets it, whom to write to; and what a date in it is not."""
    subject = "".join(
        part.decode(coding or "ascii") if isinstance(part, bytes) else part
        for part, coding in decode_header(message["Subject"])
    )
    assert len(subject) <= MOST, (kind, subject)
    parts = {
        part.get_content_type(): part.get_payload(decode=True).decode()
        for part in message.walk()
        if not part.is_multipart()
    }
    text, page = parts["text/plain"], BeautifulSoup(parts["text/html"], "html.parser")
    assert plain(page.select_one(".preheader").get_text()), kind
    said = plain(text)
    assert re.search("Vous recevez ce message parce qu", said), kind
    assert ("Répondez à ce message" in said) is (message["Reply-To"] is not None), kind
    assert message["Reply-To"] is not None or "À qui écrire : http://localhost/" in said, kind
    assert (NO_CONVOCATION in said) is kind.startswith(TELLS_A_DATE), kind
    may_wait = kind == "week" or is_choosable(kind)
    assert ("mes courriels : http://localhost/mon-compte/courriels" in said) is may_wait, kind
    assert (message["List-Unsubscribe"] is not None) is may_wait, kind
    page.style.decompose()
    check_same_words(text, page)
