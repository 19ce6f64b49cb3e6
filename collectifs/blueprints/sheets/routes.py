"""Writing a sheet, putting it to the collective, and what each person may say of it."""

from collections.abc import Callable

from flask import Response, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from collectifs.blueprints.sheets import crossing, handing_over, leaving, taking_back, versions
from collectifs.blueprints.sheets.area import WITH_FORM, bp
from collectifs.blueprints.sheets.area import reading_of as _reading
from collectifs.blueprints.sheets.area import way_to as _to
from collectifs.blueprints.sheets.editing import (
    SAVES_WITHIN_S,
    device_here,
    editor,
    gauge_of,
    place_after,
    proposal,
    room_to_propose,
    saved,
    saved_by,
)
from collectifs.blueprints.sheets.forms import (
    ObjectForm,
    ProposeForm,
    ReplyForm,
    SheetForm,
    content_sent,
)
from collectifs.blueprints.sheets.papers import picture_file
from collectifs.blueprints.sheets.reading import Reading
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.review.services import reply_to_remark
from collectifs.sheets.documents.sheet import SheetPaper, sheet_pdf
from collectifs.sheets.domain.life import SheetStatus, about_of, read_yes_or_no
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.permissions import (
    can_answer_as_presenter,
    can_object,
    can_see_sheet,
    can_write_sheet,
)
from collectifs.sheets.queries.sheets import (
    PresenterAccess,
    SheetAccess,
    get_sheet,
    get_sheet_and_presenter,
    open_draft,
)
from collectifs.sheets.services import consent
from collectifs.sheets.services.papers import collective_paper
from collectifs.sheets.services.sheets import Asked, is_day_of_meeting, propose_sheet, reopen_sheet
from collectifs.sheets.services.versions import DraftConflict, settle_conflict
from collectifs.sheets.services.versions import save_draft as keep_draft
from collectifs.web.access import access, me
from collectifs.web.perform import perform
from collectifs.web.read_here import was_read_here
from collectifs.web.slots import free_place
from collectifs.web.transaction import answer_afterwards

PAGES, SHEETS_APART = 2, 64  # pages drawn at once on a machine; sheets that never wait for one another
# modules that hang their own views on the blueprint
MORE_VIEWS = (crossing, handing_over, leaving, taking_back, versions)


@bp.get("/fiches/<uuid:sheet_id>")
@access(can_see_sheet, sheet=get_sheet)
def show(sheet: SheetAccess) -> ResponseReturnValue:
    """The sheet, where it stands, and what one may do about it."""
    if sheet.proposal is not None:
        was_read_here(sheet.proposal.id)
    return render_template("sheets/show.html", reading=_reading(sheet), sheet=sheet, form=ReplyForm())


@bp.route("/fiches/<uuid:sheet_id>/ecrire", methods=WITH_FORM)
@access(can_write_sheet, sheet=get_sheet)
def edit(sheet: SheetAccess) -> ResponseReturnValue:
    """The whole sheet is sent at each button; without a script it works the same."""
    reading = _reading(sheet)
    if request.method == "GET" and reading.status is not SheetStatus.DRAFT:
        return redirect(_to("show", sheet))
    form, do = SheetForm(sheet), request.form.get("do", "save")
    answer = perform(
        form,
        _saving(reading, do, form.read_revision, form.after(do)),
        then=_to("propose", sheet) if do == "propose" else _to("edit", sheet, _anchor=place_after(form, do)),
        page="sheets/edit.html",
        **editor(reading, form),
    )
    return (answer[0], 409) if form.conflict and isinstance(answer, tuple) else answer


def _saving(reading: Reading, do: str, revision: int, content: SheetContent) -> Callable[[], None]:
    """What a button of the editor, or its script, asks for: to save, or to choose between two windows."""
    sheet, now, by, on = reading.sheet, reading.now, reading.person, device_here()
    if do in ("keep", "take"):
        mine = do == "keep"
        return lambda: settle_conflict(sheet, revision=revision, mine=content, keeps_mine=mine, now=now, by=by, on=on)
    return lambda: keep_draft(sheet, revision=revision, content=content, now=now, by=by, on=on)


@bp.post("/fiches/<uuid:sheet_id>/brouillon")
@access(can_write_sheet, sheet=get_sheet)
def save_draft(sheet: SheetAccess) -> ResponseReturnValue:
    """The page's own script saves as one types. 409 gives back what somebody else saved in between."""
    reading = _reading(sheet)
    try:
        do, revision, content = content_sent(sheet)
        _saving(reading, do, revision, content)()
    except DraftConflict:
        theirs = open_draft(sheet.sheet).to_dict()
        who = saved_by(reading)
        return jsonify(revision=sheet.sheet.revision, content=theirs, saved_by_label=who), 409
    except RuleBroken as refusal:
        return jsonify(why=refusal.sentence, field=refusal.field), 422
    told = saved(reading)
    answer_afterwards(lambda: jsonify(told()))
    return "", 200


@bp.get("/fiches/<uuid:sheet_id>/place")
@access(can_write_sheet, sheet=get_sheet)
def gauge(sheet: SheetAccess) -> ResponseReturnValue:
    """How much room the draft leaves on its page, asked again by the script while whoever prints is busy."""
    return jsonify(gauge_of(sheet, open_draft(sheet.sheet), SAVES_WITHIN_S))


@bp.get("/fiches/<uuid:sheet_id>/page.png")
@access(can_write_sheet, sheet=get_sheet)
def page(sheet: SheetAccess) -> ResponseReturnValue:
    """The page of the draft as it would be printed: one at a time a sheet, two a machine; asked again when busy."""
    if _reading(sheet).status is not SheetStatus.DRAFT:
        return redirect(_to("show", sheet))
    place, paper = f"sheet-{sheet.sheet.id.int % SHEETS_APART}", collective_paper(sheet, open_draft(sheet.sheet))
    answer_afterwards(lambda: _drawn(paper, place))
    return "", 200


def _drawn(paper: SheetPaper, place: str) -> Response:
    with free_place(place, 1) as is_first, free_place("page", PAGES) as is_free:
        if not (is_first and is_free):
            return Response(status=503, headers={"Retry-After": "2"})
        return picture_file(sheet_pdf(paper))


@bp.route("/fiches/<uuid:sheet_id>/proposer", methods=WITH_FORM)
@access(can_write_sheet, sheet=get_sheet)
def propose(sheet: SheetAccess) -> ResponseReturnValue:
    """What will happen, the question that no list can answer, and the choice of the way."""
    reading = _reading(sheet)
    if request.method == "GET" and reading.status is not SheetStatus.DRAFT:
        return redirect(_to("show", sheet))
    form = ProposeForm.on(is_day_of_meeting(sheet, reading.now))
    room = room_to_propose(sheet)
    return perform(
        form,
        lambda: propose_sheet(
            sheet,
            room=room,
            asked=Asked(form.asks_transmission.data, form.asks_name.data),
            accepted_in_room=form.accepted_in_room,
            now=reading.now,
            by=reading.person,
        ),
        then=_to("show", sheet),
        page="sheets/propose.html",
        said="La fiche est proposée à votre collectif.",
        **proposal(reading, room),
    )


@bp.post("/fiches/<uuid:sheet_id>/reprendre")
@access(can_write_sheet, sheet=get_sheet)
def reopen(sheet: SheetAccess) -> ResponseReturnValue:
    """The pilot takes up the pen again."""
    reopen_sheet(sheet, now=clock.now(), by=me())
    return redirect(_to("edit", sheet))


@bp.route("/fiches/<uuid:sheet_id>/opposition", methods=WITH_FORM, endpoint="object")
@access(can_object, sheet=get_sheet)
def object_to(sheet: SheetAccess) -> ResponseReturnValue:
    """To hold the text or its transmission back, with a sentence or without."""
    reading = _reading(sheet)
    form = ObjectForm().offer(reading.may_object_to)
    return perform(
        form,
        lambda: consent.object_to_sheet(
            sheet,
            about=about_of(form.about.data),
            sentence=form.sentence.data or "",
            now=reading.now,
            by=reading.person,
        ),
        then=_to("show", sheet),
        page="sheets/object.html",
        said="Votre objection est enregistrée. Vous pouvez la lever quand vous voulez.",
        reading=reading,
        sheet=sheet,
    )


@bp.post("/fiches/<uuid:sheet_id>/lever-l-opposition")
@access(can_object, sheet=get_sheet)
def lift(sheet: SheetAccess) -> ResponseReturnValue:
    """One's own objection."""
    consent.lift_objection(sheet, about=about_of(request.form.get("about")), now=clock.now(), by=me())
    return redirect(_to("show", sheet))


@bp.post("/fiches/<uuid:sheet_id>/accord-de-la-personne-qui-a-expose")
@access(can_answer_as_presenter, sheet=get_sheet_and_presenter)
def answer(sheet: PresenterAccess) -> ResponseReturnValue:
    """The yes or the no of whoever presented."""
    agreed = read_yes_or_no(request.form.get("agreed"))
    consent.answer_as_presenter(sheet.sheet, agreed=agreed, now=clock.now(), by=me())
    return redirect(_to("show", sheet.sheet))


@bp.post("/fiches/<uuid:sheet_id>/repondre")
@access(can_write_sheet, sheet=get_sheet)
def reply(sheet: SheetAccess) -> ResponseReturnValue:
    """The collective's answer to a remark."""
    form = ReplyForm()
    return perform(
        form,
        lambda: reply_to_remark(
            sheet, text=form.text.data, nobody_named=form.nobody_named.data, now=clock.now(), by=me()
        ),
        then=_to("show", sheet, _anchor="echange"),
        page="sheets/reply.html",
        said="Votre réponse est envoyée.",
        reading=_reading(sheet),
        sheet=sheet,
    )
