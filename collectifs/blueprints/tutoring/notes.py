"""Notes on one's own practice: closed until one opens them; nobody else ever reads them."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.tutoring.area import bp
from collectifs.blueprints.tutoring.forms import NoteForm
from collectifs.collectives.queries.collectives import belongings_of
from collectifs.kernel import clock
from collectifs.tutoring.permissions import can_keep_note
from collectifs.tutoring.queries.own import NoteAccess, get_note, opened_notes, practice_book
from collectifs.tutoring.services.notes import close_notes, open_notes, remove_note, write_note
from collectifs.web.access import access, me, signed_in
from collectifs.web.perform import perform


@bp.route("/mes-notes", methods=["GET", "POST"])
@access(signed_in)
def notes() -> ResponseReturnValue:
    """What they are, and opening them; once open, writing one and reading one's own."""
    form = NoteForm()
    return perform(
        form,
        lambda: write_note(form.text.data, now=clock.now(), by=me()),
        then=url_for(".notes"),
        page="tutoring/notes.html",
        said="La note est gardée. Personne d’autre que vous ne l’ouvre.",
        book=practice_book(me().id),
        notes=opened_notes(me().id),
        has_collective=any(is_present for _, is_present in belongings_of(me().id)),
    )


@bp.post("/mes-notes/ouvrir")
@access(signed_in)
def open_book() -> ResponseReturnValue:
    """One's own choice, until 31 August."""
    open_notes(now=clock.now(), by=me())
    return redirect(url_for(".notes"))


@bp.post("/mes-notes/fermer")
@access(signed_in)
def close_book() -> ResponseReturnValue:
    """Every note goes."""
    close_notes(by=me())
    flash("Vos notes sont effacées, et fermées.")
    return redirect(url_for(".notes"))


@bp.post("/notes/<uuid:note_id>/retirer")
@access(can_keep_note, note=get_note)
def drop_note(note: NoteAccess) -> ResponseReturnValue:
    """One note goes."""
    remove_note(note)
    flash("La note est effacée.")
    return redirect(url_for(".notes"))
