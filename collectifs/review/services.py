"""The institution's reading: traced, marked, remarked upon; and the collective's answer."""

from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from sqlalchemy import Table, delete, insert

from collectifs.collectives.queries.collectives import collectives_on
from collectifs.kernel import clock
from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED
from collectifs.kernel.text.typography import join_names
from collectifs.kernel.vault import make_key
from collectifs.kernel.vault.files import seal_file
from collectifs.kernel.vault.texts import seal_text
from collectifs.kernel.work import DestroyKey
from collectifs.meetings.domain.resources import Resource
from collectifs.people.domain.person import Person
from collectifs.review.domain.pile import check_can_be_kept, same_reading_since
from collectifs.review.domain.work import MailExportReady, MakeSheetExport
from collectifs.review.models import ExportedSheet, ExportForm, ReadingMark, SavedFilter, SheetExport
from collectifs.review.queries.copies import (
    TRACE_COLUMNS,
    UNLESS_JUST_NOTED,
    Copy,
    SubmittedFacts,
    remark_key,
    remarks_on,
    submitted_row,
)
from collectifs.review.queries.filters import filters_of
from collectifs.review.queries.pile import has_marked
from collectifs.sheets.domain.anonymity import names_found, perhaps_names, quoted, to_ask_about
from collectifs.sheets.domain.life import SheetLife, check_can_be_reviewed
from collectifs.sheets.domain.work import MailRemark
from collectifs.sheets.models import ReadingTrace, Remark
from collectifs.sheets.queries.sheets import SheetAccess, get_sheet
from collectifs.sheets.services.sheets import names_to_remove

_READ = insert(cast(Table, ReadingTrace.__table__)).from_select(TRACE_COLUMNS, UNLESS_JUST_NOTED)


def record_reading(facts: Copy, *, by: Person) -> None:
    """Somebody of the institution opens a sheet: the collective will see it; once for an hour of theirs."""
    now = clock.now()
    read = {"id": uuid4(), "submitted_id": facts.id, "reader_id": by.id, "read_at": now}
    db.session.execute(_READ, read | {"since": same_reading_since(now)})  # a row, or none: the page waits for it


def mark_as_read(facts: SubmittedFacts, *, now: datetime, by: Person) -> None:
    """Read by oneself, once; the first of all tells the collective that it was read: a mark, no value."""
    if has_marked(by.id, facts.id):
        return
    if facts.reviewed_at is None:
        check_can_be_reviewed(SheetLife(submitted_at=facts.submitted_at, withdrawn_at=facts.withdrawn_at), now)
        row = submitted_row(facts.id)
        row.reviewed_at, row.reviewed_by_id = now, by.id
        record("sheet_reviewed", row, by=by)
    db.session.add(ReadingMark(submitted_id=facts.id, reader_id=by.id, marked_at=now))
    db.session.flush()


def keep_filter(name: str, args: dict[str, str], *, now: datetime, by: Person) -> None:
    """Keep a filter by name, for oneself; the same name takes the place of the former one. No word is kept."""
    mine = {each.name: each for each in filters_of(by.id)}
    former = mine.get(name)
    check_can_be_kept(name, len(mine) - bool(former))
    kept = former or SavedFilter(user_id=by.id, name=name)
    kept.args, kept.made_at = args, now
    db.session.add(kept)


def drop_filter(kept: SavedFilter) -> None:
    """Keep it no more."""
    db.session.delete(kept)


def settle_exchange(facts: SubmittedFacts, *, now: datetime, by: Person) -> None:
    """Nothing more is expected of it; a word that is written later opens it again."""
    if not remarks_on(facts.id):
        raise RuleBroken("Il n’y a pas d’échange à clore.")
    row = submitted_row(facts.id)
    row.settled_at = now
    record("exchange_settled", row, by=by)


MOST_EXPORTED = 400


def ask_export(sheets: list[UUID], form: ExportForm, *, now: datetime, by: Person) -> SheetExport:
    """Ask for sheets in one file: the worker makes it. Each of them will be noted as read."""
    if not sheets:
        raise RuleBroken("Il n’y a aucune fiche à mettre dans ce fichier.")
    if len(sheets) > MOST_EXPORTED:
        raise RuleBroken(f"Un fichier tient {MOST_EXPORTED} fiches au plus : filtrez d’abord.")
    row = SheetExport(id=uuid4(), user_id=by.id, form=form, asked_at=now, key_id=make_key(), body=ERASED)
    db.session.add(row)
    db.session.flush()
    db.session.add_all(ExportedSheet(export_id=row.id, submitted_id=each) for each in sheets)
    record("sheets_exported", row, by=by)
    ask(MakeSheetExport(row.id))
    return row


def fill_export(row: SheetExport, content: bytes, sheets: list[UUID], *, now: datetime) -> None:
    """Seal the file, note that each of its sheets was read, and tell whoever asked."""
    seal_file(row, content, now=now)
    for each in sheets:
        db.session.add(ReadingTrace(submitted_id=each, reader_id=row.user_id, read_at=now))
    ask(MailExportReady(row.user_id, row.id))


def erase_export(row: SheetExport) -> None:
    """Nothing is left of an export: its row and its key."""
    ask(DestroyKey(row.key_id))
    db.session.execute(delete(ExportedSheet).where(ExportedSheet.export_id == row.id))
    db.session.delete(row)


def send_remark(
    facts: SubmittedFacts,
    *,
    text: str,
    now: datetime,
    by: Person,
    nobody_named: bool = False,
    resource: Resource | None = None,
) -> None:
    """A word of the inspection to the collective, which is told by mail; with a resource of the library, if any.

    The name of any collective of the territory is refused alike: a refusal does not say whose code this is. Words
    that may be a person's name are asked about, whoever belongs: the question does not say who does.
    """
    names = [collective.name for collective in collectives_on(frozenset({facts.territory_id}), facts.season)]
    named = names_found(text, [(name, name) for name in names if name != facts.collective_name])
    if named:
        words = quoted(named)
        raise RuleBroken(f"Un collectif ne porte ici que son code, et personne n’est nommé : retirez {words}.", "text")
    if not nobody_named:
        _ask_about_names(text.replace(facts.collective_name, "") if facts.collective_name else text)
    _write(facts.id, f"{text}{_suggested(resource)}", now, by, from_inspection=True)
    sheet = get_sheet(submitted_row(facts.id).sheet_id)
    for user_id in sorted(sheet.objector_ids) if sheet else []:
        ask(MailRemark(user_id, submitted_row(facts.id).sheet_id))


def _suggested(resource: Resource | None) -> str:
    """« Une ressource, peut-être : … », under the words of the remark."""
    if resource is None:
        return ""
    return f"\n\nUne ressource, peut-être : {', '.join(filter(None, (resource.title, resource.address)))}"


def reply_to_remark(access: SheetAccess, *, text: str, now: datetime, by: Person, nobody_named: bool = False) -> None:
    """The pilot answers the inspection, in the collective's name: nobody is named there either."""
    copy = access.copy
    if copy is None or copy.withdrawn_at or not remarks_on(copy.id):
        raise RuleBroken("Il n’y a pas de remarque à laquelle répondre.")
    named = [word for word in names_to_remove(access, [text]) if word != copy.collective_name]
    if named:
        raise RuleBroken(f"L’inspection lira cette réponse : retirez {quoted(named)}.", "text")
    if not nobody_named:
        _ask_about_words(text.replace(copy.collective_name, "") if copy.collective_name else text, access)
    _write(copy.id, text, now, by, from_inspection=False)


def _ask_about_names(text: str) -> None:
    """A question to the inspection, once, without any list of members."""
    words = perhaps_names(text)
    if words:
        verb = "désigne-t-il" if len(words) == 1 else "désignent-ils"
        raise RuleBroken(
            f"{quoted(words)} {verb} une personne ? Si oui, retirez-la ; sinon, cochez cette case.", "nobody_named"
        )


def _ask_about_words(text: str, access: SheetAccess) -> None:
    """The guard's question to the collective, once: to keep the words, to replace them, or to say it otherwise."""
    found = to_ask_about(text, access.access.guarded)
    if found:
        said = quoted(list(dict.fromkeys(each.said for each in found)))
        ways = list(dict.fromkeys(f"« {each.said} » par « {each.instead} »" for each in found if each.instead))
        proposed = f" Vous pouvez remplacer {join_names(ways)}." if ways else ""
        raise RuleBroken(
            f"Avec {said}, un lecteur du département pourrait-il reconnaître quelqu’un ?{proposed}"
            " Changez ces mots, ou cochez cette case pour les garder.",
            "nobody_named",
        )


def _write(submitted_id: UUID, text: str, now: datetime, by: Person, *, from_inspection: bool) -> None:
    """A thread has one key: its remarks and answers perish together."""
    remark = Remark(
        id=uuid4(),
        submitted_id=submitted_id,
        author_id=by.id,
        from_inspection=from_inspection,
        key_id=remark_key(submitted_id) or make_key(),
        written_at=now,
    )
    seal_text(remark, Remark.body, text)
    db.session.add(remark)
    record("remark_written" if from_inspection else "remark_answered", remark, by=by)
