"""The door, as the first page and the sign-in page both show it."""

from wtforms import PasswordField
from wtforms.validators import DataRequired

from collectifs.web.forms import BaseForm
from collectifs.web.forms import address as address_field


class AskLinkForm(BaseForm):
    """An address, to receive a link."""

    address = address_field("Votre adresse électronique professionnelle")


class PasswordForm(BaseForm):
    """An address and a password, for those who chose one."""

    address = address_field("Votre adresse électronique")
    password = PasswordField("Votre mot de passe", validators=[DataRequired("Écrivez votre mot de passe.")])
