"""The forms of the inspection's reading."""

from collections.abc import Iterable
from typing import Self

from wtforms import BooleanField, DateField, SelectField
from wtforms.validators import InputRequired

from collectifs.meetings.domain.resources import Resource
from collectifs.web.forms import BaseForm, line, text

REMARK_LIMIT = 2000


class RemarkForm(BaseForm):
    """A word to the collective."""

    text = text("Une remarque au collectif", wanted="Écrivez votre remarque.", most=REMARK_LIMIT)
    nobody_named = BooleanField("Ces mots ne désignent personne")
    resource = SelectField("Une ressource à proposer")

    def offer(self, library: Iterable[Resource]) -> Self:
        """With what may be proposed."""
        self.library = {each.id: each for each in library}
        self.resource.choices = [("", "Aucune"), *((each.id, each.title) for each in self.library.values())]
        return self

    @property
    def suggested(self) -> Resource | None:
        """What was chosen."""
        return self.library.get(self.resource.data)


class FilterForm(BaseForm):
    """The name of a filter that one keeps."""

    name = line("Nom du filtre", most=200)


class DeputyForm(BaseForm):
    """Who reads in one's place, where, until when."""

    who = SelectField("Qui lira à votre place", validators=[InputRequired("Choisissez une personne.")])
    territory = SelectField("Sur quel territoire", validators=[InputRequired("Choisissez un territoire.")])
    until = DateField("Jusqu’au", validators=[InputRequired("Choisissez un jour.")])
