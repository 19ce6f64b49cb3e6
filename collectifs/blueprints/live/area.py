"""The blueprint of this area, apart so that each of its modules of views can hang its own on it."""

from flask import Blueprint, Response, request
from flask_login import current_user

bp = Blueprint("live", __name__)


@bp.after_request
def say_that_it_is_the_same_person(response: Response) -> Response:
    """A 404 to an open screen: whether somebody else has signed in there, or the room is no longer this person’s."""
    asked_by = request.headers.get("X-Person")
    if response.status_code == 404 and current_user.is_authenticated and asked_by == str(current_user.id):
        response.headers["X-Person"] = asked_by
    return response
