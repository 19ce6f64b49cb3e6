"""Canaries: a marked word in every confidential field, looked for wherever it must not be."""

import base64
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from email.message import Message
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import structlog
from flask import Flask
from sqlalchemy import Column, LargeBinary

from collectifs.collectives.domain.work import (
    MailInvitation,
    MailMemberProposed,
    MailMembershipRemoved,
    MailNewcomer,
    MailPilotshipEnded,
    MailPilotshipNamed,
    MailPilotshipTold,
    PilotNews,
)
from collectifs.collectives.models import Collective, Membership
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do, done_kinds
from collectifs.kernel.models import HeldMail, SealedColumn
from collectifs.kernel.retention import SEALED as SEALED_ROWS
from collectifs.kernel.work import Mail
from collectifs.meetings.domain.work import (
    MailMeetingCancelled,
    MailMeetingMoved,
    MailMeetingPlanned,
    MailMeetingReminder,
)
from collectifs.people.domain.person import Role
from collectifs.people.domain.work import (
    MailAccountEnds,
    MailAddressChanged,
    MailNewAddress,
    MailPasswordChanged,
    MailRoleGranted,
    MailRoleRevoked,
    MailSecondDevice,
    MailSignInLink,
    MailWeek,
)
from collectifs.people.mails import letters
from collectifs.people.models import SignInFailure, Territory, User
from collectifs.sheets.domain.work import (
    MailPresenterAwaited,
    MailRemark,
    MailSheetAcceptedInRoom,
    MailSheetProposed,
    MailSheetWaits,
    MailSheetWithdrawn,
)
from collectifs.web.files import ODS
from tests import factories, world
from tests.access_matrix import MATRIX
from tests.kept_world import KeptWorld
from tests.letters import check_manners
from tests.test_access import address

MARK = re.compile(r"Canari[A-Z][a-z]+")
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


IN_CLEAR = (
    *("CanariCollectif", "CanariFamille", "CanariLieu", "CanariAcces"),
    *("CanariInvitee", "CanariEcole", "CanariDomicile", "CanariBureau", "CanariArrivee"),
    "CanariTelephone",
)
SEALED = {
    word for word in world.CANARIES if word not in IN_CLEAR
}


# What must be read by whom, to show that the words are there to be read.
SUNG = {
    "pilot": {
        *("CanariTitre", "CanariNote", "CanariIntime", "CanariBrouillon", "CanariProposee"),
        *("CanariPartage", "CanariPense", "CanariTelephone"),
    },
    "presenter": {"CanariTitre", "CanariProposee", "CanariFamille"},
    "inspector": {"CanariTransmise", "CanariRemarque"},
    "manager": {"CanariCollectif", "CanariLieu", "CanariFamille", "CanariArrivee"},
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

    where: str
    words: set[str]
    headers: str
    title: str


@dataclass
class Crawl:
    """Every address, asked for as one person, and what was logged meanwhile."""

    answers: list[Answer]
    log: str

    @property
    def words(self) -> set[str]:
        """All the marked words that were read."""
        return set().union(*(answer.words for answer in self.answers))


def each_address(kept: KeptWorld) -> Iterator[tuple[str, str]]:
    """Every address by the name of its endpoint; those of a sheet, with each sheet."""
    for name, line in MATRIX.items():
        of_a_sheet = "sheet_id" in str(kept.app.url_map._rules_by_endpoint[name][0])
        for sheet in kept.here.sheets if of_a_sheet else (line.sheet,):
            yield f"{name} ({sheet})", address(kept.app, name, kept.here, replace(line, sheet=sheet))


def answer_of(where: str, response: Any) -> Answer:
    words, is_page = words_of(response), response.mimetype == "text/html"
    title = TITLE.search(response.get_data(as_text=True)) if is_page else None
    response.close()  # the file that it sends, if it does
    return Answer(where, words, str(response.headers), title[1] if title else "")


def crawl(kept: KeptWorld, role: str) -> Crawl:
    """The site as one person finds it."""
    visitor = kept.visitor(role)
    with structlog.testing.capture_logs() as lines:
        answers = [answer_of(where, visitor.client.get(url)) for where, url in each_address(kept)]
    return Crawl(answers, repr(lines))


@pytest.mark.parametrize("role", world.ROLES)
def test_who_walks_through_the_whole_site_reads_their_own_words_and_leaves_none_in_titles_headers_and_logs(
    kept: KeptWorld, role: str
) -> None:
    found = crawl(kept, role)  # the long part: everything is looked at in one walk
    leaked = {answer.where: answer.words & forbidden_to(role) for answer in found.answers}
    assert {where: words for where, words in leaked.items() if words} == {}
    assert [answer.where for answer in found.answers if MARK.search(answer.title + answer.headers)] == []
    assert set() == SUNG.get(role, set()) - found.words, "a word that nobody shows would prove nothing"
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

    from collectifs.people.models import User

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


def stretch_names(collective_id: UUID) -> None:
    """The longest names that a collective, a territory and people may have."""
    where = db.session.get_one(Collective, collective_id)
    where.name = "Collectif des tutrices et des tuteurs du littoral, de la presqu’île et des îles"
    territory = db.session.get_one(Territory, where.territory_id)
    territory.name = "Académie de la Basse-Vallée, du littoral et des Hautes-Terres de l’intérieur"
    for person in db.session.query(User):
        person.given_name, person.family_name = "Marie-Anne-Françoise " * 3, "de La Tour-d’Auvergne " * 3


def test_mails_carry_a_date_and_a_place_but_never_a_content(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    here = world.build()
    inspector, member = here.people["inspector"], here.people["member"]
    meeting, sheet, collective = here.meetings["proposed"], here.sheets["proposed"], here.ids["collective_id"]
    later = factories.meeting(db.session.get_one(Collective, collective), number=6, place="École CanariLieu")
    off = factories.meeting(db.session.get_one(Collective, collective), number=7, cancelled_at=later.starts_at)
    world.propose(here, "running", "CanariProposee", asked_at=clock.now())
    gone = factories.deputy(later, member)
    gone.ends_on = gone.starts_on - timedelta(days=1)
    pilot, deputy, pilotship = here.people["pilot"].id, here.people["deputy"].id, here.ids["pilotship_id"]
    left = db.session.query(Membership).filter_by(user_id=here.people["former"].id).one()
    here.people["former"].ends_on = clock.now().date() + timedelta(days=30)
    mails = [
        MailAccountEnds(here.people["former"].id),
        MailInvitation(member.id, collective),
        MailSignInLink(member.id),
        MailSecondDevice(here.ids["device_id"]),
        MailPasswordChanged(member.id),
        MailRoleGranted(inspector.id, Role.INSPECTOR, here.ids["territory_id"]),
        MailRoleRevoked(member.id, Role.PILOT, here.ids["territory_id"]),
        MailMeetingPlanned(member.id, later.id),
        MailMeetingMoved(member.id, later.id),
        MailMeetingReminder(member.id, later.id),
        MailMeetingCancelled(member.id, off.id),
        MailSheetProposed(member.id, sheet.id),
        MailSheetAcceptedInRoom(member.id, sheet.id),
        MailSheetWithdrawn(member.id, here.sheets["withdrawn"].id),
        MailSheetWaits(pilot, here.sheets["proposed"].id),
        MailPresenterAwaited(here.sheets["running"].id),
        MailRemark(member.id, here.sheets["submitted"].id),
        MailMemberProposed(pilot, here.ids["proposal_id"]),
        MailMembershipRemoved(here.people["former"].id, here.ids["territory_id"], left.id),
        MailNewcomer(pilot, here.ids["membership_id"]),
        MailPilotshipNamed(deputy, pilotship, PilotNews.DEPUTY),
        MailPilotshipTold(member.id, pilotship, PilotNews.DEPUTY),
        MailPilotshipEnded(member.id, gone.id),
        MailWeek(member.id),
    ]
    hold(MailRemark(member.id, here.sheets["submitted"].id))
    needs_a_request = {MailNewAddress, MailAddressChanged}  # tests/people/mails/test_entering.py
    assert {type(mail) for mail in mails} | needs_a_request == {kind for kind in done_kinds() if issubclass(kind, Mail)}
    assert meeting.id != later.id
    stretch_names(collective)
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


def hold(mail: Mail) -> None:
    """It waits for the mail of the week."""
    db.session.add(HeldMail(user_id=mail.user_id, kind=mail.kind(), args=mail.args(), held_at=clock.now()))


def test_every_sealed_table_has_its_retention(app: Flask) -> None:
    sealed = {column.table.name for column in columns() if isinstance(column.type, SealedColumn)}
    keyed = {column.table.name for column in columns() if column.name == "key_id"}
    covered = {place for row in SEALED_ROWS for place in row.covers}
    assert sealed <= covered
    assert keyed - sealed == {"meetings"}  # its key seals its gestures, which have none of their own
    assert sealed - keyed == {"meeting_events"}


def test_bytes_are_sealed_texts_or_hashes(app: Flask) -> None:
    """A column of bytes that is neither would be a text that nobody sealed, and that perishes with nothing."""
    bare = {column for column in columns() if isinstance(column.type, LargeBinary)}
    assert {column for column in bare if not column.name.endswith("_hash")} == {SignInFailure.__table__.c.subject}


def columns() -> Iterator[Column[Any]]:
    return (column for table in db.metadata.sorted_tables for column in table.columns)


def test_no_page_calls_a_third_party(app: Flask) -> None:
    templates = Path(app.root_path, "templates")
    for path in templates.rglob("*.html"):
        for found in re.findall(r"(?:src|action|<link[^>]*href)=\"(https?:[^\"]+)", path.read_text(encoding="utf-8")):
            raise AssertionError(f"{path.name} calls {found}")
