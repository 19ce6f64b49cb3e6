"""The text part of a mail, read off its page: the same words, whatever a mail program shows.

The pages are our own (templates/mails) and use few elements: p, dl, ul, a, b, br, and a foot. Lines are folded as
RFC 3676 says (format=flowed): programs that know it set paragraphs to the width of the window, others show short lines.
"""

import re
import textwrap
from html.parser import HTMLParser

from collectifs.kernel.text.typography import french

WIDTH = 74
FOOT = "-- "
_UNSAID = ("head", "preheader", "again")  # an element, or a class: what a page needs and a text does not
_FOLD = re.compile(r"(?<!^--) \n", re.MULTILINE)
_STUFFED = re.compile(r"^(?=[ >]|From )")


def text_of(page: str) -> str:
    """What a page of ours says: paragraphs, « term : words », dashes, links written whole; folded."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return "\n\n".join("\n".join(_folded(line) for line in block) for block in reader.blocks) + "\n"


def unfolded(text: str) -> str:
    """A folded text with each paragraph on one line again, as mail programs show it."""
    return re.sub(r"^ ", "", _FOLD.sub(" ", text), flags=re.MULTILINE)


def _folded(line: str) -> str:
    """Lines that end with a space go on; no-break spaces and addresses are never cut."""
    if line == FOOT:
        return line
    pieces = textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False)
    return " \n".join(_STUFFED.sub(" ", piece) for piece in pieces)


class _Reader(HTMLParser):
    """Collects blocks, each a list of lines that are not folded yet."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[list[str]] = []
        self._lines: list[str] = []
        self._words = ""
        self._unsaid = ""  # the element that is passed over, until it ends
        self._link = ("", 0)  # where the open link leads, and where its words begin
        self._is_button = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if self._unsaid:
            return
        self._is_button = known.get("class") == "go" if tag == "p" else self._is_button
        if tag in _UNSAID or known.get("class") in _UNSAID:
            self._unsaid = tag
        elif known.get("class") == "foot":
            self.blocks.append([FOOT])
        elif tag == "li":
            self._words = "- "
        elif tag == "br":
            self._end_line()
        elif tag == "a":
            self._link = (known.get("href") or "", len(self._words))

    def handle_endtag(self, tag: str) -> None:
        if self._unsaid:
            self._unsaid = "" if tag == self._unsaid else self._unsaid
        elif tag == "a":
            self._end_link()
        elif tag == "dt":
            self._words += " : "
        elif tag in ("dd", "li"):
            self._end_line()
        elif tag in ("p", "dl", "ul"):
            self._end_line()
            self._end_block()

    def handle_data(self, data: str) -> None:
        if not self._unsaid:
            self._words += data

    def _end_link(self) -> None:
        """Its words, then where it leads unless they say it; that of a button stands on a line of its own."""
        (target, begins), said = self._link, self._words
        if said[begins:] == target.removeprefix("mailto:"):
            return
        self._words += " :"
        if self._is_button:
            self._end_line()
        self._words += f" {target}"

    def _end_line(self) -> None:
        line = french(re.sub(r"[ \t\r\n]+", " ", self._words).strip(" "))
        self._words = ""
        if line:
            self._lines.append(line)

    def _end_block(self) -> None:
        if self.blocks and self.blocks[-1][0] == FOOT:
            self.blocks[-1] += self._lines
        elif self._lines:
            self.blocks.append(self._lines)
        self._lines = []
