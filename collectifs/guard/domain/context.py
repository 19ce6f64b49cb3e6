"""Whom and what a collective is made of, as far as the guard has to know it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from collectifs.guard.domain.lexicons import lexicons, word_set
from collectifs.kernel.text.folding import folded

# Words that come before a family name without being one.
PARTICLES = word_set("de d du des la le les l el al ben van von der den da dos di saint")


@dataclass(frozen=True)
class Member:
    """A person of the collective: the words of the given name, those of the family name, folded."""

    given: tuple[str, ...]
    family: tuple[str, ...]

    @property
    def core(self) -> tuple[str, ...]:
        """The family name without its particles: « Villiers » of « de Villiers »."""
        words = self.family
        while len(words) > 1 and words[0] in PARTICLES:
            words = words[1:]
        return words


@dataclass(frozen=True)
class Part:
    """One part of a member's name, and whether it is also an ordinary word, or somebody everybody reads."""

    words: tuple[str, ...]
    ordinary: bool
    shared: bool


def _part(words: tuple[str, ...]) -> Part:
    ordinary, references = lexicons().ordinary, lexicons().references
    told = [word for word in words if word not in PARTICLES] or list(words)
    is_ordinary = all(word in ordinary for word in told) or len("".join(words)) < 3
    return Part(words, is_ordinary, words[-1] in references)


class Named:
    """Whom a context names, looked through for each text: `parts`, each member's, the longest first; `by_first`, by the
    word with which one may begin."""

    def __init__(self, members: Iterable[Member]) -> None:
        self.parts = tuple(
            tuple(_part(words) for words in dict.fromkeys((member.family, member.core, member.given)) if words)
            for member in members
        )
        self.by_first: dict[str, list[tuple[int, Part]]] = {}
        for member, told in enumerate(self.parts):
            for part in told:
                for first in {part.words[0], "".join(part.words)}:
                    for ending in ("", "s", "x"):
                        self.by_first.setdefault(first + ending, []).append((member, part))


@dataclass(frozen=True)
class Context:
    """Members, schools with the words that tell them apart, communes, e-mail addresses: folded."""

    members: tuple[Member, ...] = ()
    schools: tuple[tuple[str, ...], ...] = ()
    communes: frozenset[tuple[str, ...]] = frozenset()
    addresses: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def named(self) -> Named:
        """Its members, made ready once for all the texts that are read."""
        return Named(self.members)


SCHOOL_WORDS = word_set(
    "ecole ecoles college lycee lp lpo lgt legt lep clg groupe scolaire elementaire maternelle primaire public publique"
    " prive privee general generale professionnel professionnelle pro polyvalent technologique technique agricole et"
    " des du de la le les l d a au aux annexe rpi erea mfr cfa institution ensemble hotelier ime itep sessad municipal"
    " intercommunale intercommunal"
)


def context_of(
    people: Iterable[tuple[str, str]],
    schools: Iterable[str] = (),
    communes: Iterable[str] = (),
    addresses: Iterable[str] = (),
) -> Context:
    """A context from (given name, family name) and from names as people write them."""
    members = (Member(_words(given), _words(family)) for given, family in people)
    keys = (tuple(word for word in _words(school) if word not in SCHOOL_WORDS) for school in schools)
    return Context(
        tuple(dict.fromkeys(member for member in members if member.given or member.family)),
        tuple(dict.fromkeys(key for key in keys if key)),
        frozenset(words for commune in communes if (words := _words(commune))),
        frozenset(address.casefold() for address in addresses if address),
    )


def context_read(data: object) -> Context:
    """The `context` of a line of JSON; ValueError says what is wrong with it.

    A member is « Maud Le Bihan », « LE BIHAN Maud », [given, family] or {"given_name", "family_name"}; a school or a
    commune is its name or {"name"}.
    """
    if data is None:
        return Context()
    if not isinstance(data, Mapping):
        raise ValueError("« context » n’est pas un objet.")
    return context_of(
        [_member_read(member) for member in _list(data, "members")],
        [_name_read(school, "schools") for school in _list(data, "schools")],
        [_name_read(commune, "communes") for commune in _list(data, "communes")],
    )


def _list(data: Mapping[object, object], name: str) -> list[object]:
    found = data.get(name) or []
    if not isinstance(found, list):
        raise ValueError(f"« context.{name} » n’est pas une liste.")
    return found


def _name_read(value: object, where: str) -> str:
    name = value.get("name") if isinstance(value, Mapping) else value
    if not isinstance(name, str):
        raise ValueError(f"« context.{where} » contient autre chose que des noms.")
    return name


def _member_read(value: object) -> tuple[str, str]:
    if isinstance(value, str):
        return split_name(value)
    if isinstance(value, Mapping):
        value = [value.get("given_name", ""), value.get("family_name", "")]
    if isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value):
        return value[0], value[1]
    raise ValueError("« context.members » contient autre chose que des noms.")


def split_name(name: str) -> tuple[str, str]:
    """(given, family): what is in capitals is the family name; else the first word is the given name."""
    words = name.split()
    shouted = [word for word in words if len(word) > 1 and word.isupper()]
    if shouted and len(shouted) < len(words):
        return " ".join(word for word in words if word not in shouted), " ".join(shouted)
    return (words[0], " ".join(words[1:])) if words else ("", "")


def _words(name: str) -> tuple[str, ...]:
    return tuple(folded(name.replace(".", " ")).split())
