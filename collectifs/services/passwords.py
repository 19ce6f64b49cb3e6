"""Passwords at rest: argon2id, and one hash computed whether there is something to compare with or not."""

import unicodedata

from argon2 import PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher.from_parameters(profiles.RFC_9106_LOW_MEMORY)
# The hash of a password that was drawn at random and thrown away: nobody can type it.
NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$YzaWwe5Ohl5smP5V2cw7bw$tgJCOqb/lix1AgO9ZTvVP65UKSVMDJq87wIePD6UPN0"


def hash_password(password: str) -> str:
    """What is kept of a password."""
    return HASHER.hash(_composed(password))


def is_right(password: str, kept: str | None) -> bool:
    """Whether a password is the one that was kept. Without one, a hash is computed all the same."""
    try:
        HASHER.verify(kept or NOBODYS, _composed(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other settings than today's."""
    return HASHER.check_needs_rehash(kept)


def _composed(password: str) -> str:
    """The same letters whatever the keyboard: « é » typed in one or two signs."""
    return unicodedata.normalize("NFC", password)
