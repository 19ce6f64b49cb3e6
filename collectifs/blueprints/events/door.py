"""At the door of a workshop: whoever scanned its square code says that they are there. Looking counts nobody."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from collectifs.blueprints.events.area import bp
from collectifs.blueprints.events.door_code import read_token
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.network.domain.door import check_turn
from collectifs.network.domain.event import Hours
from collectifs.network.models import Registration
from collectifs.network.queries.events import WorkshopAccess, get_workshop
from collectifs.network.services.attendance import SeveralPeople, UnknownAddress, come_by_the_door
from collectifs.people.services.sign_in import is_slowed, note_failure
from collectifs.web.access import access, anyone
from collectifs.web.forms import BaseForm, address
from collectifs.web.limits import SlowedDown, subjects
from collectifs.web.perform import perform
from collectifs.web.refusals import why_not
from collectifs.web.transaction import remember


class DoorForm(BaseForm):
    """By which address one is registered; which of two people who share it."""

    address = address("L’adresse de votre inscription")
    who = StringField()

    people: tuple[Registration, ...] = ()

    def refuse(self, refusal: RuleBroken) -> None:
        """Two people share the address: they are shown, to choose from. Who guesses addresses is slowed."""
        if isinstance(refusal, SeveralPeople):
            self.people = refusal.people
        if isinstance(refusal, UnknownAddress):
            remember(lambda: note_failure(subjects().values(), now=clock.now()))
        super().refuse(refusal)

    @property
    def chosen(self) -> UUID | None:
        """Which of them."""
        try:
            return UUID(self.who.data or "")
        except ValueError:
            return None


@bp.route("/presence/<token>", methods=["GET", "POST"])
@access(anyone)
def door(token: str) -> ResponseReturnValue:
    """« Je suis là »: by a press of the button, while the code stands."""
    said, now = read_token(token), clock.now()
    found = get_workshop(said[0]) if said else None
    if request.method == "POST" and is_slowed(subjects(), now):
        raise SlowedDown(link_helps=False)
    if said is None or found is None:
        return render_template("events/at_the_door.html", workshop=None, access=None, is_noted=False, closed="")
    form, is_noted = DoorForm(), request.args.get("suite") == "note"
    return perform(
        form,
        lambda: come_by_the_door(found, said[1], form.address.data or "", form.chosen, now=now),
        then=url_for(".door", token=token, suite="note"),
        page="events/at_the_door.html",
        workshop=found.workshop,
        access=found.access,
        is_noted=is_noted,
        closed="" if is_noted else why_not(lambda: check_turn(said[1], _hours(found), now)),
    )


def _hours(found: WorkshopAccess) -> Hours:
    return Hours(found.slot.starts_at, found.slot.ends_at)
