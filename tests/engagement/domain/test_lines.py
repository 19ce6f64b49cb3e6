"""The lines of an attestation: chosen by the person, still attested or not; a code and a name as they are typed."""

from datetime import date

import pytest

from collectifs.engagement.documents.attestation import EngagementPaper, PaperLine, engagement_json, engagement_pdf
from collectifs.engagement.domain.lines import (
    EngagementLine,
    LineKind,
    chosen_lines,
    code_typed,
    is_same_name,
    shown_code,
    still_attested,
)
from collectifs.kernel.errors import RuleBroken

LATER = EngagementLine(LineKind.MEETING, "meeting:b", date(2027, 1, 12), 120)
FIRST = EngagementLine(LineKind.PILOT, "pilot:a", date(2026, 10, 5), until=date(2027, 1, 13))
CODE = "k7mq2rpd9xvt"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            EngagementLine(LineKind.MEETING, "meeting:a", date(2027, 1, 12), 120),
            "regroupement d’un collectif, en présentiel",
        ),
        (
            EngagementLine(LineKind.BOOK, "book:a", date(2027, 1, 12), pages=1),
            "écriture à plusieurs pour un recueil publié, une page",
        ),
        (
            EngagementLine(LineKind.BOOK, "book:a", date(2027, 1, 12), pages=3),
            "écriture à plusieurs pour un recueil publié, trois pages",
        ),
    ],
)
def test_a_line_says_what_it_attests_and_of_a_book_how_many_pages(line: EngagementLine, words: str) -> None:
    assert line.words == words


def test_the_lines_that_were_ticked_come_by_day() -> None:
    assert chosen_lines([LATER, FIRST], ["meeting:b", "pilot:a", "meeting:b"]) == [FIRST, LATER]


@pytest.mark.parametrize("keys", [[], ["meeting:of-somebody-else"], ["meeting:b", "meeting:gone"]])
def test_nothing_is_attested_that_is_not_theirs(keys: list[str]) -> None:
    with pytest.raises(RuleBroken) as refused:
        chosen_lines([LATER], keys)
    assert refused.value.field == "lines"


def test_a_line_whose_data_are_gone_is_no_longer_attested() -> None:
    assert still_attested([LATER], ["meeting:b", "pilot:a"]) == [LATER]


def test_a_code_is_read_whatever_stands_between_its_letters() -> None:
    assert shown_code(CODE) == "k7mq-2rpd-9xvt"
    assert code_typed(" K7MQ – 2rpd 9XVT ") == CODE


@pytest.mark.parametrize(
    ("typed", "same"),
    [("Maud Le Bihan", True), ("LE BIHAN maud", True), ("Maud Bihan", False), ("", False), ("Maude Le Bihan", False)],
)
def test_a_name_is_the_same_in_whichever_order_its_words_stand(typed: str, same: bool) -> None:
    assert is_same_name(typed, "Maud Le Bihan") is same


def test_both_files_say_the_same_lines_and_the_same_bytes_each_time() -> None:
    import pypdfium2

    lines = tuple(
        PaperLine(each.kind.value, each.kind.label, each.day, each.minutes, each.until) for each in (FIRST, LATER)
    )
    paper = EngagementPaper("Maud Le Bihan", shown_code(CODE), date(2027, 1, 13), "https://a.example/verifier", lines)
    told = engagement_json(paper)
    assert told == engagement_json(paper)
    assert b'"minutes": 120' in told
    assert b'"until": "2027-01-13"' in told
    pdf = engagement_pdf(paper).pdf
    assert pdf == engagement_pdf(paper).pdf
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    assert "Maud Le Bihan" in text
    assert "k7mq-2rpd-9xvt" in text
    assert "regroupement d’un collectif" in text
