"""The mix of a collective in words, for who composes or pilots it: experience, degrees, communes.

Source: founding text 004, § 1: both degrees, new tutors and experienced ones, close to each other. Never a score,
never shown to the members: what is missing is said quietly, and refuses nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from collectifs.domain.communes import commune_key
from collectifs.domain.composition import USUAL_SIZE
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typed import whole_number
from collectifs.kernel.text.typography import count, number_in_words
from collectifs.people.domain.person import Degree

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
        ("Personne ne débute dans le tutorat", others and not new, new + others),
        ("Personne n’a encore l’expérience du tutorat", new and not others, new + others),
        ("Personne ne vient du 1er degré", expects_both and second and not first, first + second),
        ("Personne ne vient du 2d degré", expects_both and first and not second, first + second),
    )
    return [_remark(said, known == len(people)) for said, is_so, known in sides if is_so]


def _remark(said: str, everybody_answered: bool) -> str:
    return f"{said}." if everybody_answered else f"{said}, d’après les réponses."
