"""Composing a collective: its size, its name and its code, how mixed it is, who may come after the first meeting.

Source: founding text 004, § 1: five to ten volunteers, mixed in degree and seniority, close to one another, none of
them from the hierarchy.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from re import fullmatch, sub

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.folding import commune_key, folded
from collectifs.kernel.text.typed import whole_number
from collectifs.kernel.text.typography import count, join_names, number_in_words
from collectifs.people.domain.person import Degree

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
    people = f"Ce collectif réunit {count(number, 'personne', feminine=True)}"
    if number < least:
        return (
            f"{people} : sous {number_in_words(least)}, deux absences suffisent à vider la séance. "
            "Vous pouvez continuer, et inviter d’autres personnes avant le premier regroupement."
        )
    if number > most:
        return (
            f"{people} : au-delà de {number_in_words(most)}, deux heures ne laissent pas à chaque personne "
            "le temps de parler. Vous pouvez continuer, ou en faire deux."
        )
    return ""


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
            "Le premier regroupement a eu lieu : on n’entre plus dans ce collectif sans l’accord du ou de "
            "la pilote. Proposez-lui cette personne."
        )


def check_can_leave(*, is_last_pilot: bool, managers: Sequence[str]) -> None:
    """Everybody leaves when they like, but a collective keeps a pilot."""
    if is_last_pilot:
        contact = join_names(managers) or "la personne qui gère votre territoire"
        raise RuleBroken(
            "Vous pilotez ce collectif : avant votre départ, une autre personne doit prendre le relais. "
            f"Si vous ne trouvez personne, écrivez à {contact}."
        )


def check_phone(typed: str) -> str:
    """A telephone number as it is dialled (« 06 12 34 56 78 », « +262692123456 »); may be empty.

    Raises RuleBroken with the field for what cannot be dialled.
    """
    said = sub(r"[\s.\-()]", "", typed)
    if said and not fullmatch(r"0[1-9]\d{8}|\+[1-9]\d{7,14}", said):
        raise RuleBroken("Un numéro de téléphone a dix chiffres, ou commence par + et l’indicatif du pays.", "phone")
    if said.startswith("0"):
        return " ".join(said[place : place + 2] for place in range(0, 10, 2))
    return said


def check_waits_for_consent(*, has_accepted: bool) -> None:
    """Only those who have not accepted the charter are invited again."""
    if has_accepted:
        raise RuleBroken("Cette personne a déjà accepté la charte : elle n’a plus besoin d’invitation.")


def ordinal(number: int) -> str:
    """« troisième », for the third meeting."""
    return ORDINALS[number - 1] if number <= len(ORDINALS) else f"{number}e"


def towards(name: str) -> str:
    """Where one is welcomed: « aux Tilleuls », « au Lavoir », « à la Source », « dans le collectif Horizon »."""
    article, _, rest = name.partition(" ")
    if rest and article in ("Les", "Le"):
        return f"{'aux' if article == 'Les' else 'au'} {rest}"
    if (rest and article == "La") or name.startswith(("L’", "L'")):
        return f"à l{name[1:]}"
    return f"dans le collectif {name}"


MOST_YEARS = 45
NOBODY = "Personne n’a encore répondu."


@dataclass(frozen=True)
class MixLine:
    """What one member told, None or empty where they did not. `years`: those of tutoring before this one."""

    degree: Degree | None = None
    years: int | None = None
    commune: str = ""


def is_new_tutor(years: int) -> bool:
    """A néo-tuteur (« entrant ») is in the first year of tutoring."""
    return years < 1


def years_in_words(years: int | None) -> str:
    """« première année », « depuis un an », « depuis quatre ans »; nothing when it was not told."""
    if years is None:
        return ""
    return "première année" if is_new_tutor(years) else f"depuis {count(years, 'an')}"


def check_years(typed: str, field: str = "tutoring_years") -> int | None:
    """The years of tutoring before this one, as typed; None when nothing was."""
    if not typed:
        return None
    years = whole_number(typed)
    if years is None or years > MOST_YEARS:
        raise RuleBroken(f"Écrivez un nombre d’années, de 0 à {MOST_YEARS}.", field)
    return years


def mix_in_words(people: Sequence[MixLine]) -> str:
    """« 4 entrants, 4 expérimentés · 5 du 1er degré, 3 du 2d · 3 communes »; who did not answer is said."""
    if not any(_told(line) for line in people):
        return NOBODY
    parts = (
        ("tutorat", _experience(people), sum(line.years is None for line in people)),
        ("degré", _degrees(people), sum(line.degree is None for line in people)),
        ("communes", _communes(people), sum(not line.commune for line in people)),
    )
    return " · ".join(_part(*part) for part in parts)


def _told(line: MixLine) -> bool:
    return line.degree is not None or line.years is not None or bool(line.commune)


def _part(about: str, said: list[str], silent: int) -> str:
    if not said:
        return f"{about} : aucune réponse"
    if silent:
        said = [*said, f"{silent} {'n’a' if silent == 1 else 'n’ont'} pas répondu"]
    return ", ".join(said)


def _numbered(number: int, one: str) -> list[str]:
    return [f"{number} {one}{'s' if number > 1 else ''}"] if number else []


def _new_and_others(people: Sequence[MixLine]) -> tuple[int, int]:
    years = [line.years for line in people if line.years is not None]
    new = sum(is_new_tutor(each) for each in years)
    return new, len(years) - new


def _experience(people: Sequence[MixLine]) -> list[str]:
    new, others = _new_and_others(people)
    return _numbered(new, "entrant") + _numbered(others, "expérimenté")


def _by_degree(people: Sequence[MixLine]) -> tuple[int, int]:
    first, second = (sum(line.degree is degree for line in people) for degree in Degree)
    return first, second


def _degrees(people: Sequence[MixLine]) -> list[str]:
    first, second = _by_degree(people)
    said = [f"{first} du 1er degré"] if first else []
    return said + ([f"{second} du 2d{'' if first else ' degré'}"] if second else [])


def _communes(people: Sequence[MixLine]) -> list[str]:
    return _numbered(len({commune_key(line.commune) for line in people if line.commune}), "commune")


def mix_remarks(people: Sequence[MixLine], *, expects_both: bool) -> list[str]:
    """What is worth a look: a side that is missing, under five or over ten. `expects_both`: both degrees are wanted."""
    return _size(len(people)) + _missing(people, expects_both)


def _size(number: int) -> list[str]:
    least, most = (number_in_words(each) for each in USUAL_SIZE)
    if number < USUAL_SIZE[0]:
        return [f"Moins de {least} personnes : deux absences suffisent à vider la séance."]
    if number > USUAL_SIZE[1]:
        return [f"Plus de {most} personnes : deux heures ne laissent pas à chacune le temps de parler."]
    return []


def _missing(people: Sequence[MixLine], expects_both: bool) -> list[str]:
    new, others = _new_and_others(people)
    first, second = _by_degree(people)
    sides = (
        ("Personne ne débute dans le tutorat", not new, others),
        ("Personne n’a encore l’expérience du tutorat", not others, new),
        ("Personne ne vient du 1er degré", expects_both and not first, second),
        ("Personne ne vient du 2d degré", expects_both and not second, first),
    )
    return [_remark(said, known == len(people)) for said, is_missing, known in sides if is_missing and known]


def _remark(said: str, everybody_answered: bool) -> str:
    return f"{said}." if everybody_answered else f"{said}, d’après les réponses."


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
