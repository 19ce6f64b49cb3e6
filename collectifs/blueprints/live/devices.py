"""What lets a device hold the two hours without network: the empty page, its worker, who prepared what."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.live.area import bp
from collectifs.blueprints.live.kept_files import files_behind
from collectifs.kernel import clock
from collectifs.live.domain.gesture_fields import LONGEST_ID, NO_NUMBER, device_number
from collectifs.live.services.devices import device_returned, prepare_device
from collectifs.meetings.domain.devices import device_kind
from collectifs.meetings.permissions import can_join_room
from collectifs.meetings.queries.meetings import MeetingAccess, get_meeting
from collectifs.web.access import access, anyone, me
from collectifs.web.sent import sent_line, sent_object
from collectifs.web.static import FOLDER

SHELLS = {"projection": "live/projection.html", "roll": "events/attendance_kept.html"}  # beside the live page itself


@bp.get("/seance/coquille")
@access(anyone)
def shell() -> ResponseReturnValue:
    """The live page, the wall, the list of a workshop, without a datum, a name or a token: what a device keeps."""
    return _shell(next((name for name in SHELLS if name in request.args), "run"))


@bp.get("/sw.js")
@access(anyone)
def worker() -> Response:
    """The service worker, told which files to keep: it changes with each build. A browser asks for it as often as for
    a page: while nobody works on the application, it is written once."""
    written: dict[str, str] = {} if current_app.debug else current_app.extensions.setdefault("workers", {})
    if request.script_root not in written:
        written[request.script_root] = _worker_script()
    return Response(written[request.script_root], mimetype="text/javascript")


def _worker_script() -> str:
    shells = {"run": url_for(".shell")} | {name: f"{url_for('.shell')}?{name}=1" for name in SHELLS}
    files = [url_for("static", filename=name) for name in files_behind([_shell(name) for name in shells])]
    known = {"BUILD": current_app.extensions["build"], "FILES": files, "SHELLS": shells}
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in known.items())
    return head + (FOLDER / "js" / "sw.js").read_text(encoding="utf-8")


@bp.post("/seance/<uuid:meeting_id>/appareils")
@access(can_join_room, meeting=get_meeting)
def devices(meeting: MeetingAccess) -> ResponseReturnValue:
    """A device of this person keeps the meeting, sealed. Saying it again is harmless."""
    sent = sent_object(NO_NUMBER)
    kind = device_kind(sent_line(sent, "kind", LONGEST_ID))
    prepare_device(meeting.meeting, device=_device(sent), kind=kind, now=clock.now(), by=me())
    return jsonify(ok=True)


@bp.post("/seance/<uuid:meeting_id>/appareils/rendu")
@access(can_join_room, meeting=get_meeting)
def device_back(meeting: MeetingAccess) -> ResponseReturnValue:
    """It says that nothing waits on it any more."""
    device_returned(meeting.meeting, device=_device(sent_object(NO_NUMBER)), now=clock.now(), by=me())
    return jsonify(ok=True)


def _shell(name: str) -> str:
    page = SHELLS.get(name, "live/run.html")
    return render_template(page, data=None, face=None, is_shell=True)


def _device(sent: Mapping[str, Any]) -> str:
    return device_number(sent_line(sent, "device", LONGEST_ID + 1))
