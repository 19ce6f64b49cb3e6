"""Coming after the first meeting: the manager proposes, the pilot says yes or no, and everybody is told who comes."""

from collectifs.kernel.errors import RuleBroken


def check_proposes_after_meeting(*, has_met: bool) -> None:
    """Before the first meeting nobody's yes is needed."""
    if not has_met:
        raise RuleBroken("Le premier regroupement n’a pas encore eu lieu : invitez cette personne directement.")


def check_has_a_pilot(*, has_pilot: bool) -> None:
    """A question needs somebody to answer it."""
    if not has_pilot:
        raise RuleBroken("Personne ne pilote ce collectif : nommez d’abord qui pourra répondre.")


def check_comes_once(name: str, *, is_member: bool, is_proposed: bool, field: str) -> None:
    """Neither a member nor somebody who waits for the answer is proposed again."""
    if is_member:
        raise RuleBroken(f"{name} est déjà membre de ce collectif.", field)
    if is_proposed:
        raise RuleBroken(f"{name} est déjà proposée à ce collectif : la réponse n’est pas encore venue.", field)


def check_unanswered(agreed: bool | None) -> None:
    """Two pilots, or two presses: the first answer counts."""
    if agreed is not None:
        raise RuleBroken(f"Cette proposition a déjà reçu sa réponse : {'oui' if agreed else 'non'}.")


def check_moves_elsewhere(*, is_neighbour: bool, field: str) -> None:
    """From one collective to another of the same territory and season."""
    if not is_neighbour:
        raise RuleBroken("Choisissez un autre collectif du même territoire.", field)


def check_is_no_pilot(name: str, *, is_pilot: bool) -> None:
    """Whoever pilots hands over before changing collective."""
    if is_pilot:
        raise RuleBroken(f"{name} pilote ce collectif : une autre personne doit d’abord prendre le relais.")
