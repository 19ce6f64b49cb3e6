"""Five years of an institution for `make bench`: thirty académies, 8 000 collectives, 40 000 submitted sheets, each
sealed under a key of its own; one département with six hundred collectives a season. Rows go in by the thousand."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from collectifs.collectives.models import CharterConsent, Collective, Meeting, Membership, Pilotship
from collectifs.kernel import vault
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED
from collectifs.kernel.seasons import season_ends_on, season_of
from collectifs.kernel.vault.texts import seal_text
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.domain.canvas import library
from collectifs.meetings.models import Attendance, SynthesisSheet
from collectifs.people.domain.person import Degree, Role
from collectifs.people.models import Device, GrantedRole, Territory, User
from collectifs.people.queries.people import hashed
from collectifs.review.models import ReadingMark
from collectifs.sheets.models import ReadingTrace, Remark, SubmittedSheet, SubmittedTag
from tools.bench_words import a_sheet

ACADEMIES, SEASONS, MEETINGS, MEMBERS = 30, 5, 5, 8
LARGE, A_YEAR = 600, 1600  # collectives a season: those of the large département, and of all
BATCH = 2000
SYLLABLES = [
    "ba",
    "ber",
    "co",
    "dan",
    "du",
    "fer",
    "gau",
    "hu",
    "la",
    "le",
    "mar",
    "mon",
    "nou",
    "pel",
    "ra",
    "ri",
    "sal",
    "ta",
    "ver",
    "zi",
]
CANVAS = "genot-soutoul"
READ, REMARKED = 0.4, 0.1  # of the sheets of this season in the large département


@dataclass
class World:
    """Who looks, with the secret of their browser; the large département, its first collective, its sheets: those of
    this season."""

    season: int
    territory: str
    secrets: dict[str, str] = field(default_factory=dict)
    collectives: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)


class Corpus:
    """Builds the world, season by season. `scale` makes a smaller one of the same shape, to try things."""

    def __init__(self, now: datetime, scale: float = 1.0) -> None:
        self.now, self.season, self.chance = now, season_of(now.date()), random.Random(2026)  # noqa: S311  nothing secret
        self.large, self.a_year = max(2, round(LARGE * scale)), max(ACADEMIES + 1, round(A_YEAR * scale))
        self.world = World(self.season, str(uuid4()))
        self.rows: dict[type[Any], list[dict[str, Any]]] = {}
        self.agendas = {n: [step.to_json() for step in library()[CANVAS].agenda(n)] for n in range(1, MEETINGS + 1)}

    def build(self) -> World:
        """All of it, committed."""
        places = self._places()
        people = [self._user() for _ in range(self.a_year * MEMBERS)]
        self._flush()
        self._institution(places[0], people[0])
        for season in range(self.season - SEASONS + 1, self.season + 1):
            for number in range(self.a_year):
                where = places[0] if number < self.large else places[1 + number % (len(places) - 1)]
                members = people[number * MEMBERS : (number + 1) * MEMBERS]
                self._collective(season, number, where, members)
            self._flush()
            db.session.commit()
        return self.world

    def _add(self, table: type[Any], **values: Any) -> dict[str, Any]:
        self.rows.setdefault(table, []).append(values)
        return values

    def _flush(self) -> None:
        """Send what waits, each table after those that it names."""
        order = [table.name for table in db.metadata.sorted_tables]
        for table in sorted(self.rows, key=lambda each: order.index(each.__tablename__)):
            rows = self.rows[table]
            for start in range(0, len(rows), BATCH):
                db.session.execute(insert(table), rows[start : start + BATCH])
        self.rows = {}

    def _places(self) -> list[UUID]:
        """An académie, and one département in each."""
        found: list[UUID] = []
        for number in range(ACADEMIES):
            above = self._add(Territory, id=uuid4(), code=f"A{number:02}", name=f"Académie {number:02}", zone="A")
            found.append(uuid4() if number else UUID(self.world.territory))
            where = {
                "id": found[-1],
                "code": f"{number + 1:02}",
                "name": f"Département {number:02}",
                "zone": "A",
            }
            self._add(Territory, **where, parent_id=above["id"])
        above_first = [row for row in self.rows[Territory] if "parent_id" not in row]
        inside = [row for row in self.rows[Territory] if "parent_id" in row]
        self.rows[Territory] = above_first
        self._flush()
        self.rows[Territory] = inside
        self._flush()
        return found

    def _user(self) -> UUID:
        id_ = uuid4()
        name = "".join(self.chance.choices(SYLLABLES, k=3)).title()
        self._add(
            User, id=id_, given_name="Camille", family_name=name, address=f"{id_.hex}@a.example", created_at=self.now
        )
        return id_

    def _institution(self, where: UUID, pilot: UUID) -> None:
        """An inspector and a manager of the large département; the pilot and a member of its first collective."""
        self.people = {"inspector": self._user(), "manager": self._user(), "pilot": pilot}
        for role in (Role.INSPECTOR, Role.MANAGER):
            self._grant(self.people[role.value], role, where)
        for name, user_id in self.people.items():
            secret = self.world.secrets[name] = uuid4().hex
            ends = self.now + timedelta(days=90)
            self._add(Device, user_id=user_id, secret_hash=hashed(secret), label="", bound_at=self.now, expires_at=ends)

    def _grant(self, user_id: UUID, role: Role, where: UUID) -> None:
        until = season_ends_on(self.season)
        self._add(GrantedRole, user_id=user_id, role=role, territory_id=where, granted_at=self.now, ends_on=until)

    def _collective(self, season: int, number: int, where: UUID, members: list[UUID]) -> None:
        since = self.now - timedelta(days=365 * (self.season - season) + 80)
        row = self._add(
            Collective,
            id=uuid4(),
            name=f"Collectif {number} de {season}",
            code=f"C{number}",
            territory_id=where,
            season=season,
            degree=self.chance.choice([Degree.FIRST, Degree.SECOND, None]),
            created_at=since,
            created_by_id=members[0],
        )
        if season == self.season and str(where) == self.world.territory:
            self._grant(members[0], Role.PILOT, where)
            self.world.collectives.append(str(row["id"]))
        pilot = {"user_id": members[0], "collective_id": row["id"], "starts_on": since.date()}
        self._add(Pilotship, **pilot, appointed_by_id=members[0])
        for user_id in members:
            self._add(Membership, user_id=user_id, collective_id=row["id"], starts_at=since, degree=row["degree"])
            self._add(CharterConsent, user_id=user_id, collective_id=row["id"], version=1, accepted_at=since)
        for each in range(1, MEETINGS + 1):
            self._meeting(row, each, since, members)

    def _meeting(self, where: dict[str, Any], number: int, since: datetime, members: list[UUID]) -> None:
        starts = since + timedelta(days=14 * number)
        row = self._add(
            Meeting,
            id=uuid4(),
            key_id=uuid4().hex,  # its notes have perished
            collective_id=where["id"],
            number=number,
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            place="École des Tilleuls",
            canvas_id=CANVAS,
            steps=self.agendas[number] if where["season"] == self.season else [],
            notes_perished_at=starts + timedelta(days=6),
        )
        for user_id in members:
            state = self.chance.choices([AttendanceState.PRESENT, AttendanceState.ABSENT], [9, 1])[0]
            self._add(Attendance, meeting_id=row["id"], user_id=user_id, state=state, marked_at=starts)
        sheet = self._add(SynthesisSheet, id=uuid4(), meeting_id=row["id"], key_id=uuid4().hex, draft=ERASED)
        self._copy(where, row, sheet["id"], members[0])

    def _copy(self, where: dict[str, Any], meeting: dict[str, Any], sheet_id: UUID, pilot: UUID) -> None:
        content = a_sheet(self.chance)
        copy = SubmittedSheet(id=uuid4(), key_id=vault.make_key())
        seal_text(copy, SubmittedSheet.body, content.to_json())
        row = self._add(
            SubmittedSheet,
            id=copy.id,
            key_id=copy.key_id,
            body=copy.body,
            sheet_id=sheet_id,
            version_number=1,
            territory_id=where["territory_id"],
            season=where["season"],
            collective_code=where["code"],
            month=meeting["starts_at"].date().replace(day=1),
            degree=where["degree"],
            submitted_at=meeting["ends_at"] + timedelta(days=4, seconds=self.chance.randrange(90_000)),
            submitted_by_id=pilot,
        )
        for axis, code in content.tags.pairs():
            self._add(SubmittedTag, submitted_id=copy.id, axis=axis, code=code)
        if where["season"] == self.season and str(where["territory_id"]) == self.world.territory:
            self.world.sheets.append(str(copy.id))
            self._read(row)

    def _read(self, copy: dict[str, Any]) -> None:
        """Some were read by the inspector, some of these have a remark."""
        reader, chance = self.people["inspector"], self.chance.random()
        copy["reviewed_at"] = self.now if chance < READ else None
        if chance < READ:
            self._add(ReadingMark, submitted_id=copy["id"], reader_id=reader, marked_at=self.now)
            self._add(ReadingTrace, submitted_id=copy["id"], reader_id=reader, read_at=self.now)
        if chance < REMARKED:
            said = Remark(id=uuid4(), key_id=vault.make_key())
            seal_text(said, Remark.body, "Merci. La deuxième réponse se lit bien ; à qui servirait-elle ?")
            told = {"id": said.id, "key_id": said.key_id, "body": said.body, "submitted_id": copy["id"]}
            self._add(Remark, **told, author_id=reader, from_inspection=True, written_at=self.now)
