"""Choosing a commune by what somebody typed: accents and article forgiven, homonyms told apart by their département."""

import re
from collections.abc import Sequence

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.folding import commune_key
from collectifs.kernel.text.typography import of

DEPARTMENT = re.compile(r"\(\s*(\d[\dab]\d?)\s*\)\s*$", re.IGNORECASE)
SHOWN = 6


def commune_label(name: str, department: str) -> str:
    """« Le Passage (47) »."""
    return f"{name} ({department})"


def of_commune(name: str) -> str:
    """« du Passage », « des Sables-d’Olonne », « d’Aiguillon », « de La Roche »: « autour » goes before it."""
    for article, said in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return said + name[len(article) :]
    return of(name)


def read_commune(typed: str) -> tuple[str, str]:
    """What was typed, as names are compared, and the département between brackets when one is said."""
    said = DEPARTMENT.search(typed)
    return commune_key(DEPARTMENT.sub("", typed)), said[1].upper() if said else ""


def without_department(typed: str) -> str:
    """« Le Passage », of « Le Passage (47) »."""
    return DEPARTMENT.sub("", typed).strip()


def check_not_several(labels: Sequence[str], field: str) -> None:
    """Not a name that several communes bear. Raises RuleBroken beside the field; one that none bears may be abroad."""
    if labels:
        check_one_commune(labels, (), field)


def check_one_commune(labels: Sequence[str], near: Sequence[str], field: str) -> None:
    """One commune is meant. Raises RuleBroken beside the field, with the names that may be."""
    if len(labels) == 1:
        return
    if not labels:
        maybe = f" Vouliez-vous dire {' ou '.join(near[:3])} ?" if near else ""
        raise RuleBroken(f"Aucune commune de ce nom.{maybe}", field)
    more = "…" if len(labels) > SHOWN else ""
    named = ", ".join(labels[:SHOWN])
    raise RuleBroken(f"Plusieurs communes portent ce nom : écrivez aussi son département. {named}{more}", field)
