"""The resources as the administration keeps them: the file, and what was said of it since."""

import pytest
from flask import Flask

from collectifs.meetings.domain.resources import BEGINNING, resources
from collectifs.meetings.models import ResourceAmendment
from collectifs.meetings.queries.resources import get_resource, kept_resources, shelf, videos_to_begin_with
from tests import factories


@pytest.mark.parametrize(
    ("address", "is_hidden", "is_shown"),
    [("https://un.example/", False, True), ("https://un.example/", True, False), ("", False, False)],
)
def test_the_videos_of_a_first_meeting_are_shown_while_somebody_knows_where_they_are(
    app: Flask, address: str, is_hidden: bool, is_shown: bool
) -> None:
    untouched = get_resource(BEGINNING)
    assert untouched is not None
    assert (untouched.is_amended, untouched.said.address) == (False, resources()[BEGINNING].address)
    factories.add(ResourceAmendment(resource_id=BEGINNING, address=address, is_hidden=is_hidden))
    kept = get_resource(BEGINNING)
    assert kept is not None
    assert kept.is_amended
    found = videos_to_begin_with()
    assert (found is not None) is is_shown
    assert found is None or (found.id, found.address) == (BEGINNING, address)
    assert (BEGINNING in {each.id for each in shelf()}) is not is_hidden
    assert [each.resource.id for each in kept_resources() if each.is_amended] == [BEGINNING]
    assert get_resource("disparue") is None
