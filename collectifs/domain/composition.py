"""Composing a collective: who may be invited, its size, its name and its code, who may leave.

Source: founding text 004, § 1: five to ten volunteers, close to one another, none of them from the hierarchy.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.folding import folded
from collectifs.kernel.text.typography import count, join_names, number_in_words

USUAL_SIZE = (5, 10)
# I, O and Q are read as figures.
LETTERS, FIGURES = "ABCDEFGHJKLMNPRSTUVWXYZ", "123456789"
QUALIFICATIONS = ("PFA", "PEMF", "CAFFA", "CAFIPEMF", "master de formateurs")
ORDINALS = ("premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième")


def list_digest(parts: Iterable[object]) -> str:
    """The mark of what was shown: what is sent must be what was read."""
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]


def size_remark(number: int) -> str:
    """What an unusual size means, pilot included; empty for a usual one. Never a refusal."""
    least, most = USUAL_SIZE
    if least <= number <= most:
        return ""
    people = f"Ce collectif réunit {count(number, 'personne', feminine=True)}"
    if number < least:
        return (
            f"{people} : sous {number_in_words(least)}, deux absences suffisent à vider la séance. "
            "Vous pouvez continuer, et inviter d’autres personnes avant le premier regroupement."
        )
    return (
        f"{people} : au-delà de {number_in_words(most)}, deux heures ne laissent pas à chaque personne "
        "le temps de parler. Vous pouvez continuer, ou en faire deux."
    )


def check_name_is_free(name: str, taken: Iterable[str]) -> None:
    """One name per territory and season, accents and capitals aside."""
    if folded(name) in {folded(other) for other in taken}:
        raise RuleBroken("Un collectif de ce nom existe déjà sur ce territoire cette saison.", "name")


def new_code(taken: set[str], choose: Callable[[list[str]], str]) -> str:
    """A free code, a letter and a figure (« B7 »); two figures once a territory has used them all."""
    for figures in ([*FIGURES], [f"{tens}{units}" for tens in FIGURES for units in FIGURES]):
        free = [letter + figure for letter in LETTERS for figure in figures if letter + figure not in taken]
        if free:
            return choose(free)
    raise RuleBroken("Tous les codes de ce territoire sont pris pour cette saison.")


def check_can_still_invite(*, has_met: bool) -> None:
    """Newcomers come before the first meeting; afterwards the pilot and the group have a say."""
    if has_met:
        raise RuleBroken(
            "Le premier regroupement a eu lieu : on n’entre plus dans ce collectif sans l’accord de la personne "
            "qui pilote. Voyez avec elle."
        )


def check_can_leave(*, is_last_pilot: bool, managers: Sequence[str]) -> None:
    """Everybody leaves when they like, but a collective keeps a pilot."""
    if is_last_pilot:
        contact = join_names(managers) or "la personne qui gère votre territoire"
        raise RuleBroken(
            "Vous pilotez ce collectif : avant votre départ, une autre personne doit prendre le relais. "
            f"Si vous ne trouvez personne, écrivez à {contact}."
        )


def check_waits_for_consent(*, has_accepted: bool) -> None:
    """Only those who have not accepted the charter are invited again."""
    if has_accepted:
        raise RuleBroken("Cette personne a déjà accepté la charte : elle n’a plus besoin d’invitation.")


def ordinal(number: int) -> str:
    """« troisième », for the third meeting."""
    return ORDINALS[number - 1] if 0 < number <= len(ORDINALS) else f"{number}e"


def towards(name: str) -> str:
    """Where one is welcomed: « aux Tilleuls », « au Lavoir », « à la Source », « dans le collectif Horizon »."""
    article, _, rest = name.partition(" ")
    if rest and article in ("Les", "Le"):
        return f"{'aux' if article == 'Les' else 'au'} {rest}"
    if (rest and article == "La") or name.startswith(("L’", "L'")):
        return f"à l{name[1:]}"
    return f"dans le collectif {name}"
