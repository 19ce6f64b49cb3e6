"""Reading a pasted list of people: « Prénom NOM <adresse> », one a line, whatever program it comes from."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from collectifs.domain.errors import RuleBroken

MAX_LINES = 60
MAX_NAME = 80
ADDRESS = re.compile(r"[^\s<>;,\"']+@[^\s<>;,\"']+")
VALID = re.compile(r"[\w.+%-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}", re.IGNORECASE)
NOT_IN_NAMES = re.compile(r"[<>;,\t\"()]+|(?<!\w)'|'(?!\w)")
KNOWN_DOMAINS = ("gmail.com", "orange.fr", "laposte.net", "free.fr", "hotmail.fr", "outlook.fr", "yahoo.fr")


@dataclass(frozen=True)
class PastedPerson:
    """One line as understood. `problem` is a French sentence when the line cannot be used as it is.

    `is_repeat`: the address stands higher in the list already; the person counts once.
    """

    line: str
    given_name: str
    family_name: str
    address: str
    problem: str = ""
    doubt: str = ""
    is_repeat: bool = False

    @property
    def name(self) -> str:
        """Given name, then family name, as understood; empty when the line holds none."""
        return f"{self.given_name} {self.family_name}".strip()


def normal_address(address: str) -> str:
    """An address as it is compared and stored: trimmed, lower case."""
    return address.strip().strip("<>").lower()


def is_address(address: str) -> bool:
    """Whether a mail could go there."""
    return len(address) <= 254 and VALID.fullmatch(address) is not None


def read_pasted_people(text: str) -> list[PastedPerson]:
    """Understand each line; repeated addresses and likely typos are said on their line, none is dropped."""
    rows = [row.strip() for row in re.split(r"[\r\n]+", text)]
    people = [_read_line(line) for row in rows for line in _split_row(row) if line.strip(" \t;,")]
    domains = [person.address.rpartition("@")[2] for person in people if not person.problem]
    seen: set[str] = set()
    result = []
    for person in people:
        is_repeat = not person.problem and person.address in seen
        problem = "Cette adresse est déjà plus haut dans la liste." if is_repeat else person.problem
        seen.add(person.address)
        doubt = _typo(person.address, domains)
        result.append(replace(person, problem=problem, doubt=doubt, is_repeat=is_repeat))
    return result


def _split_row(row: str) -> list[str]:
    """Several people on one row, as a mail program copies them: « Prénom NOM <adresse>; Prénom NOM <adresse> »."""
    ends = [match.end() for match in ADDRESS.finditer(row)]
    if len(ends) < 2:
        return [row]
    for separator in ";,":
        parts = [part.strip() for part in row.split(separator) if part.strip()]
        if len(parts) == len(ends) and all(ADDRESS.search(part) for part in parts):
            return parts
    return [row[start:end].strip(" \t;,>") for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def read_one_person(text: str, field: str) -> PastedPerson:
    """The one person of a line. Raises RuleBroken, next to `field`, when nobody could be written to."""
    people = read_pasted_people(text)
    if len(people) != 1:
        raise RuleBroken("Écrivez une seule personne : « Prénom NOM <adresse> ».", field)
    person = people[0]
    if person.problem:
        raise RuleBroken(person.problem, field)
    if not person.name:
        raise RuleBroken("Écrivez aussi le prénom et le nom : « Prénom NOM <adresse> ».", field)
    return person


def _read_line(line: str) -> PastedPerson:
    match = ADDRESS.search(line)
    address = normal_address(match.group()) if match else ""
    rest = (line[: match.start()] + " " + line[match.end() :]) if match else line
    given, family = split_name(NOT_IN_NAMES.sub(" ", rest))
    problem = ""
    if not is_address(address):
        problem = "Il manque une adresse électronique." if not match else "Cette adresse est mal écrite."
    elif not given and not family:
        given, family = _name_from_address(address)
    if max(len(given), len(family)) > MAX_NAME:
        problem = f"Ce nom dépasse {MAX_NAME} caractères."
    return PastedPerson(line, given, family, address, problem)


def split_name(text: str) -> tuple[str, str]:
    """Given and family name: words in capitals are the family name, else everything after the first."""
    words = text.split()
    capitals = [word for word in words if word.isupper() and len(word) > 1]
    if capitals and len(capitals) < len(words):
        given = [word for word in words if word not in capitals]
        return " ".join(given), " ".join(_title(word) for word in capitals)
    words = [_title(word) if word.isupper() else word for word in words]
    return (words[0] if words else ""), " ".join(words[1:])


def _title(word: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), word)


def _name_from_address(address: str) -> tuple[str, str]:
    given, _, family = address.partition("@")[0].partition(".")
    return _title(given), _title(family)


def _typo(address: str, domains: Iterable[str]) -> str:
    domain = address.rpartition("@")[2]
    others = [other for other in domains if other != domain]
    usual = [other for other in set(others) if others.count(other) > 1] + list(KNOWN_DOMAINS)
    if not domain or domain in usual:
        return ""
    close = difflib.get_close_matches(domain, usual, n=1, cutoff=0.86)
    return f"Vouliez-vous dire {address.rpartition('@')[0]}@{close[0]} ?" if close else ""
