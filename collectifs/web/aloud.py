"""Pages as they are heard: each « 14 h » is shown so, and spelled out for the ear (`.aloud`), in one place for all.

The room and its projection are left alone: their scripts spell what they write.
"""

import re
from bisect import bisect

from flask import Flask, Request, Response
from markupsafe import Markup, escape

from collectifs.kernel.text import typography
from collectifs.kernel.text.aloud import short_words
from collectifs.web.around import finish_with

# Elements whose words are no page's, or that may hold no other element.
_NO_TEXT = re.compile(r"<(head|script|style|template|textarea|select|svg|pre)\b.*?</\1>", re.DOTALL)
OUR_STYLES = "css/base.css"  # a page without them (a mail that is shown) would print what is only for the ear
THAT_SPELL = ("/js/live.js", "/js/beam.js")


def say_hours(app: Flask) -> None:
    """Spell them in every page that leaves."""

    def spell(_asked: Request, response: Response) -> None:
        if response.status_code != 304 and response.mimetype == "text/html":
            page = response.get_data(as_text=True)
            by_script = any(script in page for script in THAT_SPELL)
            if OUR_STYLES in page and not by_script and (said := spelled(page)) != page:
                response.set_data(said)

    finish_with(app, spell)

    app.jinja_env.filters["heard"] = heard


def spelled(page: str) -> str:
    """The same page, each short word of its text with what is heard instead."""
    apart = [found.span() for found in _NO_TEXT.finditer(page)]
    pieces, at = [], 0
    for start, end, said in short_words(page):
        if page.rfind("<", at, start) <= page.rfind(">", at, start) and not _within(apart, start):
            hidden = f'<span aria-hidden="true">{page[start:end]}</span>'
            pieces += [page[at:start], hidden, f'<span class="sr aloud">{said}</span>']
            at = end
    return "".join([*pieces, page[at:]])


def heard(text: str) -> Markup:
    """A text set in French, each short word of it with what is heard instead: for the pages that are left alone."""
    return Markup(spelled(str(escape(typography.french(text)))))  # noqa: S704  escaped


def _within(spans: list[tuple[int, int]], place: int) -> bool:
    """Whether a place is inside one of these spans, which follow one another."""
    before = bisect(spans, (place,))
    return before > 0 and place < spans[before - 1][1]
