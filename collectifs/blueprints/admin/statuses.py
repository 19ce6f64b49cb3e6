"""The list of the statuses of accompanied people, which changes every year: the administration keeps it."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.admin.area import bp
from collectifs.kernel import clock
from collectifs.kernel.seasons import season_label, season_of
from collectifs.people.domain.appointing import STATUSES_FROM, STATUSES_OF, usual_missing
from collectifs.people.permissions import can_administer, can_keep_status
from collectifs.people.queries.contacts import StatusFacts, get_status
from collectifs.people.queries.contacts import statuses as all_statuses
from collectifs.people.services import statuses as services
from collectifs.web.access import access, me
from collectifs.web.forms import BaseForm, line
from collectifs.web.perform import perform


class StatusForm(BaseForm):
    """One status, in the words that tutors know."""

    label = line("Le statut", wanted="Écrivez le statut.", most=80)


@bp.route("/administration/statuts", methods=["GET", "POST"])
@access(can_administer)
def statuses() -> ResponseReturnValue:
    """The list, and one more."""
    form = StatusForm()
    return _on_list(form, lambda: services.add_status(form.label.data, by=me()), "Le statut est ajouté.")


def _on_list(form: BaseForm, action: Callable[[], Any], said: str) -> ResponseReturnValue:
    known = all_statuses()
    return perform(
        form,
        action,
        then=url_for(".statuses"),
        page="admin/statuses.html",
        said=said,
        statuses=known,
        missing=usual_missing(each.label for each in known),
        usual=f"Liste usuelle {season_label(STATUSES_OF)} ({STATUSES_FROM})",
        is_old=season_of(clock.now().date()) > STATUSES_OF,
    )


@bp.post("/administration/statuts/liste-usuelle")
@access(can_administer)
def usual_statuses() -> ResponseReturnValue:
    """Those of the usual list that are missing, at once."""
    services.add_usual_statuses(by=me())
    flash("La liste usuelle est reprise.")
    return redirect(url_for(".statuses"))


@bp.route("/administration/statuts/<uuid:status_id>/renommer", methods=["GET", "POST"])
@access(can_keep_status, status=get_status)
def rename_status(status: StatusFacts) -> ResponseReturnValue:
    """Other words for a status, everywhere it was chosen."""
    form = StatusForm(label=status.label)
    return perform(
        form,
        lambda: services.rename_status(status, form.label.data, by=me()),
        then=url_for(".statuses"),
        page="admin/rename_status.html",
        said="Le statut est renommé.",
        status=status,
    )


@bp.post("/administration/statuts/<uuid:status_id>/retirer")
@access(can_keep_status, status=get_status)
def withdraw_status(status: StatusFacts) -> ResponseReturnValue:
    """Offered no longer; it stays where it was chosen."""
    services.withdraw_status(status, now=clock.now(), by=me())
    flash(f"« {status.label} » n’est plus proposé. Ce choix reste là où il a été fait.")
    return redirect(url_for(".statuses"))


@bp.post("/administration/statuts/<uuid:status_id>/remettre")
@access(can_keep_status, status=get_status)
def restore_status(status: StatusFacts) -> ResponseReturnValue:
    """Offered again."""
    services.restore_status(status, by=me())
    flash(f"« {status.label} » est de nouveau proposé.")
    return redirect(url_for(".statuses"))
