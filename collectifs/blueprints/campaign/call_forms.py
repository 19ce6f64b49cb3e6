"""The forms of a manager: a call, who passes it on, what is said of it."""

from typing import Any

from wtforms import BooleanField
from wtforms.validators import DataRequired, Optional

from collectifs.campaign.domain.call import LONGEST_INCITATION, LONGEST_TEXT, PartnerKind, SaidBy
from collectifs.campaign.models.calls import Call
from collectifs.campaign.services.calls import CallWords, Said
from collectifs.web.choices import pick_one, select_one
from collectifs.web.forms import BaseForm, DayField, line, text

WANTED = "Choisissez un jour."
DAYS = ("opens_on", "closes_on", "answers_on", "meets_on")
# By the names of the fields (`process` is a form's own word), those of the columns.
WORDS = {
    **{name: name for name in ("title", "incitation", "prerequisites", "contact")},
    "examined": "process",
}


class CallForm(BaseForm):
    """Its days and its words; what is left empty is said in the usual words."""

    opens_on = DayField("Ouvre le", validators=[DataRequired(WANTED)])
    closes_on = DayField("Se ferme le", validators=[DataRequired(WANTED)])
    answers_on = DayField("Réponse à chaque personne le", validators=[DataRequired(WANTED)])
    meets_on = DayField("Premiers regroupements à partir du", validators=[Optional()])
    title = line("Titre", most=160)
    incitation = text("Pourquoi venir", most=LONGEST_INCITATION)
    prerequisites = text("Ce qu’il faut", most=LONGEST_TEXT)
    examined = text("Comment les candidatures sont lues", most=LONGEST_TEXT)
    contact = line("Comment poser une question", most=300)
    is_published = BooleanField("Publier l’appel")

    def words(self) -> CallWords:
        """What was written."""
        written: Any = {name: self[name].data for name in DAYS} | {
            column: self[name].data or "" for name, column in WORDS.items()
        }
        return CallWords(**written)


def call_form(row: Call | None, *, is_new: bool) -> CallForm:
    """The form; a new call begins with the words of the last one, without its days."""
    kept = {name: getattr(row, column) for name, column in WORDS.items()} if row else {}
    if row is not None and not is_new:
        kept |= {name: getattr(row, name) for name in DAYS}
    return CallForm(data=kept)


class PartnerForm(BaseForm):
    """Who passes the call on."""

    name = line("Son nom", wanted="Écrivez un nom.", most=120)
    kind = select_one("Ce que c’est", choices={each.value: each.label for each in PartnerKind}, wanted="Choisissez.")
    uai = line("Son code UAI", most=40)


class TestimonialForm(BaseForm):
    """Words, how they are signed, who agreed, until when."""

    text = text("Ce que la personne dit", wanted="Écrivez ce qu’elle dit.", most=600)
    said_by = pick_one("Qui parle", choices={each.value: each.label for each in SaidBy}, wanted="Choisissez qui parle.")
    signed = line("Signé, sans son nom", wanted="Écrivez comment c’est signé.", most=120)
    agreed_by = line("Qui a donné son accord", wanted="Écrivez son nom : vous seuls le lirez.", most=160)
    agreed_on = DayField("Accord donné le", validators=[DataRequired(WANTED)])
    shown_until = DayField("À montrer jusqu’au", validators=[DataRequired(WANTED)])

    def said(self) -> Said:
        """What was written."""
        said: Any = {name: self[name].data for name in ("text", "signed", "agreed_by", "agreed_on", "shown_until")}
        return Said(**said, said_by=SaidBy(self.said_by.data))
