"""Reading pages as people do: headings, links, labelled fields, buttons; checked on the way.

`Visitor` is one person's browser without scripts. Every page it opens must have one h1, a title, a
language, no id twice, a label on each field, and French typography in its text.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from lxml.etree import HTML, _Element, iterwalk, tostring
from werkzeug.test import TestResponse

from collectifs.kernel.extensions import db

MOST_REDIRECTS = 10
TOKEN = re.compile(r'<meta name="csrf-token" content="([^"]+)">')
FIELDS = ("input", "textarea", "select")
UNREAD = {"script", "style", "template"}
UNSET = {"script", "textarea", "svg", "input", "pre"}
MAYBE_BAD = re.compile(r" [;!?:»]|« |\dh\d| h\b")  # whatever follows has one of them, and most pages none
# A plain space before ; ! ? : or inside « » is a fault that readers see. « 8h76 » within a code is no hour.
BAD_SPACES = re.compile(r"\w [;!?:»](?:\s|$)|« \w|(?<![\w-])\d{1,2}h\d{2}(?![\w-])|\d h\b(?<!\u00a0h)")


class Client(FlaskClient):
    """A test client whose every request has a context of its own, as on a server: nobody stays signed in by accident.

    What the test wrote or read until then is committed: the request sees it, and no lock is left in its way.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        if has_app_context() and db.session.registry.has() and db.session().in_transaction():
            db.session.commit()
        with self.application.app_context():
            return super().open(*args, **kwargs)


class Page:
    """One answer, read."""

    def __init__(self, visitor: "Visitor", response: TestResponse) -> None:
        self.visitor = visitor
        self.response = response
        self.status = response.status_code
        self.path = response.request.path
        if response.mimetype == "text/html" and response.get_data():
            html = response.get_data(as_text=True)
            checked = check_page(html)
            if as_seen(html) == html:
                self.tree = checked

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page as it is seen, for what CSS finds: ten times as long to read as the tree below."""
        soup = BeautifulSoup(as_seen(self.response.get_data(as_text=True)), "lxml")
        for pattern in soup.select("template"):
            pattern.decompose()
        return soup

    @cached_property
    def tree(self) -> _Element:
        """The page as it is seen: without the patterns that scripts copy, nor what is spelled for the ear alone."""
        return without_patterns(HTML(as_seen(self.response.get_data(as_text=True))))

    @cached_property
    def text(self) -> str:
        """What is read on the page, spaces made plain."""
        return text_of(self.tree) if self.response.get_data().strip() else ""

    @property
    def heading(self) -> str:
        """The h1."""
        return text_of(next(self.tree.iter("h1")))

    def says(self, words: str) -> bool:
        """Whether the page carries these words."""
        return plain(words) in self.text

    @property
    def errors(self) -> list[str]:
        """The sentences next to fields, and at the top of the form."""
        return [text_of(tag) for tag in self.tree.iter() if "error" in _classes(tag) or tag.get("role") == "alert"]

    def follow(self, words: str) -> "Page":
        """Click the link that carries these words."""
        links = [link for link in self.tree.iter("a") if "href" in link.attrib and plain(words) in text_of(link)]
        assert links, f"no link « {words} » on {self.path}"
        return self.visitor.open(urljoin(self.path, links[0].get("href")))

    def has_button(self, words: str) -> bool:
        """Whether there is a button with these words."""
        return any(plain(words) in _name(button) for button in self.tree.iter("button"))

    def press(self, words: str, **fields: Any) -> "Page":
        """Fill fields (by their name) of the form that holds this button, and press it."""
        buttons = [button for button in self.tree.xpath("//form//button") if plain(words) in _name(button)]
        assert buttons, f"no button « {words} » on {self.path}"
        button = buttons[0]
        form = next(button.iterancestors("form"))
        if "soup" in vars(self):  # a test may have changed its fields
            form = _element(self.form_of(form))
        data = values_of(form)
        unknown = set(fields) - {tag.get("name") for tag in form.iter(*FIELDS)}
        assert not unknown, f"no field {unknown} in the form of « {words} »"
        data.update({name: value for name, value in fields.items() if value is not None})
        data = {name: value for name, value in data.items() if fields.get(name, "") is not None}
        if button.get("name"):
            data[button.get("name")] = button.get("value", "")
        url = urljoin(self.path, button.get("formaction") or form.get("action") or self.response.request.full_path)
        return self.visitor.open(url, method=form.get("method", "get").upper(), data=data)

    def form_of(self, around: _Element) -> Tag:
        """The form alone; out of the soup where there is one: a test may have changed its fields."""
        if "soup" in vars(self):
            return self.soup.select("form")[list(self.tree.iter("form")).index(around)]
        return BeautifulSoup(tostring(around, encoding="unicode", method="html", with_tail=False), "lxml").form


class Visitor:
    """One person's browser: cookies, redirects followed, CSRF tokens read from the pages."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.known_token = ""

    def open(self, url: str, method: str = "GET", data: dict[str, Any] | None = None, **options: Any) -> Page:
        """Open an address and follow its redirects."""
        sent = {"query_string": data} if method == "GET" and data else {"data": data}
        response = self.client.open(url, method=method, **sent, **options)
        for _ in range(MOST_REDIRECTS):
            if response.status_code not in (301, 302, 303):
                return Page(self, response)
            response = self.client.open(response.location)
        raise AssertionError(f"{url} redirects for ever")

    def raw(self, url: str, method: str = "GET", **options: Any) -> TestResponse:
        """Open an address as it is, redirects not followed."""
        return self.client.open(url, method=method, **options)

    def token(self) -> str:
        """The token that the pages of this browser carry."""
        if not self.known_token:
            self.learn_token(self.client.get("/mentions-legales"))  # the lightest that all may read
        return self.known_token

    def learn_token(self, response: TestResponse) -> None:
        """Take the token that a page carries, if it does: any page of this browser's session has a good one."""
        found = TOKEN.search(response.get_data(as_text=True)) if response.mimetype == "text/html" else None
        self.known_token = found[1] if found else self.known_token

    def post_json(self, url: str, data: Any) -> TestResponse:
        """Post as a page's own script does, with the token of the page."""
        return self.client.post(url, json=data, headers={"X-CSRFToken": self.token()})


SPELLED = re.compile(r'<span aria-hidden="true">([^<]*)</span><span class="sr aloud">[^<]*</span>')


def as_seen(html: str) -> str:
    """A page without what stands in it for the ear alone (collectifs/web/aloud.py)."""
    return SPELLED.sub(r"\1", html)


def plain(text: str) -> str:
    """Text with every kind of space made one plain space."""
    return re.sub(r"[\s\u00a0\u202f]+", " ", text).strip()


def text_of(element: _Element) -> str:
    """What is read within an element, spaces made plain."""
    return plain(" ".join(_read(element)))


def without_patterns(tree: _Element) -> _Element:
    """The same, less what scripts copy; the text after it stays."""
    for pattern in list(tree.iter("template")):
        after, above, before = pattern.tail or "", pattern.getparent(), pattern.getprevious()
        if before is None:
            above.text = (above.text or "") + after
        else:
            before.tail = (before.tail or "") + after
        above.remove(pattern)
    return tree


def values_of(form: Tag | _Element) -> dict[str, Any]:
    """What a form would send if nothing was touched."""
    values: dict[str, Any] = {}
    for tag in (_element(form) if isinstance(form, Tag) else form).iter(*FIELDS):
        kind, name = tag.get("type"), tag.get("name")
        if not name or kind == "submit" or "disabled" in tag.attrib:
            continue
        if kind in ("checkbox", "radio") and "checked" not in tag.attrib:
            continue
        if tag.tag == "select":
            options = list(tag.iter("option"))
            chosen = [each for each in options if "selected" in each.attrib] or options
            values[name] = chosen[0].get("value", "") if chosen else ""
        elif tag.tag == "textarea":
            values[name] = "".join(tag.itertext()).lstrip("\n")
        else:
            values[name] = tag.get("value", "on" if kind == "checkbox" else "")
    return values


def _element(form: Tag) -> _Element:
    return next(HTML(str(form)).iter("form"))


def check_page(html: str) -> _Element:
    """What every page owes its reader; the page as it was read, by lxml: it is done for each answer of each test."""
    tree = without_patterns(HTML(html))
    assert tree.get("lang") == "fr", "its language"
    assert (tree.findtext("head/title") or "").strip(), "a title"
    assert len(list(tree.iter("h1"))) == 1, "one h1"
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids)), f"ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    labelled = set(tree.xpath("//label/@for"))
    for field in tree.iter(*FIELDS):
        if field.tag == "input" and field.get("type") in ("hidden", "submit"):
            continue
        named = field.get("aria-label") or field.get("aria-labelledby") or field.get("id") in labelled
        assert named or any(above.tag == "label" for above in field.iterancestors()), f"no label: {tostring(field)}"
    # Empty and `required`, a field is read as wrong before anybody has touched it: it says aria-required.
    assert not tree.xpath("//@required"), "wrong before it is touched"
    assert not tree.xpath("//@style | //@onclick"), "inline"
    assert all("src" in each.attrib or each.get("type") == "application/json" for each in tree.iter("script")), "inline"
    text = "\n".join(_words(tree.find("body")))
    fault = MAYBE_BAD.search(text) and BAD_SPACES.search(text)
    assert not fault, f"typography: …{text[max(0, fault.start() - 30) : fault.end() + 20]}…"
    return tree


def _words(element: _Element) -> list[str]:
    """The texts within an element, in no order, but for what is not set as French: scripts, fields, words as typed."""
    left_out = {part for unset in element.iter("svg", "pre") for part in unset.iterdescendants()}
    parts = [part for part in element.iter() if part not in left_out] if left_out else list(element.iter())
    texts = [part.text for part in parts if part.text and part.tag not in UNSET and isinstance(part.tag, str)]
    return texts + [part.tail for part in parts if part.tail and part is not element]


def _read(element: _Element) -> Iterator[str]:
    """Each text within an element, but scripts, styles and comments."""
    for event, part in iterwalk(element, ("start", "end", "comment", "pi")):
        is_read = isinstance(part.tag, str) and part.tag not in UNREAD
        if event == "start" and is_read and part.text:
            yield part.text
        if event != "start" and part is not element and part.tail:
            yield part.tail


def _classes(tag: _Element) -> list[str]:
    return (tag.get("class") or "").split()


def _name(button: _Element) -> str:
    return plain(button.get("aria-label") or "") or text_of(button)
