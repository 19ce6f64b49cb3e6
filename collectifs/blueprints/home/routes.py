"""The first page, and the pages that everybody may read."""

from itertools import groupby

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from collectifs.blueprints.home.figures import figures
from collectifs.blueprints.home.welcome import welcome
from collectifs.campaign.queries.calls import open_calls
from collectifs.collectives.permissions import can_take_part
from collectifs.collectives.queries.collectives import Belonged, accesses_to, belongings_of
from collectifs.kernel import clock
from collectifs.kernel.keeping import Circle
from collectifs.kernel.queries.deployment import erasures_late_since
from collectifs.kernel.queries.jobs import last_breath
from collectifs.kernel.queries.readiness import apart, machines_of_another_version, schema_serves
from collectifs.kernel.retention import ROWS, SEALED, UNSEALED
from collectifs.kernel.seasons import PARIS
from collectifs.people.domain.person import Person
from collectifs.people.queries.contacts import contacts
from collectifs.people.queries.people import demo_people, has_any_user
from collectifs.web.access import access, anyone, me
from collectifs.web.demo import cast, in_demo
from collectifs.web.entrance import AskLinkForm
from collectifs.web.hosts import is_asked_from_here
from collectifs.web.measures import all_figures
from collectifs.web.notices import notices
from collectifs.web.static import FOLDER

bp = Blueprint("home", __name__)


@bp.get("/")
@access(anyone)
def index() -> ResponseReturnValue:
    """What to do first; signed out, the door."""
    if current_user.is_authenticated:
        return render_template("home/index.html", **welcome(me(), clock.now()))
    return render_template(
        "home/index.html",
        form=AskLinkForm(),
        cast=cast(demo_people()) if in_demo() else [],
        password_url=url_for("auth.sign_in", _anchor="mot-de-passe"),
        calls=open_calls(clock.now().astimezone(PARIS).date()),
        is_empty=not has_any_user(),
    )


@bp.get("/qui-voit-quoi")
@access(anyone)
def who_sees_what() -> ResponseReturnValue:
    """The three circles."""
    rows = [row for row in ROWS.values() if row.circle is not Circle.NONE]
    mine = _circles_of(me()) if current_user.is_authenticated else []
    return render_template("home/who_sees_what.html", rows=rows, mine=mine)


def _circles_of(person: Person) -> list[Belonged]:
    """The collectives whose circles a person may see: theirs, the charter accepted."""
    mine = [collective for collective, is_in in belongings_of(person.id) if is_in]
    accesses = accesses_to([each.id for each in mine])
    return [each for each in mine if can_take_part(person, accesses[each.id])]


@bp.get("/accessibilite")
@access(anyone)
def accessibility() -> ResponseReturnValue:
    """The declaration that the law asks for."""
    return render_template("home/accessibility.html", notices=notices())


@bp.get("/vos-donnees")
@access(anyone)
def personal_data() -> ResponseReturnValue:
    """What is kept, and until when."""
    late = erasures_late_since(clock.now())
    return render_template(
        "home/personal_data.html", sealed=SEALED, unsealed=UNSEALED, notices=notices(), late_since=late
    )


@bp.get("/aide")
@access(anyone)
def help() -> ResponseReturnValue:  # noqa: A001  the address says so
    """Short answers."""
    return render_template("home/help.html", notices=notices())


@bp.get("/aide/membre")
@access(anyone)
def help_member() -> ResponseReturnValue:
    """For members: arriving, proposing or not, reading the sheet, leaving."""
    return render_template("home/help_member.html")


@bp.get("/aide/pilote")
@access(anyone)
def help_pilot() -> ResponseReturnValue:
    """For pilots: preparing, holding the two hours, finishing the sheet."""
    return render_template("home/help_pilot.html")


@bp.get("/aide/inspection")
@access(anyone)
def help_inspector() -> ResponseReturnValue:
    """For the inspection: what they read, what they may answer."""
    return render_template("home/help_inspector.html")


@bp.get("/aide/gestion")
@access(anyone)
def help_manager() -> ResponseReturnValue:
    """For managers: composing, reminding, papers."""
    return render_template("home/help_manager.html")


@bp.get("/a-qui-ecrire")
@access(anyone)
def whom_to_write() -> ResponseReturnValue:
    """For tutors who were not invited: a contact, by département."""
    groups = [(above, list(rows)) for above, rows in groupby(contacts(), key=lambda each: each.above)]
    return render_template("home/whom_to_write.html", groups=groups)


@bp.get("/plan-du-site")
@access(anyone)
def site_map() -> ResponseReturnValue:
    """Every page that this person may open without an address."""
    return render_template("home/site_map.html")


@bp.get("/mentions-legales")
@access(anyone)
def legal_notice() -> ResponseReturnValue:
    """Who publishes and who hosts."""
    return render_template("home/legal_notice.html", notices=notices())


@bp.get("/sante")
@access(anyone)
def health() -> ResponseReturnValue:
    """For a machine that watches: the application answers, and so does its database."""
    last_breath()
    return jsonify(status="ok")


@bp.get("/pret")
@access(anyone)
def ready() -> ResponseReturnValue:
    """For what sends people to this machine: it may, or not yet. Its keys are looked at before any page (503).

    Beside a machine of another version it is ready all the same, as both are while they are upgraded in turn.
    """
    if not schema_serves():
        return jsonify(status="waits", awaits="db upgrade"), 503
    if differs := apart():
        return jsonify(status="waits", awaits=", ".join(differs)), 503
    if machines_of_another_version(current_app.extensions["release"], clock.now()):
        return jsonify(status="ready", beside="another version")
    return jsonify(status="ready")


@bp.get("/mesures")
@access(anyone)
def measures() -> ResponseReturnValue:
    """For Prometheus on this very machine: figures, no id and no word. From elsewhere there is nothing here."""
    if not is_asked_from_here():
        abort(404)
    return Response(all_figures(figures(clock.now())), content_type=CONTENT_TYPE_PLAIN_0_0_4)


@bp.get("/robots.txt")
@access(anyone)
def robots() -> ResponseReturnValue:
    """For machines that list pages: there is nothing here for them."""
    return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")


@bp.get("/favicon.ico")
@access(anyone)
def favicon() -> ResponseReturnValue:
    """For what asks for an icon without reading the page that names it."""
    return Response((FOLDER / "icons" / "favicon.svg").read_bytes(), mimetype="image/svg+xml")
