"""When one signed in, and where: what is still open can be closed."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.account.area import bp
from collectifs.kernel import clock
from collectifs.kernel.retention import ROWS
from collectifs.kernel.text.typography import count, sentence_case
from collectifs.people.queries.people import sign_ins_of
from collectifs.people.services.sign_in import close_other_devices
from collectifs.web.access import access, me, signed_in


@bp.get("/mon-compte/connexions", endpoint="sign_ins")
@access(signed_in)
def sign_ins() -> ResponseReturnValue:
    """The devices that are in, and every sign-in that is not forgotten yet."""
    found = sign_ins_of(me().id, clock.now())
    return render_template(
        "account/sign_ins.html",
        present=[each for each in found if each.ended_at is None],
        past=[each for each in found if each.ended_at is not None],
        this_device=me().device_id,
        perishes=ROWS["entries"].perishes,
    )


@bp.post("/mon-compte/connexions/fermer")
@access(signed_in)
def close_others() -> ResponseReturnValue:
    """Close every other device at once."""
    number = close_other_devices(now=clock.now(), by=me())
    words = count(number, "autre appareil est déconnecté", "autres appareils sont déconnectés")
    flash(f"{sentence_case(words)}." if number else "Aucun autre appareil n’était connecté.")
    return redirect(url_for(".sign_ins"))
