"""What a sheet is filed under: sealed while it is written, countable once it has left, gone with its words."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.tags import NO_RESOURCE, NO_TAGS, Axis, Tags
from collectifs.meetings.models import ResourceAmendment
from collectifs.sheets.domain.diff import differences
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from collectifs.sheets.models import SubmittedTag
from collectifs.sheets.queries.links import links_of
from collectifs.sheets.queries.sheets import open_draft, open_submitted
from collectifs.sheets.queries.tags import tags_of_copies
from collectifs.sheets.services import consent, sheets
from tests import factories
from tests.circle import DAY, Circle

CHOSEN = Tags(dilemma=("dire-chercher",), concern=("steering", "weaving"))
FILED = SheetContent("Comment dire, alors que tout presse ?", (Answer("Écouter.", AnswerKind.TRIED),), CHOSEN)


def rows() -> list[tuple[str, str]]:
    db.session.flush()
    return [(row.axis.value, row.code) for row in db.session.scalars(select(SubmittedTag))]


def submitted(circle: Circle, moment) -> None:
    circle.write(FILED)
    circle.propose()
    moment.shift(7 * DAY)
    circle.submit()


def test_while_it_is_written_no_row_tells_what_it_is_filed_under(circle: Circle, moment):
    circle.write(FILED)
    assert open_draft(circle.sheet).tags == CHOSEN
    assert b"steering" not in circle.sheet.draft
    circle.propose()
    moment.shift(7 * DAY)
    assert rows() == []


def test_once_it_left_rows_say_it_and_the_copy_too(circle: Circle, moment):
    submitted(circle, moment)
    assert sorted(rows()) == [("concern", "steering"), ("concern", "weaving"), ("dilemma", "dire-chercher")]
    assert open_submitted(circle.copy.id).tags == CHOSEN
    assert tags_of_copies([circle.copy.id]) == {circle.copy.id: CHOSEN}
    by_code = select(func.count()).where(SubmittedTag.axis == Axis.CONCERN, SubmittedTag.code == "steering")
    assert db.session.scalar(by_code) == 1


def test_withdrawn_it_is_filed_under_nothing(circle: Circle, moment):
    submitted(circle, moment)
    copy_id = circle.copy.id
    circle.withdraw(circle.maud)
    assert rows() == []
    assert tags_of_copies([copy_id]) == {copy_id: NO_TAGS}


def test_taken_back_from_the_inspection_alone_as_well(circle: Circle, moment):
    submitted(circle, moment)
    consent.keep_inside(circle.access, now=clock.now())
    assert rows() == []


def test_a_new_version_is_filed_anew_and_the_former_no_more(circle: Circle, moment):
    submitted(circle, moment)
    circle.reopen()
    circle.write(SheetContent(FILED.question, FILED.answers, Tags(domain=("lead",))))
    circle.propose()
    moment.shift(7 * DAY)
    circle.submit()
    assert rows() == [("domain", "lead")]


def test_more_than_three_of_one_list_is_refused_in_words(circle: Circle):
    too_many = Tags(concern=("steering", "atmosphere", "weaving", "scaffolding"))
    with pytest.raises(RuleBroken, match="Préoccupations : trois au plus"):
        circle.write(SheetContent(FILED.question, FILED.answers, too_many))


def test_a_note_for_the_sheet_leaves_them_as_they_were(circle: Circle):
    circle.write(FILED)
    sheets.add_note_to_draft(circle.sheet, "Demander ce qu’elle a vu.", now=clock.now())
    assert open_draft(circle.sheet).tags == CHOSEN


def test_agreement_is_to_them_too(circle: Circle):
    assert FILED.digest() != SheetContent(FILED.question, FILED.answers).digest()
    assert '"tags"' not in SheetContent(FILED.question, FILED.answers).to_json(), "as texts of before are spelled"


def filed(tags: Tags) -> SheetContent:
    return replace(FILED, tags=tags)


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        (NO_TAGS, 0),
        (CHOSEN, 2),
        (replace(CHOSEN, resource=("simplexe",)), 1),
        (replace(CHOSEN, resource=("simplexe", "focales", "former")), 3),
        (replace(CHOSEN, resource=(NO_RESOURCE,)), 0),
        (Tags(resource=("former",)), 1),
    ],
)
def test_the_foot_sends_to_what_was_chosen_by_hand_else_to_what_the_lists_propose(
    circle: Circle, tags: Tags, found: int
):
    links = links_of(filed(tags))
    assert len(links) == found
    if set(tags.resource) - {NO_RESOURCE}:
        assert {each.id for each in links} == set(tags.resource)


def test_a_resource_that_the_administration_hides_is_left_out(circle: Circle):
    factories.add(ResourceAmendment(resource_id="former", is_hidden=True))
    assert [each.id for each in links_of(filed(Tags(resource=("former", "simplexe"))))] == ["simplexe"]


def test_more_than_three_resources_are_refused_and_unknown_ones_left_aside(circle: Circle):
    with pytest.raises(RuleBroken, match="Ressources : trois au plus"):
        circle.write(filed(Tags(resource=("former", "simplexe", "focales", "multi-agenda"))))
    assert Tags.chosen({"resource": ["nulle-part", "former", 3]}) == Tags(resource=("former",))


def test_agreement_is_to_the_resources_too_and_what_was_filed_before_keeps_its_digest(circle: Circle):
    assert '"resource"' not in FILED.to_json()
    assert filed(replace(CHOSEN, resource=("former",))).digest() != FILED.digest()
    chosen = filed(replace(CHOSEN, resource=("former",)))
    assert SheetContent.from_json(chosen.to_json()) == chosen
    [change] = differences(FILED, chosen)
    assert change.after.endswith("Ressources : FORMER")
