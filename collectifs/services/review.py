"""The institution's reading: traced, marked, remarked upon; and the collective's answer."""

from datetime import datetime
from uuid import UUID, uuid4

from collectifs import clock, vault
from collectifs.domain.anonymity import names_found
from collectifs.domain.errors import RuleBroken
from collectifs.domain.person import Person
from collectifs.domain.sheet_life import SheetLife, check_can_be_reviewed
from collectifs.domain.typography import join_names
from collectifs.extensions import db
from collectifs.models import ReadingTrace, Remark
from collectifs.queries.collectives import collectives_on
from collectifs.queries.review import SubmittedFacts, remark_key, remarks_on, submitted_row
from collectifs.queries.sheets import SheetAccess, get_sheet, submitted_copy
from collectifs.services.audit import ask_job, record
from collectifs.services.sheets import names_to_remove


def record_reading(facts: SubmittedFacts, *, by: Person) -> None:
    """Somebody of the institution opens a sheet: the collective will see it."""
    db.session.add(ReadingTrace(submitted_id=facts.id, reader_id=by.id, read_at=clock.now()))


def mark_as_reviewed(facts: SubmittedFacts, *, now: datetime, by: Person) -> None:
    """Read: a mark, no value."""
    life = SheetLife(
        submitted_at=facts.submitted_at, reviewed_at=facts.reviewed_at, withdrawn_at=facts.withdrawn_at
    )
    check_can_be_reviewed(life, now)
    row = submitted_row(facts.id)
    row.reviewed_at, row.reviewed_by_id = now, by.id
    record("sheet_reviewed", row, by=by)


def send_remark(facts: SubmittedFacts, *, text: str, now: datetime, by: Person) -> None:
    """A word of the inspection to the collective, which is told by mail.

    The name of any collective of the territory is refused alike: a refusal does not say whose code this is.
    """
    names = [collective.name for collective in collectives_on(frozenset({facts.territory_id}), facts.season)]
    named = names_found(text, [(name, name) for name in names])
    if named:
        quoted = join_names([f"« {word} »" for word in named])
        raise RuleBroken(f"Un collectif ne porte ici que son code, et personne n’est nommé : retirez {quoted}.", "text")
    _write(facts.id, text, now, by, from_inspection=True)
    sheet = get_sheet(submitted_row(facts.id).sheet_id)
    for user_id in sorted(sheet.reader_ids) if sheet else []:
        ask_job("mail_remark", user_id=user_id, sheet_id=submitted_row(facts.id).sheet_id)


def reply_to_remark(access: SheetAccess, *, text: str, now: datetime, by: Person) -> None:
    """The pilot answers the inspection, in the collective's name: nobody is named there either."""
    copy = submitted_copy(access.sheet.id)
    if copy is None or copy.withdrawn_at or not remarks_on(copy.id):
        raise RuleBroken("Il n’y a pas de remarque à laquelle répondre.")
    named = names_to_remove(access, [text])
    if named:
        quoted = join_names([f"« {word} »" for word in named])
        raise RuleBroken(f"L’inspection lira cette réponse : retirez {quoted}.", "text")
    _write(copy.id, text, now, by, from_inspection=False)


def _write(submitted_id: UUID, text: str, now: datetime, by: Person, *, from_inspection: bool) -> None:
    """A thread has one key: its remarks and answers perish together."""
    remark_id, key_id = uuid4(), remark_key(submitted_id) or vault.make_key()
    remark = Remark(
        id=remark_id,
        submitted_id=submitted_id,
        author_id=by.id,
        from_inspection=from_inspection,
        key_id=key_id,
        body=vault.seal(text, key_id, vault.place("remarks", remark_id, "body", key_id)),
        written_at=now,
    )
    db.session.add(remark)
    record("remark_written" if from_inspection else "remark_answered", remark, by=by)
