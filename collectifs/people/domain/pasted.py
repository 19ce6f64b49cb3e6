"""A pasted list cut into lines and cells: rows of a spreadsheet, CSV, addresses copied from a mail program."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.folding import folded
from collectifs.kernel.text.names import LOST_ACCENT, MENDED_ACCENTS, MENDED_SIGNS, repaired, without_signs

MAX_LINES = 60
MAX_SIGNS = 30_000
HEAD_WITHIN = 3  # a title may stand above the names of the columns
TOO_MANY = f"Cette liste dépasse {MAX_LINES} lignes : un collectif réunit une dizaine de personnes."
# An address starts after a space or one of these signs; so written, the search never walks a line twice.
_APART = r"\s<>;,\"'()\[\]|:/«»"
ADDRESS = re.compile(rf"(?<![^{_APART}])(?<!\w')(?:[^{_APART}@]|(?<=\w)'(?=\w))+@[^{_APART}]+")
SEPARATORS = "\t;,"
_BULLET = re.compile(r"^\s*(?:\d{1,2}[.)]|[-•*·–—])\s+")

GIVEN, FAMILY, WHOLE, WRITE_TO = "given", "family", "whole", "address"
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
    if len(lines) > MAX_LINES + HEAD_WITHIN or len(text) > MAX_SIGNS:
        raise RuleBroken(TOO_MANY, "people")
    read = [_read(line) for line in lines]
    heads = [_head(row.text) for row in read[:HEAD_WITHIN]]
    head = next((number for number, (columns, _) in enumerate(heads) if columns), -1)
    rows = [part for row in (read if head < 0 else read[:head]) for part in _parts(row)]
    rows += [_in_columns(row, *heads[head]) for row in read[head + 1 :]] if head >= 0 else []
    if len(rows) > MAX_LINES:
        raise RuleBroken(TOO_MANY, "people")
    return rows


def _read(line: str) -> Row:
    text, had_broken = repaired(line)
    problem = LOST_ACCENT if "\ufffd" in text else ""
    text, had_signs = without_signs(text)
    mended = tuple(words for words, holds in ((MENDED_ACCENTS, had_broken), (MENDED_SIGNS, had_signs)) if holds)
    return Row(line.strip(), _BULLET.sub("", text).strip(" \u00a0"), mended, problem)


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
    return next((kind for kind, known in HEADINGS.items() if words in known), "")


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
