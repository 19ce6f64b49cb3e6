"""Composing a collective: who may be invited, its size, its name and its code, who may leave.

Source: founding text 004, § 1: five to ten volunteers, close to one another, none of them from the hierarchy.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from collectifs.domain.pasted import MAX_LINES
from collectifs.domain.people import PastedPerson
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.folding import folded
from collectifs.kernel.text.typography import count, join_names, number_in_words, sentence_case

USUAL_SIZE = (5, 10)
# I, O and Q are read as figures.
LETTERS, FIGURES = "ABCDEFGHJKLMNPRSTUVWXYZ", "123456789"
QUALIFICATIONS = ("PFA", "PEMF", "CAFFA", "CAFIPEMF", "master de formateurs")
ORDINALS = ("premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième")
HIERARCHY = (
    "{name} appartient à la hiérarchie de ce territoire (gestion ou inspection) : une personne de la hiérarchie "
    "ne peut ni piloter un de ses collectifs, ni en être membre."
)


@dataclass(frozen=True)
class Guest:
    """One line of a list as it is shown before anything is sent, with what is known of its address."""

    person: PastedPerson
    user_id: UUID | None = None
    known_as: str = ""
    is_hierarchy: bool = False
    is_member: bool = False
    is_pilot: bool = False

    @property
    def name(self) -> str:
        """The name that is kept: the one already known, else the one typed."""
        return self.known_as or self.person.name

    @property
    def problem(self) -> str:
        """Why this line cannot be used as it is; empty when it can."""
        if self.is_hierarchy:
            return HIERARCHY.format(name=self.name)
        return "" if self.person.is_repeat else self.person.problem

    @property
    def remarks(self) -> list[str]:
        """What is worth a look and stops nothing."""
        found = {
            "Déjà plus haut dans la liste : comptée une seule fois.": self.person.is_repeat,
            "C’est la personne qui pilote : comptée une seule fois.": self.is_pilot,
            "Déjà membre de ce collectif : rien ne lui sera envoyé.": self.is_member,
            f"Déjà connue : {self.known_as}.": bool(self.known_as),
            "Sans nom de famille : complétez la ligne si vous le pouvez.": not self.known_as
            and not self.person.family_name,
            self.person.doubt: bool(self.person.doubt),
            self.person.guess: bool(self.person.guess and not self.known_as),
            self.person.mended: bool(self.person.mended),
        }
        return [] if self.problem else [sentence for sentence, holds in found.items() if holds]

    @property
    def is_invited(self) -> bool:
        """Whether an invitation will go to this person."""
        return not (self.problem or self.person.is_repeat or self.is_pilot or self.is_member)


def check_guests(guests: Sequence[Guest]) -> None:
    """A list that can be sent: somebody in it, and nobody who cannot be invited."""
    if not guests:
        raise RuleBroken("Collez au moins une ligne : « Prénom NOM <adresse> ».", "people")
    if len(guests) > MAX_LINES:
        sentence = f"Cette liste dépasse {MAX_LINES} lignes : un collectif réunit une dizaine de personnes."
        raise RuleBroken(sentence, "people")
    wrong = sum(1 for guest in guests if guest.problem)
    if wrong:
        lines = count(wrong, "ligne est à revoir", "lignes sont à revoir", feminine=True)
        raise RuleBroken(f"{sentence_case(lines)} dans la liste.", "people")
    if not any(guest.is_invited for guest in guests):
        raise RuleBroken("Personne n’est à inviter dans cette liste.", "people")


def check_is_no_hierarchy(pilot: Guest, field: str) -> None:
    """Nobody pilots a collective that they manage or inspect."""
    if pilot.is_hierarchy:
        raise RuleBroken(pilot.problem, field)


def check_address_is_sure(person: PastedPerson, *, is_sure: bool, field: str) -> None:
    """An address that looks mistyped is asked about once, and let pass."""
    if person.doubt and not is_sure:
        raise RuleBroken(f"{person.doubt} Corrigez l’adresse, ou dites qu’elle est juste.", field)


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
