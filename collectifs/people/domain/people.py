"""Reading a pasted list of people: « Prénom NOM <adresse> », one a line, whatever program it comes from."""

import difflib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.folding import folded
from collectifs.kernel.text.names import family_stands_first, name_from_address, titled
from collectifs.kernel.text.whole_names import GUESSED, ODD, WholeName, is_civility, is_odd, whole_name
from collectifs.people.domain.pasted import ADDRESS, BIRTH, FAMILY, GIVEN, SEPARATORS, WHOLE, Row, rows_of, split_cells

MAX_NAME, LONGEST_ADDRESS = 80, 254
VALID = re.compile(  # no dot first, last or twice before the sign
    r"(?!\.)(?![^@]*\.\.)[\w.+%-]{1,64}(?<!\.)@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}",
    re.IGNORECASE | re.ASCII,
)
NOT_IN_NAMES = re.compile(
    r"\([^()]*\)|[<>;,\t\"()\[\]|«»]+|(?<!\w)'|'(?!\w)"
    r"|(?<=\s)[-–—:](?=\s|$)|\bmailto:|\+?\d[\d .]{7,}\d"
)
NAME = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f .,'’‑-])*")  # letters, their accents, and what joins them
KNOWN_DOMAINS = ("gmail.com", "orange.fr", "laposte.net", "free.fr", "hotmail.fr", "outlook.fr", "yahoo.fr")
BADLY_WRITTEN = "Cette adresse est mal écrite."
NOBODY = "Cette ligne ne semble désigner personne."
LONGEST_NAME = 6  # words
OF_NOBODY = frozenset(
    (
        *("bonjour", "bonsoir", "cordialement", "merci", "voici", "liste", "tuteurs", "tuteur", "tutrices", "objet"),
        *("envoye", "tel", "telephone", "collectif", "saison", "bien", "salutations", "bassin", "formation", "ecole"),
        *("college", "lycee", "date", "sujet", "nom", "prenom"),
    )
)


@dataclass(frozen=True)
class PastedPerson:
    """One line as understood. `problem` is a French sentence when the line cannot be used as it is.

    `is_repeat`: the address stands higher in the list already; the person counts once.
    `mended`: what was put right on the line, in words; `guess`: what had to be guessed.
    """

    line: str
    given_name: str
    family_name: str
    address: str
    problem: str = ""
    doubt: str = ""
    is_repeat: bool = False
    mended: str = ""
    guess: str = ""

    @property
    def name(self) -> str:
        """Given name, then family name, as understood; empty when the line holds none."""
        return f"{self.given_name} {self.family_name}".strip()


def normal_address(address: str) -> str:
    """An address as it is compared and stored: trimmed, lower case."""
    return address.strip().strip("<>").lower()


def is_address(address: str) -> bool:
    """Whether a mail could go there."""
    return len(address) <= LONGEST_ADDRESS and VALID.fullmatch(address) is not None


def wrong_with_address(address: str) -> str:
    """Why no mail could go there, as whoever typed it is told; empty when one could. Its length is another question."""
    if len(address) > LONGEST_ADDRESS or is_address(normal_address(address)):
        return ""
    if not re.search(r"[^@\s]@[^@\s]+\.[^@\s.]{2,}$", address.strip()):
        return "Cette adresse est incomplète : il manque peut-être l’arobase ou la fin."
    return BADLY_WRITTEN


def check_address_may_be_corrected(*, is_refused: bool, is_new: bool, has_met: bool) -> None:
    """An address belongs to its person; another may only mend one that never reached anybody.

    After the first meeting the pilot said yes to that address and to no other.
    """
    if not is_refused:
        raise RuleBroken("Les courriels arrivent à cette adresse : seule la personne peut la changer.", "address")
    if not is_new:
        raise RuleBroken("Cette personne est déjà entrée : elle seule change son adresse.", "address")
    if has_met:
        sentence = "Le premier regroupement a eu lieu : proposez la bonne adresse au ou à la pilote."
        raise RuleBroken(sentence, "address")


def check_name(given_name: str, family_name: str) -> None:
    """A name as a person is called, and as papers print it. The family name may be missing: some have none."""
    if not given_name:
        raise RuleBroken("Écrivez le prénom.", "given_name")
    for field, name in (("given_name", given_name), ("family_name", family_name)):
        if len(name) > MAX_NAME:
            raise RuleBroken(f"Ce nom dépasse {MAX_NAME} caractères.", field)
        if not NAME.fullmatch(name):
            raise RuleBroken("Un nom s’écrit avec des lettres, sans chiffre ni adresse.", field)


def read_pasted_people(text: str) -> list[PastedPerson]:
    """Understand each line; repeated addresses and likely typos are said on their line, none is dropped.

    Raises RuleBroken for a list too long to be one of a collective.
    """
    rows = rows_of(text)
    family_first = _usual_order(rows)
    people = [_person(row, family_first) for row in rows]
    usual = _usual_domains(people)
    seen: set[str] = set()
    result = []
    for person in people:
        is_repeat = not person.problem and person.address in seen
        problem = "Cette adresse est déjà plus haut dans la liste." if is_repeat else person.problem
        seen.add(person.address)
        doubt = _typo(person.address, usual)
        result.append(replace(person, problem=problem, doubt=doubt, is_repeat=is_repeat))
    return result


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


def _person(row: Row, family_first: bool | None) -> PastedPerson:
    match = ADDRESS.search(row.text)
    address = normal_address(match.group()).rstrip(".") if match else ""
    given, family, guess = _name(row, address, family_first)
    problem = row.problem
    if not is_address(address):
        problem = wrong_in_line(row.text, address)
    elif not given and not family:
        given, family = name_from_address(address)
    if max(len(given), len(family)) > MAX_NAME:
        problem = f"Ce nom dépasse {MAX_NAME} caractères."
    return PastedPerson(row.line, given, family, address, problem, mended=" ".join(row.mended), guess=guess)


def wrong_in_line(text: str, address: str) -> str:
    """Why nobody can be written to at what a line holds: nobody, no address, or one with a dot too many."""
    if not address:
        return NOBODY if names_nobody(text) else "Il manque une adresse électronique."
    local, _, domain = address.partition("@")
    mended = f"{re.sub(r'[.]{2,}', '.', local).strip('.')}@{domain}"
    return f"Un point de trop dans l’adresse : sans doute {mended}." if is_address(mended) else BADLY_WRITTEN


def names_nobody(line: str) -> bool:
    """Whether a line without an address is no person: a greeting, a title, a telephone, a sentence."""
    words = folded(line).split()
    if ADDRESS.search(line):
        return False
    is_sentence = len(words) > LONGEST_NAME or line.rstrip().endswith((":", ",", "!"))
    return is_sentence or _has_figures(line) or bool(OF_NOBODY & {word.strip(".,:") for word in words})


def without_nobody(text: str) -> str:
    """A pasted list without the lines that are no person; the names of its columns stay."""
    nobody = {person.line for person in read_pasted_people(text) if person.problem == NOBODY}
    return "\n".join(line for line in text.splitlines() if line.strip() not in nobody)


def _name(row: Row, address: str, family_first: bool | None) -> tuple[str, str, str]:
    """Given name, family name, and a word when their order had to be guessed."""
    if row.columns:
        return _name_in_columns(row, address)
    cells = _name_cells(row.text)
    if cells and (len(cells) == 1 or _is_whole(cells[0], address)):
        return _whole(cells[0], address)
    if not cells:
        return _whole(_bare(_without_address(row.text)), address)
    own = family_stands_first(cells[0], cells[1], address)
    is_family_first = next((order for order in (own, family_first) if order is not None), True)
    is_guess = own is None and family_first is None and "," not in row.text
    family, given = cells[:2] if is_family_first else cells[1::-1]
    return _checked(WholeName(titled(given), titled(family), GUESSED if is_guess else ""))


def _name_in_columns(row: Row, address: str) -> tuple[str, str, str]:
    family = row.cell(FAMILY) or row.cell(BIRTH)
    if row.cell(WHOLE) and not row.cell(GIVEN):
        return _whole(_bare(row.cell(WHOLE)), address)
    if FAMILY in row.columns and GIVEN not in row.columns:  # « Nom » may stand over the whole of it
        return _whole(_bare(family), address)
    return _checked(WholeName(titled(_bare(row.cell(GIVEN))), titled(_bare(family))))


def _whole(text: str, address: str) -> tuple[str, str, str]:
    name = whole_name(text, address)
    return name.given, name.family, name.doubt


def _checked(name: WholeName) -> tuple[str, str, str]:
    return name.given, name.family, ODD if is_odd(name) else name.doubt


def _is_whole(cell: str, address: str) -> bool:
    """Whether a cell holds both names, whatever stands beside it (a school): by its capitals, or by the address."""
    words = cell.split()
    capitals = sum(word.isupper() for word in words)
    name = whole_name(cell, address)
    is_told = bool(name.family) and not name.doubt
    return is_told and (0 < capitals < len(words) or name_from_address(address) == (name.given, name.family))


def _name_cells(text: str) -> list[str]:
    """The cells that may hold a name: what is left without the address, telephones, codes and civilities."""
    bare = _without_address(text).replace('"', " ")
    for separator in SEPARATORS:
        if separator in bare:
            cells = [_bare(cell) for cell in split_cells(bare, separator)]
            return [cell for cell in cells if cell and not is_civility(cell) and not _has_figures(cell)]
    return []


def _has_figures(cell: str) -> bool:
    return any(char.isdigit() for char in cell)


def _without_address(text: str) -> str:
    match = ADDRESS.search(text)
    return f"{text[: match.start()]} {text[match.end() :]}" if match else text


def _bare(text: str) -> str:
    return " ".join(NOT_IN_NAMES.sub(" ", text).split())


def _usual_order(rows: Sequence[Row]) -> bool | None:
    """Whether the family name stands first in this table, as most of its rows tell."""
    told: Counter[bool] = Counter()
    for row in rows:
        cells = [] if row.columns else _name_cells(row.text)
        match = ADDRESS.search(row.text)
        own = family_stands_first(cells[0], cells[1], match.group()) if len(cells) > 1 and match else None
        if own is not None:
            told[own] += 1
    return None if told[True] == told[False] else told[True] > told[False]


def _usual_domains(people: Sequence[PastedPerson]) -> list[str]:
    """Where most of a list receives its mail, and the domains that everybody knows."""
    found = Counter(person.address.rpartition("@")[2] for person in people if not person.problem)
    return [domain for domain, number in found.items() if number > 1] + list(KNOWN_DOMAINS)


def _typo(address: str, usual: Sequence[str]) -> str:
    domain = address.rpartition("@")[2]
    if not domain or domain in usual:
        return ""
    close = difflib.get_close_matches(domain, usual, n=1, cutoff=0.86)
    return f"Vouliez-vous dire {address.rpartition('@')[0]}@{close[0]} ?" if close else ""
