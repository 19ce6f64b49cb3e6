"""Notebooks: for the tutor alone, opened; and what of them has perished."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select

from collectifs.guard.domain.context import Context, context_of
from collectifs.kernel.extensions import db
from collectifs.kernel.vault import Perished, Tampered
from collectifs.kernel.vault.texts import note_closed, open_text
from collectifs.people.models import User
from collectifs.tutoring.domain.interviews import InterviewBody
from collectifs.tutoring.models import Interview, Notebook, TutoredCode, TutoringProgramme
from collectifs.tutoring.queries.programmes import ProgrammeAccess, get_programme


@dataclass(frozen=True)
class NotebookAccess:
    """A notebook with its programme."""

    notebook: Notebook
    programme: ProgrammeAccess

    @property
    def id(self) -> UUID:
        """The id of the notebook."""
        return self.notebook.id

    @property
    def user_id(self) -> UUID:
        """Whose it is."""
        return self.notebook.user_id

    @property
    def has_left(self) -> bool:
        """Whether its tutor left the programme."""
        return self.notebook.left_at is not None


@dataclass(frozen=True)
class CodeAccess:
    """A code with its notebook."""

    code: TutoredCode
    access: NotebookAccess

    @property
    def id(self) -> UUID:
        """The id of the code."""
        return self.code.id

    @property
    def user_id(self) -> UUID:
        """Whose notebook it stands in."""
        return self.access.user_id


@dataclass(frozen=True)
class InterviewAccess:
    """An interview with its code and notebook."""

    interview: Interview
    access: CodeAccess

    @property
    def user_id(self) -> UUID:
        """Whose notebook it stands in."""
        return self.access.user_id


@dataclass(frozen=True)
class OpenedInterview:
    """An interview in clear; `body` is None where it does not open any more."""

    id: UUID
    held_on: date
    body: InterviewBody | None


@dataclass(frozen=True)
class OpenedCode:
    """A code with its interviews, the latest first."""

    id: UUID
    code: str
    told_on: date | None
    interviews: tuple[OpenedInterview, ...]

    @property
    def last(self) -> OpenedInterview | None:
        """The latest interview."""
        return self.interviews[0] if self.interviews else None

    @property
    def next_at(self) -> datetime | None:
        """When the next one is, as the latest interview says."""
        return self.last.body.next_at if self.last and self.last.body else None


def get_notebook(notebook_id: UUID) -> NotebookAccess | None:
    """A notebook of the season that runs."""
    row = db.session.get(Notebook, notebook_id)
    programme = get_programme(row.programme_id) if row else None
    return NotebookAccess(row, programme) if row and programme else None


def get_code(code_id: UUID) -> CodeAccess | None:
    """A code of such a notebook."""
    row = db.session.get(TutoredCode, code_id)
    access = get_notebook(row.notebook_id) if row else None
    return CodeAccess(row, access) if row and access else None


def get_interview(interview_id: UUID) -> InterviewAccess | None:
    """An interview of such a notebook."""
    row = db.session.get(Interview, interview_id)
    access = get_code(row.code_id) if row else None
    return InterviewAccess(row, access) if row and access else None


def opened_codes(notebook_id: UUID) -> list[OpenedCode]:
    """All of a notebook, by code: A, B, B2."""
    codes = db.session.scalars(
        select(TutoredCode).where(TutoredCode.notebook_id == notebook_id).order_by(TutoredCode.code)
    ).all()
    found: dict[UUID, list[OpenedInterview]] = {each.id: [] for each in codes}
    for row in db.session.scalars(_interviews_of(Notebook.id == notebook_id)):
        found[row.code_id].append(OpenedInterview(row.id, row.held_on, _body_of(row)))
    return [OpenedCode(each.id, each.code, each.told_on, tuple(found[each.id])) for each in codes]


def opened_code(access: CodeAccess) -> OpenedCode:
    """One code with its interviews."""
    row = access.code
    rows = db.session.scalars(_interviews_of(TutoredCode.id == row.id))
    found = tuple(OpenedInterview(each.id, each.held_on, _body_of(each)) for each in rows)
    return OpenedCode(row.id, row.code, row.told_on, found)


def _interviews_of(which: object) -> Select[Interview]:
    query = select(Interview).join(TutoredCode, TutoredCode.id == Interview.code_id)
    return (
        query.join(Notebook, Notebook.id == TutoredCode.notebook_id)
        .where(which)  # type: ignore[arg-type]
        .order_by(Interview.held_on.desc(), Interview.written_at.desc(), Interview.id)
    )


def _body_of(row: Interview) -> InterviewBody | None:
    try:
        return InterviewBody.read(open_text(row, Interview.body))
    except Perished:
        return None
    except Tampered:
        note_closed(Interview.body)
        return None


def guarded_names(access: NotebookAccess) -> Context:
    """What the guard knows of a programme: who tutors in it, who heads it, its school."""
    programme = access.programme.programme
    staff = db.session.execute(
        select(User.given_name, User.family_name, User.address)
        .outerjoin(Notebook, Notebook.user_id == User.id)
        .where((Notebook.programme_id == programme.id) | (User.id == programme.head_id))
        .distinct()
        .order_by(User.family_name, User.given_name)
    ).all()
    names = [(given, family) for given, family, _ in staff]
    return context_of(names, [programme.school], addresses=[address for _, _, address in staff])


def notebook_rows_of(user_id: UUID) -> list[tuple[Notebook, TutoringProgramme]]:
    """Every notebook of somebody, with its programme, the newest season first."""
    rows = db.session.execute(
        select(Notebook, TutoringProgramme)
        .join(TutoringProgramme, TutoringProgramme.id == Notebook.programme_id)
        .where(Notebook.user_id == user_id)
        .order_by(TutoringProgramme.season.desc(), TutoringProgramme.name, Notebook.id)
    )
    return [(row, programme) for row, programme in rows]


def notebook_for(programme_id: UUID, user_id: UUID) -> Notebook | None:
    """The notebook of somebody in a programme."""
    query = select(Notebook).where(Notebook.programme_id == programme_id, Notebook.user_id == user_id)
    return db.session.scalars(query).one_or_none()


def interviews_in(notebook_ids: Collection[UUID]) -> list[Interview]:
    """Every interview of some notebooks, to erase their keys."""
    return list(db.session.scalars(_interviews_of(Notebook.id.in_(list(notebook_ids)))))


def notebook_ids_before(season: int) -> list[UUID]:
    """Notebooks of seasons that are over."""
    query = select(Notebook.id).join(TutoringProgramme, TutoringProgramme.id == Notebook.programme_id)
    return list(db.session.scalars(query.where(TutoringProgramme.season < season).order_by(Notebook.id)))


def notebooks_to_tell(season: int) -> list[Notebook]:
    """Notebooks with something in them whose tutor was not told yet that they end."""
    written = select(TutoredCode.id).where(TutoredCode.notebook_id == Notebook.id).exists()
    query = select(Notebook).join(TutoringProgramme, TutoringProgramme.id == Notebook.programme_id)
    waiting = query.where(TutoringProgramme.season == season, Notebook.told_at.is_(None), written)
    return list(db.session.scalars(waiting.order_by(Notebook.id)))


def told_of_notebooks(user_id: UUID) -> Iterator[dict[str, object]]:
    """What somebody's own copy says of their interviews."""
    for notebook, programme in notebook_rows_of(user_id):
        for code in opened_codes(notebook.id):
            for each in code.interviews:
                if each.body is not None:
                    yield _told(programme.name, code, each.held_on, each.body)


def _told(programme: str, code: OpenedCode, held_on: date, body: InterviewBody) -> dict[str, object]:
    found: dict[str, object] = {"programme": programme, "code": code.code, "le": held_on, "minutes": body.minutes}
    found["travaillé"] = [each.label for each in body.worked]
    if body.note:
        found["note"] = body.note
    if body.next_at:
        found["prochain rendez-vous"] = body.next_at
    return found
