"""What everybody reads of the directory, without account or cookie; writing to relays, whose addresses stay unseen."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.directory.area import bp
from collectifs.blueprints.directory.forms import WriteForm, write_form
from collectifs.kernel import clock
from collectifs.kernel.seasons import PARIS
from collectifs.kernel.text.typed import one_line
from collectifs.network.domain.directory import Audience, leaves_on
from collectifs.network.queries.directory import Desk, desk_of_programme, desk_of_territory, directory
from collectifs.network.services.writing import Sending, write_to_relays
from collectifs.people.domain.people import normal_address
from collectifs.people.queries.contacts import contacts
from collectifs.web.access import access, anyone
from collectifs.web.limits import network, subject
from collectifs.web.perform import perform


def _today() -> date:
    return clock.now().astimezone(PARIS).date()


@bp.get("/annuaire")
@access(anyone)
def index() -> ResponseReturnValue:
    """Programmes and their relays, région by région; a search answers in the same page."""
    words, asked = one_line(request.args.get("mots"))[:80], request.args.get("pour", "")
    audience = Audience(asked) if asked in {each.value for each in Audience} else None
    regions, today = directory(_today(), words, audience), _today()
    return render_template(
        "directory/index.html",
        is_shell=True,  # a search needs no token, hence no cookie
        regions=regions,
        today=today,
        words=words,
        audience=audience,
        audiences=tuple(Audience),
        leaves_on=leaves_on,
        services=contacts(),
        has_left=request.args.get("suite") == "arrete",
    )


@bp.route("/annuaire/<uuid:listed_id>/ecrire", methods=["GET", "POST"])
@access(anyone)
def write(listed_id: UUID) -> ResponseReturnValue:
    """A message to the relays of a programme."""
    return _write(lambda today: desk_of_programme(listed_id, today), str(listed_id))


@bp.route("/annuaire/region/<uuid:territory_id>/ecrire", methods=["GET", "POST"])
@access(anyone)
def write_region(territory_id: UUID) -> ResponseReturnValue:
    """A message to whoever answers for a territory."""
    return _write(lambda today: desk_of_territory(territory_id, today), str(territory_id))


def _write(find: Callable[[date], Desk | None], to: str) -> ResponseReturnValue:
    desk, now = find(_today()), clock.now()
    if desk is None:
        abort(404)
    form = write_form(now)
    here = request.endpoint or ""
    return perform(
        form,
        lambda: write_to_relays(desk, form.words(), _sending(form, to), now=now),
        then=url_for(here, **(request.view_args or {}), suite="envoye"),
        page="directory/write.html",
        desk=desk,
        is_sent=request.args.get("suite") == "envoye",
    )


def _sending(form: WriteForm, to: str) -> Sending:
    """How often somebody wrote is known by keyed hashes alone."""
    return Sending(
        subject("writes", normal_address(form.address.data or "")),
        subject("writes_from", network(request.remote_addr)),
        subject("written_to", to),
        form.took(clock.now()),
        form.trap.data or "",
    )
