"""The rows that `make bench` measures over: collectives in the middle of their season, all on one territory."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from collectifs.collectives.models import CharterConsent, Collective, Meeting, Membership, Pilotship
from collectifs.kernel import vault
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_of
from collectifs.kernel.vault.texts import seal_text
from collectifs.meetings.domain.canvas import library
from collectifs.meetings.models import Attendance, MeetingEvent, SynthesisSheet
from collectifs.people.domain.person import Degree, Role
from collectifs.people.models import Device, GrantedRole, Territory, User
from collectifs.people.queries.people import hashed
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from collectifs.sheets.models import SheetProposal, SheetVersion, SubmittedSheet

MEMBERS, MEETINGS, NOTES = 8, 5, 40
CANVAS = "genot-soutoul"
LONG_AGO = timedelta(days=60)
CONTENT = SheetContent(
    "Comment laisser une personne débutante chercher, alors que la classe n’attend pas ?",
    tuple(
        Answer(f"Réponse {number} : dire ce que l’on regarde avant d’entrer dans la classe.", kind, "")
        for number, kind in enumerate((AnswerKind.TRIED, AnswerKind.CONSIDERED, AnswerKind.TRIED), 1)
    ),
)


@dataclass
class Bench:
    """Who looks, and at what."""

    people: dict[str, UUID]
    ids: dict[str, UUID]


class Builder:
    """Adds collectives, some at a time; the first one is the one that people look at."""

    def __init__(self, now: datetime) -> None:
        self.now, self.made, self.people = now, 0, 0
        self.place = Territory(id=uuid4(), code="99", name="Val-de-Brume", zone="A", timezone="Europe/Paris")
        db.session.add(self.place)
        db.session.flush()
        self.bench = Bench({}, {})
        for role in (Role.MANAGER, Role.INSPECTOR, Role.ADMINISTRATOR):
            where = None if role is Role.ADMINISTRATOR else self.place.id
            self.bench.people[role.value] = self._grant(self._user(), role, where)

    def add(self, number: int) -> None:
        """So many collectives more."""
        for _ in range(number):
            self._collective()
            self.made += 1
        db.session.commit()

    def device(self, role: str) -> str:
        """The secret of a browser in which somebody is signed in."""
        secret = uuid4().hex
        row = Device(user_id=self.bench.people[role], secret_hash=hashed(secret), label="bench", bound_at=self.now)
        row.expires_at = self.now + timedelta(days=90)
        db.session.add(row)
        db.session.commit()
        return secret

    def secret(self, role: str) -> str:
        """That of a browser of somebody; none for nobody."""
        return "" if role == "nobody" else self.device(role)

    def _user(self) -> User:
        self.people += 1
        number = self.people
        address = f"personne.{number}@academie.example"
        user = User(id=uuid4(), given_name="Camille", family_name=f"Personne {number}", address=address)
        user.created_at = self.now - LONG_AGO
        db.session.add(user)
        db.session.flush()
        return user

    def _grant(self, user: User, role: Role, territory_id: UUID | None) -> UUID:
        until = date(season_of(self.now.date()) + 1, 8, 31)
        row = GrantedRole(user_id=user.id, role=role, territory_id=territory_id, granted_at=self.now, ends_on=until)
        db.session.add(row)
        return user.id

    def _collective(self) -> None:
        users = [self._user() for _ in range(MEMBERS)]
        pilot, since = users[0], self.now - LONG_AGO
        row = Collective(id=uuid4(), name=f"Collectif {self.made}", code=f"C{self.made}", territory_id=self.place.id)
        row.season, row.degree, row.created_at = season_of(self.now.date()), Degree.FIRST, since
        row.created_by_id = pilot.id
        db.session.add(row)
        db.session.flush()
        self._grant(pilot, Role.PILOT, self.place.id)
        db.session.add(
            Pilotship(user_id=pilot.id, collective_id=row.id, starts_on=since.date(), appointed_by_id=pilot.id)
        )
        for user in users:
            db.session.add(Membership(user_id=user.id, collective_id=row.id, starts_at=since))
            db.session.add(CharterConsent(user_id=user.id, collective_id=row.id, version=1, accepted_at=since))
        meetings = [self._meeting(row, number, users) for number in range(1, MEETINGS + 1)]
        if not self.made:
            self.bench.people |= {"pilot": pilot.id, "member": users[1].id}
            self.bench.ids |= {"collective": row.id, "meeting": meetings[3].id}

    def _meeting(self, where: Collective, number: int, users: list[User]) -> Meeting:
        """Three are behind, the fourth begins within the hour, the fifth is to come."""
        starts = self.now + timedelta(days=14 * (number - 4), minutes=30)
        row = Meeting(id=uuid4(), collective_id=where.id, number=number, starts_at=starts)
        row.ends_at, row.place, row.canvas_id = starts + timedelta(hours=2), "École des Tilleuls", CANVAS
        row.steps, row.key_id = [step.to_json() for step in library()[CANVAS].agenda(number)], vault.make_key()
        db.session.add(row)
        db.session.flush()
        sheet = self._sheet(row)
        if number < 4:
            row.sequence = NOTES + 2
            db.session.add_all(self._gestures(row))
            db.session.add_all(
                Attendance(meeting_id=row.id, user_id=user.id, state="present", marked_at=starts) for user in users
            )
        if number in (1, 2):
            self._propose(sheet, row, users[0])
        if number == 1:
            self._submit(sheet, row, where, users[0])
        if not self.made and number in (2, 3):
            self.bench.ids["proposed" if number == 2 else "draft"] = sheet.id
        return row

    def _gestures(self, meeting: Meeting) -> Iterator[MeetingEvent]:
        """Started, forty notes, closed."""
        kinds = ["meeting_started", *["note_written"] * NOTES, "meeting_closed"]
        step = meeting.steps[0]["id"]
        plan = [{name: each[name] for name in ("id", "title", "minutes", "least")} for each in meeting.steps]
        for sequence, kind in enumerate(kinds, 1):
            row = MeetingEvent(id=uuid4(), meeting_id=meeting.id, sequence=sequence, kind=kind, hand=1)
            row.happened_at = meeting.starts_at + timedelta(minutes=sequence)
            note = {"note": str(uuid4()), "lane": "collective", "step": step, "text": "Regarder avant de parler."}
            body = note if kind == "note_written" else {"plan": plan}
            seal_text(row, MeetingEvent.body, json.dumps(body), under=meeting)
            yield row

    def _sheet(self, meeting: Meeting) -> SynthesisSheet:
        row = SynthesisSheet(id=uuid4(), meeting_id=meeting.id, key_id=meeting.key_id)
        seal_text(row, SynthesisSheet.draft, CONTENT.to_json())
        db.session.add(row)
        db.session.flush()
        return row

    def _propose(self, sheet: SynthesisSheet, meeting: Meeting, pilot: User) -> None:
        version_id, at = uuid4(), meeting.ends_at
        version = SheetVersion(id=version_id, sheet_id=sheet.id, number=1, key_id=sheet.key_id, cut_at=at)
        seal_text(version, SheetVersion.body, CONTENT.to_json())
        version.digest, version.cut_by_id = CONTENT.digest(), pilot.id
        db.session.add(version)
        db.session.flush()
        proposal = SheetProposal(sheet_id=sheet.id, version_id=version_id, proposed_at=at, asks_transmission=True)
        proposal.deadline_at = at + timedelta(hours=72)
        db.session.add(proposal)

    def _submit(self, sheet: SynthesisSheet, meeting: Meeting, where: Collective, pilot: User) -> None:
        copy_id, key_id = uuid4(), vault.make_key()
        row = SubmittedSheet(id=copy_id, sheet_id=sheet.id, version_number=1, territory_id=where.territory_id)
        row.season, row.collective_code, row.key_id = where.season, where.code, key_id
        row.month, row.degree = meeting.starts_at.date().replace(day=1), where.degree
        seal_text(row, SubmittedSheet.body, CONTENT.to_json())
        row.submitted_at, row.submitted_by_id = meeting.ends_at + timedelta(days=4), pilot.id
        db.session.add(row)
        self.bench.ids.setdefault("submitted", copy_id)
