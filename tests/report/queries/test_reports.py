"""What is asked at the end of a season and who answered; whose report is read, which numbers are to be frozen."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask

from collectifs.collectives.queries.collectives import get_collective
from collectifs.kernel import clock, vault
from collectifs.kernel.queries.short_lines import ShortLine, read_lines, together
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.models import Territory, User
from collectifs.report.domain.questionnaire import Box
from collectifs.report.models import EvaluationReturn, QuestionnaireBox, QuestionnaireReturn, SeasonReport
from collectifs.report.queries import boxes, evaluation, questionnaire, reports
from collectifs.tutoring.queries.notebooks import get_notebook
from tests import factories, notebooks

SECOND = timedelta(seconds=1)


def a_box(where: Territory, season: int = 2026, returns: int = 6) -> QuestionnaireBox:
    row = QuestionnaireBox(id=uuid4(), territory_id=where.id, season=season, key_id=vault.make_key())
    seal_text(row, QuestionnaireBox.body, Box(returns).written())
    return factories.add(row)


def test_a_box_is_of_one_territory_and_one_season(place: Territory) -> None:
    ours, former = a_box(place), a_box(place, 2025)
    a_box(factories.territory())
    assert boxes.boxes_before(QuestionnaireBox, 2026) == [former]
    row, box = boxes.locked_box(QuestionnaireBox, place.id, 2026)
    assert (row, box.returns) == (ours, 6)
    assert boxes.locked_box(QuestionnaireBox, place.id, 2027) == (None, Box())
    assert questionnaire.box_of([place.id], 2026).returns == 6
    vault.destroy_key(ours.key_id)
    assert questionnaire.box_of([place.id], 2026).returns == 0


@pytest.mark.parametrize(
    ("ends_in", "values", "season", "is_asked", "waits"),
    [
        (timedelta(0), {}, 2026, False, True),
        (SECOND, {}, 2026, False, False),
        (timedelta(0), {"cancelled_at": "now"}, 2026, False, False),
        (timedelta(0), {}, 2025, False, False),
        (timedelta(0), {}, 2026, True, False),
    ],
)
def test_a_collective_that_has_met_is_asked_once(app: Flask, ends_in, values, season, is_asked, waits) -> None:
    now = clock.now()
    row = factories.collective(season=season, questionnaire_asked_at=now if is_asked else None)
    at = dict.fromkeys(values, now)
    factories.meeting(row, starts_at=now - timedelta(hours=2), ends_at=now + ends_in, **at)
    factories.collective()
    assert questionnaire.to_ask(now) == ([row] if waits else [])


def test_who_answered_is_known_by_territory_and_season(collective, maud: User, helene: User) -> None:
    access = get_collective(collective.id)
    factories.add(QuestionnaireReturn(user_id=maud.id, territory_id=access.territory.id, season=2026))
    assert questionnaire.has_answered(maud.id, access) is True
    assert questionnaire.has_answered(helene.id, access) is False
    lines = read_lines(together(*questionnaire.RETURNS_LINES), {"user_id": maud.id})
    lines.append(ShortLine("other", maud.id, None, None, 2026))
    assert questionnaire.returns_among(lines) == {(access.territory.id, 2026)}
    assert read_lines(together(*questionnaire.RETURNS_LINES), {"user_id": helene.id}) == []


@pytest.mark.parametrize(
    ("now", "has_returned", "is_open", "is_asked"),
    [
        (datetime(2027, 4, 30, 12, tzinfo=UTC), False, False, False),
        (datetime(2027, 4, 30, 22, 30, tzinfo=UTC), False, True, True),  # 1 May in Paris
        (datetime(2027, 5, 3, 12, tzinfo=UTC), True, True, False),
    ],
)
def test_a_tutor_is_asked_about_the_modalities_in_may_and_june_until_they_answer(
    place: Territory, maud: User, helene: User, now, has_returned, is_open, is_asked
) -> None:
    access = get_notebook(notebooks.notebook(notebooks.programme(place), maud).id)
    factories.add(EvaluationReturn(user_id=helene.id, territory_id=place.id, season=2026))
    if has_returned:
        factories.add(EvaluationReturn(user_id=maud.id, territory_id=place.id, season=2026))
    assert evaluation.has_evaluated(access) is has_returned
    assert evaluation.may_evaluate(access, now) is is_open
    assert evaluation.asks_evaluation(access, now) is is_asked


def test_seasons_of_a_territory_come_latest_first_and_the_present_one_where_there_is_none(place: Territory) -> None:
    for season in (2024, 2026, 2026):
        factories.collective(place, season=season)
    empty = factories.territory()
    assert list(reports.seasons_of(place.id, 2027)) == [2026, 2024]
    assert list(reports.seasons_of(empty.id, 2027)) == [2027]
    assert reports.get_territory(place.id) is place
    assert reports.get_territory(uuid4()) is None


def a_report(where: Territory, season: int, **values: object) -> SeasonReport:
    return factories.add(SeasonReport(territory_id=where.id, season=season, **values))


def test_numbers_are_frozen_once_for_each_season_that_is_over(place: Territory) -> None:
    there = factories.territory()
    for where, season in ((place, 2025), (place, 2026), (place, 2026), (there, 2025)):
        factories.collective(where, season=season)
    assert reports.to_freeze(date(2026, 6, 30)) == []
    assert set(reports.to_freeze(date(2026, 7, 1))) == {(place.id, 2025), (there.id, 2025)}
    a_report(place, 2025, frozen_at=clock.now(), numbers={"held": 3})
    begun = a_report(there, 2025, words="Une décharge.")
    assert reports.to_freeze(date(2026, 7, 1)) == [(there.id, 2025)]
    assert set(reports.to_freeze(date(2027, 7, 1))) == {(there.id, 2025), (place.id, 2026)}
    assert reports.report_row(there.id, 2025) is begun
    assert reports.report_row(there.id, 2026) is None
    shown = reports.report_of(place, 2025, clock.now(), date(2026, 6, 30))
    assert (shown.numbers.held, shown.frozen_at, shown.box) == (3, clock.now(), None)
    assert reports.report_of(there, 2025, clock.now(), date(2026, 7, 1)).words == "Une décharge."
    assert reports.report_of(there, 2025, clock.now(), date(2026, 7, 1)).box == questionnaire.box_of([there.id], 2025)
