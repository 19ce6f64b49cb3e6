"""The bank of spare situations: for the day when nobody brings one. One TOML file each, in `meetings/library/spare/`.

They are original texts about imaginary people, each with the questions that a collective could ask.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from collectifs.kernel.errors import RuleBroken
from collectifs.people.domain.person import Degree

LONGEST_LINK = 300
FOLDER = Path(__file__).resolve().parent.parent / "library" / "spare"


class SpareError(ValueError):
    """A file of the bank that cannot be used: which file, what is wrong."""


@dataclass(frozen=True, slots=True)
class SpareSituation:
    """A situation that belongs to nobody; `questions` open the questioning, `sequel` (if any) says what was done."""

    id: str
    order: int
    title: str
    degree: Degree
    setting: str
    sentence: str
    question: str
    story: str
    questions: tuple[str, ...]
    sequel: str = ""


@cache
def bank() -> Mapping[str, SpareSituation]:
    """Every spare situation that comes with the software, by id, the first to be offered first."""
    found = [load_spare(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {spare.id: spare for spare in sorted(found, key=lambda spare: (spare.order, spare.id))}


def load_spare(path: Path) -> SpareSituation:
    """The situation of one file, every key there and filled; `SpareError` names the file."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise SpareError(f"{path.name}: {problem}") from None
    wanted = {each.name for each in fields(SpareSituation)}
    if strange := (wanted ^ set(data)) - {"sequel"}:
        raise SpareError(f"{path.name}: unknown or missing keys: {', '.join(sorted(strange))}")
    if empty := [key for key, value in data.items() if not value]:
        raise SpareError(f"{path.name}: empty: {', '.join(empty)}")
    if data["id"] != path.stem:
        raise SpareError(f"{path.name}: the id is the name of the file")
    return _spare(path, data)


def _spare(path: Path, data: Mapping[str, Any]) -> SpareSituation:
    try:
        degree = Degree(data["degree"])
    except ValueError:
        raise SpareError(f"{path.name}: no such degree") from None
    return SpareSituation(**{**data, "degree": degree, "questions": tuple(data["questions"])})


def first_spare(already: Iterable[str]) -> str:
    """The id to offer to a meeting: the first that no earlier meeting of the series held ready."""
    held = set(already)
    return next((name for name in bank() if name not in held), next(iter(bank()), ""))


def check_link(link: str) -> None:
    """The address of a video: on the web, encrypted, of a site that has a name. It is opened, never embedded."""
    if not link:
        return
    if len(link) > LONGEST_LINK:
        raise RuleBroken(f"Cette adresse dépasse {LONGEST_LINK} caractères.", "spare_link")
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        raise _no_link() from None
    is_plain = link.isascii() and link.isprintable() and not any(sign in link for sign in ' \\<>"')
    if parts.scheme != "https" or "." not in host.strip(".") or "@" in parts.netloc or not is_plain:
        raise _no_link()


def _no_link() -> RuleBroken:
    return RuleBroken("Collez l’adresse entière de la vidéo, qui commence par https.", "spare_link")
