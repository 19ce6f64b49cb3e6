"""The forms of the inspection's reading."""

from wtforms import BooleanField

from collectifs.web.forms import BaseForm, line, text

REMARK_LIMIT = 2000


class RemarkForm(BaseForm):
    """A word to the collective."""

    text = text("Une remarque au collectif", wanted="Écrivez votre remarque.", most=REMARK_LIMIT)
    nobody_named = BooleanField("Ces mots ne désignent personne")


class FilterForm(BaseForm):
    """The name of a filter that one keeps."""

    name = line("Nom du filtre", most=200)
