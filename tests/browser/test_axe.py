"""What is left aside by tests/browser/axe.py hides no fault: the same words on another ground, a fault met twice."""

import pytest
from playwright.sync_api import Page

from tests.browser.axe import Axe

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
