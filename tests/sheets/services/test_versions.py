"""What is kept while a sheet is written: saving keeps no version; some moments do, and no typed word is lost."""

from datetime import timedelta

import pytest

from collectifs.collectives.models import Pilotship
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.people.models import User
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from collectifs.sheets.queries.sheets import get_version_access, open_draft
from collectifs.sheets.queries.versions import open_version, versions_of
from collectifs.sheets.services import versions
from tests import factories
from tests.circle import DAY, Circle

MINUTE = timedelta(minutes=1)


def says(question: str) -> SheetContent:
    return SheetContent(question, (Answer("Écouter.", AnswerKind.TRIED),))


def kept(circle: Circle) -> list[tuple[int, str, str]]:
    return [(row.number, row.reason, open_version(row).question) for row in versions_of(circle.sheet_id)]


def write_as(circle: Circle, who: User, question: str) -> None:
    versions.save_draft(
        circle.access,
        revision=circle.sheet.revision,
        content=says(question),
        now=clock.now(),
        by=circle.person(who),
    )


def settle(circle: Circle, mine: SheetContent, *, keeps_mine: bool, revision: int | None = None) -> None:
    versions.settle_conflict(
        circle.access,
        revision=circle.sheet.revision if revision is None else revision,
        mine=mine,
        keeps_mine=keeps_mine,
        now=clock.now(),
        by=circle.person(circle.pilot),
    )


def restore(circle: Circle, number: int) -> None:
    row = next(row for row in versions_of(circle.sheet_id) if row.number == number)
    versions.restore_version(get_version_access(row.id), now=clock.now(), by=circle.person(circle.pilot))


def test_saving_as_one_types_keeps_no_version_and_leaves_no_audit(circle: Circle, moment):
    for number in range(30):
        write_as(circle, circle.pilot, f"Comment dire {number} ?")
        moment.shift(timedelta(seconds=5))
    assert kept(circle) == []
    assert db.session.query(AuditEvent).count() == 0


def test_after_ten_minutes_the_text_as_it_was_left_is_kept(circle: Circle, moment):
    write_as(circle, circle.pilot, "Hier ?")
    left_at = clock.now()
    moment.shift(9 * MINUTE)
    write_as(circle, circle.pilot, "Tout à l’heure ?")
    moment.shift(10 * MINUTE)
    write_as(circle, circle.pilot, "Maintenant ?")
    assert kept(circle) == [(1, "pause", "Tout à l’heure ?")]
    (row,) = versions_of(circle.sheet_id)
    assert (row.cut_at, row.cut_by_id) == (left_at + 9 * MINUTE, circle.pilot.id)


def test_a_pause_with_nothing_new_keeps_nothing(circle: Circle, moment):
    write_as(circle, circle.pilot, "La même ?")
    moment.shift(30 * MINUTE)
    write_as(circle, circle.pilot, "La même ?")
    assert kept(circle) == []


def test_a_blank_sheet_is_not_kept(circle: Circle, moment):
    circle.write(SheetContent("", (Answer(""),)))
    moment.shift(30 * MINUTE)
    write_as(circle, circle.pilot, "La première ?")
    assert kept(circle) == []


def test_when_somebody_else_goes_on_the_first_text_is_kept_under_its_author(circle: Circle):
    today = clock.now().date()
    db.session.add(
        Pilotship(
            user_id=circle.maud.id,
            collective_id=circle.collective.id,
            starts_on=today,
            appointed_by_id=circle.pilot.id,
        )
    )
    write_as(circle, circle.pilot, "De Hélène ?")
    write_as(circle, circle.maud, "De Maud ?")
    write_as(circle, circle.maud, "De Maud, suite ?")
    assert kept(circle) == [(1, "author", "De Hélène ?")]
    assert versions_of(circle.sheet_id)[0].cut_by_id == circle.pilot.id
    assert circle.sheet.saved_by_id == circle.maud.id


def test_the_same_text_is_not_kept_twice(circle: Circle, moment):
    write_as(circle, circle.pilot, "Une ?")
    circle.propose()
    circle.reopen()
    moment.shift(30 * MINUTE)
    write_as(circle, circle.pilot, "Deux ?")
    assert kept(circle) == [(1, "proposed", "Une ?")]


def test_restoring_keeps_the_present_text_first_and_is_written_down(circle: Circle, moment):
    write_as(circle, circle.pilot, "Une ?")
    moment.shift(30 * MINUTE)
    write_as(circle, circle.pilot, "Deux ?")
    restore(circle, 1)
    assert open_draft(circle.sheet) == says("Une ?")
    assert kept(circle) == [(1, "pause", "Une ?"), (2, "restored", "Deux ?")]
    event = db.session.query(AuditEvent).one()
    assert (event.kind, event.actor_id) == ("sheet_restored", circle.pilot.id)
    restore(circle, 2)
    assert open_draft(circle.sheet) == says("Deux ?")


def test_what_is_there_already_is_not_restored(circle: Circle):
    write_as(circle, circle.pilot, "Une ?")
    circle.propose()
    circle.reopen()
    revision = circle.sheet.revision
    restore(circle, 1)
    assert circle.sheet.revision == revision
    assert len(kept(circle)) == 1


def test_what_was_put_to_the_collective_is_not_restored_over(circle: Circle):
    write_as(circle, circle.pilot, "Une ?")
    circle.propose()
    with pytest.raises(RuleBroken, match="reprenez d’abord l’écriture"):
        restore(circle, 1)


def test_a_version_that_has_perished_is_not_restored(circle: Circle):
    write_as(circle, circle.pilot, "Une ?")
    circle.propose()
    circle.reopen()
    versions_of(circle.sheet_id)[0].body = b""
    with pytest.raises(RuleBroken, match="a été effacé"):
        restore(circle, 1)


def test_between_two_windows_the_text_not_kept_stays_among_the_versions(circle: Circle):
    write_as(circle, circle.pilot, "L’autre ?")
    settle(circle, says("La mienne ?"), keeps_mine=True)
    assert open_draft(circle.sheet) == says("La mienne ?")
    assert kept(circle) == [(1, "conflict", "L’autre ?")]
    settle(circle, says("Encore une ?"), keeps_mine=False)
    assert open_draft(circle.sheet) == says("La mienne ?")
    assert kept(circle)[1:] == [(2, "conflict", "Encore une ?")]


def test_a_choice_made_on_an_older_text_is_asked_again(circle: Circle):
    write_as(circle, circle.pilot, "L’autre ?")
    with pytest.raises(versions.DraftConflict):
        settle(circle, says("La mienne ?"), keeps_mine=True, revision=0)
    assert open_draft(circle.sheet) == says("L’autre ?")


def test_mine_too_long_is_not_lost_when_the_other_is_taken(circle: Circle):
    write_as(circle, circle.pilot, "L’autre ?")
    settle(circle, says("é" * 900), keeps_mine=False)
    assert kept(circle) == [(1, "conflict", "é" * 900)]


def test_versions_are_sealed_with_the_drafts_and_perish_with_them(circle: Circle, moment):
    write_as(circle, circle.pilot, "Un mot rare ?")
    moment.shift(DAY)
    write_as(circle, circle.pilot, "Deux ?")
    (row,) = versions_of(circle.sheet_id)
    assert row.key_id == circle.sheet.key_id
    assert b"rare" not in row.body
    assert factories.content().digest() != row.digest
