"""The first page, and the pages that everybody may read."""

from flask import Blueprint, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from collectifs import clock
from collectifs.blueprints.home.welcome import welcome
from collectifs.domain.retention import TABLE
from collectifs.queries.jobs import last_breath
from collectifs.queries.people import demo_people
from collectifs.web.access import access, anyone, me
from collectifs.web.demo import cast, in_demo
from collectifs.web.entrance import AskLinkForm

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
    )


@bp.get("/qui-voit-quoi")
@access(anyone)
def who_sees_what() -> ResponseReturnValue:
    """The three circles."""
    return render_template("home/who_sees_what.html")


@bp.get("/accessibilite")
@access(anyone)
def accessibility() -> ResponseReturnValue:
    """The declaration that the law asks for."""
    return render_template("home/accessibility.html")


@bp.get("/vos-donnees")
@access(anyone)
def personal_data() -> ResponseReturnValue:
    """What is kept, and until when."""
    return render_template("home/personal_data.html", retention=TABLE.values())


@bp.get("/aide")
@access(anyone)
def help() -> ResponseReturnValue:  # noqa: A001  the address says so
    """Short answers."""
    return render_template("home/help.html")


@bp.get("/sante")
@access(anyone)
def health() -> ResponseReturnValue:
    """For a machine that watches: the application answers, and so does its database."""
    last_breath()
    return jsonify(status="ok")
