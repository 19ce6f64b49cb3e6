"""Which mails one wants, and when: every kind is listed; those that always leave say why."""

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.account.area import bp
from collectifs.kernel.jobs.registry import mails_told
from collectifs.kernel.queries.mails import choices_of
from collectifs.kernel.work import Always, Choosable, Pace, Why
from collectifs.people.services.mails import choose_paces
from collectifs.web.access import access, me, signed_in
from collectifs.web.choices import pick_one
from collectifs.web.forms import BaseForm
from collectifs.web.perform import perform

PACES = {Pace.NOW.value: "tout de suite", Pace.WEEKLY.value: "une fois par semaine", Pace.NEVER.value: "jamais"}


@bp.route("/mon-compte/courriels", methods=["GET", "POST"])
@access(signed_in)
def mails() -> ResponseReturnValue:
    """One's own choice for each kind of mail that may be muted, and the list of the others."""
    told = mails_told()
    kinds = sorted((each.about, kind) for kind, each in told.items() if isinstance(each, Choosable))
    form = _form([kind for _, kind in kinds], {kind: about for about, kind in kinds})
    return perform(
        form,
        lambda: choose_paces({kind: Pace(form[kind].data) for _, kind in kinds}, by=me()),
        then=url_for(".mails"),
        page="account/mails.html",
        said="Vos choix sont enregistrés.",
        kinds=[kind for _, kind in kinds],
        always=_always(told),
    )


def _form(kinds: list[str], labels: dict[str, str]) -> Any:
    """A field for each kind that may be muted, and for no other: a forged one finds no field."""
    fields = {kind: pick_one(labels[kind], wanted="Choisissez quand.", choices=PACES) for kind in kinds}
    chosen = {kind: row.pace.value for kind, row in choices_of(me().id).items()}
    return type("PacesForm", (BaseForm,), fields)(data={kind: chosen.get(kind, Pace.NOW.value) for kind in kinds})


def _always(told: dict[str, Always | Choosable]) -> list[tuple[str, list[str]]]:
    """The reasons, each with the mails that leave for it."""
    listed = [each for each in told.values() if isinstance(each, Always)]
    return [(why.value, sorted(each.about for each in listed if each.why is why)) for why in Why]
