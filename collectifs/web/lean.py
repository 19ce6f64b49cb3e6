"""Scripts and styles without what only explains them: comments on lines of their own or at the end of one, indentation.

Empty lines are left behind, so that the line numbers in the browser's messages stay those of the file.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

# After the end of a statement, of an item or of an opening. In a text or a pattern a quote or a bar would follow.
END_COMMENT = re.compile(r"(?<=[;,{]) // [^\"'`/]*$")
STYLE_COMMENT = re.compile(r"(?s)/\*.*?\*/")


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
            yield line if in_text else bare if opens_or_ends else END_COMMENT.sub("", bare)
            in_text ^= opens_or_ends


def lean_style(words: str) -> str:
    """Everything between /* and */ goes, wherever it stands."""
    bare = STYLE_COMMENT.sub(lambda found: "\n" * found[0].count("\n"), words)
    return "\n".join(line.strip() for line in bare.split("\n"))


LEANERS: dict[str, Callable[[str], str]] = {".js": lean_script, ".css": lean_style}


@lru_cache
def lean(file: Path) -> str:
    """What travels of a script or a style: three quarters of its weight."""
    return LEANERS[file.suffix](file.read_text(encoding="utf-8"))
