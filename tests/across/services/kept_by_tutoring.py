"""What tutoring keeps of people, for test_retention.py."""

from collectifs.report.domain.questionnaire import Box
from collectifs.report.models import EvaluationBox, EvaluationReturn
from collectifs.tutoring.models import Interview, Notebook, PracticeBook, PracticeNote, TutoredCode, TutoringProgramme
from tests import factories
from tests import notebooks as tutoring
from tests.across.services.lasting import SEASON_OVER, Case, any_row
from tests.circle import Circle


def programmes(circle: Circle, moment) -> Case:
    tutoring.programme(circle.territory, circle.pilot)
    return (lambda: any_row(TutoringProgramme)), SEASON_OVER


def notebooks(circle: Circle, moment) -> Case:
    tutoring.code(tutoring.notebook(tutoring.programme(circle.territory), circle.maud))
    return (lambda: any_row(Notebook) or any_row(TutoredCode)), SEASON_OVER


def interviews(circle: Circle, moment) -> Case:
    notebook = tutoring.notebook(tutoring.programme(circle.territory), circle.maud)
    tutoring.interview(tutoring.code(notebook), note="Un mot.")
    return (lambda: any_row(Interview)), SEASON_OVER


def practice_notes(circle: Circle, moment) -> Case:
    tutoring.own_note(circle.maud, "Un mot.")
    return (lambda: any_row(PracticeNote) or any_row(PracticeBook)), SEASON_OVER


def evaluations(circle: Circle, moment) -> Case:
    tutoring.evaluation(circle.territory, Box(5, {"place": {"no": 5}}))
    return (lambda: any_row(EvaluationBox)), SEASON_OVER


def evaluation_returns(circle: Circle, moment) -> Case:
    factories.add(EvaluationReturn(user_id=circle.maud.id, territory_id=circle.territory.id, season=2026))
    return (lambda: any_row(EvaluationReturn)), SEASON_OVER


TUTORING = (programmes, notebooks, interviews, practice_notes, evaluations, evaluation_returns)
