"""The mail of the week: when it leaves, and how it counts."""

from datetime import UTC, datetime

import pytest

from collectifs.across.domain.week import Line, latest_monday, lines_of
from collectifs.kernel.work import Choosable, Mail
from collectifs.report.domain.work import MailQuestionnaire
from collectifs.review.domain.work import MailExportReady, MailSheetsWait
from collectifs.sheets.domain.work import MailRemark, MailSheetWaits, MailSheetWithdrawn

REMARK = Choosable("…", "remarque", "remarques", feminine=True)
CHANGE = Choosable("…", "changement de pilote", "changements de pilote")


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        (datetime(2027, 1, 13, 13, 0, tzinfo=UTC), datetime(2027, 1, 11, 6, 0, tzinfo=UTC)),
        (datetime(2027, 1, 11, 6, 0, tzinfo=UTC), datetime(2027, 1, 11, 6, 0, tzinfo=UTC)),
        (datetime(2027, 1, 11, 5, 59, tzinfo=UTC), datetime(2027, 1, 4, 6, 0, tzinfo=UTC)),
        (datetime(2027, 1, 10, 23, 30, tzinfo=UTC), datetime(2027, 1, 4, 6, 0, tzinfo=UTC)),  # Monday, 0 h 30
        (datetime(2027, 3, 28, 12, 0, tzinfo=UTC), datetime(2027, 3, 22, 6, 0, tzinfo=UTC)),
        (datetime(2027, 3, 29, 12, 0, tzinfo=UTC), datetime(2027, 3, 29, 5, 0, tzinfo=UTC)),  # summer time
    ],
)
def test_what_is_due_is_what_waited_before_the_last_monday_at_seven_in_paris(now, monday):
    assert latest_monday(now) == monday


def test_each_kind_is_counted_once_a_page_with_the_pages_that_show_it():
    found = [(REMARK, "Les Tilleuls", "/a"), (CHANGE, "L’Estuaire", "/c"), (REMARK, "L’Estuaire", "/b")]
    assert lines_of([*found, (REMARK, "Les Tilleuls", "/a")]) == [
        Line("Deux remarques", (("Les Tilleuls", "/a"), ("L’Estuaire", "/b"))),
        Line("Un changement de pilote", (("L’Estuaire", "/c"),)),
    ]
    assert lines_of([]) == []


@pytest.mark.parametrize(
    ("mail", "one"),
    [
        (MailSheetWithdrawn, "Une fiche retirée"),
        (MailRemark, "Une remarque de l’inspection"),
        (MailSheetWaits, "Une fiche à reprendre ou à transmettre"),
        (MailSheetsWait, "Un rappel des fiches qui attendent"),
        (MailExportReady, "Un fichier prêt"),
        (MailQuestionnaire, "Un questionnaire"),
    ],
)
def test_each_kind_is_counted_in_its_own_gender(mail: type[Mail], one: str):
    assert [each.words for each in lines_of([(mail.told, "Les Tilleuls", "/a")])] == [one]
