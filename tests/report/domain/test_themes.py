"""What a territory works on, counted: masked under five, the most filed under first, no total that gives it back."""

from datetime import date

from collectifs.meetings.domain.tags import Axis
from collectifs.people.domain.person import Degree
from collectifs.report.domain.themes import Filed, by_degree, by_month
from tests.pages import plain

NOVEMBER, JANUARY = date(2026, 11, 1), date(2027, 1, 1)
CODES = list(Axis.CONCERN.choices)


def filed(code: str, number: int, degree: Degree | None = Degree.FIRST, month: date = NOVEMBER) -> Filed:
    return Filed(Axis.CONCERN, code, month, degree, number)


def shown(grid) -> dict[str, tuple[int | None, ...]]:
    return {line.label: line.counts for line in grid.lines}


def test_the_most_filed_under_comes_first_and_what_is_rare_is_left_out_and_counted():
    grid = by_degree(Axis.CONCERN, [filed(CODES[0], 6), filed(CODES[2], 19), filed(CODES[1], 4)])
    assert [line.label for line in grid.lines] == [Axis.CONCERN.choices[CODES[2]], Axis.CONCERN.choices[CODES[0]]]
    assert grid.left_out == 3


def test_a_degree_is_a_column_where_there_is_one_and_a_mixed_collective_has_its_own():
    rows = [filed(CODES[0], 7), filed(CODES[0], 9, None), filed(CODES[1], 5, None)]
    grid = by_degree(Axis.CONCERN, rows)
    assert grid.columns == ("1er degré", "les deux")
    assert shown(grid)[Axis.CONCERN.choices[CODES[1]]] == (0, 5)


def test_a_count_under_five_is_masked_and_nought_is_said():
    rows = [filed(CODES[0], 7), filed(CODES[0], 4, Degree.SECOND), filed(CODES[1], 8)]
    rows += [filed(CODES[2], 5), filed(CODES[2], 1, Degree.SECOND)]
    assert shown(by_degree(Axis.CONCERN, rows)) == {
        Axis.CONCERN.choices[CODES[1]]: (8, 0),
        Axis.CONCERN.choices[CODES[0]]: (7, None),
        Axis.CONCERN.choices[CODES[2]]: (5, None),
    }


def months(*rows: Filed) -> dict[str, tuple[int | None, ...]]:
    return shown(by_month(Axis.CONCERN, rows, [NOVEMBER, JANUARY], ["novembre", "janvier"]))


def test_months_put_the_degrees_together():
    assert months(filed(CODES[0], 5), filed(CODES[0], 6, Degree.SECOND), filed(CODES[0], 5, month=JANUARY)) == {
        Axis.CONCERN.choices[CODES[0]]: (11, 5)
    }


def test_nothing_masked_can_be_found_again_from_the_other_table():
    by_one = [filed(CODES[0], 7), filed(CODES[0], 3, Degree.SECOND), filed(CODES[0], 6, month=JANUARY)]
    assert shown(by_degree(Axis.CONCERN, by_one)) == {Axis.CONCERN.choices[CODES[0]]: (13, None)}
    assert by_month(Axis.CONCERN, by_one, [NOVEMBER, JANUARY], ["novembre", "janvier"]).left_out == len(CODES)
    assert months(*by_one) == {}  # 10 and 6 would say that the second degree has three
    assert months(filed(CODES[1], 9), filed(CODES[1], 2, month=JANUARY)) == {}  # 11 in all would say two in January


def test_another_list_is_not_counted_there():
    grid = by_degree(Axis.DOMAIN, [filed(CODES[0], 9)])
    assert (grid.lines, grid.columns, grid.finding) == ((), (), "Rien n’y atteint cinq fiches.")


def test_the_finding_says_what_leads_and_where_there_are_several_columns_in_which():
    one = by_degree(Axis.CONCERN, [filed(CODES[0], 7), filed(CODES[1], 12)])
    assert plain(one.finding) == f"« {Axis.CONCERN.choices[CODES[1]]} » vient en tête : douze fiches."
    two = by_degree(Axis.CONCERN, [filed(CODES[0], 7), filed(CODES[1], 19, Degree.SECOND)])
    assert plain(two.finding) == f"« {Axis.CONCERN.choices[CODES[1]]} » vient en tête : 19 fiches (2d degré)."
