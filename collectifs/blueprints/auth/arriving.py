"""What both ways in share: who was here before, and the cookie that makes a browser known."""

from collections.abc import Iterable

from flask import Response, make_response, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from collectifs.people.domain.person import Person
from collectifs.people.services.sign_in import KeptDevice
from collectifs.web.access import me
from collectifs.web.devices import keep_device


def who_is_here() -> Person | None:
    """Whoever is already signed in on this browser."""
    person: Person | None = me() if current_user.is_authenticated else None
    return person


def known_here(answer: ResponseReturnValue, opened: Iterable[KeptDevice | None]) -> Response:
    """The answer, with the secret of the device that was opened, if one was; the visit begins afresh."""
    response: Response = make_response(answer)
    for kept in opened:
        if kept is not None:
            session.clear()
            keep_device(response, kept.secret, kept.expires_at)
    return response


def link_was_asked(after: str | None = None) -> str:
    """Where one goes after having asked for a link, known address or not."""
    return url_for("auth.sign_in", demande="envoyee", suite=after)
