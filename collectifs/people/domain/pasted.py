"""A pasted list cut into lines and cells: rows of a spreadsheet, CSV, addresses copied from a mail program."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.header import decode_header, make_header

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.folding import folded
from collectifs.kernel.text.lost_accents import LOST, MAYBE, MENDED, put_back
from collectifs.kernel.text.names import LOST_ACCENT, MENDED_ACCENTS, MENDED_SIGNS, repaired, without_signs

MAX_LINES = 60
MAX_SIGNS = 30_000
MOST_LINES = 5 * MAX_LINES  # repeated people included
HEAD_WITHIN = 3  # a title may stand above the names of the columns
TOO_MANY = f"Cette liste dépasse {MAX_LINES} lignes : un collectif réunit une dizaine de personnes."
# An address starts after a space or one of these signs; so written, the search never walks a line twice.
_APART = r"\s<>;,\"'()\[\]|:/«»"
ADDRESS = re.compile(rf"(?<![^{_APART}])(?<!\w')(?:[^{_APART}@]|(?<=\w)'(?=\w))+@[^{_APART}]+")
SEPARATORS = "\t;,"
_BULLET = re.compile(r"^\s*(?:\d{1,2}[.)]|[-•*·–—])\s+")

MENDED_WORDS = "Mots qui ne sont pas un nom, retirés."
LONGEST_LEAD = 60
LEADS = frozenset(
    ("a", "de", "cc", "cci", "bcc", "from", "to", "copie", "expediteur", "destinataire", "destinataires", "courriel")
)
_ENCODED = re.compile(r"=\?[\w-]+\?[bqBQ]\?[^?\s]*\?=(?:\s+(?==\?[\w-]+\?[bqBQ]\?))?")
_ASIDE = re.compile(r"\(([^()@]*[^\W\d_][^()@]*)\)")
GIVEN, FAMILY, WHOLE, WRITE_TO, BIRTH = "given", "family", "whole", "address", "birth"
# A heading is known by its words: « Courriel académique », « Nom d’usage de l’agent ».
OF_ADDRESSES = frozenset(("courriel", "courriels", "mail", "mails", "mel", "email", "emails", "courrielle"))
BESIDE_NAMES = frozenset(
    (
        *("nom", "noms", "prenom", "prenoms", "et", "de", "d", "l", "du", "la", "le", "famille", "usage", "usuel"),
        *("complet", "affiche", "tuteur", "tutrice", "agent", "personne", "enseignant", "marital"),
        *("naissance", "patronymique"),
    )
)
HEADINGS = {
    GIVEN: ("prenom", "prenoms", "prenom usuel", "prenom d usage", "given name", "first name"),
    FAMILY: ("nom", "nom de famille", "nom d usage", "nom usuel", "nom usage", "family name", "last name", "surname"),
    WHOLE: ("nom et prenom", "nom prenom", "prenom nom", "prenom et nom", "nom complet", "nom affiche", "display name"),
    WRITE_TO: (
        *("courriel", "courriels", "mail", "mel", "e mail", "email", "adresse", "adresse electronique"),
        *("adresse mail", "adresse e mail", "adresse email", "adresse de courriel", "courriel professionnel"),
        *("courrier electronique", "adresse professionnelle", "e mail address", "email address"),
    ),
}


@dataclass(frozen=True)
class Row:
    """A line as it was pasted and as it can be read; `columns`: what its cells hold, when a head says it."""

    line: str
    text: str
    mended: tuple[str, ...] = ()
    problem: str = ""
    columns: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()

    def cell(self, kind: str) -> str:
        """What stands under a heading."""
        found = [cell for kind_, cell in zip(self.columns, self.cells, strict=False) if kind_ == kind]
        return found[0] if found else ""


def rows_of(text: str) -> list[Row]:
    """The people of a pasted text, a row each. Raises RuleBroken for what is no list of a collective."""
    lines = [line for line in re.split(r"[\r\n]+", text) if line.strip(" \t;,\u00a0")]
    if len(lines) > MOST_LINES or len(text) > MAX_SIGNS:
        raise RuleBroken(TOO_MANY, "people")
    read = [_read(line) for line in lines]
    heads = [_head(row.text) for row in read[:HEAD_WITHIN]]
    head = next((number for number, (columns, _) in enumerate(heads) if columns), None)
    rows = [part for row in read[:head] for part in _parts(row)]
    rows += [_in_columns(row, *heads[head]) for row in read[head + 1 :]] if head is not None else []
    if _people_in(rows) > MAX_LINES:
        raise RuleBroken(TOO_MANY, "people")
    return rows


def _people_in(rows: Sequence[Row]) -> int:
    """How many people these rows name: an address that comes back counts once."""
    found = [match.group().lower() if (match := ADDRESS.search(row.text)) else "" for row in rows]
    return len({address for address in found if address}) + found.count("")


def _read(line: str) -> Row:
    text, had_encoded = decoded(line)
    text, had_broken = repaired(text)
    text, accents = put_back(text)
    problem = LOST_ACCENT if "\ufffd" in text else LOST if accents == LOST else ""
    text, had_signs = without_signs(text)
    bare = _BULLET.sub("", text).strip(" \u00a0")
    text = _without_lead(bare)
    aside = _ASIDE.findall(text)
    said = (
        (MENDED_ACCENTS, had_broken or had_encoded),
        (accents, accents in (MENDED, MAYBE)),
        (MENDED_SIGNS, had_signs),
        (MENDED_WORDS, text != bare),
        (f"« {', '.join(aside)} » est laissé de côté.", bool(aside)),
    )
    return Row(line.strip(), text, tuple(words for words, holds in said if holds), problem)


def decoded(line: str) -> tuple[str, bool]:
    """The line with the encoded words of a mail (« =?utf-8?q?H=C3=A9l=C3=A8ne?= ») read, and whether there were any."""
    try:
        found = _ENCODED.sub(lambda match: str(make_header(decode_header(match.group()))), line)
    except (LookupError, ValueError):  # an encoding that nobody knows: the name is odd, and is said to be
        return line, False
    return found, found != line


def _without_lead(text: str) -> str:
    """The line without what stands before its people: a word of a mail program (« À : »), the name of a group."""
    lead, colon, rest = text.partition(":")
    found = ADDRESS.search(rest)
    if not (colon and found and len(lead) <= LONGEST_LEAD) or ADDRESS.search(lead) or set(lead) & set('<>;,\t"'):
        return text
    is_before_a_name = any(char.isalpha() for char in rest[: found.start()])
    return rest.strip() if is_before_a_name or folded(lead) in LEADS else text


def split_cells(text: str, separator: str) -> list[str]:
    """The cells of a row, their quotation marks taken off."""
    cells = next(csv.reader([text], delimiter=separator), [])
    return [cell.strip(" \u00a0\t\"'«»<>") for cell in cells]


def _head(text: str) -> tuple[tuple[str, ...], str]:
    """What each column holds, when the first row says it; empty otherwise."""
    for separator in SEPARATORS:
        kinds = tuple(_kind(cell) for cell in split_cells(text, separator))
        if WRITE_TO in kinds and len(kinds) > 1 and not ADDRESS.search(text):
            return kinds, separator
    return (), ""


def _kind(heading: str) -> str:
    words = folded(heading).replace(".", "").strip()
    known = next((kind for kind, known in HEADINGS.items() if words in known), "")
    return known or _kind_by_words(frozenset(words.split()))


def _kind_by_words(words: frozenset[str]) -> str:
    if words & OF_ADDRESSES:
        return WRITE_TO
    if not words <= BESIDE_NAMES or not words & {"nom", "noms", "prenom", "prenoms"}:
        return ""
    if words & {"naissance", "patronymique"}:
        return BIRTH
    if words & {"prenom", "prenoms"}:
        return WHOLE if words & {"nom", "noms"} else GIVEN
    return FAMILY


def _in_columns(row: Row, columns: tuple[str, ...], separator: str) -> Row:
    cells = tuple(split_cells(row.text, separator))
    return Row(row.line, row.text, row.mended, row.problem, columns, cells)


def _parts(row: Row) -> Iterator[Row]:
    """Several people on one row, as a mail program copies them: « Prénom NOM <adresse>; Prénom NOM <adresse> »."""
    for text in _split(row.text):
        line = row.line if text == row.text else text
        yield Row(line, text, row.mended, row.problem)


def _split(text: str) -> Sequence[str]:
    ends = [match.end() for match in ADDRESS.finditer(text)]
    if len(ends) < 2:
        return [text]
    for separator in ";,":
        parts = [part.strip() for part in text.split(separator) if part.strip()]
        if len(parts) == len(ends) and all(ADDRESS.search(part) for part in parts):
            return parts
    return [text[start:end].strip(" \t;,>") for start, end in zip([0, *ends[:-1]], ends, strict=True)]
