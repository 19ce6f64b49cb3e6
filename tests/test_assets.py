"""The web fonts: made once from their package, whole, beside their licence."""

from pathlib import Path

from fontTools.ttLib import TTFont

from tools.make_assets import LICENCE, STYLES, make_fonts

WORDS = "Où l’œuvre naïve d’Élise « change » : ÀÇÉÈŒ…"


def test_four_styles_that_can_write_french_and_their_licence(tmp_path: Path):
    assert make_fonts(tmp_path)
    for style in STYLES:
        with TTFont(tmp_path / f"AtkinsonHyperlegible-{style}.woff2") as font:
            assert font.flavor == "woff2"
            assert {ord(letter) for letter in WORDS} <= set(font.getBestCmap())
    assert "SIL Open Font License" in (tmp_path / LICENCE).read_text(encoding="utf-8")


def test_nothing_is_made_twice_and_what_is_missing_is_made_again(tmp_path: Path):
    make_fonts(tmp_path)
    assert not make_fonts(tmp_path)
    (tmp_path / "AtkinsonHyperlegible-Bold.woff2").unlink()
    assert make_fonts(tmp_path)
