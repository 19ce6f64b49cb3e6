"""Makes what packages hold and the repository does not: web fonts from the typeface, the guard's lists from theirs.

Does nothing when they are there already.
"""

import sys
from importlib.metadata import version
from pathlib import Path

from fontpkg_atkinson_hyperlegible import ROOT as TYPEFACE
from fontTools.ttLib import TTFont

from collectifs.guard.domain.lexicons import BUILT
from tools.make_communes import make_communes
from tools.make_lexicons import make_lexicons

TARGET = Path(__file__).resolve().parent.parent / "collectifs" / "static" / "build" / "fonts"
STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
LICENCE = "OFL.txt"
MADE_FROM = "made-from.txt"


def make_fonts(target: Path = TARGET) -> bool:
    """Write the four styles as woff2 and the licence; whether anything had to be written."""
    source = "fontpkg-atkinson-hyperlegible " + version("fontpkg-atkinson-hyperlegible") + "\n"
    if _is_made(target, source):
        return False
    target.mkdir(parents=True, exist_ok=True)
    for style in STYLES:
        _make_woff2(TYPEFACE / "files" / f"AtkinsonHyperlegible-{style}.ttf", target)
    (target / LICENCE).write_bytes((TYPEFACE / "LICENSE").read_bytes())
    (target / MADE_FROM).write_text(source, encoding="utf-8")
    return True


def _is_made(target: Path, source: str) -> bool:
    mark = target / MADE_FROM
    wanted = [target / LICENCE, *(target / f"AtkinsonHyperlegible-{style}.woff2" for style in STYLES)]
    return all(file.exists() for file in wanted) and mark.exists() and mark.read_text(encoding="utf-8") == source


def _make_woff2(ttf: Path, target: Path) -> None:
    """Through a draft: a server that reads at the same time never sees half a font."""
    draft = target / f"{ttf.stem}.tmp"
    with TTFont(ttf, recalcTimestamp=False) as font:
        font.flavor = "woff2"
        font.save(draft)
    draft.replace(target / f"{ttf.stem}.woff2")


def main() -> int:
    """Make every asset; say so only when something was made."""
    if make_fonts():
        print(f"Fonts made in {TARGET.relative_to(TARGET.parents[3])}")
    if make_lexicons():
        print(f"Lexicons made in {BUILT.relative_to(TARGET.parents[3])}")
    if told := make_communes():
        print(told)
    return 0


if __name__ == "__main__":
    sys.exit(main())
