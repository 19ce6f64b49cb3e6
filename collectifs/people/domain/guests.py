"""People whom somebody names, a line each: what is known of their address, who cannot be invited or appointed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import count, sentence_case
from collectifs.people.domain.pasted import MAX_LINES
from collectifs.people.domain.people import PastedPerson

NO_PILOT = "Dites qui pilote ce collectif."
HIERARCHY = (
    "{name} appartient à la hiérarchie de ce territoire (gestion ou inspection) : une personne de la hiérarchie "
    "ne peut ni piloter un de ses collectifs, ni en être membre."
)


@dataclass(frozen=True)
class Guest:
    """One line of a list as it is shown before anything is sent, with what is known of its address.

    `elsewhere`: the other collectives of the season to which the person belongs already.
    """

    person: PastedPerson
    user_id: UUID | None = None
    known_as: str = ""
    is_hierarchy: bool = False
    is_member: bool = False
    is_pilot: bool = False
    elsewhere: str = ""

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
            "C’est le ou la pilote : compté une seule fois.": self.is_pilot,
            "Déjà membre de ce collectif : rien ne lui sera envoyé.": self.is_member,
            f"Déjà connue : {self.known_as}.": bool(self.known_as),
            f"Déjà dans {self.elsewhere} cette saison : cette personne serait dans deux collectifs.": bool(
                self.elsewhere and not self.is_member
            ),
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
    if sum(not guest.person.is_repeat for guest in guests) > MAX_LINES:
        sentence = f"Cette liste dépasse {MAX_LINES} lignes : un collectif réunit une dizaine de personnes."
        raise RuleBroken(sentence, "people")
    wrong = sum(1 for guest in guests if guest.problem)
    if wrong:
        lines = count(wrong, "ligne est à revoir", "lignes sont à revoir", feminine=True)
        raise RuleBroken(f"{sentence_case(lines)} dans la liste.", "people")
    if not any(guest.is_invited for guest in guests):
        raise RuleBroken("Personne n’est à inviter dans cette liste.", "people")


def check_pilot_is_named(*, is_picked: bool, line: str) -> None:
    """One way of naming who will pilot a collective: out of the vivier, or typed."""
    if is_picked and line:
        raise RuleBroken("Choisissez dans le vivier ou écrivez un nom, mais pas les deux.", "pilot_line")
    if not (is_picked or line):
        raise RuleBroken(NO_PILOT, "pilot")


def named_pilot(pilot: Guest | None) -> Guest:
    """Who will pilot a new collective: it is not made without."""
    if pilot is None:
        raise RuleBroken(NO_PILOT, "pilot")
    return pilot


def check_is_of_this_vivier(vivier_of: UUID | None, territory_id: UUID) -> None:
    """Whoever is picked is in the vivier of the territory of the collective."""
    if vivier_of != territory_id:
        raise RuleBroken("Cette personne est dans le vivier d’un autre territoire.", "pilot")


def check_one_is_chosen(*, is_picked: bool, line: str) -> None:
    """One way of choosing somebody: out of a list, or typed."""
    if is_picked and line:
        raise RuleBroken("Choisissez dans la liste ou écrivez un nom, mais pas les deux.", "who")
    if not (is_picked or line):
        raise RuleBroken("Choisissez une personne, ou écrivez son nom et son adresse.", "person")


def check_is_no_hierarchy(pilot: Guest, field: str) -> None:
    """Nobody pilots a collective that they manage or inspect."""
    if pilot.is_hierarchy:
        raise RuleBroken(pilot.problem, field)


def check_address_is_sure(person: PastedPerson, *, is_sure: bool, field: str) -> None:
    """An address that looks mistyped is asked about once, and let pass."""
    if person.doubt and not is_sure:
        raise RuleBroken(f"{person.doubt} Corrigez l’adresse, ou dites qu’elle est juste.", field)
