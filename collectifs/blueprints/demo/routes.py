"""The demonstration's mails, read in the browser, and its clock. Elsewhere these pages do not exist."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from collectifs.blueprints.demo.reading import page_within, paragraphs, style_of
from collectifs.kernel.config import demo_offset_seconds, set_demo_offset
from collectifs.kernel.mail.outbox import KeptMail, kept_mail, kept_mails
from collectifs.web.access import access, anyone
from collectifs.web.demo import in_demo, only_in_demo, settings
from collectifs.web.headers import show_within
from collectifs.web.local import local_path_or_home

bp = Blueprint("demo", __name__)
STEPS = {"1": 1, "24": 24, "72": 72}


def get_mail(mail_id: UUID) -> KeptMail | None:
    """A mail of the outbox, in the demonstration only."""
    return kept_mail(mail_id, settings().outbox) if in_demo() else None


@bp.get("/courriels")
@access(anyone)
def outbox() -> ResponseReturnValue:
    """Every mail that would have gone, the newest first."""
    only_in_demo()
    return render_template("demo/outbox.html", mails=kept_mails(settings().outbox))


@bp.get("/courriels/<uuid:mail_id>")
@access(anyone, mail=get_mail)
def mail(mail: KeptMail) -> ResponseReturnValue:
    """One mail, its page and its text; their links lead where they say."""
    only_in_demo()
    base_url = settings().base_url
    show_within(style_of(mail.page))
    return render_template(
        "demo/mail.html",
        mail=mail,
        page=page_within(mail.page, base_url),
        paragraphs=paragraphs(mail.text, base_url),
    )


@bp.post("/demonstration/horloge")
@access(anyone)
def move_clock() -> ResponseReturnValue:
    """An hour, a day or three days later."""
    only_in_demo()
    hours = request.form.get("hours")
    if hours in STEPS:
        mark = settings().demo_mark
        set_demo_offset(mark, demo_offset_seconds(mark) + STEPS[hours] * 3600)
    return redirect(local_path_or_home(request.form.get("next")))
