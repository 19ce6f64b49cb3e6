"""The door: asking for a link, opening it, entering with a password, leaving."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.auth.arriving import known_here, link_was_asked, who_is_here
from collectifs.blueprints.auth.links import change_address, open_link, opened_elsewhere
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.people.domain.people import normal_address
from collectifs.people.domain.sign_in import LinkPurpose, LinkState
from collectifs.people.models import User
from collectifs.people.queries.people import demo_people, get_demo_user, get_user, link_for_token
from collectifs.people.services import sign_in as services
from collectifs.web.access import access, anyone, me, signed_in
from collectifs.web.demo import cast, in_demo, only_in_demo
from collectifs.web.devices import device_label, forget_device
from collectifs.web.entrance import AskLinkForm, PasswordForm
from collectifs.web.limits import SlowedDown, asked_for, asking, subjects
from collectifs.web.local import kept_path, local_path, local_path_or_home, words_for
from collectifs.web.perform import perform
from collectifs.web.transaction import remember

bp = Blueprint("auth", __name__)
PAGE = "auth/sign_in.html"


@bp.route("/entrer", methods=["GET", "POST"])
@access(anyone)
def sign_in() -> ResponseReturnValue:
    """An address to receive a link; a password for those who chose one; the demo's people."""
    if who_is_here() is not None and not in_demo():
        return redirect(local_path_or_home(request.args.get("suite")))
    link_form, password_form = AskLinkForm(), PasswordForm(prefix="mdp")
    page = {
        "link_form": link_form,
        "password_form": password_form,
        "cast": cast(demo_people()) if in_demo() else [],
        "is_asked": request.args.get("demande") == "envoyee",
        "is_demo": in_demo(),
        "going_to": words_for(request.args.get("suite")),
    }
    if password_form.password.name in request.form:
        return _enter(password_form, page)
    return _ask(link_form, page)


def _ask(form: AskLinkForm, page: dict[str, Any]) -> ResponseReturnValue:
    """The same answer, in the same time, whether somebody is known at this address or not."""
    address, now = normal_address(form.address.data or ""), clock.now()
    asks = asking()
    if request.method == "POST" and services.is_slowed(asks, now):
        raise SlowedDown(link_helps=False)

    def ask() -> None:
        leads_to = kept_path(request.args.get("suite"))
        services.ask_link(address=address, asked_by=asked_for(address), now=now, leads_to=leads_to)
        services.note_failure(asks.values(), now=now)

    return perform(form, ask, then=link_was_asked(local_path(request.args.get("suite"))), page=PAGE, **page)


def _enter(form: PasswordForm, page: dict[str, Any]) -> ResponseReturnValue:
    address, now, opened = normal_address(form.address.data or ""), clock.now(), list[services.KeptDevice | None]()
    tried = subjects(account=address)
    _refuse_when_slowed(tried)
    label, here = device_label(request), who_is_here()

    def enter() -> None:
        password = form.password.data or ""
        try:
            opened.append(
                services.enter_with_password(address=address, password=password, label=label, now=now, by=here)
            )
        except RuleBroken:
            remember(lambda: services.note_failure(tried.values(), now=now))
            raise

    answer = perform(form, enter, then=local_path_or_home(request.args.get("suite")), page=PAGE, **page)
    return known_here(answer, opened)


@bp.route("/lien/<token>", methods=["GET", "POST"])
@access(anyone)
def link(token: str) -> ResponseReturnValue:
    """A link of a mail: shown by a GET, opened by a gesture."""
    now, found = clock.now(), link_for_token(token)
    state, owner = services.state_of(found, now), get_user(found.user_id) if found else None
    if found is None or owner is None or state is LinkState.DEAD:
        return _dead_link(subjects(token=token))
    if state is LinkState.ELSEWHERE:
        return opened_elsewhere(found, owner)
    return change_address(found, owner) if found.purpose is LinkPurpose.NEW_ADDRESS else open_link(found, owner)


def _dead_link(tried: dict[str, bytes]) -> ResponseReturnValue:
    """Used, closed, too old, or never written: one answer, counted when somebody insists, then slowed down."""
    if request.method == "POST":
        _refuse_when_slowed(tried)
        remember(lambda: services.note_failure(tried.values(), now=clock.now()))
    return render_template("errors/410.html"), 410


def _refuse_when_slowed(tried: dict[str, bytes]) -> None:
    """Only ever what may fail: a page is always shown, a good link always opens."""
    now = clock.now()
    if services.is_slowed(tried, now):
        raise SlowedDown(link_helps=not services.is_slowed(asking(), now))


@bp.post("/entrer/<uuid:user_id>/demonstration")
@access(anyone, user=get_demo_user)
def demo(user: User) -> ResponseReturnValue:
    """One click, in the demonstration only."""
    only_in_demo()
    kept = services.enter_demo(user, label=device_label(request), now=clock.now(), by=who_is_here())
    return known_here(redirect(url_for("home.index")), [kept])


@bp.post("/sortir")
@access(signed_in)
def sign_out() -> Response:
    """Close this device, and forget it."""
    services.sign_out(now=clock.now(), by=me())
    session.clear()
    flash("Cet appareil est déconnecté : pour y entrer de nouveau, demandez un lien.")
    answer: Any = redirect(url_for("home.index"))
    return forget_device(answer)
