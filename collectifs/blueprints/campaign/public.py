"""What everybody reads of a call, without account or cookie; giving a name and an address to begin."""

from datetime import datetime
from functools import lru_cache
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.campaign.area import bp
from collectifs.blueprints.campaign.forms import StartForm
from collectifs.campaign.documents.poster import PosterPaper, poster_pdf
from collectifs.campaign.domain.answers import check_may_start
from collectifs.campaign.domain.needs import needs_in_words
from collectifs.campaign.models.calls import CallPartner
from collectifs.campaign.queries.calls import CallAccess, open_partner, published_call, testimonials_of
from collectifs.campaign.queries.deciding import count_of
from collectifs.campaign.queries.drafts import what_lacks
from collectifs.campaign.services.candidacies import start_candidacy
from collectifs.kernel import clock
from collectifs.kernel.seasons import season_label
from collectifs.kernel.text.typed import one_line
from collectifs.people.domain.people import normal_address
from collectifs.people.mails.letters import page_url
from collectifs.people.queries.contacts import contact_for
from collectifs.people.services.sign_in import count_asking, is_slowed, note_failure
from collectifs.web.access import access, anyone
from collectifs.web.files import pdf_file
from collectifs.web.limits import SlowedDown, asked_for, asking
from collectifs.web.perform import perform
from collectifs.web.refusals import why_not


def call_at(slug: str) -> CallAccess:
    """The published call of an address, or the page of what does not exist."""
    found = published_call(slug)
    if found is None:
        abort(404)
    return found


@bp.get("/appel/<slug>")
@access(anyone)
def call(slug: str) -> ResponseReturnValue:
    """The page of the call. It counts nobody and keeps nothing in the browser."""
    found = call_at(slug)
    today = clock.now().astimezone(found.zone).date()
    return render_template(
        "campaign/call.html",
        is_shell=True,  # no form, hence no token, hence no cookie
        access=found,
        call=found.call,
        state=found.state(today).value,
        takes_late_ones=found.takes_late_ones(today),
        today=today,
        needs=_needs(found),
        testimonials=testimonials_of(found.id, today),
        contact=contact_for(found.territory_id),
        passed_on_by=_partner_code(),
    )


def _needs(found: CallAccess) -> tuple[str, ...] | list[str]:
    """What is missing, of collectives alone."""
    if not found.call.kind.composes:
        return ()
    return _lacks(found.id, f"{clock.now():%Y-%m-%d %H}") or needs_in_words(count_of(found.id))


@lru_cache(maxsize=64)
def _lacks(call_id: UUID, _hour: str) -> tuple[str, ...]:
    """What the latest draft lacks, looked for once an hour: a draft takes longer to read than a page may."""
    return tuple(what_lacks(call_id))


@bp.route("/appel/<slug>/candidature", methods=["GET", "POST"])
@access(anyone)
def start(slug: str) -> ResponseReturnValue:
    """A name and an address: the rest comes by the link of a mail, so that nobody is a candidate by another's hand."""
    found, form, now = call_at(slug), StartForm(), clock.now()
    today = now.astimezone(found.zone).date()
    closed = why_not(lambda: check_may_start(found.state(today), meets_on=found.call.meets_on, today=today))
    if closed and request.method == "GET":
        return redirect(url_for(".call", slug=slug))
    if request.method == "POST" and is_slowed(asking(), now):
        raise SlowedDown(link_helps=False)
    return perform(
        form,
        lambda: _begin(found, form, now),
        then=url_for(".start", slug=slug, suite="message"),
        page="campaign/start.html",
        access=found,
        is_sent=request.args.get("suite") == "message",
        passed_on_by=_partner_code(),
    )


def _begin(found: CallAccess, form: StartForm, now: datetime) -> None:
    """An address that was written to too often gets no more mail for a while; the answer is the same."""
    note_failure(asking().values(), now=now)
    partner = open_partner(found.id, _partner_code())
    address = normal_address(form.address.data or "")
    if count_asking(asked_for(address), now=now):
        start_candidacy(found, **form.names(), address=address, partner_id=partner.id if partner else None, now=now)


@bp.get("/appel/<slug>/affiche.pdf")
@access(anyone)
def poster(slug: str) -> ResponseReturnValue:
    """The page of the call on paper, with its square code."""
    found = call_at(slug)
    return pdf_file(poster_pdf(poster_of(found)).pdf, f"affiche-{found.call.slug}")


def poster_of(found: CallAccess, partner: CallPartner | None = None) -> PosterPaper:
    """What a poster says: that of everybody, or that of whoever passes the call on."""
    call, contact = found.call, contact_for(found.territory_id)
    who = f"{contact.name}, {contact.address}" if contact else ""
    return PosterPaper(
        title=f"Appel à candidatures, {found.territory.name}",
        territory=found.territory.name,
        season=season_label(call.season),
        cry=call.title or call.kind.usual_title,
        kind=call.kind,
        say=call.incitation,
        address=page_url("campaign.call", slug=call.slug, **({"par": partner.slug} if partner else {})),
        closes_on=call.closes_on,
        answers_on=call.answers_on,
        contact=who,
        partner=partner.name if partner else "",
    )


def _partner_code() -> str:
    """The letters of a partner's link, as they are typed or scanned; an unknown code counts for nobody."""
    return one_line(request.args.get("par"))[:16].lower()
