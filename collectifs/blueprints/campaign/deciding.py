"""Candidacies for their manager: the list, one of them, one answer to one or many, undone until it is told."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.campaign.area import bp
from collectifs.blueprints.campaign.freed import freed_shown
from collectifs.campaign.domain.answers import check_sentence
from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.domain.funnel import DIRECT
from collectifs.campaign.models.calls import Candidacy
from collectifs.campaign.permissions import can_manage_call
from collectifs.campaign.queries.calls import CallAccess, get_call
from collectifs.campaign.queries.deciding import (
    UNFINISHED,
    CandidacyAccess,
    Looked,
    candidacy_of,
    chosen,
    commune_of,
    counts_by_state,
    doubles_among,
    elsewhere,
    filtered,
    half_days_in_words,
    not_yet_told,
    sent_candidacies,
)
from collectifs.campaign.services.answering import ANSWERS, answer_candidacies, undo_answers
from collectifs.collectives.domain.composition import years_in_words
from collectifs.composition.queries.finding import commune_named, label_of
from collectifs.kernel import clock
from collectifs.kernel.documents.tables import Cell, csv_table, ods_table
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typed import clean, one_line
from collectifs.kernel.text.typography import clock_time, count, long_date
from collectifs.people.domain.person import Degree
from collectifs.web.access import access, me
from collectifs.web.files import table_file

HEADER = (
    *("Nom", "Prénom", "Courriel", "État", "Degré", "Années", "Travaille à", "Code INSEE", "Habite à"),
    *("Établissement", "UAI", "Circonscription", "Demi-journées", "Piloter", "Certifications", "Partenaire"),
)
TABS = (CandidacyState.COMPLETE, *ANSWERS, CandidacyState.PLACED)
NAMES = ("À examiner", "Retenues", "Liste d’attente", "Déclinées", "Placées")


@bp.get("/appels/<uuid:call_id>")
@access(can_manage_call, call=get_call)
def candidacies(call: CallAccess) -> ResponseReturnValue:
    """The list by state, with filters."""
    return render_template("campaign/candidacies.html", **_list(call))


def _list(call: CallAccess) -> dict[str, Any]:
    rows, looked, problem = sent_candidacies(call.id), *_looked()
    counts = counts_by_state(call.id)
    shown = filtered(rows, looked)
    return {
        "access": call,
        "state": call.state(clock.now().astimezone(call.zone).date()),
        "tabs": [(each, name, counts.get(each, 0)) for each, name in _tabs(call)],
        "begun": sum(counts.get(each, 0) for each in UNFINISHED),
        "looked": looked,
        "place": label_of(looked.insee),
        "problem": problem,
        "rows": [(row, _line(row)) for row in shown],
        "doubles": doubles_among(rows),
        "elsewhere": elsewhere(call.call, shown),
        "untold": not_yet_told(call.id),
        "freed": freed_shown(call),
        "args": request.args.to_dict(),
    }


def _tabs(call: CallAccess) -> list[tuple[CandidacyState, str]]:
    """Nobody is placed where nothing is composed."""
    is_placed = call.call.kind.composes
    return [each for each in zip(TABS, NAMES, strict=True) if is_placed or each[0] is not CandidacyState.PLACED]


def _looked() -> tuple[Looked, str]:
    """What the address asks for; a commune that is not one is said, and keeps all."""
    args = {name: one_line(request.args.get(name))[:80] for name in ("etat", "mots", "degre", "annees", "autour")}
    state = next((each for each in TABS if each.value == args["etat"]), CandidacyState.COMPLETE)
    looked = Looked(
        state,
        args["mots"],
        next((each for each in Degree if each.value == args["degre"]), None),
        args["annees"],
        request.args.get("piloter") == "oui",
    )
    try:
        return replace(looked, insee=commune_named(args["autour"], "autour")), ""
    except RuleBroken as refusal:
        return looked, refusal.sentence


def _line(row: Candidacy) -> dict[str, str]:
    return {
        "years": years_in_words(row.tutoring_years or 0),
        "degree": row.degree.label if row.degree else "",
        "commune": commune_of(row),
        "half_days": half_days_in_words(row),
        "partner": row.partner.name if row.partner else DIRECT,
    }


@bp.post("/appels/<uuid:call_id>/repondre")
@access(can_manage_call, call=get_call)
def answer(call: CallAccess) -> ResponseReturnValue:
    """One answer to those who were picked; a no first asks for its sentence."""
    ids = _picked()
    state = next((each for each in ANSWERS if each.value == request.form.get("reponse")), CandidacyState.STARTED)
    sentence = clean(request.form.get("sentence"))
    if state is CandidacyState.DECLINED and (refused := _refused(sentence)):
        status = 422 if "sentence" in request.form else 200
        rows = chosen(call.id, ids)
        page = {"access": call, "rows": rows, "sentence": sentence, "refused": refused if status == 422 else ""}
        return render_template("campaign/decline.html", **page), status
    try:
        now = clock.now()
        tells_at = answer_candidacies(call, chosen(call.id, ids), state=state, sentence=sentence, now=now, by=me())
    except RuleBroken as refusal:
        flash(refusal.sentence, "stop")
        return redirect(url_for(".candidacies", call_id=call.id))
    here = tells_at.astimezone(call.zone)
    said = count(len(ids), "réponse notée", "réponses notées", feminine=True)
    when = f"le {long_date(here.date())} à {clock_time(here)}"
    flash(f"{said.capitalize()}. Les messages partent {when} : d’ici là, tout s’annule.")
    return redirect(url_for(".candidacies", call_id=call.id))


def _refused(sentence: str) -> str:
    try:
        check_sentence(CandidacyState.DECLINED, sentence)
    except RuleBroken as refusal:
        return refusal.sentence
    return ""


def _picked() -> list[UUID]:
    found = []
    for each in request.form.getlist("candidature"):
        try:
            found.append(UUID(each))
        except ValueError:
            continue
    return found


@bp.post("/appels/<uuid:call_id>/annuler")
@access(can_manage_call, call=get_call)
def undo(call: CallAccess) -> ResponseReturnValue:
    """Take back the answers that nobody was told."""
    number = undo_answers(not_yet_told(call.id), by=me())
    flash(f"{count(number, 'réponse', feminine=True).capitalize()} de moins : rien n’est parti.")
    return redirect(url_for(".candidacies", call_id=call.id))


@bp.get("/candidatures/<uuid:candidacy_id>")
@access(can_manage_call, candidacy=candidacy_of)
def candidacy(candidacy: CandidacyAccess) -> ResponseReturnValue:
    """What one person said; wishes are not shown to anybody."""
    row = candidacy.candidacy
    doubles = doubles_among(sent_candidacies(row.call_id)).get(row.id, [])
    return render_template(
        "campaign/candidacy.html",
        access=candidacy.access,
        row=row,
        line=_line(row),
        home=label_of(row.home_insee),
        doubles=doubles,
        elsewhere=elsewhere(candidacy.access.call, [row]).get(row.id, []),
    )


@bp.get("/appels/<uuid:call_id>/candidatures.csv")
@access(can_manage_call, call=get_call)
def candidacies_csv(call: CallAccess) -> ResponseReturnValue:
    """Those that were sent, for a spreadsheet; no formula acts in it."""
    return table_file(csv_table(HEADER, _cells(call)), "candidatures", "csv")


@bp.get("/appels/<uuid:call_id>/candidatures.ods")
@access(can_manage_call, call=get_call)
def candidacies_ods(call: CallAccess) -> ResponseReturnValue:
    """Those that were sent, as a spreadsheet."""
    return table_file(ods_table("Candidatures", HEADER, _cells(call)), "candidatures", "ods")


def _cells(call: CallAccess) -> list[list[Cell]]:
    return [_cells_of(row) for row in sent_candidacies(call.id)]


def _cells_of(row: Candidacy) -> list[Cell]:
    said = _line(row)
    return [
        *(row.family_name, row.given_name, row.address, row.state.label, row.degree.label if row.degree else ""),
        *(row.tutoring_years or 0, said["commune"], row.work_insee, label_of(row.home_insee), row.school, row.uai),
        *(row.district, said["half_days"], row.would_pilot.label if row.would_pilot else ""),
        *(", ".join(row.qualifications), said["partner"]),
    ]
