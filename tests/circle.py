"""A collective that has met, and its sheet taken through its life by the services."""

from datetime import timedelta
from typing import Any

from collectifs.collectives.models import Meeting
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import Job
from collectifs.meetings.models import Attendance, SynthesisSheet
from collectifs.people.domain.person import Degree, Person, Role
from collectifs.people.models import User
from collectifs.review.queries.copies import SubmittedFacts, get_submitted
from collectifs.sheets.domain.life import about_of
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.models import SubmittedSheet
from collectifs.sheets.queries.sheets import SheetAccess, get_sheet, sheet_of_meeting
from collectifs.sheets.services import consent, sheets, versions
from collectifs.sheets.services.sheets import Asked, Room
from tests import factories

FITS = Room(pages=1, lines_left=4)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Circle:
    """Hélène pilots; Maud presented; Karim and Odile were there; an inspection reads what leaves."""

    def __init__(self, *, absent: tuple[str, ...] = ()) -> None:
        self.territory = factories.territory("Val-de-Brume")
        self.pilot = factories.user("Hélène", "Marchadier")
        self.maud = factories.user("Maud", "Le Bihan")
        self.karim = factories.user("Karim", "Ouadah")
        self.odile = factories.user("Odile", "Ferrand")
        self.inspector = factories.user("Agnès", "Roussel")
        factories.grant(self.inspector, Role.INSPECTOR, self.territory)
        members = [self.maud, self.karim, self.odile]
        self.collective = factories.collective(
            self.territory, pilot=self.pilot, members=members, name="Les Tilleuls", code="B7"
        )
        self.meeting: Meeting = factories.meeting(self.collective, starts_at=clock.now() - 3 * HOUR)
        for who in (self.pilot, *members):
            state = "absent" if who.given_name in absent else "present"
            factories.add(
                Attendance(meeting_id=self.meeting.id, user_id=who.id, state=state, marked_at=self.meeting.starts_at)
            )
        self.sheet: SynthesisSheet = sheet_of_meeting(self.meeting.id)
        self.sheet_id = self.sheet.id

    @property
    def access(self) -> SheetAccess:
        """The sheet as the views receive it, read afresh."""
        db.session.flush()
        found = get_sheet(self.sheet.id)
        assert found is not None
        return found

    @property
    def status(self) -> str:
        """Where the sheet truly stands now."""
        return self.access.life.status(clock.now()).value

    @property
    def copy(self) -> SubmittedSheet | None:
        """The institution's copy."""
        copies = db.session.query(SubmittedSheet).filter_by(sheet_id=self.sheet.id, replaced_at=None)
        return copies.one_or_none()

    @property
    def facts(self) -> SubmittedFacts:
        """The copy as an inspector's view receives it."""
        db.session.flush()
        found = get_submitted(self.copy.id)
        assert found is not None
        return found

    def url(self, end: str = "") -> str:
        """An address of the sheet; it reads nothing, so that no transaction of the test stays open."""
        return f"/fiches/{self.sheet_id}{end}"

    def write(self, content: SheetContent | None = None) -> None:
        """The pilot writes a sheet that can be proposed."""
        versions.save_draft(
            self.access,
            revision=self.sheet.revision,
            content=content or factories.content(),
            now=clock.now(),
            by=self.person(self.pilot),
        )

    def propose(self, **values: Any) -> None:
        """The pilot puts it to the collective, transmission asked; the mails leave at once unless told."""
        mails_leave = values.pop("mails_leave", True)
        asked = Asked(values.pop("asks_transmission", True), values.pop("asks_name", False))
        options = {"room": FITS, "asked": asked, "accepted_in_room": False} | values
        sheets.propose_sheet(self.access, **options, now=clock.now(), by=self.person(self.pilot))
        if mails_leave:
            mails_left()

    def reopen(self) -> None:
        """The pilot takes up the pen again."""
        sheets.reopen_sheet(self.access, now=clock.now(), by=self.person(self.pilot))

    def write_and_propose(self, **values: Any) -> None:
        """Both at once."""
        self.write()
        self.propose(**values)

    def presented_by(self, who: User) -> None:
        """The situation of the meeting was somebody's."""
        sheets.set_presenter(self.sheet, who.id)

    def object(self, who: User, about: str = "text", sentence: str = "") -> None:
        """Somebody holds it back."""
        held, by = about_of(about), self.person(who)
        consent.object_to_sheet(self.access, about=held, sentence=sentence, now=clock.now(), by=by)

    def submit(self) -> None:
        """The pilot lets it out."""
        sheets.submit_sheet(self.access, degree=Degree.FIRST, now=clock.now(), by=self.person(self.pilot))

    def withdraw(self, who: User) -> None:
        """Somebody takes it back."""
        consent.withdraw_sheet(self.access, now=clock.now())

    def person(self, who: User) -> Person:
        """A user as services receive them."""
        return factories.person(who)


def mails_left(state: str = "done") -> None:
    """The worker did its work: every mail that waited has left."""
    db.session.flush()
    for job in db.session.query(Job).filter(Job.kind.like("mail_%"), Job.state == "waiting"):
        job.state, job.finished_at = state, clock.now()
    db.session.flush()


def fresh() -> Any:
    """The session of the test, on what the requests have left."""
    db.session.rollback()
    return db.session
