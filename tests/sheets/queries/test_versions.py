"""Frozen versions and what was put to the collective: by number, the latest, what was taken back, what is to tell."""

from datetime import timedelta
from uuid import uuid4

import pytest

from collectifs.kernel import clock, vault
from collectifs.kernel.vault.texts import seal_text
from collectifs.sheets.domain.life import About
from collectifs.sheets.models import Objection, PresenterAnswer, SheetProposal, SheetVersion
from collectifs.sheets.queries import consent
from collectifs.sheets.queries import versions as found
from tests import factories
from tests.circle import Circle

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def version(circle: Circle, number: int, question: str = "Comment dire ?") -> SheetVersion:
    row = SheetVersion(id=uuid4(), key_id=vault.make_key(), sheet_id=circle.sheet.id, number=number, digest="")
    row.cut_at, row.cut_by_id = clock.now(), circle.pilot.id
    seal_text(row, SheetVersion.body, factories.content(question).to_json())
    return factories.add(row)


def proposal(of: SheetVersion, ago: timedelta = DAY, **values: object) -> SheetProposal:
    """Put to the collective so long ago, its delay over unless told otherwise."""
    now = clock.now()
    usual = {"proposed_at": now - ago, "deadline_at": now, "asks_transmission": True}
    return factories.add(SheetProposal(sheet_id=of.sheet_id, version_id=of.id, **(usual | values)))


def objection(to: SheetProposal, **values: object) -> Objection:
    row = Objection(id=uuid4(), proposal_id=to.id, key_id=vault.make_key(), about=About.TEXT, raised_at=clock.now())
    seal_text(row, Objection.member, str(uuid4()))
    seal_text(row, Objection.sentence, "Trop reconnaissable.")
    for name, value in values.items():
        setattr(row, name, value)
    return factories.add(row)


def test_versions_come_in_order_by_number_and_the_latest_one(circle: Circle) -> None:
    assert found.last_version(circle.sheet.id) is None
    second, first = version(circle, 2), version(circle, 1)
    assert found.versions_of(circle.sheet.id) == [first, second]
    assert found.last_version(circle.sheet.id) is second
    assert found.version_numbered(circle.sheet.id, 1) is first
    assert found.version_numbered(circle.sheet.id, 3) is None
    another = circle.meeting.id
    assert (found.last_version(another), found.version_numbered(another, 1), found.versions_of(another)) == (
        None,
        None,
        [],
    )


def test_what_was_taken_back_comes_latest_first_and_the_last_of_it_is_what_was_read_before(circle: Circle) -> None:
    old, new, now = version(circle, 1, "Avant ?"), version(circle, 2, "Ensuite ?"), version(circle, 3)
    assert found.former_content(circle.sheet.id) is None
    first = proposal(old, 3 * DAY, lapsed_at=clock.now() - 2 * DAY)
    second = proposal(new, 2 * DAY, lapsed_at=clock.now() - DAY)
    proposal(now)
    assert found.lapsed_proposals(circle.sheet.id) == [second, first]
    assert found.lapsed_proposals(circle.meeting.id) == []
    assert found.former_content(circle.sheet.id).question == "Ensuite ?"
    assert found.former_content(circle.meeting.id) is None
    vault.destroy_key(new.key_id)
    assert found.former_content(circle.sheet.id) is None
    assert found.version_content(new) is None
    assert found.version_content(old).question == "Avant ?"


TOLD = ("presenter_told_at", "objection_told_at", "ready_told_at")


@pytest.mark.parametrize(
    ("values", "is_held", "waits"),
    [
        ({}, False, True),
        ({"deadline_at": "later"}, False, False),
        ({"deadline_at": "later"}, True, True),
        ({"deadline_at": "later", "everybody_agreed_at": "now"}, False, True),
        ({"lapsed_at": "now"}, False, False),
        *(({name: "now"}, False, True) for name in TOLD),
        (dict.fromkeys(TOLD, "now"), False, False),
    ],
)
def test_what_is_decided_or_held_back_is_told_until_all_of_it_was(circle: Circle, values, is_held, waits) -> None:
    at = {"now": clock.now(), "later": clock.now() + MINUTE}
    row = proposal(version(circle, 1), **{name: at[value] for name, value in values.items()})
    objection(row, lifted_at=None if is_held else clock.now())
    asked = {"since": row.proposed_at, "now": clock.now()}
    assert found.proposals_to_tell(**asked) == ([row] if waits else [])
    assert found.proposals_to_tell(**(asked | {"since": row.proposed_at + MINUTE})) == []


def test_objections_are_opened_up_to_an_instant_without_who_made_them(circle: Circle) -> None:
    now, row = clock.now(), proposal(version(circle, 1))
    late, early = objection(row), objection(row, raised_at=now - MINUTE, lifted_at=now)
    assert consent.objections_to(circle.sheet.id) == [early, late]
    assert consent.objections_to(circle.meeting.id) == []
    opened = consent.opened_objections([early, late], now - MINUTE)
    assert opened == [consent.OpenedObjection(early.id, About.TEXT, "Trop reconnaissable.", early.raised_at)]
    vault.destroy_key(early.key_id)
    assert consent.opened_objections([early], now)[0].sentence == ""
    assert consent.objector(early) is None


def test_the_answer_of_whoever_presented_is_of_one_proposal(circle: Circle) -> None:
    row, former = proposal(version(circle, 2)), proposal(version(circle, 1), 2 * DAY, lapsed_at=clock.now())
    answer = factories.add(PresenterAnswer(proposal_id=row.id, agreed=True, answered_at=clock.now()))
    assert consent.presenter_answer_to(row.id) is answer
    assert consent.presenter_answer_to(former.id) is None
