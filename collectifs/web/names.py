"""The form of a name: one's own, or that of somebody whom a manager invited."""

from collectifs.people.domain.people import MAX_NAME
from collectifs.web.forms import BaseForm, line


class NameForm(BaseForm):
    """Given name and family name, each refused next to its field."""

    given_name = line("Prénom", wanted="Écrivez le prénom.", most=MAX_NAME)
    family_name = line("Nom de famille", most=MAX_NAME)

    def names(self) -> dict[str, str]:
        """What was typed, by the words of the service."""
        return {"given_name": self.given_name.data or "", "family_name": self.family_name.data or ""}


def name_form(given_name: str, family_name: str) -> NameForm:
    """The form, filled with the name as it is written today."""
    return NameForm(given_name=given_name, family_name=family_name)
