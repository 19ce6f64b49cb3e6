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
    return page.replace(f'href="{base_url}/', 'target="_top" href="/')


def paragraphs(text: str, base_url: str) -> list[list[Pieces]]:
    """Each paragraph as lines, each line as (words, address or None)."""
    blocks = re.split(r"\n\s*\n", LAST_RULE.sub("\n", text.replace("\r\n", "\n")))
    return [[_pieces(line, base_url) for line in block.strip().split("\n")] for block in blocks if block.strip()]


def _pieces(line: str, base_url: str) -> Pieces:
    """Links to this application open on the host where the page is read, whatever its name."""
    parts = re.split(rf"({re.escape(base_url)}[^\s«»<>\"]*)", line)
    return [(part, (part[len(base_url) :] or "/") if place % 2 else None) for place, part in enumerate(parts) if part]
