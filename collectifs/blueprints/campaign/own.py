"""One's own candidacy, by the link of a mail: whoever holds it is its person. A GET changes nothing."""

from typing import Any
from uuid import UUID

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.campaign.area import bp
from collectifs.blueprints.campaign.forms import AddressForm, AnswersForm, answers_form, wishes_form
from collectifs.campaign.domain.answers import WANTED, left_in_words
from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.models.calls import Candidacy, CandidacyLink
from collectifs.campaign.permissions import can_volunteer_again
from collectifs.campaign.queries.again import CallAgain, get_call_again
from collectifs.campaign.queries.calls import CallAccess, get_call
from collectifs.campaign.queries.candidacies import candidacy_for_token, get_candidacy, wishes_told
from collectifs.campaign.queries.deciding import elsewhere, half_days_in_words
from collectifs.campaign.queries.freed import offer_shown
from collectifs.campaign.services.candidacies import (
    ask_candidacy_address,
    confirm_candidacy,
    facts,
    keep_wishes,
    prove_candidacy_address,
    save_answers,
    send_candidacy,
    volunteer_again,
    withdraw_candidacy,
)
from collectifs.campaign.services.freeing import answer_offer
from collectifs.composition.queries.finding import label_of
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import clock_time
from collectifs.web.access import access, anyone, me
from collectifs.web.forms import BaseForm
from collectifs.web.gone import gone
from collectifs.web.perform import perform
from collectifs.web.transaction import remember

PAGE = "campaign/own.html"


def opened(token: str) -> tuple[Candidacy, CandidacyLink, CallAccess]:
    """What a link opens; otherwise the page of a link that serves no more."""
    found = candidacy_for_token(token)
    call = get_call(found[0].call_id) if found else None
    if found is None or call is None or found[0].state is CandidacyState.WITHDRAWN:
        abort(gone("candidacy"))
    return *found, call


@bp.route("/candidature/<token>", methods=["GET", "POST"])
@access(anyone)
def own(token: str) -> ResponseReturnValue:
    """Confirm, then the eight questions, then what was said and what happens next."""
    row, link, call = opened(token)
    page: dict[str, Any] = {"access": call, "row": row, "token": token}
    here = url_for(".own", token=token)
    if link.proves:
        said = "Cette adresse est confirmée : les messages y viendront."
        action = lambda: prove_candidacy_address(row, link)  # noqa: E731  two words
        return perform(BaseForm(), action, then=here, said=said, page="campaign/prove.html", **page)
    if row.state is CandidacyState.STARTED:
        now = clock.now()
        return perform(
            BaseForm(), lambda: confirm_candidacy(row, now=now), then=here, page="campaign/confirm.html", **page
        )
    if request.method == "POST":
        return _answered(row, call, page, here)
    if row.state is CandidacyState.CONFIRMED or request.args.get("changer") == "oui":
        return render_template(PAGE, form=answers_form(row, call.call.kind), **_asked(row), **page)
    offer = offer_shown(row, clock.now())
    others = elsewhere(call.call, [row]).get(row.id, [])
    return render_template("campaign/received.html", told=_told(row), offer=offer, elsewhere=others, **page)


def _answered(row: Candidacy, call: CallAccess, page: dict[str, Any], here: str) -> ResponseReturnValue:
    """All that can be kept is kept, one wrong answer or not; the button sends it."""
    form, now = answers_form(row, call.call.kind), clock.now()
    form.validate()
    answers = _keepable(row, form)
    if request.accept_mimetypes.best == "application/json":
        return _kept_in_json(row, call, form, answers)
    today = now.astimezone(call.zone).date()
    try:
        if not form.errors:
            save_answers(row, answers, now=now)
            send_candidacy(row, call, now=now, today=today)
            return redirect(here)
    except RuleBroken as refusal:
        form.refuse(refusal)
    candidacy_id = row.id
    remember(lambda: _keep(candidacy_id, answers))
    return render_template(PAGE, form=form, **_asked(row), **page), 422


def _keep(candidacy_id: UUID, answers: dict[str, Any]) -> None:
    row = get_candidacy(candidacy_id)
    if row is not None:
        save_answers(row, answers, now=clock.now())


def _keepable(row: Candidacy, form: AnswersForm) -> dict[str, Any]:
    """The sound answers; once it is sent, an answer that is emptied is said, and the former one stays."""
    answers = form.given()
    if row.state is CandidacyState.CONFIRMED:
        return answers
    for name in WANTED:
        if name in answers and answers[name] in (None, "") and not (name == "school" and answers.get("uai")):
            form[name].errors = [*form[name].errors, f"Gardez une réponse : il manquerait {WANTED[name]}."]
            del answers[name]
    return answers


def _kept_in_json(row: Candidacy, call: CallAccess, form: AnswersForm, answers: dict[str, Any]) -> ResponseReturnValue:
    """For the script that sends each answer as it is given."""
    now = clock.now()
    try:
        found = save_answers(row, answers, now=now)
    except RuleBroken as refusal:
        return jsonify(refused=refusal.sentence), 409
    return jsonify(
        errors={name: messages[0] for name, messages in form.errors.items() if name in form.data},
        kept=[name for name, value in answers.items() if value not in (None, "", [])],
        at=f"Gardé à {clock_time(now, call.zone)}",
        left=left_in_words(len(found.missing)),
    )


def _asked(row: Candidacy) -> dict[str, Any]:
    found = facts(row)
    return {"left": left_in_words(len(found.missing)), "is_sent": row.state is not CandidacyState.CONFIRMED}


def _told(row: Candidacy) -> list[tuple[str, str]]:
    """What somebody said, in words, for the page that shows it back."""
    years = row.tutoring_years or 0
    told = [
        ("Degré", row.degree.label if row.degree else ""),
        ("Accompagne", "première année" if not years else f"depuis {years} an{'s' if years > 1 else ''}"),
        ("Travaille à", label_of(row.work_insee)),
        ("Habite à", label_of(row.home_insee)),
        ("Établissement", row.school or row.uai),
        ("Demi-journées", half_days_in_words(row)),
        ("Piloter", row.would_pilot.label if row.would_pilot else ""),
        ("Adresse", row.address),
    ]
    return [(label, words) for label, words in told if words]  # of another kind of call some are not asked


@bp.post("/appels/<uuid:call_id>/de-nouveau")
@access(can_volunteer_again, call=get_call_again)
def again(call: CallAgain) -> ResponseReturnValue:
    """A former member's button: what they said last time is there already."""
    try:
        token = volunteer_again(call.access, now=clock.now(), by=me())
    except RuleBroken as refusal:
        flash(refusal.sentence, "stop")
        return redirect(url_for("home.index"))
    return redirect(url_for(".own", token=token))


@bp.route("/candidature/<token>/retirer", methods=["GET", "POST"])
@access(anyone)
def withdraw(token: str) -> ResponseReturnValue:
    """No reason; the answers go at once."""
    row, _, call = opened(token)
    now = clock.now()
    return perform(
        BaseForm(),
        lambda: withdraw_candidacy(row, now=now),
        then=url_for(".call", slug=call.call.slug),
        page="campaign/withdraw.html",
        access=call,
        token=token,
    )


@bp.post("/candidature/<token>/place")
@access(anyone)
def place(token: str) -> ResponseReturnValue:
    """Yes or no to a place that freed; anything else is no answer."""
    row, _, _ = opened(token)
    here, said = url_for(".own", token=token), request.form.get("reponse")
    try:
        if said in ("oui", "non"):
            is_invited = answer_offer(row, takes=said == "oui", now=clock.now())
            flash(_answered_place(took=said == "oui", is_invited=is_invited))
    except RuleBroken as refusal:
        flash(refusal.sentence, "stop")
    return redirect(here)


def _answered_place(*, took: bool, is_invited: bool) -> str:
    if not took:
        return "C’est noté. Vous restez sur la liste d’attente."
    return "La place est à vous : votre invitation part." if is_invited else "La place est à vous : c’est noté."


@bp.route("/candidature/<token>/adresse", methods=["GET", "POST"])
@access(anyone)
def change_address(token: str) -> ResponseReturnValue:
    """Another address, proved by a mail sent there."""
    row, _, call = opened(token)
    form = AddressForm()
    return perform(
        form,
        lambda: ask_candidacy_address(row, form.address.data or ""),
        then=url_for(".own", token=token),
        page="campaign/change_address.html",
        said="Un message est parti à cette adresse : elle comptera une fois confirmée.",
        access=call,
        row=row,
        token=token,
    )


@bp.route("/candidature/<token>/souhaits", methods=["GET", "POST"])
@access(anyone)
def wishes(token: str) -> ResponseReturnValue:
    """With whom, and without whom: nobody reads it."""
    row, _, call = opened(token)
    form = wishes_form(wishes_told(row.id))
    return perform(
        form,
        lambda: keep_wishes(row, call, form.wishes()),
        then=url_for(".own", token=token),
        page="campaign/wishes.html",
        said="Vos souhaits sont gardés, scellés.",
        access=call,
        token=token,
    )
