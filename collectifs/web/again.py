"""A form that could not be received comes back with its words, to be sent again: nothing typed is lost.

It happens when the session ended while somebody wrote, when the page was too old for its token, and when
the disk or the database refused. The words are only shown back, to the browser that sent them: never kept.
"""

from dataclasses import dataclass

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

SECRET = ("password", "csrf_token", "token")
MOST_FIELDS = 400
LONG = 60


@dataclass(frozen=True)
class KeptField:
    """One field as it was sent. `is_typed`: a text that a person wrote, shown so that it can be copied."""

    name: str
    value: str

    @property
    def is_typed(self) -> bool:
        """Long enough, or broken in lines: somebody wrote it."""
        return len(self.value) > LONG or "\n" in self.value or " " in self.value.strip()


def is_our_own_form() -> bool:
    """Whether a page of this very site sent a form: another site could otherwise have somebody send its words."""
    is_form = request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data")
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    return request.method == "POST" and is_form and is_ours and not request.is_json


def kept_fields() -> list[KeptField]:
    """What was sent, without passwords and tokens; empty when it cannot be read or is too large to come back."""
    if not is_our_own_form():
        return []
    pairs = [(name, value) for name, value in request.form.items(multi=True)]
    kept = [KeptField(name, value) for name, value in pairs if not any(word in name for word in SECRET)]
    return kept if len(kept) <= MOST_FIELDS else []


def send_again(code: int, why: str) -> ResponseReturnValue | None:
    """The page that gives the words back, or None when there is nothing that somebody wrote.

    `why` is `expired` (sign in beside, then send), `stale` (send with a fresh token) or `refused` (send later).
    """
    fields = kept_fields()
    if not any(field.is_typed for field in fields):
        return None
    page = render_template(
        "errors/again.html",
        why=why,
        fields=fields,
        url=request.full_path.rstrip("?"),
        sign_in=url_for("auth.sign_in") if "auth.sign_in" in current_app.view_functions else "/",
        is_signed_in=bool(current_user.is_authenticated),
    )
    return page, code
