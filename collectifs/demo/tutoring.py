"""The tutoring of the demonstration: one school programme with two tutors where it is open; elsewhere it is closed.

Nobody is real, and nobody who is tutored has a name.
"""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

from collectifs.demo.rows import Stage, add, note
from collectifs.kernel.vault import make_key
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.domain.person import Role
from collectifs.people.models import User
from collectifs.tutoring.domain.interviews import InterviewBody, Worked
from collectifs.tutoring.models import Interview, Notebook, TutoredCode, TutoringOpening, TutoringProgramme

WHERE = "99"
OPENED, BEGUN, TOLD = (9, 22), (9, 28), (10, 2)
PEOPLE = (
    ("Claire", "Aubin", "dirige un lycée, lit les nombres d’un programme de tutorat", "institution"),
    ("Aminata", "Konaté", "tutrice dans un lycée, tient un carnet par codes", "collective"),
    ("Denis", "Rocher", "tuteur dans le même programme", "collective"),
)
# For each tutor: a code, whether the guardians were told, then how many days ago, minutes, what was worked on, a note.
NOTEBOOKS: tuple[tuple[tuple[str, bool, tuple[tuple[int, int, tuple[Worked, ...], str], ...]], ...], ...] = (
    (
        (
            "A",
            True,
            (
                (6, 30, (Worked.METHODS, Worked.ESTEEM), "Copie relue avant de me la montrer, pour la première fois."),
                (34, 30, (Worked.METHODS,), "Trois fiches de révision au lieu d’une nuit entière."),
                (62, 25, (Worked.ORGANISING,), ""),
                (90, 40, (Worked.ESTEEM, Worked.ORGANISING), "Parle peu. Laisser le silence."),
            ),
        ),
        ("B2", True, ((34, 20, (Worked.ATTENDANCE,), ""), (69, 30, (Worked.ATTENDANCE, Worked.SCHOOL_LIFE), ""))),
        ("C", True, ((27, 40, (Worked.ORIENTATION,), "Hésite entre deux voies : aller voir les deux."),)),
        ("D", False, ()),
    ),
    (
        ("A", True, ((8, 30, (Worked.METHODS,), ""), (36, 30, (Worked.ATTENDANCE,), ""))),
        ("B", True, ((15, 20, (Worked.BEHAVIOUR,), ""), (50, 30, (Worked.METHODS, Worked.ESTEEM), ""))),
    ),
)


def add_tutoring(stage: Stage) -> None:
    """The act that opens it, the programme, its head, two notebooks."""
    where = stage.territories[WHERE]
    managers = [each for each in stage.data.people.values() if each.role is Role.MANAGER and each.territory == WHERE]
    manager = stage.people[managers[0].id] if managers else None
    opened = _at(stage, OPENED)
    row = add(TutoringOpening(territory_id=where.id, advised_on=opened.date() - timedelta(days=4), opened_at=opened))
    note("tutoring_opened", row, by=manager, at=opened)
    head, *tutors = [_somebody(stage, *each) for each in PEOPLE]
    programme = TutoringProgramme(territory_id=where.id, season=stage.data.season, head_id=head.id)
    programme.name, programme.school, programme.made_at = "Entraide du Quai", "lycée du Quai", _at(stage, BEGUN)
    note("programme_created", add(programme), by=manager, at=_at(stage, BEGUN))
    for tutor, codes in zip(tutors, NOTEBOOKS, strict=True):
        notebook = add(Notebook(programme_id=programme.id, user_id=tutor.id, made_at=_at(stage, BEGUN)))
        note("tutor_added", notebook, by=head, at=_at(stage, BEGUN))
        for code, is_told, interviews in codes:
            told_on = _at(stage, TOLD).date() if is_told else None
            of = add(TutoredCode(notebook_id=notebook.id, code=code, told_on=told_on))
            for ago, minutes, worked, words in interviews:
                _add_interview(stage, of, ago, InterviewBody(minutes, worked, words, _next(stage, code, ago)))


def _add_interview(stage: Stage, code: TutoredCode, ago: int, body: InterviewBody) -> None:
    held_on = _day(stage, ago)
    written_at = datetime.combine(held_on, time(17), stage.data.tz)
    row = Interview(id=uuid4(), code_id=code.id, held_on=held_on, written_at=written_at, key_id=make_key())
    seal_text(row, Interview.body, body.to_json())
    add(row)


def _next(stage: Stage, code: str, ago: int) -> datetime | None:
    """A fortnight on, for those who come back soon."""
    if ago > 14 or code == "C":
        return None
    return datetime.combine(_day(stage, ago) + timedelta(days=14), time(12, 30), stage.data.tz)


def _day(stage: Stage, ago: int) -> date:
    return stage.now.astimezone(stage.data.tz).date() - timedelta(days=ago)


def _at(stage: Stage, day: tuple[int, int]) -> datetime:
    return datetime(stage.data.season, *day, 10, tzinfo=stage.data.tz)


def _somebody(stage: Stage, given: str, family: str, sentence: str, circle: str) -> User:
    address = f"{given}.{family}@lycee-du-quai.example".lower().replace("é", "e")
    row = User(given_name=given, family_name=family, address=address, created_at=_at(stage, BEGUN))
    row.is_demo, row.demo_circle, row.demo_line = True, circle, sentence
    return add(row)
