"""What happens to a pilotship, in the word that the worker is given."""

import pytest

from collectifs.collectives.domain.work import PilotNews


@pytest.mark.parametrize(
    ("news", "joining", "ended", "word", "joins", "is_end"),
    [
        ("co_pilot", "co_pilot_joins", "co_pilot_ended", "co_pilot", False, False),
        ("co_pilot_joins", "co_pilot_joins", "co_pilot_ended", "co_pilot", True, False),
        ("co_pilot_ended", "co_pilot_ended", "co_pilot_ended", "co_pilot_ended", False, True),
        ("hand_over", "hand_over_joins", "hand_over_ended", "hand_over", False, False),
        ("hand_over_joins", "hand_over_joins", "hand_over_ended", "hand_over", True, False),
        ("hand_over_ended", "hand_over_ended", "hand_over_ended", "hand_over_ended", False, True),
        ("deputy", "deputy_joins", "deputy_ended", "deputy", False, False),
        ("deputy_joins", "deputy_joins", "deputy_ended", "deputy", True, False),
        ("deputy_ended", "deputy_ended", "deputy_ended", "deputy_ended", False, True),
    ],
)
def test_each_news_has_one_for_who_joins_and_one_for_its_end(news, joining, ended, word, joins, is_end):
    one = PilotNews(news)
    assert (one.joining, one.ended, one.word) == (PilotNews(joining), PilotNews(ended), word)
    assert (one.joins, one.is_end) == (joins, is_end)
