"""The UAI code of a school or college (formerly RNE): seven figures and a letter that checks them.

Source: the national register; the three first figures say the département (620 and 720 for Corse).
"""

import re

from collectifs.kernel.errors import RuleBroken

SHAPE = re.compile(r"\d{7}[A-Z]", re.ASCII)
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"  # neither I, nor O, nor Q


def normal_uai(typed: str) -> str:
    """A code as it is kept: capitals, no space, dot or hyphen."""
    return re.sub(r"[\s.-]+", "", typed).upper()


def check_letter(digits: str) -> str:
    """The letter that the seven figures call for."""
    return LETTERS[int(digits) % len(LETTERS)]


def check_uai(code: str, field: str = "uai") -> None:
    """Seven figures and the letter that they call for. An empty code is no code."""
    if not code:
        return
    if not SHAPE.fullmatch(code):
        raise RuleBroken("Un code UAI compte sept chiffres et une lettre, par exemple 0751234J.", field)
    if check_letter(code[:7]) != code[7]:
        raise RuleBroken(
            "La lettre de ce code ne va pas avec ses chiffres : l’un d’eux est sans doute mal recopié.", field
        )
