"""The rows that the academy's training software wants: which columns, in which order, under which titles.

Each school of continuing training has its own import: the columns are a setting of the territory. A summons is
made before the meeting, by the administration alone; here are only the data that it needs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from collectifs.kernel.errors import RuleBroken

# What a column may hold, and the title that it bears unless told otherwise.
HOLDS: dict[str, str] = {
    "family_name": "Nom",
    "given_name": "Prénom",
    "address": "Courriel",
    "uai": "UAI",
    "school": "Établissement",
    "work_commune": "Commune de travail",
    "degree": "Degré",
    "part": "Rôle",
    "title": "Intitulé",
    "organizer": "Organisateur",
    "scheme_number": "Dispositif",
    "module_number": "Module",
    "collective": "Collectif",
    "code": "Code du collectif",
    "number": "Regroupement",
    "day": "Date",
    "half_day": "Demi-journée",
    "starts": "Début",
    "ends": "Fin",
    "hours": "Durée en heures",
    "place": "Lieu",
    "commune": "Commune du lieu",
    "territory": "Territoire",
    "season": "Année scolaire",
    "empty": "Colonne vide",
}
USUAL = (
    *("family_name", "given_name", "address", "uai", "school", "work_commune"),
    *("title", "collective", "number", "day", "starts", "ends", "place", "commune"),
)
NAME, CODE = "collective", "code"  # never both in one file
MOST_COLUMNS, LONGEST_TITLE = 30, 60


@dataclass(frozen=True)
class Column:
    """One column of the file."""

    title: str
    holds: str

    def to_json(self) -> dict[str, str]:
        """As the territory keeps it."""
        return asdict(self)


def usual_columns() -> tuple[Column, ...]:
    """The columns of a territory that chose none."""
    return tuple(Column(HOLDS[name], name) for name in USUAL)


def columns_from(kept: Sequence[Mapping[str, Any]]) -> tuple[Column, ...]:
    """What a territory kept, what it cannot hold any more left out; the usual ones when nothing is left.

    Of the name and the code of a collective, kept together by an older version, the name stays.
    """
    found = tuple(Column(str(each["title"]), str(each["holds"])) for each in kept if each.get("holds") in HOLDS)
    if _tells_whose(found):
        found = tuple(each for each in found if each.holds != CODE)
    return found or usual_columns()


def _tells_whose(columns: Sequence[Column]) -> bool:
    """Whether the name of a collective stands beside its code: whoever has the file knows whose sheets they read."""
    return {NAME, CODE} <= {each.holds for each in columns}


def read_column(title: str, holds: str, *, field: str) -> Column:
    """A column as it was chosen; without a title, the usual one."""
    if holds not in HOLDS:
        raise RuleBroken("Ce choix n’est pas dans la liste.", field)
    return Column(title or HOLDS[holds], holds)


def check_columns(columns: Sequence[Column], fields: Sequence[str] = ()) -> None:
    """At least one column, not too many, no title twice: an import recognises its columns by their titles.

    The name of a collective or its code, not both. `fields`: where the content of each was chosen.
    """
    if not columns:
        raise RuleBroken("Gardez au moins une colonne.")
    if len(columns) > MOST_COLUMNS:
        raise RuleBroken(f"Ce fichier compte plus de {MOST_COLUMNS} colonnes.")
    titles = [column.title.casefold() for column in columns]
    twice = next((column.title for column in columns if titles.count(column.title.casefold()) > 1), None)
    if twice is not None:
        raise RuleBroken(f"Deux colonnes s’appellent « {twice} » : donnez-leur des titres différents.")
    if _tells_whose(columns):
        last = max(place for place, column in enumerate(columns) if column.holds in (NAME, CODE))
        raise RuleBroken(
            "Le nom du collectif et son code ne vont pas dans le même fichier : qui l’aurait saurait de quel collectif "
            "vient une fiche transmise sous un code. Gardez l’un ou l’autre.",
            fields[last] if fields else "",
        )


def rows_for(columns: Sequence[Column], facts: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    """One row for each person and meeting, its cells in the order of the columns."""
    return [[each.get(column.holds, "") for column in columns] for each in facts]
