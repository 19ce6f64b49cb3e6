"""Launching a programme from one that works: what it takes, for everybody; then step by step, for a manager."""

from collections.abc import Callable
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.directory.area import bp
from collectifs.blueprints.directory.forms import RelayForm
from collectifs.blueprints.directory.launch_forms import (
    ContactStep,
    DaysStep,
    PapersStep,
    StepForm,
    launch_form,
    step_form,
)
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.seasons import PARIS
from collectifs.kernel.text.typography import MONTHS, of
from collectifs.meetings.domain.canvas import library
from collectifs.network.domain.launching import Step, brought_forward
from collectifs.network.models import Launch
from collectifs.network.permissions import can_keep_directory
from collectifs.network.queries.launching import LaunchAccess, get_launch, published_calls
from collectifs.network.services.directory import name_relay
from collectifs.network.services.launching import (
    drop_launch,
    give_days,
    launch_programme,
    open_launched_call,
)
from collectifs.people.domain.scheme import Scheme
from collectifs.people.models import Territory
from collectifs.people.permissions import can_manage_somewhere, can_manage_territory
from collectifs.people.queries.contacts import scheme_told
from collectifs.people.queries.people import get_territory
from collectifs.people.services.statuses import set_contact, set_scheme
from collectifs.web.access import access, anyone, me
from collectifs.web.forms import BaseForm
from collectifs.web.perform import perform


@bp.get("/lancer")
@access(anyone)
def how_to_launch() -> ResponseReturnValue:
    """What a newcomer needs, what is ready, how long each step takes."""
    names = [each.territory.name for each in published_calls()]
    leads_on = not me().is_authenticated or can_manage_somewhere(me())
    page = "directory/how_to_launch.html"
    return render_template(page, is_shell=True, steps=tuple(Step), sources=names, leads_on=leads_on)


@bp.route("/territoires/<uuid:territory_id>/lancement", methods=["GET", "POST"])
@access(can_manage_territory, territory=get_territory)
def begin(territory: Territory) -> ResponseReturnValue:
    """From which programme, under which name: one act takes all the rest over."""
    sources = published_calls()
    form = launch_form(sources, f"Collectifs {of(territory.name)}"[:120])

    def make() -> Launch:
        source = next(each for each in sources if str(each.id) == form.source.data)
        return launch_programme(territory, source, form.name.data or "", now=clock.now(), by=me())

    return perform(
        form,
        make,
        then=lambda row: url_for(".launch", launch_id=row.id),
        page="directory/begin.html",
        territory=territory,
        sources=sources,
    )


@bp.route("/lancements/<uuid:launch_id>", methods=["GET", "POST"])
@access(can_keep_directory, launch=get_launch)
def launch(launch: LaunchAccess) -> ResponseReturnValue:
    """What remains, in order; the step that is open has its form, and each is kept alone."""
    step = _asked(launch)
    former = [date.fromisoformat(each) if each else None for each in launch.launch.days]
    form = step_form(step, brought_forward(former, clock.now().astimezone(PARIS).date()))
    canvases = library()
    return perform(
        form,
        _act(launch, form),
        then=url_for(".launch", launch_id=launch.id),
        page="directory/launch.html",
        said="C’est gardé.",
        found=launch,
        step=step,
        steps=tuple(Step),
        months=MONTHS,
        canvases=[canvases[each] for each in launch.launch.canvases if each in canvases],
    )


def _asked(found: LaunchAccess) -> Step | None:
    """The step that is named, while it is not done; otherwise the first that remains."""
    named = request.args.get("etape", "")
    return next((each for each in found.progress.left if each.value == named), found.progress.now)


def _act(found: LaunchAccess, form: StepForm) -> Callable[[], object]:
    """What saving the form of a step does."""
    territory, now = found.programme.territory, clock.now()
    if isinstance(form, ContactStep):
        return lambda: set_contact(territory, name=form.name.data or "", address=form.address.data or "", by=me())
    if isinstance(form, DaysStep):
        return lambda: give_days(found, form.days(), now=now, by=me())
    if isinstance(form, PapersStep):
        return lambda: set_scheme(territory, _scheme(territory, form), by=me())
    if isinstance(form, RelayForm):
        return lambda: name_relay(territory, found.programme, form.words(), now=now, by=me())
    return lambda: None


def _scheme(territory: Territory, form: PapersStep) -> Scheme:
    told = scheme_told(territory)
    return Scheme(told.title, told.organizer, form.number.data or "", form.module.data or "")


@bp.post("/lancements/<uuid:launch_id>/ouvrir")
@access(can_keep_directory, launch=get_launch)
def open_call(launch: LaunchAccess) -> ResponseReturnValue:
    """The last click."""
    try:
        open_launched_call(launch, now=clock.now(), by=me())
        flash("L’appel est publié.")
    except RuleBroken as refusal:
        flash(refusal.sentence, "stop")
    return redirect(url_for(".launch", launch_id=launch.id))


@bp.route("/lancements/<uuid:launch_id>/effacer", methods=["GET", "POST"])
@access(can_keep_directory, launch=get_launch)
def drop(launch: LaunchAccess) -> ResponseReturnValue:
    """A blank page again."""
    return perform(
        BaseForm(),
        lambda: drop_launch(launch, by=me()),
        then=url_for(".kept"),
        page="directory/drop.html",
        said="Tout ce qui avait été repris est effacé.",
        found=launch,
    )
