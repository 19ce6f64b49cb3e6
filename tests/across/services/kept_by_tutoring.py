"""What tutoring keeps of people, for test_retention.py."""

from collectifs.tutoring.models import Interview, Notebook, PracticeBook, PracticeNote, TutoredCode, TutoringProgramme
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


TUTORING = (programmes, notebooks, interviews, practice_notes)
