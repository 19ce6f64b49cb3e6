"""What the square code at a door carries: a workshop and a turn, signed; nothing is kept of it."""

from uuid import UUID

from flask import current_app
from itsdangerous import Signer, exc

from collectifs.kernel.text.typed import whole_number

SALT = "porte"


def token_of(workshop_id: UUID, turn: int) -> str:
    """The last part of the address that the code leads to."""
    return _signer().sign(f"{workshop_id.hex}-{turn}").decode()


def read_token(token: str) -> tuple[UUID, int] | None:
    """Which workshop and which turn; None for what was not signed here."""
    try:
        workshop, _, turn = _signer().unsign(token).decode().partition("-")
    except exc.BadData:
        return None
    number = whole_number(turn)
    return (UUID(workshop), number) if number is not None else None


def _signer() -> Signer:
    return Signer(current_app.extensions["settings"].secret_key, salt=SALT)
