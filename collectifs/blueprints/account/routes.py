"""One's own account: devices, password, address."""

from typing import Any

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.account import feed, left, mails, own_data, sign_ins
from collectifs.blueprints.account.area import bp
from collectifs.blueprints.account.forms import NewAddressForm, NewPasswordForm
from collectifs.kernel import clock
from collectifs.people.models import Device
from collectifs.people.permissions import can_close_device
from collectifs.people.queries.people import account_end, get_device, has_password, open_devices
from collectifs.people.services import account as services
from collectifs.people.services import sign_in
from collectifs.web.access import access, me, signed_in
from collectifs.web.devices import forget_device
from collectifs.web.names import name_form
from collectifs.web.perform import perform

MORE_VIEWS = (feed, left, mails, own_data, sign_ins)  # modules that hang their own views on the blueprint


@bp.get("/mon-compte")
@access(signed_in)
def show() -> ResponseReturnValue:
    """Name, address, devices, password."""
    person = me()
    return render_template(
        "account/show.html",
        person=person,
        devices=open_devices(person.id, clock.now()),
        has_password=has_password(person.id),
        ends_on=account_end(person.id),
    )


@bp.post("/appareils/<uuid:device_id>/fermer")
@access(can_close_device, device=get_device)
def close_device(device: Device) -> ResponseReturnValue:
    """Close one of one's devices; closing this one is leaving."""
    person = me()
    sign_in.close_device(device, now=clock.now(), by=person)
    if device.id != person.device_id:
        flash("L’appareil est déconnecté : il faudra un lien pour y entrer de nouveau.")
        return redirect(url_for(".show"))
    session.clear()
    flash("Cet appareil est déconnecté : pour y entrer de nouveau, demandez un lien.")
    answer: Any = redirect(url_for("home.index"))
    return forget_device(answer)


@bp.route("/mon-compte/mot-de-passe", methods=["GET", "POST"])
@access(signed_in)
def set_password() -> ResponseReturnValue:
    """Choose a password, or another one."""
    form = NewPasswordForm()
    return perform(
        form,
        lambda: services.set_password(password=form.password.data or "", by=me()),
        then=url_for(".show"),
        page="account/set_password.html",
        said="Votre mot de passe est enregistré. Un message vous le confirme.",
        has_password=has_password(me().id),
    )


@bp.post("/mon-compte/mot-de-passe/retirer")
@access(signed_in)
def remove_password() -> ResponseReturnValue:
    """Go back to links alone."""
    services.remove_password(by=me())
    flash("Votre mot de passe est retiré : un lien par courriel suffit pour entrer.")
    return redirect(url_for(".show"))


@bp.route("/mon-compte/nom", methods=["GET", "POST"])
@access(signed_in)
def change_name() -> ResponseReturnValue:
    """One's own name, as one writes it."""
    form = name_form(me().given_name, me().family_name)
    return perform(
        form,
        lambda: services.correct_name(me().id, **form.names(), by=me()),
        then=url_for(".show"),
        page="account/change_name.html",
        said="Votre nom est enregistré.",
    )


@bp.route("/mon-compte/adresse", methods=["GET", "POST"])
@access(signed_in)
def change_address() -> ResponseReturnValue:
    """Ask for another address; the present one has to say yes."""
    form = NewAddressForm()
    return perform(
        form,
        lambda: services.ask_new_address(address=form.address.data or "", now=clock.now(), by=me()),
        then=url_for(".show"),
        page="account/change_address.html",
        said="Un message part à votre adresse actuelle : ouvrez-le dans les 24 heures pour confirmer.",
        person=me(),
    )
