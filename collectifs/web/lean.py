"""Scripts and styles without what only explains them: comments on lines of their own or at the end of one, indentation,
spaces around signs.

Of scripts empty lines are left behind, so that the line numbers in the browser's messages stay those of the file.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

# After the end of a statement, of an item or of an opening. In a text or a pattern a quote or a bar would follow.
END_COMMENT = re.compile(r"(?<=[;,{]) // [^\"'`/]*$")
STYLE_COMMENT = re.compile(r"(?s)/\*.*?\*/")
# In a script: a text, kept as it is; and the spaces around a sign. Those of + and - may keep two signs apart.
TEXT = re.compile(r'("(?:[^"\\]|\\.)*")')
AROUND_A_SIGN = re.compile(r" *([{}()\[\];,=<>*?:&|!]) *")
# Where one of these stands outside of a text, a line may hold a pattern, or the middle of another text.
UNSURE = re.compile(r"['`/\"\\]")
# In a style: texts and addresses, kept as they are; spaces around a sign; the last mark of a rule; other runs.
STYLE_SPACES = re.compile(r"""("[^"]*"|'[^']*'|url\([^)]*\))|\s*([{},])\s*|\s*;[\s;]*(\}?)\s*|(:)\s+|\s+""")


def _ends_comment(line: str) -> bool:
    return line.endswith("*/") and line.count("*/") == 1


def lean_script(words: str) -> str:
    """A text between ` and ` that spans several lines keeps every sign."""
    return "\n".join(_lean_lines(words.split("\n")))


def _lean_lines(lines: list[str]) -> Iterator[str]:
    in_text = in_comment = False
    for line in lines:
        bare = line.strip()
        if in_comment or (not in_text and bare.startswith("/*") and ("*/" not in bare or _ends_comment(bare))):
            in_comment = "*/" not in bare
            yield ""
        elif bare.startswith("//") and not in_text:
            yield ""
        else:
            opens_or_ends = line.count("`") % 2 == 1
            yield line if in_text else bare if opens_or_ends else _tight(END_COMMENT.sub("", bare))
            in_text ^= opens_or_ends


def _tight(line: str) -> str:
    """A line without the spaces that only the eye needs, where nothing in it may be a pattern."""
    pieces = TEXT.split(line)
    if any(UNSURE.search(piece) for piece in pieces[::2]):
        return line
    return "".join(piece if place % 2 else AROUND_A_SIGN.sub(r"\1", piece) for place, piece in enumerate(pieces))


def lean_style(words: str) -> str:
    """Everything between /* and */ goes, wherever it stands, and the spaces that only the eye needs."""
    return STYLE_SPACES.sub(_one_space, STYLE_COMMENT.sub(" ", words)).strip()


def _one_space(found: re.Match[str]) -> str:
    kept, sign, end, colon = found.groups()
    if end is not None:
        return end or ";"
    return kept or sign or colon or " "


LEANERS: dict[str, Callable[[str], str]] = {".js": lean_script, ".css": lean_style}


@lru_cache
def lean(file: Path) -> str:
    """What travels of a script or a style: three quarters of its weight."""
    return LEANERS[file.suffix](file.read_text(encoding="utf-8"))
