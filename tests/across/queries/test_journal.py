"""The journal of a collective: days and what happened, the latest first, as far as each person knew the meetings."""

from datetime import timedelta
from uuid import uuid4

from collectifs.across.queries import journal
from collectifs.across.queries.journal import journal_of
from collectifs.across.queries.navigation import OwnThings, own_things
from collectifs.collectives.queries.collectives import get_collective
from collectifs.kernel import clock, vault
from collectifs.kernel.audit import record
from collectifs.kernel.extensions import db
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.models import User
from collectifs.sheets.models import ReadingTrace, Remark
from tests import factories
from tests.circle import DAY, HOUR, Circle

SHEET = "la fiche du 13\u00a0janvier"


def lines(circle: Circle, who: User, *, sees_all: bool = False) -> list[str]:
    db.session.flush()
    return [each.words for each in journal_of(get_collective(circle.collective.id), who.id, sees_all=sees_all)]


def submitted(circle: Circle, moment) -> None:
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()


def remark(circle: Circle, at, *, from_inspection: bool) -> None:
    by = circle.inspector if from_inspection else circle.pilot
    values = {"submitted_id": circle.copy.id, "author_id": by.id, "from_inspection": from_inspection}
    row = Remark(id=uuid4(), key_id=vault.make_key(), written_at=at, **values)
    seal_text(row, Remark.body, "Merci.")
    factories.add(row)


def test_what_happened_to_a_sheet_is_told_the_latest_first_and_readers_by_their_part(circle: Circle, moment) -> None:
    submitted(circle, moment)
    now = clock.now()
    factories.add(ReadingTrace(submitted_id=circle.copy.id, reader_id=circle.inspector.id, read_at=now + HOUR))
    remark(circle, now + 2 * HOUR, from_inspection=True)
    remark(circle, now + 3 * HOUR, from_inspection=False)
    told = lines(circle, circle.maud)
    assert told[:3] == [
        f"Le collectif a répondu à l’inspection sur {SHEET}.",
        f"L’inspection a fait une remarque sur {SHEET}.",
        f"Une personne de l’inspection a ouvert {SHEET}.",
    ]
    assert set(told[3:5]) == {
        "La fiche du 13\u00a0janvier a été transmise à l’inspection.",
        "Les notes du 13\u00a0janvier ont été effacées.",
    }
    assert told[-1] == "La fiche du 13\u00a0janvier a été proposée au collectif."


def test_the_same_thing_twice_on_a_day_is_one_line(circle: Circle, moment) -> None:
    submitted(circle, moment)
    for hours in (1, 2, 30):
        at = clock.now() + hours * HOUR
        factories.add(ReadingTrace(submitted_id=circle.copy.id, reader_id=circle.inspector.id, read_at=at))
    assert lines(circle, circle.maud).count(f"Une personne de l’inspection a ouvert {SHEET}.") == 2


def test_who_came_later_reads_nothing_of_the_meetings_before_unless_they_see_all(circle: Circle, moment) -> None:
    submitted(circle, moment)
    late = factories.user("Lucas")
    factories.membership(late, circle.collective, starts_at=clock.now())
    record("collective_renamed", circle.collective, by=None)
    assert lines(circle, late) == ["Le collectif a changé de nom."]
    assert len(lines(circle, late, sees_all=True)) == len(lines(circle, circle.maud)) > 2


def test_what_is_of_another_collective_or_says_who_hesitated_is_not_told(circle: Circle, moment) -> None:
    before = lines(circle, circle.maud)
    other = factories.collective(circle.territory)
    record("collective_renamed", other, by=None)
    record("meeting_planned", factories.meeting(other), by=None)
    record("device_forgotten", circle.meeting, by=None)
    assert lines(circle, circle.maud) == before
    record("meeting_moved", circle.meeting, by=None)
    assert lines(circle, circle.maud) == ["Le regroupement du 13\u00a0janvier a changé de date ou de lieu.", *before]


def test_no_more_than_two_hundred_lines_are_told(circle: Circle, moment, monkeypatch) -> None:
    monkeypatch.setattr(journal, "MOST_LINES", 3)
    for _day in range(5):
        record("meeting_moved", circle.meeting, by=None)
        moment.shift(DAY)
    assert len(lines(circle, circle.maud)) == 3


def test_one_s_own_collectives_are_the_present_ones_and_meetings_stay_after_the_last(maud: User, pilot: User) -> None:
    assert own_things(maud.id) == OwnThings()
    former, present = (factories.collective(pilot=pilot, name=name) for name in ("Les Ormes", "Les Tilleuls"))
    factories.membership(maud, former, ends_at=clock.now() - timedelta(days=1))
    assert own_things(maud.id) == OwnThings((), has_meetings=True)
    factories.membership(maud, present)
    assert own_things(maud.id) == OwnThings(((present.id, "Les Tilleuls"),), has_meetings=True)
