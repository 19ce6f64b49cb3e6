"""The library of resources as the administration keeps it: where each is, when somebody opened it, what is hidden."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField
from wtforms.validators import Optional

from collectifs.blueprints.admin.area import bp
from collectifs.kernel import clock
from collectifs.meetings.domain.resources import ADDRESS_LIMIT, Amendment
from collectifs.meetings.permissions import can_keep_resource
from collectifs.meetings.queries.resources import KeptResource, get_resource, kept_resources
from collectifs.meetings.services.resources import amend_resource, restore_resource
from collectifs.people.permissions import can_administer
from collectifs.web.access import access, me
from collectifs.web.forms import BaseForm, DayField, line
from collectifs.web.perform import perform


class ResourceForm(BaseForm):
    """What is said of a resource; its words stay those of the library."""

    address = line("Son adresse", most=ADDRESS_LIMIT)
    checked_on = DayField("Ouverte par quelqu’un le", format=["%Y-%m-%d", "%d/%m/%Y"], validators=[Optional()])
    is_hidden = BooleanField("Ne plus la montrer")

    @property
    def said(self) -> Amendment:
        """As it was typed."""
        return Amendment(self.address.data or "", self.checked_on.data, self.is_hidden.data)


@bp.get("/administration/ressources")
@access(can_administer)
def resources() -> ResponseReturnValue:
    """Every resource, with its address and when it was seen."""
    return render_template("admin/resources.html", kept=kept_resources())


@bp.route("/administration/ressources/<resource_id>", methods=["GET", "POST"])
@access(can_keep_resource, resource=get_resource)
def amend(resource: KeptResource) -> ResponseReturnValue:
    """One of them: its address, its date, whether it is shown."""
    form = ResourceForm(
        address=resource.said.address, checked_on=resource.said.checked_on, is_hidden=resource.said.is_hidden
    )
    return perform(
        form,
        lambda: amend_resource(resource, form.said, today=clock.now().date(), by=me()),
        then=url_for(".resources"),
        page="admin/amend.html",
        said="La ressource est à jour partout où elle se lit.",
        kept=resource,
    )


@bp.post("/administration/ressources/<resource_id>/comme-au-depart")
@access(can_keep_resource, resource=get_resource)
def restore_resource_view(resource: KeptResource) -> ResponseReturnValue:
    """What the library says of it, again."""
    restore_resource(resource, by=me())
    flash(f"« {resource.resource.title} » est comme au départ.")
    return redirect(url_for(".resources"))
