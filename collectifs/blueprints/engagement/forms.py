"""Choosing lines; checking a paper."""

from collections.abc import Iterable

from collectifs.engagement.domain.lines import EngagementLine
from collectifs.kernel.text.typography import long_date, minutes
from collectifs.web.choices import pick_several
from collectifs.web.forms import BaseForm, line


class EngagementForm(BaseForm):
    """Which lines stand on the attestation: none is ticked in advance."""

    lines = pick_several("Ce que vous voulez y lire", choices={})


def engagement_form(found: Iterable[EngagementLine]) -> EngagementForm:
    """The form on what can be attested."""
    form = EngagementForm()
    form.lines.choices = {each.key: words_of(each) for each in found}
    return form


def words_of(each: EngagementLine) -> str:
    """« mercredi 13 janvier 2027, regroupement d’un collectif, en présentiel, 2 h »."""
    length = f", {minutes(each.minutes)}" if each.minutes else ""
    until = f", jusqu’au {long_date(each.until)}" if each.until and each.until != each.day else ""
    return f"{long_date(each.day)} : {each.words}{length}{until}"


class CheckForm(BaseForm):
    """What a reader types off the paper: both, or nothing is said."""

    code = line("Code de l’attestation", wanted="Écrivez le code de l’attestation.", most=40)
    name = line("Nom qu’elle porte", wanted="Écrivez le nom, comme sur l’attestation.", most=200)
