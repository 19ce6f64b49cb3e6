"""What the archives are given of submitted sheets: those whose words open, and numbers."""

from datetime import date, timedelta

import pytest

from collectifs.across.domain.archives import ArchivedCounts
from collectifs.across.queries.archives import archived_counts, archived_sheets
from collectifs.kernel.extensions import db
from collectifs.kernel.models import SealedText
from tests.circle import DAY, Circle
from tests.closed import flip


@pytest.fixture
def left(circle: Circle, moment) -> Circle:
    """Its sheet was submitted at half past midnight, in Paris: the day before, elsewhere."""
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    circle.copy.submitted_at = circle.copy.submitted_at.replace(hour=23, minute=30)
    db.session.flush()
    return circle


def test_a_copy_is_given_under_its_code_with_its_days_in_paris_and_its_words(left: Circle) -> None:
    [found] = archived_sheets([left.copy])
    copy = left.copy
    assert (found.id, found.territory, found.season, found.version) == (copy.id, "Val-de-Brume", 2026, 1)
    assert (found.collective, found.degree, found.month) == ("Collectif B7", copy.degree.label, copy.month)
    assert (found.submitted_on, found.read_on) == (date(2027, 1, 20), None)
    assert found.content["question"] == "Comment dire, alors que tout presse ?"


def test_a_name_that_was_agreed_to_and_the_day_of_the_reading_are_given(left: Circle) -> None:
    left.copy.collective_name, left.copy.reviewed_at = "Les Tilleuls", left.copy.submitted_at + timedelta(days=1)
    left.copy.degree = None
    [found] = archived_sheets([left.copy])
    assert (found.collective, found.degree, found.read_on) == ("Les Tilleuls", "", date(2027, 1, 21))


def test_what_was_taken_back_or_does_not_open_is_not_given_but_counted(left: Circle) -> None:
    copy, words = left.copy, left.copy.body
    copy.body = SealedText(flip(words))
    db.session.flush()
    assert archived_sheets([copy]) == []
    copy.body = words
    left.withdraw(left.maud)
    db.session.flush()
    assert archived_sheets([copy]) == []
    assert archived_counts([copy]) == [ArchivedCounts("Val-de-Brume", 2026, 1, 0, 1, 0)]


def test_every_copy_of_a_territory_and_season_is_counted_whichever_was_asked_about(left: Circle) -> None:
    copy = left.copy
    assert archived_counts([copy]) == [ArchivedCounts("Val-de-Brume", 2026, 1, 0, 0, 0)]
    copy.reviewed_at = copy.replaced_at = copy.submitted_at
    db.session.flush()
    assert archived_counts([copy]) == [ArchivedCounts("Val-de-Brume", 2026, 1, 1, 0, 1)]
    assert archived_counts([]) == archived_sheets([]) == []
