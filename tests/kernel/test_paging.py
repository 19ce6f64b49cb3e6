"""Where one stands in a long list."""

import pytest

from collectifs.kernel.paging import PAGE, Place


@pytest.mark.parametrize(
    ("typed", "total", "page", "words"),
    [
        ("", 0, 1, ""),
        ("2", PAGE, 1, ""),
        ("", PAGE + 1, 1, "Page 1 sur 2"),
        ("2", PAGE + 1, 2, "Page 2 sur 2"),
        ("99", PAGE + 1, 2, "Page 2 sur 2"),
        ("-1", PAGE + 1, 1, "Page 1 sur 2"),
        ("1e3", PAGE + 1, 1, "Page 1 sur 2"),
        ("²", PAGE + 1, 1, "Page 1 sur 2"),
        ("٢", PAGE + 1, 2, "Page 2 sur 2"),
        ("123456789", PAGE + 1, 1, "Page 1 sur 2"),
    ],
)
def test_an_address_asks_for_a_page_and_none_is_past_the_last(typed: str, total: int, page: int, words: str) -> None:
    place = Place.asked(typed, total)
    assert (place.page, place.words) == (page, words)


def test_each_line_is_on_one_page() -> None:
    lines = list(range(2 * PAGE + 3))
    pages = [Place.asked(str(number), len(lines)).of(lines) for number in (1, 2, 3)]
    assert [len(each) for each in pages] == [PAGE, PAGE, 3]
    assert [line for page in pages for line in page] == lines
