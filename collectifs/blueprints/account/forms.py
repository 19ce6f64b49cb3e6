"""A password, another address."""

from wtforms import PasswordField
from wtforms.validators import DataRequired

from collectifs.web.forms import BaseForm
from collectifs.web.forms import address as address_field


class NewPasswordForm(BaseForm):
    """A password, once: a link by mail mends a slip."""

    password = PasswordField("Votre nouveau mot de passe", validators=[DataRequired("Écrivez un mot de passe.")])


class NewAddressForm(BaseForm):
    """Another address."""

    address = address_field("Votre nouvelle adresse électronique")
