"""Error pages in French that say what to do; the log gets an id, never a text."""

import uuid

from flask import Flask, current_app, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import AnonymousUserMixin, current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from collectifs.kernel.config import Settings
from collectifs.kernel.documents.printing import PressBusy
from collectifs.kernel.errors import MovedMeanwhile, RuleBroken
from collectifs.kernel.extensions import only_reading
from collectifs.kernel.journal import structlog
from collectifs.kernel.vault import KeysAway, Perished, Tampered
from collectifs.web.access import to_sign_in
from collectifs.web.again import send_again
from collectifs.web.form_tokens import has_lost_its_device
from collectifs.web.limits import SlowedDown
from collectifs.web.static import is_static

log = structlog.get_logger()
CLOSED_HERE = "Ce texte ne s’ouvre plus. Rien n’a été changé ; dites-le à qui administre le service."
WITH_A_PAGE = {403, 404, 409, 410, 413, 422, 429, 500, 503}


def register_errors(app: Flask) -> None:
    """Give `app` its error pages (or a JSON answer to a page's own script)."""
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(RuleBroken, _rule_broken)
    app.register_error_handler(OperationalError, _storage)
    app.register_error_handler(OSError, _storage)
    app.register_error_handler(MovedMeanwhile, _storage)
    app.register_error_handler(PressBusy, _press_busy)
    app.register_error_handler(KeysAway, _keys_away)
    app.register_error_handler(Perished, _closed)
    app.register_error_handler(Tampered, _closed)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _crash)


def _answer(code: int, **context: object) -> ResponseReturnValue:
    if request.is_json:
        return jsonify(error=code, **context), code
    name = code if code in WITH_A_PAGE else (500 if code >= 500 else 404)
    if code >= 500:
        g._login_user = AnonymousUserMixin()  # the page must not need the database that may have failed
    with only_reading():
        return render_template(f"errors/{name}.html", **context), code


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    lost = send_again(401, "expired") if has_lost_its_device() else None
    return lost or send_again(403, "stale") or _answer(403)


def _storage(error: Exception) -> ResponseReturnValue:
    """The disk is full, the database is away or locked, others always wrote first: the words come back."""
    log.error("storage", kind=type(error).__name__, where=_where(error))
    g._login_user = AnonymousUserMixin()
    return send_again(503, "refused") or _answer(503)


def _press_busy(_busy: PressBusy) -> ResponseReturnValue:
    """Many papers are asked for at once: this one may be asked again in a moment; nothing was kept, words come back."""
    log.warning("press_busy", endpoint=request.endpoint)
    return send_again(503, "refused") or _answer(503, press_busy=True)


def _keys_away(away: KeysAway) -> ResponseReturnValue:
    """The folder of keys is not there, or is not ours: nothing is opened, nothing is taken for erased."""
    log.error("keys_away", why=str(away))
    g._login_user = AnonymousUserMixin()
    settings: Settings = current_app.extensions["settings"]
    return send_again(503, "refused") or _answer(503, keys_away=True, contact=settings.notices.contact)


def _closed(error: Exception) -> ResponseReturnValue:
    """What was to be written stands beside a text that does not open: nothing is kept, and the words come back.

    503, for a device keeps what it could not send: with 410 it would forget it.
    """
    log.error("closed", kind=type(error).__name__, where=_where(error))
    if request.is_json:
        return jsonify(closed=True, why=CLOSED_HERE), 503
    settings: Settings = current_app.extensions["settings"]
    return send_again(503, "refused") or _answer(503, closed=True, contact=settings.notices.contact)


def _rule_broken(refusal: RuleBroken) -> ResponseReturnValue:
    if request.is_json:
        return jsonify(why=refusal.sentence), 422
    return _answer(422, sentence=refusal.sentence)


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code in (301, 302, 303, 307, 308):
        return error.get_response()
    if is_static(request):
        return "Rien à cette adresse.\n", code, {"Content-Type": "text/plain; charset=utf-8"}
    if code in (404, 405) and not current_user.is_authenticated:
        return to_sign_in()
    words = {"link_helps": error.link_helps} if isinstance(error, SlowedDown) else {}
    return _answer(404 if code == 405 else code, **words)


def _crash(error: Exception) -> ResponseReturnValue:
    reference = uuid.uuid4().hex[:8]
    log.error("crash", reference=reference, kind=type(error).__name__, where=_where(error))
    if request.environ.get("werkzeug.debug.preserve_context"):
        raise error
    return _answer(InternalServerError.code, reference=reference)


def _where(error: Exception) -> str:
    """The last place of our own code in the traceback: file and line, no value."""
    frame, place = error.__traceback__, ""
    while frame is not None:
        code = frame.tb_frame.f_code
        if "/collectifs/" in code.co_filename:
            place = f"{code.co_filename.rpartition('/collectifs/')[2]}:{frame.tb_lineno}"
        frame = frame.tb_next
    return place
