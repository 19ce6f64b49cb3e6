"""What is left aside by tests/browser/axe.py hides no fault: the same words on another ground, a fault met twice."""

import pytest
from playwright.sync_api import Page

from tests.browser.axe import OF_COLOURS, Axe

PAGE = """<!doctype html><html lang="fr"><head><title>Une page</title><style>{style}</style></head>
<body><main><h1>Une page</h1><p>Des mots.</p><div><p>D’autres mots.</p></div></main></body></html>"""
PLAIN = "body { color: #222; background: #fff }"


@pytest.mark.parametrize(
    "style",
    ["div { background: #333 }", "div p { color: #bbb }", "div { opacity: 0.3 }", "main { background: #444 }"],
)
def test_words_that_cannot_be_read_are_seen_after_any_number_of_pages(phone: Page, style: str):
    check = Axe()
    for good in (PLAIN, PLAIN, f"{PLAIN} div {{ background: #eee }}"):
        phone.set_content(PAGE.format(style=good))
        check(phone)
    for _ in range(2):
        phone.set_content(PAGE.format(style=f"{PLAIN} {style}"))
        with pytest.raises(AssertionError, match="color-contrast"):
            check(phone)


@pytest.mark.parametrize("large", ["font-size: 24px", "font-size: 19px; font-weight: 700"])
def test_the_ink_of_large_words_is_seen_where_small_ones_have_it(phone: Page, large: str):
    check = Axe()
    for _ in range(2):
        phone.set_content(PAGE.format(style=f"{PLAIN} div p {{ color: #888; {large} }}"))
        check(phone)
    phone.set_content(PAGE.format(style=f"{PLAIN} div p {{ color: #888; font-size: 18px }}"))
    with pytest.raises(AssertionError, match="color-contrast"):
        check(phone)


@pytest.mark.parametrize(
    "style", ["a { text-decoration: none; color: #2a2a2a }", "main a { text-decoration: none; color: #000 }"]
)
def test_a_link_that_cannot_be_told_from_its_sentence_is_seen_after_any_number_of_pages(phone: Page, style: str):
    check = Axe()
    linked = PAGE.replace("<p>Des mots.</p>", "<p>Des mots et <a href='#ici'>un lien</a> parmi d’autres mots.</p>")
    bold = "a { text-decoration: none; color: #000; font-weight: 700 }"
    for good in (PLAIN, PLAIN, f"{PLAIN} {bold}"):
        phone.set_content(linked.format(style=good))
        check(phone)
    for _ in range(2):
        phone.set_content(linked.format(style=f"{PLAIN} {style}"))
        with pytest.raises(AssertionError, match="link-in-text-block"):
            check(phone)
    again = linked.replace(
        "d’autres mots.</p>", "d’autres mots, <a href='#la' class='plain'>et un autre</a> encore.</p>"
    )
    phone.set_content(again.format(style=f"{PLAIN} .plain {{ text-decoration: none; color: #333 }}"))
    with pytest.raises(AssertionError, match="link-in-text-block"):
        check(phone)


TARGETS = """<p><button style="{one}">un</button><button style="{other}">deux</button></p>
<ul><li><a href="#ici">Un lien</a><li><a href="#la">Un autre</a></ul>"""
LARGE = "min-height: 30px; width: 60px"
TALL = "display: block; height: 40px; width: 60px"
STAYS = "position: fixed; top: 0; height: 14px; width: 14px; border: 0; padding: 0"


@pytest.mark.parametrize(
    ("one", "other", "style"),
    [
        ("height: 14px; border: 0; padding: 0", "height: 14px; border: 0; padding: 0; margin-left: 2px", ""),
        (LARGE, f"{LARGE}; margin-left: -45px", ""),
        (TALL, f"{TALL}; margin-top: -24px", ""),
        (f"{STAYS}; left: 0", f"{STAYS}; left: 16px", ""),
        (LARGE, "height: 12px; width: 12px; padding: 0; border: 0; margin-left: 2px", ""),
        (LARGE, LARGE, "li { font-size: 10px; line-height: 12px }"),
    ],
    ids=[
        "two small ones",
        "one upon another",
        "one under another",
        "both stay",
        "a small beside a large",
        "near lines",
    ],
)
def test_a_target_without_room_is_seen_after_any_number_of_pages(phone: Page, one: str, other: str, style: str):
    check = Axe()
    wide = "li { min-height: 32px }"
    page = PAGE.replace("<p>Des mots.</p>", TARGETS)
    phone.set_content(page.format(style=f"{PLAIN} {wide}", one=LARGE, other=f"{LARGE}; margin-left: 4px"))
    check(phone)
    phone.set_content(page.format(style=f"{PLAIN} {style or wide}", one=one, other=other))
    with pytest.raises(AssertionError, match="target-size"):
        check(phone)


def test_words_that_were_seen_are_not_asked_about_again_and_all_other_rules_are(phone: Page):
    check = Axe()
    phone.set_content(PAGE.format(style=PLAIN))
    check(phone)
    seen = set(check.seen)
    check(phone)
    assert check.seen == seen
    phone.set_content(PAGE.format(style=PLAIN).replace("<h1>", "<img src='data:,'><h1>"))
    with pytest.raises(AssertionError, match="image-alt"):
        check(phone)


def test_a_page_that_turns_with_the_telephone_only_is_seen(phone: Page):
    check = Axe()
    turned = "@media (orientation: landscape) { body { transform: rotate(90deg) } }"
    phone.set_content(PAGE.format(style=PLAIN))
    check(phone)
    phone.set_content(PAGE.format(style=f"{PLAIN} {turned}"))
    with pytest.raises(AssertionError, match="css-orientation-lock"):
        check(phone)


def test_what_cannot_be_read_in_another_scheme_is_seen_by_the_rules_of_colours(phone: Page):
    check = Axe()
    phone.emulate_media(color_scheme="dark")
    phone.set_content(PAGE.format(style=f"{PLAIN} @media (prefers-color-scheme: light) {{ div {{ color: #ccc }} }}"))
    check(phone)
    phone.emulate_media(color_scheme="light")
    with pytest.raises(AssertionError, match="color-contrast"):
        check(phone, OF_COLOURS)
