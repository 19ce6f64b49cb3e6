"""Canaries: a marked word in every confidential field, looked for wherever it must not be."""

import base64
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import structlog
from flask import Flask
from sqlalchemy import Column, LargeBinary
from werkzeug.datastructures import Headers

from collectifs.campaign.models.drafts import Draft
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do, done_kinds
from collectifs.kernel.models import Deployment, SealedColumn, WrappedKey
from collectifs.kernel.retention import SEALED as SEALED_ROWS
from collectifs.kernel.work import Mail
from collectifs.people.mails import letters
from collectifs.people.models import SignInFailure, User
from collectifs.web import errors
from collectifs.web.files import ODS
from tests import world
from tests.access_matrix import MATRIX
from tests.every_mail import every_mail, stretch_names
from tests.kept_world import KeptWorld
from tests.letters import check_manners
from tests.test_access import (
    TRACES,
    address,
    check_answer,
    endpoints,
    refused_by_rule,
    spokesperson,
    stand_ins,
    traced_readers,
)

MARK = re.compile(r"Canari[A-Z][a-z]+")
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


IN_CLEAR = (
    "CanariBesoins",
    *("CanariCollectif", "CanariFamille", "CanariLieu", "CanariAcces"),
    *("CanariInvitee", "CanariEcole", "CanariDomicile", "CanariBureau", "CanariArrivee"),
    "CanariTelephone",
    *("CanariCandidate", "CanariEtude", "CanariAccord", "CanariPrevenue", "CanariInscrite", "CanariProvenance"),
    "CanariHote",
    "CanariProgramme",
    "CanariRelais",
)
SEALED = {word for word in world.CANARIES if word not in IN_CLEAR}


# What must be read by whom, to show that the words are there to be read.
SUNG = {
    "pilot": {
        *("CanariTitre", "CanariNote", "CanariIntime", "CanariBrouillon", "CanariProposee"),
        *("CanariPartage", "CanariPense", "CanariTelephone"),
    },
    "presenter": {"CanariTitre", "CanariProposee", "CanariFamille"},
    "member": {"CanariPratique"},
    "other_member": {"CanariEntretien", "CanariProgramme"},
    "inspector": {"CanariTransmise", "CanariRemarque", "CanariAtelier"},
    "manager": {
        "CanariAtelier",
        "CanariHote",
        "CanariCollectif",
        "CanariLieu",
        "CanariFamille",
        "CanariArrivee",
        "CanariCandidate",
    },
}


def forbidden_to(role: str) -> set[str]:
    return {word for word, readers in world.CANARIES.items() if role not in readers}


def words_of(answer: Any) -> set[str]:
    """The marked words in an answer: body, headers, the text of a PDF."""
    body = answer.get_data()
    text = body.decode("utf-8", "replace") + str(answer.headers)
    if answer.mimetype == "application/pdf":
        import pypdfium2

        document = pypdfium2.PdfDocument(body)
        text += "".join(page.get_textpage().get_text_range() for page in document) + str(document.get_metadata_dict())
    if answer.mimetype == ODS:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            text += "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return set(MARK.findall(text))


@dataclass
class Answer:
    """What is remembered of one answer."""

    asked: "Asked"
    status_code: int
    words: set[str]
    headers: Headers
    title: str


@dataclass
class Crawl:
    """Every address, asked for as one person, what was logged meanwhile, and the tables that it changed."""

    answers: list[Answer]
    log: str
    changed: set[str]

    @property
    def words(self) -> set[str]:
        """All the marked words that were read."""
        return set().union(*(answer.words for answer in self.answers))


@dataclass(frozen=True)
class Asked:
    """One address of the site: an endpoint, with a sheet where it takes one."""

    endpoint: str
    sheet: str

    def __str__(self) -> str:
        return f"{self.endpoint} ({self.sheet})"

    @property
    def is_of_its_line(self) -> bool:
        """Whether the line of the endpoint says who gets in with this sheet."""
        return self.sheet == MATRIX[self.endpoint].sheet

    def url(self, kept: KeptWorld) -> str:
        """Where it is."""
        return address(kept.app, self.endpoint, kept.here, replace(MATRIX[self.endpoint], sheet=self.sheet))


def each_address(kept: KeptWorld, role: str) -> Iterator[Asked]:
    """Every endpoint; those of a sheet, with each sheet. Whom its rule refuses there, and all of them what answers no
    GET: as one of them, another at each address; they are told the same in the same place, whoever they are."""
    for name, line in MATRIX.items():
        if "GET" not in endpoints(kept.app)[name].methods and role not in stand_ins(name):
            continue
        of_a_sheet = "sheet_id" in str(kept.app.url_map._rules_by_endpoint[name][0])
        for sheet in kept.here.sheets if of_a_sheet else (line.sheet,):
            refused = refused_by_rule(kept, name, sheet)
            if role not in refused or role in {spokesperson(refused, name)} | stand_ins(name):
                yield Asked(name, sheet)


def answer_of(asked: Asked, response: Any) -> Answer:
    words, is_page = words_of(response), response.mimetype == "text/html"
    title = TITLE.search(response.get_data(as_text=True)) if is_page else None
    response.close()  # the file that it sends, if it does
    return Answer(asked, response.status_code, words, response.headers, title[1] if title else "")


@pytest.fixture
def refusals_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of a refusal is the same for a person at every address: written once for all that it may say."""
    usual, written = errors.render_template, {}

    def write(name: str, **words: object) -> str:
        said = (name, repr(sorted(words.items())))
        if said not in written:
            written[said] = usual(name, **words)
        return written[said]

    monkeypatch.setattr(errors, "render_template", write)


def crawl(kept: KeptWorld, role: str) -> Crawl:
    """The site as one person finds it. What traces its readers comes last: until then nothing may change at all."""
    visitor, answers, changed = kept.visitor(role), [], set()
    addresses = sorted(each_address(kept, role), key=lambda asked: role in traced_readers(asked.endpoint))
    with structlog.testing.capture_logs() as lines:
        for traced, together in groupby(addresses, key=lambda asked: role in traced_readers(asked.endpoint)):
            answers += [answer_of(asked, visitor.client.get(asked.url(kept))) for asked in together]
            changed |= kept.changed_tables() - (TRACES if traced else set())
    return Crawl(answers, repr(lines), changed)


def changed_by_each(kept: KeptWorld, role: str) -> Iterator[tuple[str, set[str]]]:
    """Which address changed what: the same again one by one, each on the world as it was built."""
    for asked in each_address(kept, role):
        kept.take_back()
        kept.visitor(role).client.get(asked.url(kept)).close()
        if changed := kept.changed_tables() - (TRACES if role in traced_readers(asked.endpoint) else set()):
            yield str(asked), changed


PUBLIC = {"account.calendar": "private, no-cache", "book.file": "private, max-age=31536000, immutable"}
BOOK = {name for name, line in MATRIX.items() if name.startswith("book.") and line.rule == "anyone" and not line.post}


def kept_by_browsers(endpoint: str) -> str:
    """Nothing but static files is. A calendar program asks again each time, and is told in a word that nothing changed;
    a published book is the same for all: kept by whoever likes, who asks again; its files by their reader."""
    return PUBLIC.get(endpoint, "public, no-cache" if endpoint in BOOK else "no-store")


@pytest.mark.parametrize("role", world.ROLES)
def test_who_walks_through_the_whole_site_gets_in_where_their_lines_say_reads_their_own_words_and_changes_nothing(
    kept: KeptWorld, refusals_written_once: None, role: str
) -> None:
    found = crawl(kept, role)  # the long part: everything is looked at in one walk
    kept_out = [name for name, line in MATRIX.items() if role in refused_by_rule(kept, name, line.sheet)]
    assert [name for name in kept_out if role in MATRIX[name].get] == [], "the rule refuses them"
    for answer in found.answers:
        let_in = role in MATRIX[answer.asked.endpoint].get
        if answer.asked.is_of_its_line:
            check_answer(answer, role, f"{role} GET {answer.asked}", let_in)
        if answer.asked.is_of_its_line and let_in:
            assert answer.headers["Cache-Control"] == kept_by_browsers(answer.asked.endpoint), f"{role} {answer.asked}"
    leaked = {answer.asked: answer.words & forbidden_to(role) for answer in found.answers}
    assert {asked: words for asked, words in leaked.items() if words} == {}
    assert set() == SUNG.get(role, set()) - found.words, "a word that nobody shows would prove nothing"
    assert_nothing_leaks_beside(found)
    if found.changed:
        pytest.fail(f"{role}: {dict(changed_by_each(kept, role)) or 'all of them together'} changed rows")


def assert_nothing_leaks_beside(found: Crawl) -> None:
    """In titles, headers and logs, which others read."""
    assert [answer.asked for answer in found.answers if MARK.search(answer.title + str(answer.headers))] == []
    assert "'request'" in found.log
    assert MARK.findall(found.log) == []
    assert world.TOKEN not in found.log


def test_the_database_holds_no_confidential_word_in_clear(kept: KeptWorld) -> None:
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(table.select()):
            for value in row:
                text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
                assert not set(MARK.findall(text)) & SEALED, table.name
                assert not any(base64.b64encode(word.encode()).decode()[:-4] in text for word in SEALED)


def test_a_database_error_does_not_print_the_row(app: Flask) -> None:
    from sqlalchemy.exc import IntegrityError

    here = world.build()
    db.session.commit()
    twin = User(given_name="CanariProposee", family_name="x", address=here.people["pilot"].address)
    twin.created_at = here.people["pilot"].created_at
    db.session.add(twin)
    with pytest.raises(IntegrityError) as caught:
        db.session.commit()
    db.session.rollback()
    assert "CanariProposee" not in str(caught.value)


def test_the_log_does_not_say_who_objected(kept: KeptWorld) -> None:
    visitor = kept.visitor("member")
    with structlog.testing.capture_logs() as lines:
        visitor.client.get(f"/fiches/{kept.here.sheets['proposed'].id}/opposition")
    assert [line["person"] for line in lines] == [None]


def test_mails_carry_a_date_and_a_place_but_never_a_content(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    here = world.build()
    mails = every_mail(here)
    assert {type(mail) for mail in mails} == {kind for kind in done_kinds() if issubclass(kind, Mail)}
    stretch_names(here.ids["collective_id"])
    db.session.commit()
    sent: list[Message] = []
    monkeypatch.setattr(letters, "deliver", sent.append)
    for mail in mails:
        before = len(sent)
        do(mail)
        assert len(sent) == before + 1, mail.kind()
        check_manners(mail.kind().removeprefix("mail_"), sent[-1])
    words = " ".join(
        str(message["Subject"]) + part.get_payload(decode=True).decode()
        for message in sent
        for part in message.walk()
        if part.get_content_maintype() == "text"
    )
    assert "CanariLieu" in words
    assert "CanariArrivee" not in words
    assert not set(MARK.findall(words)) & SEALED


def test_every_sealed_table_has_its_retention(app: Flask) -> None:
    sealed = {column.table.name for column in columns() if isinstance(column.type, SealedColumn)}
    keyed = {column.table.name for column in columns() if column.name == "key_id"}
    covered = {place for row in SEALED_ROWS for place in row.covers}
    assert sealed <= covered
    keys = {"wrapped_keys", "destroyed_keys"}  # themselves, and what each of them seals stands elsewhere
    assert keyed - sealed == {"meetings"} | keys  # the first's key seals its gestures, which have none of their own
    assert sealed - keyed == {"meeting_events"}


def test_bytes_are_sealed_texts_or_hashes(app: Flask) -> None:
    """A column of bytes that is neither would be a text that nobody sealed, and that perishes with nothing."""
    bare = {column for column in columns() if isinstance(column.type, LargeBinary)}
    numbers = Draft.__table__.c.minutes  # between communes, row after row
    hashes = {column for column in bare if column.name.endswith("_hash")} | {SignInFailure.__table__.c.subject}
    installation = Deployment.__table__.c
    proofs = {installation.proof, installation.former_proof}  # sealed words of nobody's, one of them without its key
    keys = {WrappedKey.__table__.c.wrapped}  # under an epoch, whose key lies in a file
    assert bare == {numbers} | hashes | proofs | keys


def columns() -> Iterator[Column[Any]]:
    return (column for table in db.metadata.sorted_tables for column in table.columns)


def test_no_page_calls_a_third_party(app: Flask) -> None:
    templates = Path(app.root_path, "templates")
    for path in templates.rglob("*.html"):
        for found in re.findall(r"(?:src|action|<link[^>]*href)=\"(https?:[^\"]+)", path.read_text(encoding="utf-8")):
            raise AssertionError(f"{path.name} calls {found}")
