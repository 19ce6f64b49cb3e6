"""The forms of the inspection's reading."""

from collectifs.web.forms import BaseForm, text

REMARK_LIMIT = 2000


class RemarkForm(BaseForm):
    """A word to the collective."""

    text = text("Une remarque au collectif", wanted="Écrivez votre remarque.", most=REMARK_LIMIT)
