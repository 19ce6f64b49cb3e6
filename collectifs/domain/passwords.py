"""What a password must be worth.

Source: CNIL, délibération 2022-100: 50 bits where failed attempts are slowed down and counted, as here.
"""

import math

from collectifs.kernel.errors import RuleBroken

MIN_BITS = 50
MIN_LENGTH = 8
MAX_LENGTH = 200
SPECIALS = 37


def bits(password: str) -> float:
    """Length × log2 of the size of the alphabet that its characters come from."""
    kinds = (
        (str.islower, 26),
        (str.isupper, 26),
        (str.isdigit, 10),
        (lambda char: not char.isalnum(), SPECIALS),
    )
    alphabet = sum(size for is_kind, size in kinds if any(is_kind(char) for char in password))
    return len(password) * math.log2(alphabet) if alphabet else 0.0


def check_password(password: str, about: tuple[str, ...] = ()) -> None:
    """Refuse what is too short, too plain, made of one thing, or made of the person's own name."""
    if len(password) > MAX_LENGTH:
        raise RuleBroken(f"Choisissez un mot de passe de {MAX_LENGTH} caractères au plus.", "password")
    if len(password) < MIN_LENGTH or bits(password) < MIN_BITS or len(set(password)) < 5:
        raise RuleBroken(
            "Choisissez un mot de passe plus long : 8 caractères de quatre sortes, "
            "ou quatre mots que personne d’autre ne réunirait.",
            "password",
        )
    lowered = password.casefold()
    if any(len(word) > 3 and word.casefold() in lowered for word in about):
        raise RuleBroken("Choisissez un mot de passe sans votre nom ni votre adresse.", "password")
