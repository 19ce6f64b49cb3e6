"""Notebooks: opened for their tutor while their season runs; what the guard knows, what is told, what has perished."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from collectifs.guard.domain.context import context_of
from collectifs.kernel import clock, vault
from collectifs.kernel.extensions import db
from collectifs.kernel.queries.short_lines import ShortLine, read_lines, together
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.models import Territory, User
from collectifs.tutoring.domain.interviews import Worked
from collectifs.tutoring.models import Notebook, PracticeBook, PracticeNote
from collectifs.tutoring.queries import notebooks as found
from collectifs.tutoring.queries import own
from tests import factories, notebooks

DAY = timedelta(days=1)
NEXT = datetime(2027, 1, 21, 12, 30, tzinfo=UTC)


@pytest.fixture
def notebook(place: Territory, helene: User, maud: User) -> Notebook:
    """Maud's, in a programme that Hélène heads."""
    return notebooks.notebook(notebooks.programme(place, helene), maud)


def test_a_notebook_its_codes_and_interviews_are_reached_by_whose_they_are(notebook: Notebook, maud: User) -> None:
    code = notebooks.code(notebook)
    row = notebooks.interview(code)
    access = found.get_interview(row.id)
    assert (access.interview, access.access.code, access.access.access.notebook) == (row, code, notebook)
    assert {access.user_id, found.get_code(code.id).user_id, found.get_notebook(notebook.id).user_id} == {maud.id}
    assert (found.get_code(code.id).id, found.get_notebook(notebook.id).id) == (code.id, notebook.id)
    for get in (found.get_notebook, found.get_code, found.get_interview):
        assert get(maud.id) is None


def test_nothing_of_a_season_that_is_over_opens(notebook: Notebook) -> None:
    code = notebooks.code(notebook)
    row = notebooks.interview(code)
    found.get_notebook(notebook.id).programme.programme.season = 2025
    db.session.flush()
    assert found.get_notebook(notebook.id) is None
    assert found.get_code(code.id) is None
    assert found.get_interview(row.id) is None
    assert found.notebook_ids_before(2026) == [notebook.id]
    assert found.notebook_ids_before(2025) == []


def test_whoever_left_a_programme_is_known_as_such(notebook: Notebook) -> None:
    assert found.get_notebook(notebook.id).has_left is False
    notebook.left_at = clock.now()
    assert found.get_notebook(notebook.id).has_left is True


def test_codes_come_by_letter_each_with_its_interviews_the_latest_first(notebook: Notebook) -> None:
    other, code = notebooks.code(notebook, "B"), notebooks.code(notebook, "A", date(2026, 10, 1))
    old = notebooks.interview(code, date(2027, 1, 4))
    new = notebooks.interview(code, date(2027, 1, 11), next_at=NEXT)
    first = notebooks.interview(code, date(2027, 1, 11))
    first.written_at -= DAY
    db.session.flush()
    opened = found.opened_codes(notebook.id)
    assert [(each.id, each.code, each.told_on) for each in opened] == [
        (code.id, "A", date(2026, 10, 1)),
        (other.id, "B", None),
    ]
    assert [each.id for each in opened[0].interviews] == [new.id, first.id, old.id]
    assert (opened[0].last.id, opened[0].next_at) == (new.id, NEXT)
    assert (opened[1].interviews, opened[1].last, opened[1].next_at) == ((), None, None)
    assert found.opened_code(found.get_code(code.id)) == opened[0]
    assert found.opened_code(found.get_code(other.id)) == opened[1]


def test_an_interview_whose_key_was_erased_is_there_without_words(notebook: Notebook) -> None:
    row = notebooks.interview(notebooks.code(notebook), next_at=NEXT)
    vault.destroy_key(row.key_id)
    (opened,) = found.opened_codes(notebook.id)
    assert (opened.last.id, opened.last.body, opened.next_at) == (row.id, None, None)
    assert list(found.told_of_notebooks(notebook.user_id)) == []


def test_the_guard_knows_who_tutors_there_who_heads_it_and_its_school(notebook: Notebook, helene, maud, place) -> None:
    karim = factories.user("Karim", "Benali")
    programme = found.get_notebook(notebook.id).programme.programme
    notebooks.notebook(programme, karim)
    notebooks.notebook(notebooks.programme(place), factories.user("Denis", "Kermeur"))
    staff = [karim, maud, helene]
    expected = context_of(
        sorted((each.given_name, each.family_name) for each in staff),
        ["lycée du Quai"],
        (),
        [each.address for each in staff],
    )
    known = found.guarded_names(found.get_notebook(notebook.id))
    assert set(known.members) == set(expected.members)
    assert (known.schools, known.addresses) == (expected.schools, expected.addresses)


def test_the_notebooks_of_somebody_come_newest_season_first(notebook: Notebook, place: Territory, maud: User) -> None:
    former = notebooks.programme(place, season=2025)
    kept = notebooks.notebook(former, maud)
    notebooks.notebook(former, factories.user())
    assert [row for row, _ in found.notebook_rows_of(maud.id)] == [notebook, kept]
    assert [programme.season for _, programme in found.notebook_rows_of(maud.id)] == [2026, 2025]
    assert found.notebook_for(former.id, maud.id) is kept
    assert found.notebook_for(notebook.programme_id, maud.id) is notebook
    assert found.notebook_for(notebook.programme_id, place.id) is None


def test_every_interview_of_some_notebooks_goes_with_them(notebook: Notebook, place: Territory, helene: User) -> None:
    row = notebooks.interview(notebooks.code(notebook))
    other = notebooks.notebook(notebooks.programme(place), helene)
    there = notebooks.interview(notebooks.code(other))
    assert found.interviews_in([notebook.id]) == [row]
    assert set(found.interviews_in([notebook.id, other.id])) == {row, there}
    assert found.interviews_in([]) == []


@pytest.mark.parametrize(
    ("season", "has_codes", "is_told", "waits"),
    [(2026, True, False, True), (2026, False, False, False), (2026, True, True, False), (2025, True, False, False)],
)
def test_whoever_wrote_in_a_notebook_is_told_once_that_it_ends(place, maud, season, has_codes, is_told, waits) -> None:
    row = notebooks.notebook(notebooks.programme(place, season=season), maud, told_at=clock.now() if is_told else None)
    if has_codes:
        notebooks.code(row)
    assert found.notebooks_to_tell(2026) == ([row] if waits else [])


def test_ones_own_copy_says_each_interview_with_what_it_has(notebook: Notebook, helene: User) -> None:
    code = notebooks.code(notebook, "B2")
    notebooks.interview(code, date(2027, 1, 4))
    notebooks.interview(code, date(2027, 1, 11), note="Relu.", next_at=NEXT, worked=(Worked.ESTEEM, Worked.OTHER))
    usual = {"programme": "Entraide du Quai", "code": "B2", "minutes": 30}
    assert list(found.told_of_notebooks(notebook.user_id)) == [
        usual
        | {
            "le": date(2027, 1, 11),
            "travaillé": ["estime de soi", "autre chose"],
            "note": "Relu.",
            "prochain rendez-vous": NEXT,
        },
        usual | {"le": date(2027, 1, 4), "travaillé": ["méthodes"]},
    ]
    assert list(found.told_of_notebooks(helene.id)) == []


def test_the_first_page_leads_to_ones_notebooks_then_to_what_one_heads_this_season(place, maud, helene) -> None:
    first, second = (notebooks.programme(place, helene, name=name) for name in ("B", "A"))
    kept = [notebooks.notebook(each, maud) for each in (first, second)]
    headed = notebooks.programme(place, maud, name="C")
    former = notebooks.programme(place, maud, season=2025)
    notebooks.notebook(former, maud)
    notebooks.notebook(headed, helene)
    lines = read_lines(together(*own.TUTORING_LINES), {"user_id": maud.id, "season": 2026})
    assert own.tutoring_among([*lines, ShortLine("other", place.id, "Z", None, None)]) == [
        own.OwnTutoring(kept[1].id, "A", is_head=False),
        own.OwnTutoring(kept[0].id, "B", is_head=False),
        own.OwnTutoring(headed.id, "C", is_head=True),
    ]


# ---------- One's own notes ----------


def a_note(who: User, season: int, ago: timedelta) -> PracticeNote:
    written = clock.now() - ago
    row = PracticeNote(id=uuid4(), user_id=who.id, season=season, written_at=written, key_id=vault.make_key())
    seal_text(row, PracticeNote.body, "Avant.")
    return factories.add(row)


def test_notes_are_kept_for_the_season_that_runs_and_read_latest_first(maud: User, helene: User) -> None:
    row = notebooks.own_note(maud, "Laisser le silence.")
    notebooks.own_note(helene, "Autre chose.")
    old, former = a_note(maud, 2026, DAY), a_note(maud, 2025, 200 * DAY)
    assert own.note_rows_of(maud.id) == [row, old, former]
    assert [each.id for each in own.opened_notes(maud.id)] == [row.id, old.id]
    assert (own.get_note(row.id).id, own.get_note(row.id).user_id) == (row.id, maud.id)
    assert own.text_of_note(own.get_note(row.id)) == "Laisser le silence."
    assert own.get_note(former.id) is None
    assert own.get_note(maud.id) is None
    assert own.notes_before(2026) == [former]
    assert own.notes_before(2025) == []


def test_of_a_note_whose_key_was_erased_nothing_is_read(maud: User) -> None:
    row = notebooks.own_note(maud, "Laisser le silence.")
    assert list(own.told_of_notes(maud.id)) == [{"écrite le": row.written_at, "texte": "Laisser le silence."}]
    vault.destroy_key(row.key_id)
    assert own.opened_notes(maud.id) == []
    assert own.text_of_note(own.get_note(row.id)) == ""
    assert list(own.told_of_notes(maud.id)) == []


def test_somebody_keeps_notes_this_season_or_does_not(maud: User, helene: User) -> None:
    book = factories.add(PracticeBook(user_id=maud.id, season=2026, opened_at=clock.now()))
    factories.add(PracticeBook(user_id=helene.id, season=2025, opened_at=clock.now()))
    assert own.practice_book(maud.id) is book
    assert own.practice_book(helene.id) is None
    assert own.practice_book(factories.user().id) is None
