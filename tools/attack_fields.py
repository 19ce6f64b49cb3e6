"""The same hostile words in every field that people fill: pages, mails, papers, calendars show them, and run none."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path
from typing import Any
from unittest.mock import patch

import time_machine
import weasyprint
from flask import url_for
from lxml.html import document_fromstring
from sqlalchemy import select, update

from collectifs import create_app
from collectifs.across.queries.samples import sealed_columns
from collectifs.collectives.models import Meeting
from collectifs.kernel.documents import typesetter
from collectifs.kernel.extensions import Base, db
from collectifs.kernel.jobs.registry import do
from collectifs.kernel.models import HasKey
from collectifs.kernel.vault import Perished
from collectifs.kernel.vault.texts import open_text, seal_text
from collectifs.people.mails import letters
from tools.attack_world import PAPERS, quiet, tests

HOSTILE = "\"'><img src=zyq onerror=zyq()><script>zyq()</script>\r\nX-ZYQ: 1"
MARKED = re.compile(r"Canari\w*")
MOST = 3  # people of each address


def every_field(folder: Path) -> tuple[Counter[str], list[str]]:
    """A world of its own, its marked words made hostile; everything that shows them is read."""
    conftest = tests("conftest")
    app = create_app(conftest.make_settings(folder, f"sqlite:///{folder / 'collectifs.db'}"))
    app.test_client_class = tests("pages").Client
    quiet()
    tries, faults = Counter[str](), list[str]()
    with app.app_context(), time_machine.travel(conftest.NOW, tick=False):
        conftest.make_tables(app)
        here = tests("world").build()
        mails = tests("every_mail").every_mail(here)
        tries["fields made hostile"] = _make_hostile()
        db.session.commit()
        for name, html in [*_mails(mails), *_pages(app, here)]:
            tries[name.split(" ")[0]] += 1
            tries["of these, with the words"] += "zyq" in html
            faults += [f"{name}: {what}" for what in _runs(name, html)]
        db.session.remove()
        db.engine.dispose()
    return tries, faults


def _make_hostile() -> int:
    """Every marked word, in clear or sealed; how many fields."""
    db.session.flush()
    number = 0
    for table in Base.metadata.sorted_tables:
        names = [column.name for column in table.columns if column.type.python_type is str]
        for row in db.session.execute(select(table)).mappings().all() if names and "id" in table.c else ():
            said = {name: _hostile(row[name]) for name in names if row[name] and MARKED.search(row[name])}
            if said:
                db.session.execute(update(table).where(table.c.id == row["id"]).values(said))
                number += len(said)
    db.session.expire_all()
    for column in sealed_columns():
        number += sum(_seal_hostile(row, column) for row in db.session.query(column.class_))
    return number


def _hostile(text: str) -> str:
    return MARKED.sub(lambda _found: HOSTILE, text)


def _seal_hostile(row: Any, column: Any) -> bool:
    under = {} if isinstance(row, HasKey) else {"under": db.session.get_one(Meeting, row.meeting_id)}
    try:
        text: str = open_text(row, column, **under)
    except Perished:
        return False
    if not MARKED.search(text):
        return False
    quoted = json.dumps(HOSTILE)[1:-1] if text.startswith("{") else HOSTILE
    seal_text(row, column, MARKED.sub(lambda _found: quoted, text), **under)
    return True


def _mails(mails: list[Any]) -> list[tuple[str, str]]:
    """Each kind: its HTML, its text and its calendar, its headers on lines of their own."""
    sent: list[Message] = []
    with patch.object(letters, "deliver", sent.append):
        for mail in mails:
            do(mail)
    found = []
    for message in sent:
        headers = "\r\n".join(f"{name}: {value}" for name, value in message.items())
        found.append((f"mail-headers {message['Subject']!r}", headers))
        for part in message.walk():
            if part.get_content_maintype() == "text":
                text = part.get_payload(decode=True).decode()  # type: ignore[union-attr]
                found.append((f"mail-{part.get_content_subtype()} {message['Subject']!r}", text))
    return found


def _pages(app: Any, here: Any) -> list[tuple[str, str]]:
    """Every address, as the first people of its line; a paper is the HTML that its press is given."""
    matrix, factories, pages = tests("access_matrix").MATRIX, tests("factories"), tests("pages")
    secrets = {role: factories.device(who) for role, who in here.people.items() if who is not None}
    db.session.commit()
    found: list[tuple[str, str]] = []
    with _pressed(found):
        for endpoint, line in matrix.items():
            rule = next(each for each in app.url_map.iter_rules() if each.endpoint == endpoint)
            ids = {**here.ids, "sheet_id": here.sheets[line.sheet].id}
            with app.test_request_context():
                url = url_for(endpoint, **{name: ids[name] for name in rule.arguments})
            for role in line.get[: 1 if url.endswith(PAPERS) else MOST]:
                visitor = pages.Visitor(app)
                if role in secrets:
                    visitor.client.set_cookie("appareil", secrets[role])
                answer = visitor.client.get(url)
                if answer.mimetype in ("text/html", "text/calendar", "text/csv", "image/svg+xml"):
                    found.append((f"{answer.mimetype} {role} {endpoint}", answer.get_data(as_text=True)))
    return found


@contextmanager
def _pressed(found: list[tuple[str, str]]) -> Iterator[None]:
    """What the press is given is read too."""
    html = weasyprint.HTML

    def read(*args: Any, string: str = "", **more: Any) -> Any:
        found.append((f"paper {len(found)}", string))
        return html(*args, string=string, **more)

    with patch.object(typesetter, "HTML", read):
        yield


def _runs(name: str, text: str) -> list[str]:
    """What of it would run, or pass for a line of its own."""
    if not ("html" in name.split(" ", maxsplit=1)[0] or "svg" in name or name.startswith("paper")):
        has_lines = "headers" in name or "calendar" in name
        return ["a line of its own"] if has_lines and re.search(r"(?m)^X-ZYQ", text) else []
    tree: Any = document_fromstring(text)
    said = [(tag.tag, attribute) for tag in tree.iter("*") for attribute in tag.attrib]
    found = [f"{tag} {attribute}" for tag, attribute in said if attribute.startswith("on")]
    found += [f"an image {tag.get('src')}" for tag in tree.iter("img") if "zyq" in tag.get("src", "")]
    scripts = (tag for tag in tree.iter("script") if tag.get("type") != "application/json")
    found += ["a script" for tag in scripts if "zyq" in (tag.text or "")]
    links = [str(tag.get("href", "")) for tag in tree.iter("*")]
    return found + [f"a link {link}" for link in links if link.lower().startswith("javascript:")]
