"""One's own attestations; and, for everybody, whether one is still attested."""

from datetime import datetime

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.engagement.area import bp
from collectifs.blueprints.engagement.forms import CheckForm, engagement_form, words_of
from collectifs.engagement.documents.attestation import EngagementPaper, PaperLine, engagement_json, engagement_pdf
from collectifs.engagement.domain.lines import code_typed, shown_code
from collectifs.engagement.permissions import can_keep_engagement
from collectifs.engagement.queries.lines import (
    EngagementAccess,
    attested_in,
    engagement_checked,
    engagements_of,
    get_engagement,
    how_many_chosen,
    lines_of,
)
from collectifs.engagement.services.engagements import make_engagement, stop_engagement
from collectifs.kernel import clock
from collectifs.people.mails.letters import page_url
from collectifs.people.services.sign_in import is_slowed, note_failure
from collectifs.web.access import access, anyone, me, signed_in
from collectifs.web.files import pdf_file
from collectifs.web.limits import SlowedDown, subjects
from collectifs.web.perform import perform
from collectifs.web.transaction import remember


@bp.route("/mon-engagement", methods=["GET", "POST"])
@access(signed_in)
def own() -> ResponseReturnValue:
    """What can be attested, line by line; the attestations made."""
    now = clock.now()
    found = lines_of(me().id, now.date())
    form = engagement_form(found)
    made = [(each, shown_code(each.code)) for each in engagements_of(me().id)]
    return perform(
        form,
        lambda: make_engagement(form.lines.data or [], now=now, by=me()),
        then=url_for(".own"),
        page="engagement/own.html",
        said="L’attestation est prête, avec son code.",
        found=found,
        made=made,
    )


@bp.get("/attestations/<uuid:engagement_id>.pdf")
@access(can_keep_engagement, engagement=get_engagement)
def paper(engagement: EngagementAccess) -> ResponseReturnValue:
    """On paper."""
    return pdf_file(engagement_pdf(_paper(engagement)).pdf, "attestation-d-engagement")


@bp.get("/attestations/<uuid:engagement_id>/donnees")
@access(can_keep_engagement, engagement=get_engagement)
def data(engagement: EngagementAccess) -> ResponseReturnValue:
    """For a machine: JSON, the same lines."""
    headers = {"Content-Disposition": 'attachment; filename="attestation-d-engagement.json"'}
    return Response(engagement_json(_paper(engagement)), content_type="application/json", headers=headers)


@bp.post("/attestations/<uuid:engagement_id>/retirer")
@access(can_keep_engagement, engagement=get_engagement)
def stop(engagement: EngagementAccess) -> ResponseReturnValue:
    """Its code answers no more."""
    stop_engagement(engagement, by=me())
    flash("L’attestation est retirée : son code ne répond plus.")
    return redirect(url_for(".own"))


@bp.route("/verifier-une-attestation", methods=["GET", "POST"])
@access(anyone)
def check() -> ResponseReturnValue:
    """Both the code and the name, or the same answer as for a paper that never was; no name is ever shown."""
    form, now, found, lacking = CheckForm(), clock.now(), None, 0
    if request.method == "POST":
        tried = subjects(token=code_typed(form.code.data or ""))
        if is_slowed(tried, now):
            raise SlowedDown(link_helps=False)
        if form.validate():
            found, lacking = _checked(form, now)
            if found is None:
                remember(lambda: note_failure(tried.values(), now=now))
    status = 422 if request.method == "POST" and found is None else 200
    page = render_template("engagement/check.html", form=form, found=found, lacking=lacking, tried=status == 422)
    return page, status


def _checked(form: CheckForm, now: datetime) -> tuple[list[str] | None, int]:
    """The lines that the data still attest, and how many they no longer do."""
    row = engagement_checked(code_typed(form.code.data or ""), form.name.data or "")
    if row is None:
        return None, 0
    lines = attested_in(row)
    return [words_of(each) for each in lines], how_many_chosen(row) - len(lines)


def _paper(access_: EngagementAccess) -> EngagementPaper:
    row = access_.engagement
    lines = tuple(
        PaperLine(each.kind.value, each.words, each.day, each.minutes, each.until, each.pages)
        for each in attested_in(row)
    )
    return EngagementPaper(me().name, shown_code(row.code), row.made_at.date(), page_url("engagement.check"), lines)
