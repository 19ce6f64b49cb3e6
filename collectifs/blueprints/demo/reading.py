"""A mail made ready for the page: its text in paragraphs and lines, its own page, and the links that lead back here."""

import re

Pieces = list[tuple[str, str | None]]
LAST_RULE = re.compile(r"^--\s*$", re.MULTILINE)


def style_of(page: str) -> str:
    """What stands in the one style sheet of a mail."""
    found = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    return found[1] if found else ""


def page_within(page: str, base_url: str) -> str:
    """A mail's page inside another one: its links open in the whole window, on the host where it is read."""
    return re.sub(rf'href="{_here(base_url)}/', 'target="_top" href="/', page)


def paragraphs(text: str, base_url: str) -> list[list[Pieces]]:
    """Each paragraph as lines, each line as (words, address or None)."""
    blocks = re.split(r"\n\s*\n", LAST_RULE.sub("\n", text.replace("\r\n", "\n")))
    return [[_pieces(line, _here(base_url)) for line in block.strip().split("\n")] for block in blocks if block.strip()]


def _here(base_url: str) -> str:
    """This application as a mail names it, on whatever port it was served when the mail was written."""
    return re.escape(re.sub(r":\d+$", "", base_url)) + r"(?::\d+)?(?![\w:-]|\.\w)"


def _pieces(line: str, here: str) -> Pieces:
    """Links to this application open on the host where the page is read, whatever its name."""
    parts = re.split(rf"({here}[^\s«»<>\"]*)", line)
    led = (re.sub(f"^{here}", "", part) or "/" if place % 2 else None for place, part in enumerate(parts))
    return [piece for piece in zip(parts, led, strict=True) if piece[0]]
