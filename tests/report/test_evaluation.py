"""What tutors of pupils say of its modalities: once each, without a name, the programmes of a territory together."""

from datetime import UTC, datetime

import pytest

from collectifs.across.queries.perished import needed_keys
from collectifs.across.services.forgetting import erase_account
from collectifs.across.services.tidying import tidy
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.report.domain.questionnaire import results, sentences_shown
from collectifs.report.domain.questions import MODALITIES, Answer
from collectifs.report.models import EvaluationBox, EvaluationReturn
from collectifs.report.queries.evaluation import get_evaluation
from collectifs.report.services.evaluation import send_evaluation
from collectifs.tutoring.queries.notebooks import get_notebook
from tests import factories, notebooks

TICKED = {"place": [Answer.NO]}


def on(month: int, day: int) -> datetime:
    return datetime(2027, month, day, 12, tzinfo=UTC)


@pytest.fixture
def keeps(place, maud, moment):
    """A notebook of Maud's, in May."""
    row = notebooks.notebook(notebooks.programme(place), maud)
    moment.move_to(on(5, 3), tick=False)
    return row


def answer(notebook, sentence: str = "", *, sure: bool = False, ticked=None) -> None:
    access = get_notebook(notebook.id)
    send_evaluation(access, ticked=ticked or TICKED, sentence=sentence, nobody_told=sure, now=clock.now())
    db.session.flush()


def refused(notebook, sentence: str = "") -> RuleBroken:
    with pytest.raises(RuleBroken) as broken:
        answer(notebook, sentence)
    return broken.value


def test_a_tutor_answers_once_by_whatever_notebook_of_the_territory_and_one_who_left_too(keeps, place, maud) -> None:
    keeps.left_at = clock.now()
    answer(keeps)
    assert "qu’une fois" in refused(keeps).sentence
    assert "qu’une fois" in refused(notebooks.notebook(notebooks.programme(place, name="Cordée"), maud)).sentence
    elsewhere = notebooks.programme(factories.territory("Hautes-Sources"))
    answer(notebooks.notebook(elsewhere, maud))
    assert db.session.query(EvaluationReturn).count() == db.session.query(EvaluationBox).count() == 2


def test_nothing_tells_which_tutor_answered_what_or_when(keeps) -> None:
    before = db.session.query(AuditEvent).count()
    answer(keeps, "Un lieu calme a manqué.")
    assert db.session.query(AuditEvent).count() == before
    columns = {column.name for model in (EvaluationBox, EvaluationReturn) for column in model.__table__.columns}
    assert columns == {"id", "key_id", "territory_id", "season", "body", "user_id"}
    row = db.session.query(EvaluationBox).one()
    assert b"calme" not in bytes(row.body)
    assert row.key_id in needed_keys()


@pytest.mark.parametrize(
    ("sentence", "field"),
    [
        ("Le lycée du Quai n’a pas donné de salle.", "sentence"),
        ("La 4eB a manqué de temps.", "sentence"),
        ("Écrire à lea@ecole.example m’a aidée.", "sentence"),
        ("Avec Léa, il a manqué une heure.", "nobody_told"),
    ],
)
def test_a_sentence_that_names_a_pupil_a_class_or_the_school_is_refused_or_asked_about(keeps, sentence, field) -> None:
    assert refused(keeps, sentence).field == field
    assert db.session.query(EvaluationBox).count() == db.session.query(EvaluationReturn).count() == 0


def test_words_that_tell_nobody_are_kept_once_looked_at_again(keeps, moment) -> None:
    answer(keeps, "Il faudrait relire Phèdre ensemble.", sure=True)
    moment.move_to(on(7, 1), tick=False)
    assert get_evaluation(keeps_place(keeps)).box.sentences == ("Il faudrait relire Phèdre ensemble.",)


def keeps_place(notebook):
    return get_notebook(notebook.id).programme.territory.id


@pytest.mark.parametrize(("month", "day"), [(4, 30), (7, 1)])
def test_outside_may_and_june_nothing_is_taken(keeps, moment, month, day) -> None:
    moment.move_to(on(month, day), tick=False)
    assert "pas ouvertes" in refused(keeps).sentence


def test_programmes_of_a_territory_are_read_together_and_nothing_under_five(place, maud, helene, moment) -> None:
    first, second = notebooks.programme(place, helene), notebooks.programme(place, name="Cordée")
    moment.move_to(on(5, 3), tick=False)
    tutors = [maud, *(factories.user(f"Tuteur{number}") for number in range(4))]
    for number, who in enumerate(tutors):
        moment.move_to(on(6, 30), tick=False)
        answer(notebooks.notebook((first, second)[number % 2], who), "Du temps, merci." if number else "")
        assert get_evaluation(place.id).box is None  # no answer is seen to arrive
        moment.move_to(on(7, 1), tick=False)
        box = get_evaluation(place.id).box
        assert bool(results(MODALITIES, box)) is bool(sentences_shown(box)) is (number == 4)
    assert (box.returns, get_evaluation(place.id).head_ids) == (5, {helene.id})


def test_after_31_august_nothing_is_read_and_everything_goes_with_its_key(keeps, moment) -> None:
    answer(keeps)
    where, key = keeps_place(keeps), db.session.query(EvaluationBox).one().key_id
    moment.move_to(on(9, 1), tick=False)
    assert get_evaluation(where).box is None
    tidy(now=clock.now())
    db.session.flush()
    assert db.session.query(EvaluationBox).count() == db.session.query(EvaluationReturn).count() == 0
    assert key not in needed_keys()


def test_whoever_erases_their_account_leaves_no_trace_of_having_answered(keeps, maud) -> None:
    answer(keeps)
    erase_account(maud, now=clock.now())
    assert db.session.query(EvaluationReturn).count() == 0
    assert db.session.query(EvaluationBox).count() == 1  # theirs can no longer be told apart
