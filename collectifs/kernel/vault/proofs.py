"""A text made to perish: by it a drill sees that what was erased does not come back with the copies.

Each copy of the database carries two texts of nobody's. One lives: its key is in the copy of the keys. The other lived
until then: its bytes are still there, its key was destroyed between the two copies.
"""

from datetime import datetime

from collectifs.kernel.models import Deployment
from collectifs.kernel.vault import Perished, current_vault

WORDS = "Ce texte d’épreuve n’est à personne."


def turn_proofs(deployment: Deployment, *, now: datetime) -> str:
    """The text that lives takes the place of the former one, a new one lives; before a copy of the database.

    Returns the key to destroy once that is certain. Raises KeysAway.
    """
    if deployment.proof_key_id is None:  # the first copy: one that has lived for no time at all
        deployment.proof_key_id, deployment.proof = _sealed()
    over = deployment.proof_key_id
    if deployment.former_proof_key_id:  # once more: whoever was killed in between has not destroyed it
        current_vault().destroy_key(deployment.former_proof_key_id)
    deployment.former_proof_key_id, deployment.former_proof = over, deployment.proof
    deployment.proof_key_id, deployment.proof = _sealed()
    deployment.proved_at = now
    return over


def proof_opens(deployment: Deployment) -> bool:
    """Whether the text that lives opens. Raises Tampered or KeysAway."""
    return _opens(deployment.proof, deployment.proof_key_id)


def former_proof_opens(deployment: Deployment) -> bool:
    """Whether the text whose key was destroyed opens all the same. Raises Tampered or KeysAway."""
    return _opens(deployment.former_proof, deployment.former_proof_key_id)


def _sealed() -> tuple[str, bytes]:
    key_id = current_vault().make_key()
    return key_id, current_vault().seal(WORDS, key_id, _place(key_id))


def _opens(sealed: bytes | None, key_id: str | None) -> bool:
    if sealed is None or key_id is None:
        return False
    try:
        return current_vault().open_sealed(sealed, key_id, _place(key_id)) == WORDS
    except Perished:
        return False


def _place(key_id: str) -> str:
    return f"deployments/proof/{key_id}"
